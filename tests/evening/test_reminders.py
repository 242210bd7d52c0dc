"""Meetings listed in one's own time, and reminders in private: a test message first, then the real one, once."""

import pytest

from tests.evening.evening import SEVEN, Evening, cast_of
from tests.evening.world import PLATFORMS, World, world


@pytest.fixture(params=PLATFORMS)
async def here(request, tmp_path):
    async with world(request.param, tmp_path) as opened:
        cast = cast_of(opened)
        await Evening(cast).plan("Tuesday evening")
        await cast.sees("Kim", "Saved: Tuesday evening", cast.own)
        yield opened


def private_of_room(here: World):
    """Where an answer for one person stands after a command in a room."""
    return "private" if here.name == "telegram" else "room"


async def test_the_list_is_in_the_readers_own_time_beside_the_meetings(here):
    ana = here.person("Ana")
    await here.command(ana, "/meetings", "room")
    await here.sees(ana, "Meetings of the next two weeks", private_of_room(here))
    await here.command(ana, "/timezone New York")
    await here.sees(ana, "Saved: New York")
    await here.command(ana, "/meetings")
    listed = await here.sees(ana, "Tuesday evening")
    assert "1:00" in listed or f"<t:{int(SEVEN.timestamp())}" in listed


async def test_a_reminder_begins_with_a_test_and_comes_once_without_a_name(here):
    ana = here.person("Ana")
    await here.command(ana, "/meetings", "room")
    await here.sees(ana, "Tuesday evening", private_of_room(here))
    await here.command(ana, "/remind")
    await here.sees(ana, "This is how a reminder looks")
    before = here.screen(ana)
    await here.pass_time(to=SEVEN.replace(hour=17, minute=45, second=1))
    await here.until(lambda: len(here.screen(ana)) == len(before) + 1)
    reminder = here.screen(ana)[-1]
    assert "Your reminder" in reminder
    assert "Tuesday evening" not in reminder
    assert "meeting" not in reminder.lower()
    await here.pass_time(to=SEVEN)
    await here.sees(ana, "Nobody has said yet", "room")
    assert len(here.screen(ana)) == len(before) + 1


async def test_reminders_stop_at_once(here):
    ana = here.person("Ana")
    await here.command(ana, "/meetings", "room")
    await here.command(ana, "/remind")
    await here.sees(ana, "This is how a reminder looks")
    await here.press(ana, "Stop reminders")
    await here.sees(ana, "Reminders for this meeting are off")
    await here.pass_time(to=SEVEN)
    await here.sees(ana, "Nobody has said yet", "room")
    assert sum("Your reminder" in text for text in here.screen(ana)) <= 1


async def test_only_a_facilitator_plans_a_meeting(here):
    ben = here.person("Ben")
    await here.command(ben, "/meeting create", "room")
    await here.sees(ben, "This is for the facilitators of this community", private_of_room(here))


@pytest.mark.parametrize("title", ["@everyone <@1> **bold** [x](https://evil.example)", "\u202eשלום 👩‍👩‍👧", "<b>Tea</b> & talk"])
async def test_a_hostile_title_is_shown_as_words(here, title):
    cast, ana = cast_of(here, "Ana"), here.person("Ana")
    await Evening(cast).plan_by_form(title)
    await cast.sees("Kim", "Saved:", cast.own)
    await here.command(ana, "/meetings", "room")
    await here.sees(ana, "Tuesday evening", private_of_room(here))
    shown = "\n".join(here.screen(ana, private_of_room(here)))
    assert "\u202e" not in shown
    for part in ("everyone", "שלום", "Tea"):
        assert part not in title or part in shown
