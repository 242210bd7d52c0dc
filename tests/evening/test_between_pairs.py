"""Two people pair for a week, by a code or by looking, tell each other how the day was, and one of them ends it."""

import re
from datetime import UTC, datetime

import pytest

from tests.evening.between import known, shown
from tests.evening.evening import cast_of
from tests.evening.times import RunningClock
from tests.evening.world import PLATFORMS, world

THURSDAY = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
EVENING = datetime(2026, 12, 3, 18, 0, 1, tzinfo=UTC)  # 19:00 in Berlin
NAMES = ("Ana", "Ben")
CODE = re.compile(r"\b[0-9A-Z]{4}(?:-[0-9A-Z]{4})+\b")


@pytest.fixture(params=PLATFORMS)
async def cast(request, tmp_path):
    """Both have been in the community's room."""
    async with world(request.param, tmp_path, RunningClock(THURSDAY)) as here:
        cast = cast_of(here, *NAMES, "Cleo")
        await known(cast, *NAMES)
        yield cast


async def by_a_code(cast):
    await cast.command("Ana", "/community pair")
    await cast.sees("Ana", "Neither of you sees the other's account")
    await cast.tap("Ana", "pairs.code_button")
    await cast.tap("Ana", "pairs.as_participants_button")
    shown = CODE.search(await cast.sees("Ana", "Your code:"))
    assert shown is not None
    code = shown[0]
    await cast.command("Ben", f"/community pair {code}")
    await cast.tap("Ben", "pairs.yes_participants_button")
    await cast.sees("Ben", "Your yes is noted")
    await cast.sees("Ana", "Somebody entered your code.")
    await cast.tap("Ana", "pairs.yes_button")
    for name in NAMES:
        await cast.sees(name, "Your week has begun.")


async def test_two_pair_by_a_code_tell_each_other_of_the_day_and_one_ends_it(cast):
    await by_a_code(cast)
    await cast.pass_time(to=EVENING)
    for name in NAMES:
        await cast.sees(name, "A short moment for today, if you like.")
    await cast.tap("Ana", "pairs.open_button")
    await cast.press("Ana", "4")
    await cast.tap("Ana", "pairs.line_hard")
    await cast.sees("Ana", "It goes to the person you pair with.")
    assert not shown(cast, "Ben", "The day: 4 of 10")
    await cast.tap("Ana", "pairs.send_button")
    await cast.sees("Ana", "Sent.")
    await cast.sees("Ben", "Something came for you.")
    assert not shown(cast, "Ben", "The day: 4 of 10")  # behind the button: a locked phone shows what comes
    await cast.tap("Ben", "pairs.show_button")
    assert "It was hard" in await cast.sees("Ben", "The day: 4 of 10")
    await cast.tap("Ben", "pairs.kind_heard")
    await cast.sees("Ana", "A few words came for you.")
    await cast.tap("Ana", "pairs.show_button")
    await cast.sees("Ana", "I read it, and I think of you")
    await cast.command("Ben", "/community pair")
    await cast.tap("Ben", "pairs.end_button")
    await cast.sees("Ben", "Your pair has ended.")
    await cast.sees("Ana", "Your pair has ended a little early.")
    for one, other in (NAMES, NAMES[::-1]):
        assert not shown(cast, one, other)  # nobody learned the other's name


async def test_two_who_look_find_each_other_and_a_third_hears_nothing(cast):
    for name in NAMES:
        await cast.command(name, "/community pair")
        await cast.tap(name, "pairs.look_button")
        await cast.tap(name, "pairs.as_participants_button")
    for name in NAMES:
        await cast.sees(name, "Somebody else looks for a pair, too.")
        await cast.tap(name, "pairs.yes_button")
    for name in NAMES:
        await cast.sees(name, "Your week has begun.")
    assert not shown(cast, "Cleo")


async def test_words_of_ones_own_go_where_the_platform_allows_them(cast):
    await by_a_code(cast)
    await cast.tap("Ana", "pairs.write_button")
    await cast.tap("Ana", "pairs.leave_out_button")
    await cast.tap("Ana", "pairs.line_calm")
    await cast.sees("Ana", "This goes out, as it stands here:")
    if cast.here.name == "discord":
        assert cast.label("pairs.words_button") not in cast.here.buttons(cast.persons["Ana"])
        return
    await cast.tap("Ana", "pairs.words_button")
    await cast.fill("Ana", {"words": "The rain was good."})
    await cast.sees("Ana", "The rain was good.")
    await cast.tap("Ana", "pairs.send_button")
    await cast.tap("Ben", "pairs.show_button")
    await cast.sees("Ben", "The rain was good.")


async def test_a_week_ends_by_itself_and_begins_again_only_if_both_want_that(cast):
    await by_a_code(cast)
    await cast.pass_time(to=THURSDAY.replace(day=10, minute=5))
    for name in NAMES:
        await cast.sees(name, "Your week as a pair is over.")
    await cast.tap("Ana", "pairs.again_button")
    await cast.sees("Ana", "Noted. If the other person wants that too")
    assert not shown(cast, "Ben", "Noted.")
    await cast.tap("Ben", "pairs.again_button")
    for name in NAMES:
        await cast.here.until(lambda name=name: len(shown(cast, name, "Your week has begun.")) == 2)


async def test_who_says_no_is_not_told_of_and_no_reason_is_given(cast):
    await cast.command("Ana", "/community pair")
    await cast.tap("Ana", "pairs.look_button")
    await cast.tap("Ana", "pairs.as_participants_button")
    await cast.command("Ben", "/community pair")
    await cast.tap("Ben", "pairs.look_button")
    await cast.tap("Ben", "pairs.as_participants_button")
    await cast.tap("Ana", "pairs.yes_button")
    await cast.tap("Ben", "pairs.no_button")
    await cast.sees("Ben", "It did not begin, and no reason is told.")
    await cast.sees("Ana", "It did not come about this time. You are still looking.")
