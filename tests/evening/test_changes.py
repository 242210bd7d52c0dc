"""An evening called off or moved within its last day: each who counted on it is told, once; nobody else is."""

from datetime import timedelta

import pytest

from tests.evening.evening import SEVEN, Evening, cast_of
from tests.evening.times import RunningClock
from tests.evening.world import PLATFORMS, world

SUNDAY = SEVEN - timedelta(days=2)


@pytest.fixture(params=PLATFORMS)
async def scene(request, tmp_path):
    """Ana is reminded, Ben means to come, Cleo neither; it is the evening before."""
    async with world(request.param, tmp_path, RunningClock(SUNDAY)) as here:
        cast = cast_of(here, "Ana", "Ben", "Cleo")
        await Evening(cast).plan()
        await cast.sees("Kim", "Saved", cast.own)
        await cast.pass_time(to=SEVEN - timedelta(hours=23))
        await cast.sees("Ana", "Coming up", "room")
        await cast.tap("Ana", "announcements.remind_me", "room")
        await cast.sees("Ana", "This is how a reminder looks")
        await cast.tap("Ben", "announcements.going_button", "room")
        await cast.sees("Ben", "Noted: you are going", "room")
        await cast.command("Kim", "/meeting edit", "room")
        await cast.tap("Kim", "series.scope_one", cast.own)
        await cast.press_like("Kim", "Dec 1,", cast.own)
        yield cast


def told(cast, name: str, words: str) -> int:
    return sum(words in text for text in cast.here.screen(cast.persons[name]))


async def settled(cast, minutes: float = 10) -> None:
    """Let some time pass, as news wait a moment in case of another change."""
    await cast.pass_time(minutes=minutes)


async def test_an_evening_called_off_is_told_once_to_each_who_counted_on_it(scene):
    await scene.tap("Kim", "series.off_button", scene.own)
    await scene.fill("Kim", {"reason": "The heating is broken"}, scene.own)
    await scene.sees("Kim", "Everyone who counted on it is told", scene.own)
    await settled(scene)
    for name in ("Ana", "Ben"):
        await scene.sees(name, "Not this time")
    await scene.sees("Cleo", "does not take place", "room")
    await scene.pass_time(to=SEVEN)
    assert [told(scene, name, "Not this time") for name in ("Ana", "Ben", "Cleo")] == [1, 1, 0]
    assert not any("The room is open" in text for text in scene.here.screen(scene.persons["Cleo"], "room"))


async def test_a_moved_evening_is_told_once_and_opens_at_its_new_time(scene):
    await scene.tap("Kim", "series.move_button", scene.own)
    await scene.fill("Kim", {"date": "2026-12-01", "time": "20:00", "reason": "The train is late"}, scene.own)
    await scene.sees("Kim", "Moved. No other evening changes", scene.own)
    await settled(scene)
    for name in ("Ana", "Ben"):
        await scene.sees(name, "Your reminder has changed")
    await scene.sees("Cleo", "is moved", "room")
    await scene.pass_time(to=SEVEN + timedelta(minutes=50))
    await scene.sees("Cleo", "The room is open", "room")
    assert [told(scene, name, "Your reminder has changed") for name in ("Ana", "Ben", "Cleo")] == [1, 1, 0]
