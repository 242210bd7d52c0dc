"""An evening on which nobody has said that they host: a substitute takes it, or it goes by its script to its end."""

import pytest

from tests.evening.evening import LOBBY, SOON, Evening, cast_of
from tests.evening.world import PLATFORMS, world

SCRIPT = {5: "Check-in", 22: "Agenda", 25: "Working time", 72: "Pass the hat", 75: "Check-out"}  # minutes past seven


@pytest.fixture(params=PLATFORMS)
async def here(request, tmp_path):
    async with world(request.param, tmp_path) as opened:
        yield opened


async def test_a_substitute_is_asked_in_private_and_takes_the_evening(here):
    cast = cast_of(here, "Ana", facilitators=("Kim", "Sam"))
    evening = Evening(cast)
    await cast.command("Sam", "/facilitator substitute", "room")
    await cast.tap("Sam", "meetings.substitute_on_button", cast.own)
    await evening.plan()
    await cast.sees("Kim", "Saved", cast.own)
    await cast.pass_time(to=SOON)
    await cast.sees("Sam", "has no host yet")
    await cast.tap("Sam", "meetings.claim_button")
    await cast.sees("Sam", "Thank you: you host this meeting")
    await cast.pass_time(to=LOBBY)
    await evening.come("Ana")
    await evening.at(0)
    await cast.tap("Sam", "meetings.refresh_button")
    await cast.tap("Sam", "meetings.start_button")
    card = await cast.sees("Ana", "Now: Welcome", "room")
    assert "Nobody hosts" not in card
    assert not any("has no host" in text for text in here.screen(cast.persons["Kim"]))


async def test_without_anybody_the_meeting_goes_by_its_script_to_its_end(here):
    cast = cast_of(here, "Ana", "Ben")
    evening = Evening(cast)
    await evening.plan()
    await cast.sees("Kim", "Saved", cast.own)
    await cast.pass_time(to=LOBBY)
    await evening.come("Ana", "Ben")
    await cast.sees("Ana", "Nobody has said yet that they host", "room")
    await evening.at(0)
    await cast.sees("Ana", "Nobody hosts just now, so the meeting goes by its script", "room")
    await cast.sees("Ana", "Nobody hosts tonight, and we can still meet", "room")
    for minutes, segment in SCRIPT.items():
        await evening.at(minutes + 0.1)
        await cast.sees("Ben", f"Now: {segment}", "room")
        await cast.sees("Ben", f"{segment}, until about", "room")
    await evening.at(90.1)
    await cast.sees("Ana", "This meeting has ended", "room")
