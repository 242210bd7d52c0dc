"""A board from the facilitator's button to its end, over the real adapters: what the room's message holds, and no longer holds."""

from datetime import timedelta

import pytest

from tests.evening.evening import LOBBY, SEVEN, Evening, cast_of
from tests.evening.world import PLATFORMS, world

PEOPLE = ("Ana", "Ben", "Cleo", "Dan", "Eva")


@pytest.fixture(params=PLATFORMS)
async def here(request, tmp_path):
    async with world(request.param, tmp_path) as opened:
        yield opened


async def test_a_board_of_five_people_and_its_end(here):
    cast = cast_of(here, *PEOPLE)
    evening = Evening(cast)
    await evening.plan()
    await cast.pass_time(to=LOBBY)
    await evening.come("Kim")
    await cast.pass_time(to=SEVEN)
    await evening.lead()
    await evening.start()
    await cast.tap("Kim", "meetings.exercise_button", cast.own)
    await cast.tap("Kim", "exercises.choose_board", cast.own)
    await cast.fill("Kim", {"topic": "drinking alone"}, cast.own)
    await cast.sees("Ana", "About: drinking alone", "room")
    for number, name in enumerate(PEOPLE):
        await _write(cast, evening, name, f"calm {name}", "money" if number else "sleep @everyone")
    await cast.pass_time(to=SEVEN + timedelta(minutes=2))
    await cast.sees("Ben", "5 people have written.", "room")
    assert not any("calm" in text for text in here.screen(cast.persons["Kim"], "room"))
    await cast.tap("Kim", "exercises.refresh_button", cast.own)
    await cast.tap("Kim", "exercises.merge_button", cast.own)
    await cast.tap("Kim", "exercises.merge_yes_button", cast.own)
    board = await _reads(cast, "Ben", "calm Eva")
    assert all(f"calm {name}" in board for name in PEOPLE)
    assert board.count("money") == 1
    await cast.tap("Kim", "exercises.end_button", cast.own)
    await cast.tap("Kim", "exercises.end_yes_button", cast.own)
    await cast.sees("Ben", "This exercise has ended.", "room")
    assert "calm" not in _board(cast, "Ben")
    assert "drinking" not in _board(cast, "Ben")


async def _write(cast, evening, name: str, gives: str, costs: str) -> None:
    await cast.tap(name, "exercises.write_button", "room")
    await cast.tap(name, "people.gate_yes", cast.own, age=18)
    await cast.tap(name, "exercises.write_button", "room")
    await cast.fill(name, {"gives": gives, "costs": costs, "loses": "", "gains": ""}, cast.own)
    await cast.sees(name, "Saved.", cast.own)


def _board(cast, name: str) -> str:
    """All that the room shows somebody who wrote nothing down for themselves there."""
    texts = cast.here.screen(cast.persons[name], "room")
    return "\n".join(text for text in texts if "Only you see this" not in text)


async def _reads(cast, name: str, words: str) -> str:
    await cast.here.until(lambda: words in _board(cast, name), lambda: _board(cast, name))
    return _board(cast, name)
