"""Check-ins in /progress: the person's own four weeks, a relative's apart."""

import pytest

from bot.core.replies import Picture, Press
from content.loader import load_flows
from handlers import log
from storage.logbook import Logbook
from tests.handlers.flows.driving import fits, labels, text_of

PICTURE = Picture("days", "My last four weeks", ((1.0, 4.0), (2.0, 5.0)))


class HeldWeeks:
    """`counts`: ratings by voice."""

    def __init__(self) -> None:
        self.counts = {"": 2, "family": 0}

    async def drawn(self, person, voice, say, now, zone, unit):
        count = self.counts[voice]
        return count, PICTURE if count > 1 else None


@pytest.fixture
def weeks(house):
    held = HeldWeeks()
    both = log.features(house.texts, Logbook, load_flows(), weeks=held)
    house.features = {**house.features, **{feature.name: feature for feature in both}}
    return held


async def test_four_weeks_are_one_tap_away_and_only_a_picture_with_its_words(house, alice, weeks):
    shown = await alice.command("progress")
    assert "2 check-ins with a number in the last four weeks" in text_of(shown)
    shown = await alice.tap("Check-ins")
    assert shown.picture == PICTURE
    fits(shown)


async def test_fewer_than_two_are_not_offered(house, alice, weeks):
    weeks.counts[""] = 1
    assert "Check-ins" not in labels(await alice.command("progress"))
    assert (await alice.press(Press("progress", "part", "own", "weeks"))).picture is None


async def test_a_relatives_stand_apart(house, alice, weeks):
    weeks.counts = {"": 0, "family": 3}
    assert "Check-ins" not in labels(await alice.command("progress"))
    shown = await alice.tap("As a relative")
    assert "3 check-ins" in text_of(shown)
    assert (await alice.tap("Check-ins")).picture == PICTURE
