"""How the weeks were for five who agreed to it: a picture of ranges once the week is closed, and what helped, by their own tap."""

from datetime import UTC, datetime

import pytest

from tests.evening.between import shown
from tests.evening.evening import Evening, cast_of
from tests.evening.times import RunningClock
from tests.evening.world import PLATFORMS, world

THURSDAY = datetime(2026, 12, 3, 12, 0, tzinfo=UTC)
CLOSED = datetime(2026, 12, 7, 23, 0, 1, tzinfo=UTC)  # a day after Sunday, in Berlin
FIVE = {"Ana": "2", "Ben": "5", "Cleo": "5", "Dan": "6", "Eva": "9"}
NONE = "There is no picture yet."


@pytest.fixture(params=PLATFORMS)
async def cast(request, tmp_path):
    async with world(request.param, tmp_path, RunningClock(THURSDAY)) as here:
        yield cast_of(here, *FIVE, "Finn")


async def agree(cast, name):
    """Let one's number count: said exactly first, then agreed to by a tap of its own."""
    await cast.command(name, "/community together", "room")
    await cast.tap(name, "together.ask_button", cast.own)
    await cast.tap(name, "together.agree_button", cast.own)
    await Evening(cast).agree(name, cast.own)
    await cast.sees(name, "Your number counts from this week on.", cast.own)


async def check_in(cast, name, rating):
    await cast.command(name, "/checkin")
    await cast.press(name, rating)
    for _ in range(2):
        await cast.tap(name, "common.skip")
    await cast.tap(name, "checkin.keep")
    await cast.sees(name, "Saved.")


async def picture(cast, name="Finn"):
    """What somebody sees who looks at it; the newest such screen."""
    await cast.command(name, "/community together", "room")
    return (await cast.sees(name, "How the weeks were", cast.own)).replace("\u2013", "-")


async def test_five_who_agreed_make_a_picture_when_the_week_is_closed(cast):
    for name, rating in FIVE.items():
        await agree(cast, name)
        await check_in(cast, name, rating)
    assert NONE in await picture(cast)  # never while answers can still come
    await cast.pass_time(to=CLOSED)
    seen = await closed(cast)
    assert "5 to 9 people. The middle answer is in 4 to 6." in seen
    assert not any(name in seen for name in FIVE)


async def closed(cast):
    for _ in range(20):
        seen = await picture(cast)
        if NONE not in seen:
            break
        await cast.here.house.dispatch.settle()
    return "\n".join(shown(cast, "Finn", place=cast.own))


async def test_of_four_nothing_is_ever_told(cast):
    for name, rating in list(FIVE.items())[:4]:
        await agree(cast, name)
        await check_in(cast, name, rating)
    await check_in_without(cast)
    await cast.pass_time(to=CLOSED)
    await cast.pass_time(hours=1)
    assert NONE in await picture(cast)


async def check_in_without(cast):
    """Eva checks in, and has not agreed."""
    await cast.command("Eva", "/checkin")
    await Evening(cast).agree("Eva")
    await cast.press("Eva", "9")
    for _ in range(2):
        await cast.tap("Eva", "common.skip")
    await cast.tap("Eva", "checkin.keep")


async def test_a_line_of_what_helped_is_seen_before_it_goes_and_shown_when_the_week_is_closed(cast):
    for name, rating in FIVE.items():
        await agree(cast, name)
        await check_in(cast, name, rating)
    await cast.command("Ana", "/community together", "room")
    await cast.tap("Ana", "together.write_button", cast.own)
    await cast.fill("Ana", {"line": "Walking to work", "name": "A friend" if cast.here.name == "discord" else ""}, cast.own)
    await cast.sees("Ana", "Who will see it: everybody in this community", cast.own)
    await cast.tap("Ana", "together.share_button", cast.own)
    await cast.sees("Ana", "Shared. It is shown once this week is over", cast.own)
    assert "Walking" not in await picture(cast)
    await cast.pass_time(to=CLOSED)
    assert "Walking to work" in await closed(cast)
    await cast.command("Kim", "/community together", "room")
    await cast.tap("Kim", "together.desk_button", cast.own)
    assert "Ana" not in await cast.sees("Kim", "Walking to work", cast.own)
    await cast.tap("Kim", "together.hide_button", cast.own, number=1)
    await cast.sees("Kim", "(hidden)", cast.own)
    assert "Walking" not in await picture(cast)
