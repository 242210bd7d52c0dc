"""What the house sends by itself: kept before it is told, once for a key, edited in place, and refused when it has no door."""

import msgspec
import pytest

from bot.core.calls import Account, Room
from bot.core.errors import DoorClosed, MessageGone, PlatformDown, RoomGone, StorageUnavailable
from bot.core.ids import CommunityId, MessageRef, RoomId
from bot.core.platform import Delivery
from bot.core.replies import Reply
from bot.core.richtext import Paragraph, Text
from bot.platforms.web.records import MemoryChatLog
from storage.web_chat import WebChat
from tests.platforms.web.conftest import png
from tests.platforms.web.house import CHECKIN, card, counter, said
from tests.stores import storage_for_tests

pytestmark = pytest.mark.asyncio(loop_scope="module")
ROOM = Room(RoomId("1" * 32), CommunityId("2" * 32), "web", "room", "")
ANA = Account("web", "ana")


def to_ana(key: str, reply: Reply, **more) -> Delivery:
    return Delivery(key, reply, "en", account=ANA, **more)


def to_room(key: str, reply: Reply, **more) -> Delivery:
    return Delivery(key, reply, "en", room=ROOM, **more)


async def test_a_reminder_is_in_the_private_chat_of_its_person_alone(page):
    await page.platform.deliver(to_ana("remind", said("Your reminder")))
    await page.settle()
    assert page.screen(page.person("Ana")) == ["Your reminder"]
    assert page.screen(page.person("Ben")) == page.screen(page.person("Ana"), "room") == []


async def test_the_same_key_again_adds_nothing_and_returns_the_same(page, make_platform):
    first = await page.platform.deliver(to_room("open", said("The room is open")))
    assert await page.platform.deliver(to_room("open", said("The room is open"))) == first
    assert await make_platform().deliver(to_room("open", said("The room is open"))) == first, "also after a restart"
    await page.settle()
    assert page.screen(page.person("Kim"), "room") == ["The room is open"]


async def test_a_living_message_is_edited_and_an_old_post_sent_again_does_not_undo_it(page):
    ref = await page.platform.deliver(to_room("card 0", card(0)))
    assert await page.platform.deliver(to_room("card 1", card(1), edit=ref)) == ref
    assert await page.platform.deliver(to_room("card 2", card(2), edit=ref)) == ref
    await page.platform.deliver(to_room("card 1", card(1), edit=ref))
    await page.platform.deliver(to_room("card 0", card(0)))
    await page.settle()
    (shown,) = page.screen(page.person("Kim"), "room")
    assert "2 of 8 are here" in shown


async def test_an_answers_message_can_be_edited_by_a_later_post(page, house):
    ana = page.person("Ana")
    await page.command(ana, "/count")
    ((_, ref),) = house.sent_to
    await page.platform.deliver(to_ana("later", counter(7), edit=ref))
    await page.settle()
    assert page.screen(ana) == ["Count 7"]


@pytest.mark.parametrize("ref", ["private_ana/none", "room/none", "x", ""])
async def test_a_message_that_is_not_there_is_gone(page, ref):
    with pytest.raises(MessageGone):
        await page.platform.deliver(to_ana("k", said("x"), edit=MessageRef(ref)))


async def test_a_message_of_another_chat_is_not_edited(page):
    ref = await page.platform.deliver(to_room("open", said("The room is open")))
    with pytest.raises(MessageGone):
        await page.platform.deliver(to_ana("k", said("private words"), edit=ref))


@pytest.mark.parametrize("account", [Account("web", "mallory"), Account("discord", "ana"), Account("web", "")])
async def test_who_is_not_of_the_page_has_no_door(page, account):
    with pytest.raises(DoorClosed):
        await page.platform.deliver(Delivery("k", said("x"), "en", account=account))


async def test_another_room_is_gone(page):
    with pytest.raises(RoomGone):
        await page.platform.deliver(Delivery("k", said("x"), "en", room=msgspec.structs.replace(ROOM, chat="kitchen")))


async def test_it_may_be_delivered_before_anybody_has_opened_the_page(make_platform, opened):
    await make_platform().deliver(to_ana("early", said("You were not there yet")))
    page = await opened()
    assert page.screen(page.person("Ana")) == ["You were not there yet"]


async def test_a_picture_comes_with_its_words_and_a_form_that_nobody_asked_for_does_not_open(page):
    reply = Reply(blocks=(Paragraph((Text("A form"),)),), form=CHECKIN)
    await page.platform.deliver(to_ana("form", reply, picture=png()))
    await page.settle()
    assert page.screen(page.person("Ana")) == ["A form"]
    assert page.form(page.person("Ana")) is None


class BrokenLog(MemoryChatLog):
    """Its disk is full."""

    async def add(self, chat: str, owner: Account | None, message_id: str, payload: bytes) -> bool:
        raise StorageUnavailable

    async def replace(self, chat: str, message_id: str, payload: bytes) -> bool:
        raise StorageUnavailable


async def test_a_post_that_the_log_does_not_take_was_not_delivered(opened):
    page = await opened(history=BrokenLog())
    with pytest.raises(PlatformDown) as down:
        await page.platform.deliver(to_ana("k", said("x")))
    assert down.value.maybe_done is False
    await page.settle()
    assert page.screen(page.person("Ana")) == []


async def test_with_a_full_disk_answers_and_help_are_still_seen_and_talk_is_refused(opened, house):
    page = await opened(history=BrokenLog())
    ana = page.person("Ana")
    await page.command(ana, "/start")
    assert page.screen(ana)[0].startswith("Hello.")
    assert [type(error) for error in house.unsent] == [PlatformDown], "the house keeps it for later"
    await page.command(ana, "/now")
    assert "112" in page.screen(ana)[1]
    await page.say(ana, "hello all", "room")
    assert page.problems(ana) == ["It could not be saved just now. Nothing was changed. Please try again in a moment."]
    assert page.everything(page.person("Ben"), "room") == []


async def test_a_house_that_breaks_is_one_kind_sentence_and_the_page_goes_on(page, house):
    ana = page.person("Ana")

    async def breaks(incoming):
        raise RuntimeError("words of a person")

    take, house.take = house.take, breaks
    await page.command(ana, "/start")
    assert page.problems(ana) == ["Something went wrong here. Please try again in a moment."]
    house.take = take
    await page.command(ana, "/start")
    assert len(page.screen(ana)) == 1


@pytest.mark.asyncio(loop_scope="module")
async def test_on_the_real_store_the_chats_outlive_the_process(tmp_path, clock, opened):
    async with storage_for_tests(tmp_path, clock) as store:
        known = await store.transact(lambda unit: unit.people.make(ANA, clock.now(), None))
        agreed = msgspec.structs.replace(known, consented_at=clock.now())
        await store.transact(lambda unit: unit.people.save(agreed))
        page = await opened(history=WebChat(store, "web", "demo"))
        ana = page.person("Ana")
        await page.command(ana, "/count")
        await page.press(ana, "One more")
        await page.command(ana, "/picture", "room")
        await page.say(ana, "canary-words", "room")
        before = page.everything(ana), page.everything(ana, "room")
        await page.stop()
    assert all(b"canary-words" not in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    async with storage_for_tests(tmp_path, clock) as store:
        again = await opened(history=WebChat(store, "web", "demo"))
        assert (again.everything(ana), again.everything(ana, "room")) == before
        assert again.everything(ana) == ["/count", "Count 1"]
        await again.press(ana, "One more")
        assert again.screen(ana) == ["Count 2"]
        await again.stop()


async def test_doctor_says_whether_the_address_is_free_and_who_can_reach_it(page, make_platform):
    assert [finding.ok for finding in await make_platform(port=0).check()] == [True]
    (taken,) = await make_platform(port=page.platform.port).check()
    assert not taken.ok
    assert taken.mend
    assert [finding.ok for finding in await make_platform(host="0.0.0.0").check()] == [True, False]


async def test_a_message_of_another_version_is_left_out_and_the_rest_is_shown(history, opened):
    await history.add("private_ana", ANA, "old", b'{"id":"old","shape":"other"}')
    page = await opened()
    await page.command(page.person("Ana"), "/start")
    assert len(page.everything(page.person("Ana"))) == 2
