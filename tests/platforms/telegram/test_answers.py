"""Where an answer goes: the message pressed, the room, the private chat, or a toast."""

import pytest
from msgspec.structs import replace

from bot.core.calls import Incoming, Kind, Role
from bot.core.replies import NOTHING, Button, File, Form, Press, Reply, To
from bot.core.richtext import Paragraph, Text
from tests.platforms.telegram.desk import Desk, said
from tests.servers.telegram.driver import TelegramDriver, settled

pytestmark = pytest.mark.usefixtures("platform")


def screens(incoming: Incoming) -> Reply:
    return said(f"after {incoming.press.subject}" if incoming.press else "start", "one", "two")


async def test_a_command_is_answered_in_the_private_chat_and_protected(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    desk.rule = lambda _: said("How strong is it?", "one")
    await driver.command(alice, "/urge")
    assert driver.screen(alice) == ["How strong is it?"]
    assert driver.buttons(alice) == ["one"]
    assert driver.messages(alice)[0].protected
    await desk.until(lambda: desk.arrived)
    assert desk.arrived[0][1] == f"{alice.id}:{driver.messages(alice)[0].id}"


async def test_a_press_edits_the_message_it_stands_under(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    desk.rule = screens
    await driver.command(alice, "/urge")
    await driver.press(alice, "two")
    assert driver.screen(alice) == ["after two"]
    assert len(driver.api.of("answerCallbackQuery")) == 1


async def test_a_reply_that_does_not_replace_is_a_new_message(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    desk.rule = lambda incoming: said("more", replace=False) if incoming.press else said("start", "one")
    await driver.command(alice, "/urge")
    await driver.press(alice, "one")
    assert driver.screen(alice) == ["start", "more"]


async def test_a_press_with_nothing_to_say_is_acknowledged_all_the_same(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    desk.rule = lambda incoming: NOTHING if incoming.press else said("start", "one")
    await driver.command(alice, "/urge")
    query = driver.tap(alice, "one")
    assert query is not None
    await driver.api.until(lambda: query.answers)
    assert driver.screen(alice) == ["start"]


async def test_an_edit_that_changes_nothing_is_a_success(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    desk.rule = lambda _: said("same", "one")
    await driver.command(alice, "/urge")
    await driver.press(alice, "one")
    await desk.until(lambda: len(desk.arrived) == 2)
    assert driver.screen(alice) == ["same"]
    assert desk.failed == []


@pytest.mark.parametrize("why", ["message to edit not found", "message can't be edited"])
async def test_a_message_that_cannot_be_edited_any_more_is_sent_anew(driver: TelegramDriver, desk: Desk, why: str):
    alice = driver.person("Alice")
    desk.rule = screens
    await driver.command(alice, "/urge")
    driver.api.will_answer("editMessageText", 400, {"ok": False, "error_code": 400, "description": f"Bad Request: {why}"})
    driver.tap(alice, "one")
    await desk.until(lambda: len(desk.arrived) == 2)
    assert driver.screen(alice) == ["start", "after one"]


async def test_a_query_that_is_too_old_does_not_cost_the_answer(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    desk.rule = screens
    await driver.command(alice, "/urge")
    query = driver.tap(alice, "one")
    assert query is not None
    query.too_old = True
    await desk.until(lambda: len(desk.arrived) == 2)
    assert driver.screen(alice) == ["after one"]


async def test_forged_data_reaches_the_house_as_no_press(driver: TelegramDriver, desk: Desk):
    mallory = driver.person("Mallory")
    await driver.command(mallory, "/urge")
    await driver.press(mallory, "flow:next:'; drop table--")
    assert desk.taken[-1].kind is Kind.PRESS
    assert desk.taken[-1].press is None


async def test_in_a_room_the_presser_alone_reads_a_short_answer(driver: TelegramDriver, desk: Desk):
    alice, bob = driver.person("Alice"), driver.person("Bob")
    desk.rule = lambda incoming: said("You are counted.") if incoming.press else said("Room opens", "here", to=To.ROOM)
    await driver.command(alice, "/meetings", "room")
    await driver.press(bob, "here", "room")
    assert driver.screen(bob, "room") == ["Room opens", "You are counted."]
    assert driver.screen(alice, "room") == ["Room opens"]
    assert driver.screen(bob) == []


async def test_in_a_room_a_long_answer_goes_to_the_private_chat(driver: TelegramDriver, desk: Desk):
    bob = driver.person("Bob")
    desk.rule = lambda incoming: said("How was your week?", "0", "1") if incoming.press else said("Room", "begin", to=To.ROOM)
    await driver.command(bob, "/meetings", "room")
    await driver.press(bob, "begin", "room")
    assert driver.screen(bob) == ["How was your week?"]
    assert driver.screen(bob, "room") == ["Room", "The answer is in our private chat."]


async def test_a_closed_private_chat_is_offered_by_a_link_that_repeats_the_press(driver: TelegramDriver, desk: Desk):
    bob, alice = driver.person("Bob", started=False), driver.person("Alice")
    desk.rule = lambda incoming: said("Just for you", "x") if incoming.press else said("Room", "begin", to=To.ROOM)
    await driver.command(alice, "/meetings", "room")
    await driver.press(bob, "begin", "room")
    link = driver.offered_link(bob)
    assert link == "https://t.me/open_chair_bot?start=flow-next-begin"
    assert driver.screen(bob) == []
    await driver.follow(bob, link)
    assert driver.screen(bob) == ["Just for you"]
    assert desk.taken[-1].press == Press("flow", "next", "begin")
    assert desk.failed == []


async def test_where_the_link_is_refused_an_alert_says_what_to_do(driver: TelegramDriver, desk: Desk):
    bob, alice = driver.person("Bob", started=False), driver.person("Alice")
    desk.rule = lambda incoming: said("Just for you", "x") if incoming.press else said("Room", "begin", to=To.ROOM)
    await driver.command(alice, "/meetings", "room")
    driver.api.will_answer("answerCallbackQuery", 400)
    await driver.press(bob, "begin", "room")
    assert [toast.text for toast in driver.toasts(bob)] == [
        "The answer is for you alone. Open my profile, press Start, then tap here again."
    ]
    assert driver.api.of("answerCallbackQuery")[-1]["show_alert"] is True


async def test_a_private_answer_to_a_command_leaves_nothing_in_the_room(driver: TelegramDriver):
    alice = driver.person("Alice")
    await driver.command(alice, "/urge", "room")
    assert driver.screen(alice) == ["command urge"]
    assert driver.screen(alice, "room") == []


async def test_a_command_with_a_closed_private_chat_gets_one_line_with_a_link(driver: TelegramDriver, desk: Desk):
    bob = driver.person("Bob", started=False)
    typed = driver.type(bob, "/urge@open_chair_bot", "room")
    await desk.until(lambda: desk.arrived)
    line = driver.messages(bob, "room")[-1]
    assert line.text == "The answer is for you alone. Open our private chat and press Start."
    assert line.answers == typed["message_id"]
    assert line.quiet
    assert not line.protected
    assert line.buttons[0]["url"] == "https://t.me/open_chair_bot?start=urge"
    await driver.follow(bob, line.buttons[0]["url"])
    assert desk.taken[-1].kind is Kind.COMMAND
    assert desk.taken[-1].name == "urge"


async def test_a_private_button_in_a_room_is_a_link(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    button = Button("Check in", Press("checkin", "start", "ab12"), private=True)
    room = Reply(blocks=(Paragraph((Text("Room"),)),), to=To.ROOM, buttons=((button,),))
    desk.rule = lambda incoming: said("Private") if incoming.press else room
    await driver.command(alice, "/meetings", "room")
    assert driver.messages(alice, "room")[-1].buttons[0]["url"] == "https://t.me/open_chair_bot?start=checkin-start-ab12"
    await driver.press(alice, "Check in", "room")
    assert driver.screen(alice) == ["Private"]


def as_the_group(driver: TelegramDriver, text: str) -> None:
    """Type as an administrator who stays anonymous."""
    described = driver.type(driver.person("Alice"), "Good evening", "room")
    described |= {"text": text, "sender_chat": driver.group.as_json(driver.api.world.users)}
    described["from"] = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    driver.api.push("message", described)


async def test_an_anonymous_administrator_is_answered_in_the_room(driver: TelegramDriver, desk: Desk):
    as_the_group(driver, "/meetings")
    await desk.until(lambda: desk.arrived)
    assert desk.taken[-1].roles == {Role.FACILITATOR}
    assert desk.taken[-1].account.user == str(driver.group.id)
    assert driver.screen(driver.person("Alice"), "room") == ["command meetings"]


async def test_what_is_private_is_not_shown_to_a_group_because_its_administrator_is_anonymous(driver: TelegramDriver, desk: Desk):
    desk.rule = lambda _: said("For your eyes", to=To.PRIVATE)
    as_the_group(driver, "/urge")
    await desk.until(lambda: desk.arrived)
    assert driver.screen(driver.person("Alice"), "room") == [
        "You speak as the group here, so I cannot answer you alone. Ask me in our private chat."
    ]
    assert driver.group.messages[-1].buttons[0]["url"].endswith("?start=urge")


async def test_a_group_that_moves_meanwhile_is_answered_where_it_went(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    desk.rule = lambda _: said("Room", to=To.ROOM)
    old = driver.group
    driver.type(alice, "/meetings", "room")
    new = driver.api.migrate(old)
    await desk.until(lambda: desk.arrived)
    assert [message.text for message in new.messages] == ["Room"]


async def test_a_file_is_sent_with_its_text_and_can_be_kept(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    file = File("rows.zip", b"PK", "application/zip")
    desk.rule = lambda _: Reply(blocks=(Paragraph((Text("All I hold."),)),), file=file)
    await driver.command(alice, "/privacy")
    message = driver.messages(alice)[0]
    assert (message.text, message.media, message.file, message.protected) == ("All I hold.", "document", b"PK", False)


async def test_a_form_that_slipped_through_is_left_out(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    desk.rule = lambda _: Reply(blocks=(Paragraph((Text("Title?"),)),), form=Form(Press("meetings", "create"), "New", ()))
    await driver.command(alice, "/urge")
    assert driver.screen(alice) == ["Title?"]


async def test_ordinary_talk_in_a_group_reaches_nobody_even_with_privacy_mode_off(driver: TelegramDriver, desk: Desk):
    alice, bob = driver.person("Alice"), driver.person("Bob")
    driver.api.world.me["can_read_all_group_messages"] = True
    for talk in ("I had a hard week", "hello @open_chair_bot", "see /urge", "/urge@another_bot", "/ urge"):
        driver.type(alice, talk, "room")
    await driver.command(bob, "/urge")
    await settled(driver.api)
    assert [incoming.account.user for incoming in desk.taken] == [str(bob.id)]


async def test_a_very_long_answer_comes_in_parts_with_its_buttons_under_the_last(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    desk.rule = lambda _: said("word " * 2500, "go on")
    driver.type(alice, "/urge")
    await desk.until(lambda: desk.arrived)
    parts = driver.messages(alice)
    assert " ".join(part.text for part in parts).split() == ["word"] * 2500
    assert [bool(part.buttons) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert desk.arrived[0][1] == f"{alice.id}:{parts[-1].id}"


async def test_typed_words_are_deleted_from_the_chat_where_the_person_wants_that(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    desk.rule = lambda incoming: replace(said("kept"), clears=incoming.kind is Kind.WORDS)
    await driver.command(alice, "/urge")
    await driver.say(alice, "my own words")
    await driver.api.until(lambda: driver.api.of("deleteMessage"))
    (deleted,) = driver.api.of("deleteMessage")
    assert deleted["chat_id"] == alice.id
    assert driver.screen(alice)[-1] == "kept"


async def test_what_cannot_be_deleted_stays_and_the_answer_is_given_all_the_same(driver: TelegramDriver, desk: Desk):
    alice = driver.person("Alice")
    driver.api.will_answer("deleteMessage", 400, times=1)
    desk.rule = lambda incoming: replace(said("kept"), clears=incoming.kind is Kind.WORDS)
    await driver.say(alice, "my own words")
    await driver.api.until(lambda: driver.api.of("deleteMessage"))
    assert driver.screen(alice)[-1] == "kept"
