"""What the courier sends."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.core.calls import Account, Room
from bot.core.errors import DoorClosed, MessageGone, PlatformBusy, PlatformDown, PlatformRefused, RoomGone, RoomMoved
from bot.core.ids import CommunityId, MessageRef, RoomId
from bot.core.platform import Delivery, Platform
from bot.core.replies import File, Picture, Reply
from bot.core.richtext import Moment, Paragraph, Text, Words
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram.decode import NAME
from tests.platforms.telegram.conftest import Make
from tests.platforms.telegram.desk import said
from tests.servers.telegram.driver import TelegramDriver
from tests.servers.telegram.world import Chat, User

PNG = b"\x89PNG\r\n\x1a\n"


def to_person(person: User, reply: Reply, *, edit: MessageRef | None = None, picture: bytes | None = None) -> Delivery:
    return Delivery("key", reply, "en", account=Account(NAME, str(person.id)), edit=edit, picture=picture)


def to_room(chat: Chat, reply: Reply, thread: str = "") -> Delivery:
    return Delivery("key", reply, "en", room=Room(RoomId("r" * 32), CommunityId("c" * 32), NAME, str(chat.id), thread))


@pytest.fixture
def platform(make: Make) -> TelegramPlatform:
    """A platform that does not take acts."""
    return make()


async def test_it_is_a_platform(platform: TelegramPlatform):
    satisfied: Platform = platform
    assert (satisfied.name, satisfied.capabilities.modals, satisfied.capabilities.message_length) == ("telegram", False, 4096)


async def test_a_reminder_arrives_protected_and_its_name_can_be_edited(driver: TelegramDriver, platform: TelegramPlatform):
    alice = driver.person("Alice")
    ref = await platform.deliver(to_person(alice, said("In 15 minutes.")))
    assert ref == f"{alice.id}:1"
    assert await platform.deliver(to_person(alice, said("Now.", "Join"), edit=ref)) == ref
    assert driver.screen(alice) == ["Now."]
    assert driver.buttons(alice) == ["Join"]
    assert driver.messages(alice)[0].protected


async def test_a_card_stands_in_its_topic_quietly_and_unprotected(driver: TelegramDriver, platform: TelegramPlatform):
    driver.group.forum = True
    driver.group.topics.add(12)
    reply = Reply(blocks=(Paragraph((Text("Room "), Words("by @eve"))),), quiet=True)
    await platform.deliver(to_room(driver.group, reply, "12"))
    card = driver.group.messages[-1]
    assert (card.thread, card.quiet, card.protected, card.entities) == (12, True, False, [])
    assert driver.api.of("sendMessage")[0]["link_preview_options"] == {"is_disabled": True}


async def test_a_moment_goes_out_as_a_date(driver: TelegramDriver, platform: TelegramPlatform):
    at = datetime(2026, 12, 1, 19, 0, tzinfo=UTC)
    await platform.deliver(to_room(driver.group, Reply(blocks=(Paragraph((Text("At "), Moment(at, "7:00 PM", clock=True))),))))
    assert driver.group.messages[-1].entities == [
        {"type": "date_time", "offset": 3, "length": 7, "unix_time": int(at.timestamp()), "date_time_format": "t"}
    ]


async def test_a_picture_has_its_twin_under_it(driver: TelegramDriver, platform: TelegramPlatform):
    alice = driver.person("Alice")
    picture = Picture("trend", "Weeks", twin=(Paragraph((Text("4, 6, 7"),)),))
    await platform.deliver(to_person(alice, Reply(blocks=(Paragraph((Text("Your weeks"),)),), picture=picture), picture=PNG))
    message = driver.messages(alice)[0]
    assert (message.media, message.text, message.file) == ("photo", "Your weeks\n\n4, 6, 7", PNG)


async def test_a_picture_that_could_not_be_drawn_is_its_twin(driver: TelegramDriver, platform: TelegramPlatform):
    alice = driver.person("Alice")
    await platform.deliver(to_person(alice, Reply(picture=Picture("trend", "Weeks", twin=(Paragraph((Text("4, 6, 7"),)),)))))
    assert driver.screen(alice) == ["4, 6, 7"]


async def test_words_too_long_for_a_caption_follow_the_picture(driver: TelegramDriver, platform: TelegramPlatform):
    alice = driver.person("Alice")
    reply = Reply(blocks=(Paragraph((Text("🙂" * 600),)),), picture=Picture("trend", "Weeks"))
    ref = await platform.deliver(to_person(alice, reply, picture=PNG))
    assert [(one.media, one.text) for one in driver.messages(alice)] == [("photo", ""), ("", "🙂" * 600)]
    assert ref == f"{alice.id}:2"


async def test_a_picture_and_a_file_both_arrive(driver: TelegramDriver, platform: TelegramPlatform):
    alice = driver.person("Alice")
    reply = Reply(blocks=(Paragraph((Text("Both"),)),), picture=Picture("trend", "Weeks"), file=File("a.txt", b"x", "text/plain"))
    await platform.deliver(to_person(alice, reply, picture=PNG))
    assert [(one.media, one.text) for one in driver.messages(alice)] == [("photo", ""), ("document", "Both")]


async def test_an_edit_that_changes_nothing_is_done(driver: TelegramDriver, platform: TelegramPlatform):
    alice = driver.person("Alice")
    ref = await platform.deliver(to_person(alice, said("Same")))
    assert await platform.deliver(to_person(alice, said("Same"), edit=ref)) == ref


async def test_an_edit_that_got_too_long_goes_on_in_a_new_message(driver: TelegramDriver, platform: TelegramPlatform):
    alice = driver.person("Alice")
    ref = await platform.deliver(to_person(alice, said("Short", "one")))
    last = await platform.deliver(to_person(alice, said("word " * 1500, "two"), edit=ref))
    assert [bool(one.buttons) for one in driver.messages(alice)] == [False, True]
    assert last == f"{alice.id}:2"


@pytest.mark.parametrize("ref", ["nonsense", "1:x", ""])
async def test_a_name_that_is_not_ours_is_a_message_that_is_gone(driver: TelegramDriver, platform: TelegramPlatform, ref: str):
    with pytest.raises(MessageGone):
        await platform.deliver(to_person(driver.person("Alice"), said("Hi"), edit=MessageRef(ref)))


async def test_a_deleted_message_is_gone(driver: TelegramDriver, platform: TelegramPlatform):
    alice = driver.person("Alice")
    ref = await platform.deliver(to_person(alice, said("Hi")))
    driver.messages(alice)[0].gone = True
    with pytest.raises(MessageGone):
        await platform.deliver(to_person(alice, said("Ho"), edit=ref))


async def test_closed_doors(driver: TelegramDriver, platform: TelegramPlatform):
    never, blocked = driver.person("Never", started=False), driver.person("Blocked")
    blocked.blocked = True
    for person in (never, blocked, User(1, "Nobody")):
        with pytest.raises(DoorClosed):
            await platform.deliver(to_person(person, said("Hi")))
    with pytest.raises(DoorClosed):
        await platform.deliver(Delivery("key", said("Hi"), "en", account=Account(NAME, str(driver.group.id))))
    assert driver.group.messages == []


async def test_rooms_that_are_gone(driver: TelegramDriver, platform: TelegramPlatform):
    with pytest.raises(RoomGone):
        await platform.deliver(to_room(Chat(-5), said("Hi")))
    with pytest.raises(RoomGone):
        await platform.deliver(to_room(driver.group, said("Hi"), "99"))
    driver.group.bot_is_in = False
    with pytest.raises(RoomGone):
        await platform.deliver(to_room(driver.group, said("Hi")))


async def test_a_group_that_became_a_supergroup_says_where_it_went(driver: TelegramDriver, platform: TelegramPlatform):
    old = driver.api.world.add_group("Small", kind="group")
    new = driver.api.migrate(old)
    with pytest.raises(RoomMoved) as moved:
        await platform.deliver(to_room(old, said("Hi")))
    assert moved.value.chat == str(new.id)


async def test_told_to_wait(driver: TelegramDriver, platform: TelegramPlatform):
    driver.api.will_answer("sendMessage", 429, retry_after=3)
    with pytest.raises(PlatformBusy) as busy:
        await platform.deliver(to_person(driver.person("Alice"), said("Hi")))
    assert busy.value.retry_after.total_seconds() == 3


@pytest.mark.parametrize(
    ("status", "how"), [(500, {}), (502, {"html": True}), (200, {"html": True}), (0, {}), (302, {"html": True})]
)
async def test_no_answer_or_nonsense(driver: TelegramDriver, platform: TelegramPlatform, status: int, how: dict[str, Any]):
    driver.api.will_answer("sendMessage", status, **how)
    with pytest.raises(PlatformDown) as down:
        await platform.deliver(to_person(driver.person("Alice"), said("Hi")))
    assert down.value.detail["maybe_done"] is (status != 302)


async def test_what_never_left_was_not_done(make: Make, driver: TelegramDriver):
    with pytest.raises(PlatformDown) as down:
        await make(api_base="http://127.0.0.1:1").deliver(to_person(driver.person("Alice"), said("Hi")))
    assert down.value.detail["maybe_done"] is False


async def test_a_wrong_token_does_not_throw_messages_away(make: Make, driver: TelegramDriver):
    with pytest.raises(PlatformDown):
        await make(token="1:wrong").deliver(to_person(driver.person("Alice"), said("Hi")))


async def test_a_final_no_names_no_words(driver: TelegramDriver, platform: TelegramPlatform):
    no = {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: inline keyboard button URL 'http://alice.example' is invalid",
    }
    driver.api.will_answer("sendMessage", 400, no)
    with pytest.raises(PlatformRefused) as refused:
        await platform.deliver(to_person(driver.person("Alice"), said("Hi")))
    assert "alice" not in str(refused.value)


async def test_nothing_is_not_sent(driver: TelegramDriver, platform: TelegramPlatform):
    with pytest.raises(PlatformRefused):
        await platform.deliver(to_person(driver.person("Alice"), Reply()))
