"""The door of a room, and topics below it."""

from datetime import timedelta

import pytest

from bot.core.calls import Room
from bot.core.deeds import CloseTopic, Door, NativeEvent, OpenTopic
from bot.core.errors import MessageGone, PlatformDown, PlatformRefused, RoomGone
from bot.core.ids import CommunityId, MessageRef, RoomId
from bot.core.platform import Delivery
from bot.core.replies import Button, Press, Reply, To
from bot.core.richtext import Paragraph, Text
from bot.platforms.telegram import TelegramPlatform
from bot.platforms.telegram.permissions import SPEAK
from tests.fakes import HeldClock
from tests.platforms.telegram.conftest import Make
from tests.platforms.telegram.deeds import Slot
from tests.servers.telegram.driver import TelegramDriver

OPEN, CALM, LOCKED, BOTH = Door(), Door(calm=True), Door(locked=True), Door(locked=True, calm=True)
TOPIC = OpenTopic("Group 1", (Paragraph((Text("Back at eight."),)),), ((Button("Help", Press("safety", "now")),),))


@pytest.fixture
def platform(make: Make) -> TelegramPlatform:
    return make()


@pytest.fixture
def slot(platform: TelegramPlatform, driver: TelegramDriver) -> Slot:
    return Slot(platform, driver.group)


@pytest.fixture
def forum(driver: TelegramDriver) -> int:
    """The group has topics; return one."""
    driver.group.forum = True
    return driver.new_topic("Meetings")


async def test_in_a_calm_group_only_its_administrators_write(driver: TelegramDriver, slot: Slot):
    ana, kim = driver.person("Ana"), driver.person("Kim", facilitator=True)
    await slot.do(CALM)
    assert (driver.may_write(ana), driver.may_write(kim)) == (False, True)
    assert driver.permissions()["can_invite_users"]
    await slot.do(OPEN)
    assert driver.may_write(ana)


async def test_in_a_locked_group_members_invite_nobody_and_write_on(driver: TelegramDriver, slot: Slot):
    await slot.do(LOCKED)
    assert not driver.permissions()["can_invite_users"]
    assert driver.may_write(driver.person("Ana"))


@pytest.mark.parametrize("between", [[CALM], [LOCKED], [BOTH], [LOCKED, BOTH, CALM], [CALM, CALM, LOCKED]])
async def test_open_again_it_is_exactly_as_it_was(driver: TelegramDriver, slot: Slot, between: list[Door]):
    driver.group.permissions |= {"can_send_polls": False, "can_pin_messages": False, "can_add_web_page_previews": False}
    before = driver.permissions()
    for door in (*between, OPEN, OPEN):
        await slot.do(door)
    assert driver.permissions() == before


async def test_what_was_changed_by_hand_meanwhile_stays(driver: TelegramDriver, slot: Slot):
    await slot.do(BOTH)
    driver.group.permissions["can_change_info"] = False
    await slot.do(OPEN)
    assert [name for name, may in driver.permissions().items() if not may] == ["can_change_info"]


@pytest.mark.parametrize("door", [CALM, BOTH])
async def test_after_a_kill_our_own_calm_is_not_taken_for_the_state_before(driver: TelegramDriver, slot: Slot, door: Door):
    await slot.do(door, killed=True)
    await slot.do(door)
    await slot.do(OPEN)
    assert all(driver.permissions()[name] for name in SPEAK)


async def test_a_group_in_which_nobody_wrote_before_stays_so(driver: TelegramDriver, slot: Slot):
    driver.group.permissions |= dict.fromkeys((*SPEAK, "can_add_web_page_previews"), False)
    before = driver.permissions()
    for door in (CALM, OPEN):
        await slot.do(door)
    assert driver.permissions() == before


async def test_a_name_that_is_newer_than_this_program_is_kept(driver: TelegramDriver, slot: Slot):
    chat = {"id": driver.group.id, "type": "supergroup", "permissions": {**driver.permissions(), "can_send_smells": True}}
    driver.api.will_answer("getChat", 200, {"ok": True, "result": chat})
    driver.api.will_answer("setChatPermissions", 200, {"ok": True, "result": True})
    await slot.do(CALM)
    assert driver.api.of("setChatPermissions")[-1]["permissions"]["can_send_smells"] is True
    driver.api.problems.clear()  # the description of today does not know it either


async def test_without_the_right_a_door_stays_as_it_is(driver: TelegramDriver, slot: Slot):
    driver.take_right("can_restrict_members")
    with pytest.raises(PlatformRefused) as refused:
        await slot.do(CALM)
    assert refused.value.detail["why"] == "permission"


async def test_a_calm_topic_is_closed_and_the_rest_of_the_forum_goes_on(driver: TelegramDriver, slot: Slot, forum: int):
    ana, kim = driver.person("Ana"), driver.person("Kim", facilitator=True)
    slot.thread, other = forum, driver.new_topic("Other")
    for _ in range(2):
        await slot.do(CALM)
    assert [driver.may_write(ana, topic) for topic in (forum, other)] == [False, True]
    assert driver.may_write(kim, forum)
    for _ in range(2):
        await slot.do(OPEN)
    assert driver.may_write(ana, forum)


async def test_in_a_forum_without_a_topic_it_is_general(driver: TelegramDriver, slot: Slot, forum: int):
    await slot.do(CALM)
    assert driver.group.closed == {None}
    await slot.do(OPEN)
    assert driver.group.closed == set()


async def test_a_topic_that_a_killed_process_closed_opens_again(driver: TelegramDriver, slot: Slot, forum: int):
    slot.thread = forum
    await slot.do(CALM, killed=True)
    await slot.do(OPEN)
    assert driver.may_write(driver.person("Ana"), forum)


async def test_a_door_that_failed_half_way_leaves_nothing_closed(driver: TelegramDriver, slot: Slot, forum: int):
    slot.thread = forum
    driver.take_right("can_restrict_members")
    with pytest.raises(PlatformRefused):
        await slot.do(BOTH)
    assert driver.group.closed == set()


async def test_an_evening_that_moved_leaves_the_old_door_open(driver: TelegramDriver, slot: Slot, forum: int):
    slot.thread = forum
    await slot.do(CALM)
    slot.thread = driver.new_topic("Elsewhere")
    await slot.do(CALM)
    assert driver.group.closed == {slot.thread}


# Topics


async def test_a_topic_opens_with_its_first_message_and_closes(driver: TelegramDriver, slot: Slot, forum: int):
    await slot.do(TOPIC)
    assert driver.topics()["Group 1"] is True
    (first,) = driver.in_topic("Group 1")
    assert (first.text, [button["text"] for button in first.buttons]) == ("Back at eight.", ["Help"])
    for _ in range(2):
        await slot.do(CloseTopic())
    assert driver.topics()["Group 1"] is False


async def test_the_slots_topic_is_opened_again_and_not_twice(driver: TelegramDriver, slot: Slot, forum: int):
    for deed in (TOPIC, CloseTopic(), TOPIC, TOPIC):
        await slot.do(deed)
    assert driver.topics() == {"Meetings": True, "Group 1": True}
    assert len(driver.in_topic("Group 1")) == 1


async def test_a_first_message_that_failed_makes_no_second_topic(driver: TelegramDriver, slot: Slot, forum: int):
    driver.api.will_answer("sendMessage", 502, html=True)
    with pytest.raises(PlatformDown):
        await slot.do(TOPIC)
    await slot.do(TOPIC)
    assert len(driver.topics()) == 2
    assert len(driver.in_topic("Group 1")) == 1


async def test_a_topic_deleted_by_hand_is_gone_and_closing_it_is_done(driver: TelegramDriver, slot: Slot, forum: int):
    ref = await slot.do(TOPIC)
    driver.delete_topic(int(ref.rpartition(":")[2]))
    await slot.do(CloseTopic())
    with pytest.raises(MessageGone):
        await slot.do(TOPIC)


async def test_a_title_is_one_line_of_at_most_128(driver: TelegramDriver, slot: Slot, forum: int):
    await slot.do(OpenTopic("Where\n" + "x" * 200))
    name = next(name for name in driver.topics() if name != "Meetings")
    assert name.startswith("Where xxx")
    assert len(name) == 128


async def test_where_there_are_no_topics_it_is_refused(driver: TelegramDriver, slot: Slot):
    with pytest.raises(PlatformRefused) as refused:
        await slot.do(TOPIC)
    assert refused.value.detail["why"] == "no_topics_here"
    await slot.do(CloseTopic())


async def test_telegram_has_no_calendar(slot: Slot, platform: TelegramPlatform, clock: HeldClock):
    assert (platform.capabilities.deeds, platform.capabilities.topics, platform.capabilities.events) == (True, True, False)
    with pytest.raises(PlatformRefused):
        await slot.do(NativeEvent("Tuesday", clock.now(), clock.now() + timedelta(hours=1)))


# Into a topic


def into(driver: TelegramDriver, topic: MessageRef, words: str, edit: MessageRef | None = None) -> Delivery:
    room = Room(RoomId("r"), CommunityId("c"), "telegram", str(driver.group.id), "")
    reply = Reply((Paragraph((Text(words),)),), To.ROOM)
    return Delivery(f"into {words}", reply, "en", room=room, edit=edit, within=topic)


async def test_a_message_for_a_topic_goes_into_it_and_is_edited_there(
    driver: TelegramDriver, slot: Slot, forum: int, platform: TelegramPlatform
):
    topic = await slot.do(TOPIC)
    ref = await platform.deliver(into(driver, topic, "Hello."))
    assert [one.text for one in driver.in_topic("Group 1")] == ["Back at eight.", "Hello."]
    assert await platform.deliver(into(driver, topic, "Gone.", ref)) == ref
    assert [one.text for one in driver.in_topic("Group 1")] == ["Back at eight.", "Gone."]


async def test_a_message_for_a_topic_that_is_deleted_or_none_finds_its_room_gone(
    driver: TelegramDriver, slot: Slot, forum: int, platform: TelegramPlatform
):
    topic = await slot.do(TOPIC)
    driver.delete_topic(int(topic.rpartition(":")[2]))
    for gone in (topic, MessageRef("1:2")):
        with pytest.raises(RoomGone):
            await platform.deliver(into(driver, gone, "Hello."))
