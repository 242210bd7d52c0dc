"""Counts have labels of fixed sets only."""

import pytest

from bot.runtime.metrics import Metrics


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


def test_what_happened_is_counted(metrics):
    metrics.act("telegram", "ok", 0.003)
    metrics.sending("discord", "sent")
    metrics.moment("done", 0.5)
    metrics.told_to_wait("telegram")
    metrics.holding("web", 3)
    text = metrics.text().decode()
    assert 'openchair_acts_total{outcome="ok",platform="telegram"} 1.0' in text
    assert 'openchair_sendings_total{outcome="sent",platform="discord"} 1.0' in text
    assert 'openchair_moments_total{outcome="done"} 1.0' in text
    assert 'openchair_sending_now{platform="web"} 3.0' in text


def test_a_label_that_is_not_known_becomes_other(metrics):
    metrics.act("alice", "what Alice said", 0.001)
    metrics.sending("alice", "what Alice said")
    metrics.moment("what Alice said")
    text = metrics.text().decode()
    assert "lice" not in text
    assert 'openchair_acts_total{outcome="other",platform="other"} 1.0' in text


def test_two_bots_in_one_process_do_not_meet(metrics):
    metrics.act("web", "ok", 0.1)
    assert 'platform="web"' not in Metrics().text().decode()
