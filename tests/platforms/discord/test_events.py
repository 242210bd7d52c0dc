"""An evening in the server's own calendar."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from bot.core.deeds import NativeEvent
from bot.core.errors import MessageGone, PlatformDown, PlatformRefused
from tests.platforms.discord.conftest import Running

STARTS = datetime(2026, 12, 8, 18, 0, tzinfo=UTC)
EVENING = NativeEvent("Tuesday *meeting*", STARTS, STARTS + timedelta(hours=1), "For everyone who wants to talk", "In this room")
CREATE_EVENTS = 1 << 44


async def test_an_evening_in_a_voice_room_is_an_event_there_and_elsewhere_it_says_where(bot: Running):
    for place, entity in ((bot.driver.new_channel("voice", "voice"), 2), (bot.driver.new_channel("stage", "stage"), 1)):
        await bot.do(EVENING, place)
        event = bot.driver.events()[-1]
        assert (event["entity_type"], event["channel_id"], event["name"]) == (entity, place.chat, "Tuesday *meeting*")
    await bot.do(EVENING, bot.driver.room)
    await bot.do(replace(EVENING, where=""), bot.driver.new_channel("other"))
    texts = bot.driver.events()[-2:]
    assert [event["entity_metadata"]["location"] for event in texts] == ["In this room", "#other"]
    assert [event["channel_id"] for event in texts] == [None, None]


async def test_the_same_again_changes_nothing_and_a_change_changes_that_event(bot: Running):
    ref = await bot.do(EVENING, bot.driver.room)
    assert await bot.do(EVENING, bot.driver.room, edit=ref) == ref
    assert bot.server.calls("PATCH", bot.driver.events()[0]["id"]) == []
    later = replace(EVENING, starts_at=STARTS + timedelta(days=1), ends_at=STARTS + timedelta(days=1, hours=1))
    assert await bot.do(later, bot.driver.room, edit=ref) == ref
    (event,) = bot.driver.events()
    assert event["scheduled_start_time"].startswith("2026-12-09T18:00")


@pytest.mark.parametrize(
    "changed",
    [
        {"name": "Party"},
        {"description": "Nothing"},
        {"scheduled_start_time": "2026-12-08T20:00:00+00:00", "scheduled_end_time": "2026-12-08T21:00:00+00:00"},
        {"entity_metadata": {"location": "elsewhere"}},
    ],
)
async def test_what_somebody_changed_by_hand_is_mended(bot: Running, changed: dict[str, Any]):
    ref = await bot.do(EVENING, bot.driver.room)
    (before,) = ({**event} for event in bot.driver.events())
    bot.driver.edit_event_by_hand(before["id"], **changed)
    await bot.do(EVENING, bot.driver.room, edit=ref)
    assert bot.driver.events() == [before]


async def test_done_again_after_a_crash_there_is_one_event(bot: Running):
    bot.server.will_answer("POST", "/scheduled-events", 503, after_effect=True)
    with pytest.raises(PlatformDown):
        await bot.do(EVENING, bot.driver.room)
    await bot.do(EVENING, bot.driver.room)
    assert len(bot.driver.events()) == 1


@pytest.mark.parametrize("status", [3, 4])
async def test_an_event_that_was_deleted_or_ended_by_hand_is_gone_so_that_it_is_made_anew(bot: Running, status: int):
    ref = await bot.do(EVENING, bot.driver.room)
    (event,) = bot.driver.events()
    bot.driver.edit_event_by_hand(event["id"], status=status)
    with pytest.raises(MessageGone):
        await bot.do(EVENING, bot.driver.room, edit=ref)
    await bot.do(EVENING, bot.driver.room)
    assert len(bot.driver.events()) == 2
    bot.server.world.events.clear()
    with pytest.raises(MessageGone):
        await bot.do(EVENING, bot.driver.room, edit=ref)


async def test_while_it_takes_place_its_title_is_mended_and_its_start_let_be(bot: Running):
    ref = await bot.do(EVENING, bot.driver.room)
    (event,) = bot.driver.events()
    bot.driver.edit_event_by_hand(event["id"], status=2, name="Party")
    await bot.do(EVENING, bot.driver.room, edit=ref)
    assert bot.driver.events()[0]["name"] == EVENING.title


async def test_an_evening_that_is_over_takes_its_event_away_and_once_more_is_no_harm(bot: Running):
    over = replace(EVENING, over=True)
    await bot.do(over, bot.driver.room)
    ref = await bot.do(EVENING, bot.driver.room)
    gone = await bot.do(over, bot.driver.room, edit=ref)
    assert bot.driver.events() == []
    await bot.do(over, bot.driver.room, edit=ref)
    await bot.do(EVENING, bot.driver.room, edit=gone)  # it takes place after all
    assert len(bot.driver.events()) == 1


async def test_a_title_that_holds_tricks_is_plain_and_fits(bot: Running):
    await bot.do(replace(EVENING, title="\u202eA\n" + "x" * 200, described="[here](https://evil.example) " * 80), bot.driver.room)
    (event,) = bot.driver.events()
    assert event["name"].startswith("A xxx")
    assert "](" not in event["description"].replace("\\]\\(", "").replace("\\](", "")


async def test_without_the_permission_it_is_refused(bot: Running):
    bot.driver.take_permission(CREATE_EVENTS)
    with pytest.raises(PlatformRefused) as refused:
        await bot.do(EVENING, bot.driver.room)
    assert refused.value.detail["why"] == "permission"
