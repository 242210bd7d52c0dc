"""A rehearsal over the real adapters: roles by number, private lines for the one who offers, a swap, a stop, and the card."""

from datetime import timedelta

import pytest

from tests.evening.evening import LOBBY, SEVEN, Evening, cast_of
from tests.evening.world import PLATFORMS, world


@pytest.fixture(params=PLATFORMS)
async def here(request, tmp_path):
    async with world(request.param, tmp_path) as opened:
        yield opened


async def test_a_hard_moment_is_played_swapped_stopped_and_talked_about(here):
    cast = cast_of(here, "Ana", "Ben", "Cleo")
    evening = Evening(cast)
    await evening.plan()
    await cast.pass_time(to=LOBBY)
    await evening.come("Kim")
    await cast.pass_time(to=SEVEN)
    await evening.lead()
    await evening.start()
    await cast.tap("Kim", "meetings.exercise_button", cast.own)
    await cast.tap("Kim", "exercises.choose_rehearsal", cast.own)
    await cast.tap("Kim", "exercises.script_sake", cast.own)
    await cast.sees("Ana", "someone close asks you", "room")
    await cast.tap("Ana", "exercises.plays_button", "room")
    await cast.tap("Ben", "exercises.offers_button", "room")
    await cast.pass_time(to=SEVEN + timedelta(minutes=1))
    await cast.sees("Cleo", "Would make the offer: Person 2", "room")
    await cast.tap("Kim", "exercises.refresh_button", cast.own)
    await cast.tap("Kim", "exercises.play_button", cast.own)
    await cast.sees("Cleo", "Person 1 answers. Person 2 makes the offer.", "room")
    await cast.sees("Ben", "It begins now.")
    await cast.tap("Ben", "exercises.my_part_button")
    await cast.sees("Ben", "I went to so much trouble.")
    await cast.tap("Kim", "exercises.swap_button", cast.own)
    await cast.sees("Cleo", "Person 2 answers. Person 1 makes the offer.", "room")
    await cast.tap("Ana", "exercises.stop_button", "room")
    await cast.sees("Cleo", "How was that?", "room")
    await cast.sees("Ana", "Something is kept for you alone.")
    await cast.tap("Ana", "exercises.card_button")
    await cast.tap("Ana", "exercises.note_button")
    await cast.tap("Ana", "people.gate_yes", age=18)
    await cast.fill("Ana", {"best": "No, thank you.", "leave": "The bus at ten"})
    await cast.sees("Ana", "My best line: No, thank you.")
    assert not any("No, thank you." in text for text in here.screen(cast.persons["Cleo"], "room"))
