"""Messages that answer no act, and what goes wrong on their way."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.calls import Room
from bot.core.errors import DoorClosed, MessageGone, PlatformBusy, PlatformDown, PlatformRefused, RoomGone
from bot.core.ids import CommunityId, MessageRef, RoomId
from bot.core.platform import Delivery
from bot.core.replies import Picture, Reply
from bot.core.richtext import Paragraph, Text
from tests.platforms.discord.conftest import Running, said
from tests.platforms.discord.test_forms import FORM

HTML = "<html><body>Bad gateway</body></html>"


def to_room(bot: Running, reply: Reply, key: str = "key", edit: MessageRef | None = None, picture: bytes | None = None) -> Delivery:
    room = Room(RoomId("r"), CommunityId("c"), "discord", bot.server.world.room, "")
    return Delivery(key, reply, "en", room=room, edit=edit, picture=picture)


def to_ann(bot: Running, reply: Reply, key: str = "key", edit: MessageRef | None = None) -> Delivery:
    return Delivery(key, reply, "en", account=bot.driver.account(bot.driver.person("ann")), edit=edit)


async def test_a_room_gets_its_message_and_later_the_edit(bot: Running):
    ann = bot.driver.person("ann")
    ref = await bot.platform.deliver(to_room(bot, said("At seven", "Join")))
    assert bot.driver.screen(ann, "room") == ["At seven"]
    again = await bot.platform.deliver(to_room(bot, said("It has begun"), edit=ref))
    assert (again, bot.driver.screen(ann, "room"), bot.driver.buttons(ann, "room")) == (ref, ["It has begun"], [])


async def test_a_person_is_written_to_first_and_the_private_chat_is_looked_up_once(bot: Running):
    ann = bot.driver.person("ann")
    await bot.platform.deliver(to_ann(bot, said("Your reminder"), "a"))
    await bot.platform.deliver(to_ann(bot, said("Another"), "b"))
    assert bot.driver.screen(ann) == ["Your reminder", "Another"]
    assert len(bot.server.calls("POST", "/users/@me/channels")) == 1


async def test_the_same_key_twice_is_one_message(bot: Running):
    ann = bot.driver.person("ann")
    first = await bot.platform.deliver(to_ann(bot, said("Your reminder")))
    second = await bot.platform.deliver(to_ann(bot, said("Your reminder")))
    assert first == second
    assert bot.driver.screen(ann) == ["Your reminder"]


async def test_a_quiet_message_makes_no_sound_and_no_message_shows_link_previews(bot: Running):
    await bot.platform.deliver(to_room(bot, said("Hush", quiet=True), "a"))
    await bot.platform.deliver(to_room(bot, said("Bell"), "b"))
    assert [body["flags"] for body in bot.server.calls("POST", "/messages")] == [1 << 12 | 1 << 2, 1 << 2]


async def test_a_picture_comes_with_its_twin_in_words_and_without_it_when_drawing_failed(bot: Running):
    ann = bot.driver.person("ann")
    reply = Reply((Paragraph((Text("Your week"),)),), picture=Picture("trend", "Seven days", twin=(Paragraph((Text("4, 5, 6"),)),)))
    await bot.platform.deliver(to_room(bot, reply, "a", picture=b"PNG"))
    await bot.platform.deliver(to_room(bot, reply, "b"))
    with_picture, without = bot.server.world.seen(ann, bot.server.world.room)
    assert [(entry["content"], entry["description"]) for entry in with_picture.attachments] == [(b"PNG", "Seven days")]
    assert without.attachments == []
    assert bot.driver.screen(ann, "room") == ["Your week\n\n4, 5, 6"] * 2


async def test_an_edit_that_outgrew_its_message_goes_on_in_a_new_one_which_is_edited_next(bot: Running):
    ann = bot.driver.person("ann")
    ref = await bot.platform.deliver(to_room(bot, said("Short", "Join"), "a"))
    longer = await bot.platform.deliver(to_room(bot, said("word " * 500, "Join"), "b", edit=ref))
    assert longer != ref
    assert bot.driver.buttons(ann, "room") == ["Join"]
    assert " ".join(bot.driver.screen(ann, "room")).split() == ["word"] * 500


async def test_a_form_that_is_delivered_waits_behind_a_button(bot: Running):
    ann = bot.driver.person("ann")
    await bot.platform.deliver(to_ann(bot, Reply((Paragraph((Text("A question"),)),), form=FORM)))
    await bot.driver.press(ann, "Open the form")
    modal = bot.driver.modal(ann)
    assert modal is not None
    assert modal.title == FORM.title


async def test_an_only_you_message_is_edited_while_its_token_lives_and_is_gone_after(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Waiting")
    await bot.driver.command(ann, "/urge", "room")
    (ref,) = bot.house.sent_refs
    assert ref is not None
    assert ref.startswith("hook:")
    assert await bot.platform.deliver(to_ann(bot, said("Ready"), edit=ref)) == ref
    assert bot.driver.screen(ann, "room") == ["Ready"]
    bot.clock.move(minutes=15)
    with pytest.raises(MessageGone):
        await bot.platform.deliver(to_ann(bot, said("Late"), edit=ref))


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (403, 50007, DoorClosed),
        (403, 50278, DoorClosed),
        (403, 50001, DoorClosed),
        (404, 10013, DoorClosed),
        (400, 50035, PlatformRefused),
        (401, 0, PlatformDown),  # the token was changed: what waits is for the next start
    ],
)
async def test_errors_on_the_way_to_a_person(bot: Running, status: int, code: int, error: type[Exception]):
    bot.server.will_answer("POST", "/messages", status, {"code": code, "message": "no"})
    with pytest.raises(error):
        await bot.platform.deliver(to_ann(bot, said("Your reminder")))


@pytest.mark.parametrize(
    ("status", "code", "error"),
    [
        (403, 50013, RoomGone),
        (403, 50001, RoomGone),
        (404, 10003, RoomGone),
        (404, 10008, MessageGone),
        (429, 30046, MessageGone),
        (404, 0, PlatformRefused),
    ],
)
async def test_errors_on_the_way_to_a_room(bot: Running, status: int, code: int, error: type[Exception]):
    # The network's edge puts a "Via" on what discord.py waits out; a refusal to edit further is no such thing.
    bot.server.will_answer("POST", "/messages", status, {"code": code, "message": "no"}, {"Via": ""})
    with pytest.raises(error):
        await bot.platform.deliver(to_room(bot, said("At seven")))


async def test_a_closed_private_chat_is_a_closed_door(bot: Running):
    bot.driver.person("ann").is_closed = True
    with pytest.raises(DoorClosed):
        await bot.platform.deliver(to_ann(bot, said("Your reminder")))


async def test_a_short_429_is_waited_out_and_a_long_one_is_told(bot: Running):
    short = {"message": "slow down", "retry_after": 0.02, "global": False}
    bot.server.will_answer("POST", "/messages", 429, short)
    await bot.platform.deliver(to_room(bot, said("At seven"), "a"))
    assert bot.driver.screen(bot.driver.person("ann"), "room") == ["At seven"]
    bot.server.will_answer("POST", "/messages", 429, {**short, "retry_after": 120.0})
    with pytest.raises(PlatformBusy) as busy:
        await bot.platform.deliver(to_room(bot, said("At eight"), "b"))
    assert busy.value.retry_after == timedelta(seconds=120)


async def test_a_429_of_the_networks_edge_says_how_long_in_a_header(bot: Running):
    bot.server.will_answer("POST", "/messages", 429, HTML, {"Retry-After": "77"})
    with pytest.raises(PlatformBusy) as busy:
        await bot.platform.deliver(to_room(bot, said("At seven")))
    assert busy.value.retry_after == timedelta(seconds=77)


@pytest.mark.parametrize(("status", "body"), [(503, None), (503, HTML), (200, HTML), (None, None)])
@pytest.mark.parametrize("after_effect", [False, True])
async def test_whatever_is_unclear_may_be_sent_again_and_arrives_once(
    bot: Running, status: int | None, body: str | None, after_effect: bool
):
    ann = bot.driver.person("ann")
    bot.server.will_answer("POST", "/messages", status, body, after_effect=after_effect)
    with pytest.raises(PlatformDown) as down:
        await bot.platform.deliver(to_ann(bot, said("Your reminder")))
    assert down.value.detail["maybe_done"] is True
    await bot.platform.deliver(to_ann(bot, said("Your reminder")))
    assert bot.driver.screen(ann) == ["Your reminder"]


async def test_a_500_after_the_effect_is_tried_again_by_the_library_and_arrives_once(bot: Running):
    bot.server.will_answer("POST", "/messages", 500, HTML, after_effect=True)
    await bot.platform.deliver(to_ann(bot, said("Your reminder")))
    assert bot.driver.screen(bot.driver.person("ann")) == ["Your reminder"]
    assert len(bot.server.calls("POST", "/messages")) == 2


async def test_what_was_never_sent_is_known_not_to_be_done(bot: Running):
    await bot.stop()
    with pytest.raises(PlatformDown) as down:
        await bot.platform.deliver(to_room(bot, said("At seven")))
    assert down.value.detail["maybe_done"] is False


async def test_what_is_due_while_the_bot_connects_waits_for_the_connection(idle_bot: Running):
    ann = idle_bot.driver.person("ann")
    early = asyncio.create_task(idle_bot.platform.deliver(to_ann(idle_bot, said("Your reminder"))))
    await asyncio.sleep(0)
    idle_bot.task = asyncio.create_task(idle_bot.platform.run(idle_bot.house))
    await early
    assert idle_bot.driver.screen(ann) == ["Your reminder"]
