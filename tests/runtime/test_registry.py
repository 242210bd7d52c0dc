"""Names, and what else is decided before any database is asked."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.calls import Account, Incoming, Kind, Place
from bot.core.features import Command, Feature
from bot.core.richtext import clean
from bot.runtime.budget import Budget, Verdict
from bot.runtime.hygiene import LONGEST, TooLong, bounded
from bot.runtime.language import shipped
from bot.runtime.registry import Registry, folded, menu, names_in
from content.loader import load_texts
from tests.runtime.fakes import KeyTexts

START = datetime(2026, 12, 1, 18, tzinfo=UTC)


async def _nothing(call, unit):
    raise AssertionError


def test_two_commands_cannot_share_a_name_or_alias():
    one = Feature("one", commands=(Command("plan", _nothing),))
    with pytest.raises(ValueError, match="two commands named plan"):
        Registry((one, Feature("two", commands=(Command("other", _nothing, aliases=("Plan",)),))))


def test_a_feature_cannot_take_the_name_that_means_commands():
    with pytest.raises(ValueError, match="command"):
        Registry((Feature("command"),))


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(name):
    assert folded(folded(name)) == folded(name)


@given(st.text(max_size=300))
def test_kept_words_are_clean_and_within_the_bound(words):
    assert bounded(words) == clean(words)


@pytest.mark.parametrize("words", ["x" * (LONGEST + 1), "e\u0301" * (LONGEST + 1), "\u200b" * 5 * LONGEST])
def test_too_many_are_refused_without_repeating_them(words):
    with pytest.raises(TooLong) as refused:
        bounded(words)
    assert refused.value.detail == {"length": len(words), "limit": LONGEST}


def test_what_is_too_long_only_before_cleaning_is_kept():
    assert bounded("e\u0301" * LONGEST) == "é" * LONGEST


@pytest.mark.parametrize(
    ("tag", "language"),
    [("de", "de"), ("de-AT", "de"), ("DE_ch", "de"), ("en-GB-oed", "en"), ("fi", ""), ("", ""), ("deu", ""), ("-", "")],
)
def test_a_locale_finds_the_nearest_shipped_language(tag, language):
    assert shipped(tag, KeyTexts()) == language


@given(st.lists(st.floats(0, 90), min_size=1, max_size=150))
def test_no_minute_has_more_than_a_full_bucket_and_its_refill(gaps):
    budget, now, passed = Budget(), START, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        if budget.spend("one", now) is Verdict.GO:
            passed.append(now)
    for first, too_many in zip(passed, passed[40:], strict=False):
        assert too_many - first > timedelta(seconds=59)


def test_a_steady_act_every_three_seconds_is_never_refused():
    budget = Budget()
    assert all(budget.spend("one", START + timedelta(seconds=3 * n)) is Verdict.GO for n in range(200))


def test_being_told_comes_once_a_minute():
    budget = Budget()
    verdicts = [budget.spend("one", START + timedelta(seconds=n / 10)) for n in range(1200)]
    assert verdicts.count(Verdict.TELL) == 2


def test_a_command_is_found_by_its_names_in_every_language_and_shown_by_its_own():
    texts = load_texts()
    urge = Feature("urge", commands=(Command("urge", _nothing, aliases=("craving",)),))
    registry, (entry,) = Registry((urge,), texts), menu((urge,), texts)
    for language in texts.languages:
        shown, *others = names_in("urge", texts.of(language))
        assert entry.names[language] == shown
        for name in (shown, *others, f"/{shown.upper()}"):
            act = Incoming(Kind.COMMAND, "r", Account("web", "1"), Place("web", "1"), START, name=name)
            assert registry.find(act)[1].name == "urge"
    assert entry.aliases == ("craving",)
