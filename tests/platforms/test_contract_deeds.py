"""What every platform must do besides messages: hold and free people, calm a room, topics, pins; and it tells of being put out."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.deeds import CloseTopic, Door, NativeEvent, OpenTopic, Stand, Standing
from bot.core.errors import PlatformRefused
from bot.core.happenings import What
from bot.core.platform import Delivery
from bot.core.replies import To
from bot.core.richtext import Paragraph, Text
from tests.platforms.receiver import said

LATER = datetime(2026, 12, 1, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize("standing", [Standing.MUTED, Standing.WAITING, Standing.OUT])
async def test_who_is_held_cannot_write_and_is_as_before_when_freed(stage, standing):
    ana, ben, until = stage.driver.person("Ana"), stage.driver.person("Ben"), LATER
    ref = await stage.do(Stand(standing, until), ben)
    assert (stage.may_write(ana), stage.may_write(ben)) == (True, False)
    ref = await stage.do(Stand(standing, until), ben, ref)
    ref = await stage.do(Stand(Standing.FREE), ben, ref)
    if standing is Standing.OUT and stage.name == "telegram":
        assert await stage.driver.join_group(ben)
    assert stage.may_write(ben)
    await stage.do(Stand(Standing.FREE), ben, ref)


@pytest.mark.parametrize("standing", [Standing.MUTED, Standing.WAITING])
async def test_after_a_kill_somebody_held_is_freed_all_the_same(stage, standing):
    ben = stage.driver.person("Ben")
    await stage.do(Stand(standing), ben)
    ref = await stage.do(Stand(standing), ben)
    await stage.do(Stand(Standing.FREE), ben, ref)
    assert stage.may_write(ben)


async def test_in_a_calm_room_only_facilitators_write_until_it_is_open_again(stage):
    ana = stage.driver.person("Ana")
    ref = await stage.do(Door(calm=True))
    assert not stage.may_write(ana)
    ref = await stage.do(Door(calm=True, locked=True), ref=ref)
    ref = await stage.do(Door(), ref=ref)
    assert stage.may_write(ana)


async def test_a_topic_opens_with_its_first_message_and_the_same_again_is_the_same(stage):
    if stage.name == "telegram":
        stage.driver.group.forum = True
    topic = OpenTopic("Group 1", (Paragraph((Text("Back at eight."),)),))
    if not stage.platform.capabilities.topics:
        with pytest.raises(PlatformRefused):
            await stage.do(topic)
        return
    ref = await stage.do(topic)
    assert await stage.do(topic, ref=ref) == ref
    assert await stage.do(CloseTopic(), ref=ref) == ref
    count = len(stage.driver.threads() if stage.name == "discord" else stage.driver.topics())
    assert count == 1


async def test_a_message_for_a_topic_goes_into_it_and_leaves_the_room_as_it_is(stage):
    if stage.name == "telegram":
        stage.driver.group.forum = True
    ana = stage.driver.person("Ana")
    if not stage.platform.capabilities.topics:
        return
    ref = await stage.do(OpenTopic("Group 1", (Paragraph((Text("Back at eight."),)),)))
    before = stage.screen(ana, "room")
    await stage.platform.deliver(Delivery("in", said("Inside", to=To.ROOM), "en", room=stage.room(), within=ref))
    if stage.name == "discord":
        assert stage.screen(ana, "room") == before
    assert stage.in_topics() == ["Back at eight.", "Inside"]


async def test_what_a_platform_has_not_is_refused(stage):
    event = NativeEvent("Tuesday", LATER, LATER + timedelta(hours=1), where="The room")
    if stage.platform.capabilities.events:
        assert await stage.do(event)
        return
    with pytest.raises(PlatformRefused):
        await stage.do(event)


@pytest.mark.parametrize("stage", ["discord", "telegram"], indirect=True)
async def test_without_the_right_a_deed_is_refused_and_the_room_is_not_lost(stage):
    ben = stage.driver.person("Ben")
    stage.take_all_rights()
    for deed, about in ((Stand(Standing.MUTED), ben), (Door(calm=True), None)):
        with pytest.raises(PlatformRefused):
            await stage.do(deed, about)
    assert stage.may_write(ben)


async def test_a_board_is_pinned_and_its_edits_leave_it_so(stage):
    ana = stage.driver.person("Ana")
    board = Delivery("board", said("Coming up", to=To.ROOM, pin=True), "en", room=stage.room())
    ref = await stage.platform.deliver(board)
    await stage.until(lambda: stage.pinned(ana) == ["Coming up"])
    changed = said("Coming up: two", to=To.ROOM, pin=True)
    await stage.platform.deliver(Delivery("board2", changed, "en", room=stage.room(), edit=ref))
    await stage.until(lambda: stage.pinned(ana) == ["Coming up: two"])


@pytest.mark.parametrize("stage", ["discord", "telegram"], indirect=True)
async def test_the_bot_tells_that_it_was_removed_and_is_back(stage):
    stage.driver.person("Kim", facilitator=True)
    before = len(stage.house.happened)
    await stage.driver.remove_bot()
    await stage.driver.readd_bot()
    await stage.until(lambda: len(stage.house.happened) == before + 2)
    told = stage.house.happened[before:]
    assert [one.what for one in told] == [What.BOT_OUT, What.BOT_IN]
    assert {one.place.space for one in told} == {stage.driver.room.space}
    assert len({one.receipt for one in told}) == 2
