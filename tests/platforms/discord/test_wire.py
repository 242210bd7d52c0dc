"""discord.py over real sockets: acts come in, answers go out."""

import asyncio
from typing import Any

import pytest

from bot.core.calls import Incoming, Kind, Role
from bot.core.replies import NOTHING, Button, File, Press, Reply, Style, To
from bot.core.richtext import Paragraph, Text
from tests.platforms.discord.conftest import Running, said
from tests.servers.discord import shapes
from tests.servers.discord.world import COMMAND


async def test_a_command_in_a_room_is_answered_to_the_person_alone(bot: Running):
    ann, ben = bot.driver.person("ann"), bot.driver.person("ben")
    bot.house.decide = lambda act: said("How strong is it?", "Next")
    await bot.driver.command(ann, "/urge", "room")
    assert bot.driver.screen(ann, "room") == ["How strong is it?"]
    assert bot.driver.buttons(ann, "room") == ["Next"]
    assert bot.driver.screen(ben, "room") == []


async def test_an_act_carries_who_where_and_what(bot: Running):
    ann = bot.driver.person("ann", locale="de")
    await bot.driver.command(ann, "/meeting create", "room", format="90", zone="Europe/Berlin")
    (act,) = bot.house.taken
    assert (act.kind, act.name, act.arguments) == (Kind.COMMAND, "meeting create", {"format": "90", "zone": "Europe/Berlin"})
    assert act.account == bot.driver.account(ann)
    assert act.place == bot.driver.room
    assert (act.locale, act.space_name, act.at) == ("de", "Tuesday people", bot.clock.now())
    assert act.receipt == next(iter(bot.server.world.acts.values())).id


async def test_in_the_private_chat_the_place_is_private_and_the_answer_stays(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Here.")
    await bot.driver.command(ann, "/urge")
    assert bot.house.taken[0].place.private
    assert bot.house.taken[0].place.space == ""
    assert bot.driver.screen(ann) == ["Here."]
    (message,) = bot.server.world.messages.values()
    assert message.only_for is None  # an only-you message would be gone after a restart of the app
    assert bot.house.sent_refs == [f"{ann.chat}:{message.id}"]


async def test_roles_come_from_the_owner_the_role_name_and_the_permissions(bot: Running):
    world = bot.server.world
    plain, named, allowed = (bot.driver.person(name) for name in ("plain", "named", "allowed"))
    named.roles = [world.facilitators]  # named "facilitator", in small letters
    allowed.permissions = 1 << 33  # manage events
    for person in (plain, named, allowed):
        await bot.driver.command(person, "/urge", "room")
    world.people["owner"] = world.owner
    await bot.driver.command(world.owner, "/urge", "room")
    both = frozenset({Role.OWNER, Role.FACILITATOR})
    assert [act.roles for act in bot.house.taken] == [
        frozenset(),
        frozenset({Role.FACILITATOR}),
        frozenset({Role.FACILITATOR}),
        both,
    ]


async def test_a_press_edits_the_only_you_message_it_is_on(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Two", "Back") if act.press else said("One", "Next")
    await bot.driver.command(ann, "/urge", "room")
    await bot.driver.press(ann, "Next", "room")
    assert bot.house.taken[1].press == Press("urge", "next")
    assert bot.driver.screen(ann, "room") == ["Two"]
    assert bot.driver.buttons(ann, "room") == ["Back"]


async def test_an_only_you_answer_leaves_the_rooms_message_alone(bot: Running):
    ann, ben = bot.driver.person("ann"), bot.driver.person("ben")
    bot.house.decide = lambda act: said("For you.") if act.press else said("Meeting at seven", "Join", to=To.ROOM)
    await bot.driver.command(ann, "/urge", "room")
    await bot.driver.press(ben, "Join", "room")
    assert bot.driver.screen(ben, "room") == ["Meeting at seven", "For you."]
    assert bot.driver.screen(ann, "room") == ["Meeting at seven"]


async def test_a_room_answer_edits_the_rooms_message_for_everybody(bot: Running):
    ann, ben = bot.driver.person("ann"), bot.driver.person("ben")
    bot.house.decide = lambda act: said("2 are here" if act.press else "1 is here", "Join", to=To.ROOM)
    await bot.driver.command(ann, "/urge", "room")
    await bot.driver.press(ben, "Join", "room")
    assert bot.driver.screen(ann, "room") == bot.driver.screen(ben, "room") == ["2 are here"]


async def test_what_is_private_goes_to_the_private_chat_and_the_room_is_told_only_so(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Your data", to=To.PRIVATE)
    await bot.driver.command(ann, "/urge", "room")
    (message,) = [message for message in bot.server.world.messages.values() if message.channel == ann.chat]
    assert bot.driver.screen(ann) == ["Your data"]
    assert bot.driver.screen(ann, "room") == ["I have sent you a private message."]
    assert bot.house.sent_refs == [f"{ann.chat}:{message.id}"]


async def test_with_a_closed_private_chat_it_is_said_to_the_person_alone(bot: Running):
    ann, ben = bot.driver.person("ann", locale="de"), bot.driver.person("ben")
    ann.is_closed = True
    bot.house.decide = lambda act: said("Your data", "Next", to=To.PRIVATE)
    await bot.driver.command(ann, "/urge", "room")
    (shown,) = bot.driver.screen(ann, "room")
    assert shown.startswith("Ich kann dir hier keine privaten Nachrichten schicken.")
    assert shown.endswith("Your data")
    assert bot.driver.buttons(ann, "room") == ["Next"]
    assert bot.driver.screen(ben, "room") == bot.driver.screen(ann) == []


async def test_a_press_without_an_answer_changes_nothing_on_the_screen(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: NOTHING if act.press else said("One", "Next")
    await bot.driver.command(ann, "/urge")
    await bot.driver.press(ann, "Next")
    assert bot.driver.screen(ann) == ["One"]
    assert bot.house.failures == []


async def test_a_command_without_an_answer_is_still_acknowledged(bot: Running):
    ann = bot.driver.person("ann")
    await bot.driver.command(ann, "/urge", "room")
    assert bot.driver.screen(ann, "room") == ["Done."]


@pytest.mark.parametrize("forged", ["urge", "x" * 90, "urge:next:ä", "urge:next:a:b:c", "UPPER:case", "a:b~c~d"])
async def test_forged_data_reaches_the_house_as_a_press_that_means_nothing(bot: Running, forged: str):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Nothing was changed." if act.kind is Kind.PRESS else "One")
    await bot.driver.command(ann, "/urge")
    (message,) = bot.server.world.seen(ann, ann.chat)
    await bot.server.press(ann, message, f"oc:{forged}")
    assert (bot.house.taken[-1].kind, bot.house.taken[-1].press) == (Kind.PRESS, None)
    assert bot.driver.screen(ann) == ["Nothing was changed."]


async def test_well_formed_data_that_is_not_on_the_message_arrives_like_a_typed_command(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Not for you." if act.press else "One", "Next")
    await bot.driver.command(ann, "/urge")
    await bot.driver.press(ann, "people:erase:someone")
    assert bot.house.taken[-1].press == Press("people", "erase", "someone")
    assert bot.driver.screen(ann) == ["Not for you."]


async def test_a_button_of_before_a_restart_still_works(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Two" if act.press else "One", "Next")
    await bot.driver.command(ann, "/urge")
    await bot.restart()
    await bot.driver.press(ann, "Next")
    assert bot.driver.screen(ann) == ["Two"]


async def test_an_old_button_beside_a_newer_message_acts_on_its_own_message(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Fresh" if act.press else f"Screen {len(bot.house.taken)}", "Next")
    await bot.driver.command(ann, "/urge")
    await bot.driver.command(ann, "/urge")
    old, _ = bot.server.world.seen(ann, ann.chat)
    await bot.server.press(ann, old, "oc:urge:next")
    assert bot.driver.screen(ann) == ["Fresh", "Screen 2"]


async def test_two_quick_taps_are_handled_in_order_and_other_people_do_not_wait(bot: Running):
    ann, ben = bot.driver.person("ann"), bot.driver.person("ben")
    first_may_end, order = asyncio.Event(), list[str]()

    async def decide(act: Incoming) -> Reply:
        name = f"{act.account.user}:{act.press.action if act.press else 'start'}"
        if act.press == Press("urge", "one"):
            await first_may_end.wait()
        order.append(name)
        return said("Screen", "One", "Two")

    bot.house.decide = decide
    await bot.driver.command(ann, "/urge")
    taps = [asyncio.create_task(bot.driver.press(ann, label)) for label in ("One", "Two")]
    await bot.server.until(lambda: len(bot.house.taken) == 2)
    await bot.driver.command(ben, "/urge")  # answered while ann's first tap is under way
    assert order == [f"{ann.id}:start", f"{ben.id}:start"]
    first_may_end.set()
    await asyncio.gather(*taps)
    assert order[2:] == [f"{ann.id}:one", f"{ann.id}:two"]


async def test_ten_thousand_characters_arrive_whole_over_several_messages_with_the_buttons_on_the_last(bot: Running):
    ann = bot.driver.person("ann")
    words = " ".join(f"word{number}" for number in range(1200))
    assert len(words) > 10_000 - 1000
    bot.house.decide = lambda act: said(words, "Next")
    await bot.driver.command(ann, "/urge")
    screen = bot.driver.screen(ann)
    assert len(screen) > 4
    assert " ".join(screen).split() == words.split()
    *others, last = bot.server.world.seen(ann, ann.chat)
    assert last.buttons
    assert not any(message.buttons for message in others)
    assert bot.house.sent_refs == [f"{ann.chat}:{last.id}"]


async def test_buttons_have_their_style_and_a_row_too_long_goes_on_in_the_next(bot: Running):
    ann = bot.driver.person("ann")
    many = tuple(Button(str(number), Press("urge", "rate", value=str(number))) for number in range(11))
    styled = (
        Button("Go", Press("urge", "go"), Style.GO),
        Button("Off", Press("urge", "off"), off=True),
        Button("Site", url="https://example.org/"),
        Button("Again", Press("urge", "go")),  # the same press twice on one message
    )
    bot.house.decide = lambda act: Reply((Paragraph((Text("Rate"),)),), buttons=(many, styled))
    await bot.driver.command(ann, "/urge")
    (message,) = bot.server.world.seen(ann, ann.chat)
    assert [len(row["components"]) for row in message.components] == [5, 5, 5]
    assert [(b["style"], bool(b.get("disabled")), bool(b.get("url"))) for b in message.buttons[11:]] == [
        (3, False, False),
        (2, True, False),
        (5, False, True),
        (2, False, False),
    ]
    await bot.driver.press(ann, "Again")
    assert bot.house.taken[-1].press == Press("urge", "go")


async def test_a_file_comes_with_the_answer_and_goes_when_the_message_becomes_another(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: (
        said("Gone") if act.press else said("Your data", "Next", file=File("data.zip", b"bytes", "application/zip"))
    )
    await bot.driver.command(ann, "/urge")
    (message,) = bot.server.world.seen(ann, ann.chat)
    assert [(entry["filename"], entry["content"]) for entry in message.attachments] == [("data.zip", b"bytes")]
    await bot.driver.press(ann, "Next")
    assert message.attachments == []


async def test_what_a_person_writes_to_the_bot_is_not_even_received(bot: Running):
    ann = bot.driver.person("ann")
    await bot.driver.say(ann, "nobody reads this")
    assert bot.house.taken == []
    (session,) = bot.server.gateway.sessions.values()
    assert session.intents == 1 | 1 << 7  # servers, and who is in voice


async def act_with(bot: Running, **changes: Any) -> list[str]:
    """Send ann's /urge in the room with parts of its event changed; return her screen."""
    ann = bot.driver.person("ann")
    act = bot.server.begin(COMMAND, ann, bot.server.world.room)
    payload = shapes.interaction(bot.server.world, act, shapes.command_data(bot.server.world, "urge", {}))
    await bot.server.gateway.tell("INTERACTION_CREATE", {**payload, **changes})
    await bot.server.until(act.answered.is_set)
    await bot.server.settle()
    return bot.driver.screen(ann, "room")


async def test_in_a_thread_the_place_is_the_thread(bot: Running):
    world = bot.server.world
    times = {"archived": False, "auto_archive_duration": 60, "archive_timestamp": "2026-12-01T18:00:00+00:00", "locked": False}
    own = {"id": "77", "type": 11, "parent_id": world.room, "owner_id": "1", "message_count": 0, "member_count": 1}
    thread = {**shapes.room(world), **own, "thread_metadata": times}
    await act_with(bot, channel=thread, channel_id="77")
    assert (bot.house.taken[0].place.chat, bot.house.taken[0].place.space) == ("77", world.server)


async def test_on_a_server_that_did_not_install_the_bot_all_is_for_the_person_alone(bot: Running):
    ann, ben = bot.driver.person("ann"), bot.driver.person("ben")
    ann.permissions = 1 << 3  # an administrator there, which means nothing here
    bot.house.decide = lambda act: said("Ready", to=To.ROOM)
    assert await act_with(bot, authorizing_integration_owners={"1": ann.id}) == ["Ready"]
    (act,) = bot.house.taken
    assert (act.place.private, act.place.space, act.space_name, act.roles) == (True, "", "", frozenset())
    assert bot.driver.screen(ben, "room") == []


async def test_an_error_nobody_foresaw_is_told_to_the_house_and_the_next_act_works(bot: Running):
    ann = bot.driver.person("ann")
    broken: Any = None
    bot.house.decide = lambda act: Reply((Paragraph((Text("Ready"),)),), buttons=((broken,),))
    acting = asyncio.create_task(bot.driver.command(ann, "/urge"))
    await bot.server.until(lambda: bool(bot.house.failures))
    acting.cancel()
    bot.house.decide = lambda act: said("Ready")
    await bot.driver.command(ann, "/urge")
    assert bot.driver.screen(ann) == ["Ready"]


async def test_labels_hold_no_tricks(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: Reply(
        (Paragraph((Text("One"),)),), buttons=((Button("\u202eevil\u202c\nlabel " + "x" * 100, Press("a", "b")),),)
    )
    await bot.driver.command(ann, "/urge")
    (label,) = bot.driver.buttons(ann)
    assert label.startswith("evil label xxx")
    assert len(label) == 80
