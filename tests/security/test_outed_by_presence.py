"""SAFETY 5, row 1; Must 24: nobody in the same server or group can see who belongs, who came, or who said what."""

import re

import pytest

from tests.evening.between import known
from tests.evening.world import PLATFORMS, world
from tests.security import days
from tests.security.evenings import check_in, gather, plan
from tests.security.inside import plan as plan_inside
from tests.security.inside import text_of

NAMES = ("Ana", "Ben", "Kim")


def room_texts(here, *people) -> str:
    return "\n".join(text for person in people for text in here.screen(person, "room"))


async def test_the_room_sees_counts_and_the_one_name_that_was_ticked(here):
    kim, ana, ben = here.person("Kim", facilitator=True), here.person("Ana"), here.person("Ben")
    await plan(here, kim, "Tuesday evening")
    await gather(here, kim, ana, ben)
    await here.sees(kim, "2 people are here", "room")
    await check_in(here, ben, "went well too", "was hard too", "A conflict", name="Benno")
    await check_in(here, ana, "went well", "was hard", "An urge")
    card = await here.sees(kim, "Check-ins: 2 of 2", "room")
    assert "Next on the agenda: Conflict (Benno)" in card
    assert "one more topic waits" in card
    seen = room_texts(here, kim, ana, ben)
    for name in NAMES:
        assert name not in seen.replace("Benno", "")
    for word in ("went well", "was hard", "7"):
        assert word not in re.sub(r"<t:\d+(:\w)?>|\d*7:\d\d", "", seen).replace("17", "")


async def test_no_reaction_role_member_or_mention_is_ever_asked_for(here):
    """What marks a person for others in a room: the platforms are never asked to do any of it."""
    kim, ana = here.person("Kim", facilitator=True), here.person("Ana")
    await plan(here, kim, "Tuesday evening")
    await gather(here, kim, ana)
    await here.sees(kim, "One person is here", "room")
    if here.name == "discord":
        paths = {path for _, path, _ in here.driver.server.rest.calls}
        assert not [
            path for path in paths if any(word in path for word in ("reactions", "roles", "members", "threads", "thread-members"))
        ]
        for _, _, body in here.driver.server.rest.calls:
            mentions = body.get("allowed_mentions") if isinstance(body, dict) else None
            assert mentions is None or mentions.get("parse") == []
    elif here.name == "telegram":
        methods = {call.method for call in here.driver.api.calls}
        assert methods <= {
            "getMe",
            "getUpdates",
            "getWebhookInfo",
            "getMyCommands",
            "setMyCommands",
            "getChatMember",
            "sendMessage",
            "editMessageText",
            "answerCallbackQuery",
            "deleteMyCommands",
            "deleteWebhook",
        }
    else:
        typing = [frame for frame in here.driver.tab(ana).frames if frame["type"] == "typing"]
        assert typing == []


async def test_only_you_answers_in_a_room_reach_only_you(here):
    """Answers to commands typed in a room say nothing there of the person."""
    ana, ben = here.person("Ana"), here.person("Ben")
    await here.command(ana, "/privacy", "room")
    await here.command(ana, "/urge", "room")
    await here.command(ana, "/language", "room")
    assert not [
        text for text in here.screen(ben, "room") if "kept about you" in text or "18 or older" in text or "language" in text
    ]
    assert here.buttons(ben, "room") == []


async def test_who_is_reminded_is_seen_by_nobody_else(here):
    kim, ana, ben = here.person("Kim", facilitator=True), here.person("Ana"), here.person("Ben")
    await plan(here, kim, "Tuesday evening")
    await here.command(ana, "/remind", "room")
    await here.sees(ana, "This is how a reminder looks")
    for other in (ben, kim):
        assert not [text for text in here.screen(other, "room") if "reminder" in text.lower()]


@pytest.mark.parametrize("platform", ["discord", "telegram", "web"])
async def test_no_command_lists_anybody(inside, platform):
    """Whatever is typed by anybody in a room full of people, no answer has another's name, account or id."""
    kim = inside.person("kim-name", platform, facilitator=True)
    others = [inside.person(f"member-{n}", platform) for n in range(3)]
    await plan_inside(kim)
    for other in others:
        await other.agree("/checkin")
    await inside.moments(minutes=52)
    ids = [await other.id() for other in others]
    known = [*ids, *(other.account.user for other in others)]
    for entry in inside.house.dispatch.menu():
        for spot in ("room", "private"):
            reply = await kim.command(f"/{entry.name} member-1", spot)
            assert not [word for word in known if word in text_of(reply).replace("/member", "")]


# Between meetings ---------------------------------------------------------------------------------------------------------

MARKS = ("reactions", "roles", "members", "typing", "polls", "setMessageReaction", "sendChatAction", "ChatMember")
ASKED = ("getChatMember",)  # of whoever acts, so that a facilitator is known: shown to nobody


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_nothing_in_a_room_shows_who_checks_in_from_a_card_who_pairs_who_reports_or_who_shares(platform, tmp_path):
    async with world(platform, tmp_path, days.clock()) as here:
        cast = days.cast_named(here, lambda _: "")
        await known(cast, "Ana", "Ben")
        await days.corner(cast, lambda where: f"the {where}")
        await days.asked_in_the_room(cast, "Kim")
        await days.breath(cast)
        before = here.screen(cast.persons["Cleo"], "room")
        await days.line(cast, lambda where: f"my {where}")
        await days.reported(cast, lambda where: f"my {where}")
        await days.breath(cast)
        await days.paired(cast)
        await days.noted(cast, lambda where: f"my {where}")
        await days.settled(here)
        assert here.screen(cast.persons["Cleo"], "room") == before
        await cast.pass_time(to=days.SUNDAY)
        card = await cast.sees("Cleo", "A check-in, in private", "room")
        before, buttons = here.screen(cast.persons["Cleo"], "room"), here.buttons(cast.persons["Cleo"], "room")
        await cast.tap("Ana", "prompts.open_button", "room")
        await cast.press("Ana", "6", cast.own)
        for _ in range(2):
            await cast.tap("Ana", "common.skip", cast.own)
        await cast.tap("Ana", "checkin.keep", cast.own)
        await cast.sees("Ana", "Saved.", cast.own)
        await cast.tap("Ben", "prompts.join_button", "room")
        await cast.sees("Ben", "You are asked in private from now on.", cast.own)
        await days.settled(here)
        assert here.screen(cast.persons["Cleo"], "room") == before
        assert here.buttons(cast.persons["Cleo"], "room") == buttons
        assert not re.search(r"\d", card)  # nor does it count anybody
        assert not [name for name in NAMES if any(name in text for text in before)]
        assert asked_for(here, cast.persons["Cleo"]) == []


@pytest.mark.parametrize("platform", ["telegram", "web"])
async def test_what_was_written_without_a_name_shows_nobody_who_it_was(platform, tmp_path):
    """Neither in the room, nor on any screen of who leads, nor by anything that the platform was asked for."""
    async with world(platform, tmp_path, days.clock()) as here:
        cast = days.cast_named(here, lambda _: "")
        await known(cast, "Ana", "Ben")
        await days.corner(cast, lambda where: f"the {where}")
        await days.breath(cast)
        await days.topic(cast, lambda where: f"the {where}")
        await days.breath(cast)
        await days.written_unnamed(cast, lambda where: f"some {where} words")
        await cast.command("Kim", "/topic", "room")
        await cast.tap("Kim", "topics.open_topics_button", cast.own)
        await cast.press("Kim", "the topic_title", cast.own)
        await cast.sees("Kim", "Who wrote is known to nobody.", cast.own)
        await days.settled(here)
        for name in ("Cleo", "Kim"):
            seen = here.screen(cast.persons[name], "room") + here.screen(cast.persons[name])
            assert not [text for text in seen if "Ana" in text]
        assert asked_for(here, cast.persons["Cleo"]) == []


def asked_for(here, looker) -> list[str]:
    """What marks a person for others, of all that the platform was asked for."""
    if here.name == "discord":
        asked = [path for _, path, _ in here.driver.server.rest.calls]
    elif here.name == "telegram":
        asked = [call.method for call in here.driver.api.calls]
    else:
        asked = [frame["type"] for frame in here.driver.tab(looker).frames]
    return [one for one in asked if one not in ASKED and any(mark in one for mark in MARKS)]
