"""Check-ins between meetings: a facilitator sets one up, it comes into the room as one card, and in private to who wants that."""

from datetime import UTC, datetime

import pytest

from tests.evening.evening import Evening, cast_of
from tests.evening.times import RunningClock
from tests.evening.world import PLATFORMS, world

THURSDAY = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
SUNDAY = datetime(2026, 12, 6, 17, 0, 1, tzinfo=UTC)  # 18:00 in Berlin
CARD = "A check-in, in private: how was your week?"
ASKED = "A minute for you, if you like."


@pytest.fixture(params=PLATFORMS)
async def cast(request, tmp_path):
    """Sundays at six a standard check-in, set up on a Thursday."""
    async with world(request.param, tmp_path, RunningClock(THURSDAY)) as here:
        cast = cast_of(here, "Ana", "Ben")
        await set_up(cast)
        yield cast


async def set_up(cast):
    await cast.command("Kim", "/community prompts", "room")
    await cast.tap("Kim", "prompts.make_button", cast.own)
    await cast.sees("Kim", "Asked: Standard. For participants.", cast.own)
    await cast.tap("Kim", "prompts.run_button", cast.own)
    await cast.sees("Kim", "It is running.", cast.own)


async def come(cast, at=SUNDAY, card=CARD):
    await cast.pass_time(to=at)
    await cast.sees("Ana", card, "room")


def shown(cast, name, words, place="private"):
    return [text for text in cast.here.screen(cast.persons[name], place) if words in text]


async def answer(cast, name, place, *, first=True):
    """Check in: a number, no words."""
    if first:
        await Evening(cast).agree(name, place)
    await cast.press(name, "6", place)
    for _ in range(2):
        await cast.tap(name, "common.skip", place)
    await cast.tap(name, "checkin.keep", place)
    await cast.sees(name, "Saved.", place)


async def test_a_card_comes_and_one_checks_in_from_it_in_private(cast):
    await come(cast)
    assert len(shown(cast, "Ana", CARD, "room")) == 1
    room = cast.here.screen(cast.persons["Ben"], "room")
    await cast.tap("Ana", "prompts.open_button", "room")
    await answer(cast, "Ana", cast.own)
    assert cast.here.screen(cast.persons["Ben"], "room") == room  # nobody sees who opened it


async def test_time_and_days_are_set_by_taps_and_by_a_typed_time(cast):
    await cast.command("Kim", "/community prompts", "room")
    await cast.press_like("Kim", "Standard", cast.own)
    await cast.tap("Kim", "prompts.when_button", cast.own)
    await cast.press("Kim", "Fri", cast.own)
    await cast.press("Kim", "✓ Sun", cast.own)
    await cast.tap("Kim", "prompts.other_time_button", cast.own)
    await cast.fill("Kim", {"time": "7:30"}, cast.own)
    await cast.sees("Kim", "On which days, and when?", cast.own)
    await cast.tap("Kim", "common.back", cast.own)
    await cast.sees("Kim", "When: Fri, 7:30", cast.own)
    await come(cast, datetime(2026, 12, 4, 6, 30, 1, tzinfo=UTC))


async def test_only_a_facilitator_sets_one_up_and_somebody_else_is_led_to_their_own(cast):
    await cast.command("Ben", "/community prompts", "room")
    await cast.sees("Ben", "In a room, this is for its facilitators.", cast.own)
    await cast.tap("Ben", "prompts.mine_button", cast.own)
    await cast.sees("Ben", "At your own times, or together with your community", cast.own)


async def test_who_wants_it_is_asked_in_private_and_at_most_one_is_open(cast):
    await come(cast)
    await cast.tap("Ana", "prompts.join_button", "room")
    await Evening(cast).agree("Ana", cast.own)
    await cast.sees("Ana", "You are asked in private from now on.", cast.own)
    for week in (13, 20):
        await cast.pass_time(to=SUNDAY.replace(day=week))
        await cast.here.until(lambda: len(shown(cast, "Ana", ASKED)) == 1)
        await cast.here.until(lambda week=week: len(shown(cast, "Ana", "There is a newer one below")) == (week > 13))
    assert not shown(cast, "Ben", ASKED)
    await cast.tap("Ana", "prompts.start_button")
    await answer(cast, "Ana", "private", first=False)
    await cast.here.until(lambda: not shown(cast, "Ana", ASKED))
    assert len(shown(cast, "Ana", "Done.")) == 1


async def test_not_this_time_is_an_answer(cast):
    await come(cast)
    await cast.tap("Ana", "prompts.join_button", "room")
    await Evening(cast).agree("Ana", cast.own)
    await cast.pass_time(to=SUNDAY.replace(day=13))
    await cast.sees("Ana", ASKED)
    await cast.tap("Ana", "prompts.pass_button")
    await cast.sees("Ana", "Not this time. That is fine.")
    assert not shown(cast, "Ana", ASKED)


async def test_one_asks_oneself_at_ones_own_times(cast):
    await cast.command("Ana", "/community prompts")
    await cast.tap("Ana", "prompts.own_button")
    await Evening(cast).agree("Ana")
    await cast.press("Ana", "Two taps")
    await cast.tap("Ana", "prompts.when_button")
    await cast.press("Ana", "Fri")
    await cast.tap("Ana", "common.back")
    await cast.tap("Ana", "prompts.run_button")
    await cast.pass_time(to=datetime(2026, 12, 4, 17, 0, 1, tzinfo=UTC))
    await cast.sees("Ana", ASKED)
    await cast.tap("Ana", "prompts.start_button")
    await cast.press("Ana", "4")
    await cast.tap("Ana", "quickcheckin.need_nothing")
    await cast.sees("Ana", "Saved. Only you see it.")


async def test_of_two_cards_the_older_one_is_over(cast):
    await come(cast)
    await come(cast, SUNDAY.replace(day=13))
    await cast.here.until(lambda: len(shown(cast, "Ana", "A newer one is below.", "room")) == 1)
    await cast.here.until(lambda: len(shown(cast, "Ana", CARD, "room")) == 1)
    await cast.tap("Ana", "prompts.open_button", "room")
    await answer(cast, "Ana", cast.own)


async def test_what_is_stopped_comes_no_more(cast):
    await cast.command("Kim", "/community prompts", "room")
    await cast.press_like("Kim", "Standard", cast.own)
    await cast.tap("Kim", "prompts.stop_button", cast.own)
    await cast.sees("Kim", "It is stopped.", cast.own)
    await cast.pass_time(to=SUNDAY)
    await cast.command("Ben", "/help")
    assert not shown(cast, "Ana", CARD, "room")
