"""One whole evening on each platform: planned, announced, opened, held, ended; and the next one planned."""

from datetime import UTC, datetime

import pytest

from tests.evening.world import PLATFORMS, World, world

SEVEN = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)  # 19:00 in Berlin
NEXT_WEEK = datetime(2026, 12, 8, 18, 0, tzinfo=UTC)


@pytest.fixture(params=PLATFORMS)
async def here(request, tmp_path):
    async with world(request.param, tmp_path) as opened:
        yield opened


async def plan(here: World, kim, title="Tuesday evening", time="19:00"):
    """Kim makes the meeting with the form: a modal, a page's form, or one question after another in private."""
    await here.command(kim, "/meeting create", "room")
    answers = {"title": title, "days": "tuesday", "time": time, "zone": "Europe/Berlin", "length": "90"}
    if here.name == "telegram":
        await here.sees(kim, "Title")
    await here.fill(kim, answers, "room")
    where = "private" if here.name == "telegram" else "room"
    await here.offers(kim, "Save", where)
    await here.press(kim, "Save", where)


async def agree(here: World, person):
    """Say yes to age and consent, if asked."""
    yes = "Yes, 18 or older. Go on"
    if yes in here.buttons(person):
        await here.press(person, yes)


async def test_an_evening_from_plan_to_end(here):
    kim, ana, ben = here.person("Kim", facilitator=True), here.person("Ana"), here.person("Ben")
    where = "private" if here.name == "telegram" else "room"  # where an answer for one person stands

    await plan(here, kim)
    await here.sees(kim, "Saved: Tuesday evening", where)

    await here.pass_time(to=SEVEN.replace(hour=17, minute=45))
    await here.sees(ana, "Tuesday evening starts soon", "room")
    await here.pass_time(to=SEVEN.replace(hour=17, minute=50))
    await here.offers(ana, "I am here", "room")

    for person, count in ((ana, "One person is here"), (ben, "2 people are here")):
        await here.press(person, "I am here", "room")
        await here.sees(person, f"You are in. {count}", "room")
    await here.press(ana, "I am here", "room")
    await here.sees(ana, "2 people are here", "room")

    await here.pass_time(to=SEVEN)
    await here.press(kim, "Facilitator", "room")
    await here.sees(kim, "Nobody hosts yet", where)
    await here.press(kim, "Start the meeting", where)
    await here.sees(ben, "Now: Welcome", "room")
    await here.press(kim, "Next: Check-in", where)
    await here.sees(ben, "Now: Check-in", "room")
    await here.press(kim, "Start check-in", where)
    await here.sees(kim, "Everyone who is here gets a private check-in now", where)

    for person, rating, topic in ((ana, "7", "An urge"), (ben, "4", "A conflict")):
        await here.offers(person, "Open my check-in")
        await here.press(person, "Open my check-in")
        await agree(here, person)
        await here.offers(person, rating)
        await here.press(person, rating)
        await answer(here, person, f"A secret success of {rating}")
        await answer(here, person, f"A secret challenge of {rating}")
        await here.press(person, topic)
        await here.press(person, "Without my name")
        await here.press(person, "Save")
        await here.sees(person, "Nothing else")

    card = await here.sees(kim, "Check-ins: 2 of 2", "room")
    assert "Urges (1)" in card
    assert "Conflict (1)" in card
    everything = "\n".join(text for person in (kim, ana, ben) for text in here.screen(person, "room"))
    assert "secret" not in everything
    assert "Ana" not in everything

    await here.pass_time(minutes=75)
    await here.sees(ana, "This time is kept for everyone's way out", "room")
    await here.press(kim, "Refresh", where)
    await here.press(kim, "End", where)
    await here.press(kim, "Yes, end it", where)
    await here.sees(ana, "This meeting has ended", "room")

    await here.pass_time(to=NEXT_WEEK.replace(day=7, minute=1))
    await here.sees(ben, "Coming up: Tuesday evening", "room")


async def answer(here: World, person, words: str):
    """Write an answer in one's own words: typed in Telegram, in a form elsewhere."""
    if here.name == "telegram":
        await here.say(person, words)
    else:
        await here.offers(person, "Write")
        await here.press(person, "Write")
        await here.fill(person, {"words": words}, "private")
