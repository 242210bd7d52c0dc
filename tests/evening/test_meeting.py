"""One whole evening on each platform: planned, announced, opened, held, ended; and the next one planned."""

import pytest

from tests.evening.evening import LOBBY, NEXT_WEEK, SEVEN, SOON, Evening, cast_of
from tests.evening.world import PLATFORMS, world


@pytest.fixture(params=PLATFORMS)
async def here(request, tmp_path):
    async with world(request.param, tmp_path) as opened:
        yield opened


async def test_an_evening_from_plan_to_end(here):
    cast = cast_of(here, "Ana", "Ben")
    evening = Evening(cast)
    await evening.plan_by_form("Tuesday evening")
    await cast.sees("Kim", "Saved: Tuesday evening", cast.own)

    await cast.pass_time(to=SOON)
    await cast.sees("Ana", "Tuesday evening starts soon", "room")
    await cast.pass_time(to=LOBBY)
    await cast.sees("Ana", "The room is open", "room")
    for name, count in (("Ana", "One person is here"), ("Ben", "2 people are here")):
        await evening.come(name)
        await cast.sees(name, f"You are in. {count}", "room")
    await evening.come("Ana")
    await cast.sees("Ana", "2 people are here", "room")

    await cast.tap("Kim", "meetings.panel_button", "room")
    await cast.sees("Kim", "Nobody hosts yet", cast.own)
    await cast.tap("Kim", "meetings.host_button", cast.own)
    await cast.pass_time(to=SEVEN)
    await evening.start()
    await cast.sees("Ben", "Now: Welcome", "room")
    await evening.next("checkin")
    await cast.sees("Ben", "Now: Check-in", "room")
    await evening.open_checkin()
    await cast.sees("Kim", "Everyone who is here gets a private check-in now", cast.own)
    await evening.check_in("Ana", "7", "urge", ("A secret success", "A secret challenge"))
    await evening.check_in("Ben", "4", "conflict", ("Another secret", "One more secret"))
    await cast.sees("Ben", "Nothing else")

    card = await cast.sees("Kim", "Check-ins: 2 of", "room")
    assert "Next on the agenda: Urges" in card  # whoever asked first
    assert "one more topic waits" in card
    everything = "\n".join(text for person in cast.persons.values() for text in here.screen(person, "room"))
    assert "secret" not in everything
    assert "Ana" not in everything

    await evening.at(75)
    await cast.sees("Ana", "This time is kept for everyone's way out", "room")
    await cast.tap("Kim", "meetings.refresh_button", cast.own)
    await evening.end()
    await cast.sees("Ana", "This meeting has ended", "room")

    await cast.pass_time(to=NEXT_WEEK.replace(day=7, minute=1))
    await cast.sees("Ben", "Coming up: Tuesday evening", "room")
