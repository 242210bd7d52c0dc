"""An evening that was cancelled, moved or changed is told in the room, once, against what was told before."""

from datetime import UTC, datetime, time, timedelta

from bot.core.meetings import When
from handlers.announcements.records import Moment as At
from storage.announcements import Announcements
from storage.meetings import Meetings
from tests.handlers.announcements.house import House
from tests.handlers.announcements.settled import START, TITLE, quiet, settle


async def test_cancelled_within_a_day_the_room_is_told_with_the_reason(house: House):
    series = await house.make(title=TITLE, day="WE")
    await house.work_off()
    await house.cancel(series, reason="Kim is ill")
    await house.work_off()
    assert house.heard() == ["Open evening does not take place: Wed, Dec 2, 7:00 PM (Central European Time).\nKim is ill"]
    await house.pass_time(days=1)
    assert len(house.heard()) == 1


async def test_moved_it_is_announced_at_its_new_moments(house: House):
    series = await house.make(title=TITLE, day="WE")
    await house.work_off()
    await house.change(series, starts_at=datetime(2026, 12, 2, 19, tzinfo=UTC))
    await house.work_off()
    zone = "(Central European Time)"
    assert house.heard() == [f"Open evening is moved: now Wed, Dec 2, 8:00 PM {zone}, instead of Wed, Dec 2, 7:00 PM {zone}."]
    await house.pass_time(days=1, hours=1)
    assert [text.partition(":")[0] for text in house.heard()] == ["Open evening is moved", "Coming up", "Open evening starts soon"]


async def test_changed_twice_the_last_word_stands_alone(house: House):
    series = await house.make(title=TITLE, day="WE")
    await house.work_off()
    await house.change(series, starts_at=datetime(2026, 12, 2, 19, tzinfo=UTC))
    await house.work_off()
    await house.cancel(series)
    await house.work_off()
    first, second = house.news()
    assert second.edit is not None
    assert first.post.place == second.post.place


async def test_far_ahead_and_never_announced_a_change_is_no_news(house: House):
    series = await house.make(title=TITLE, day="MO")
    await house.work_off()
    await house.cancel(series)
    await house.work_off()
    assert house.heard() == []


async def test_far_ahead_but_announced_a_change_is_told(house: House):
    house.clock.at = START - timedelta(days=7, minutes=5)
    series = await house.make(title=TITLE, rule="FREQ=MONTHLY;BYMONTHDAY=3")
    await settle(house, series, moments=(At.WEEK,))
    await house.pass_time(hours=1)
    await house.cancel(series)
    await house.work_off()
    assert [text.partition(":")[0] for text in house.heard()] == ["Coming up", "Open evening does not take place"]


async def test_a_discreet_series_stays_so_when_it_is_cancelled(house: House):
    series = await house.make(title=TITLE, day="WE")
    await settle(house, series, discreet=True)
    await house.cancel(series, reason="Kim is ill")
    await house.work_off()
    assert house.heard() == ["A meeting does not take place: Wed, Dec 2, 7:00 PM (Central European Time)."]


async def test_at_night_news_wait_until_the_morning_or_come_without_a_sound(house: House):
    series = await house.make(title=TITLE, day="WE")
    await quiet(house, "22:00-08:00")
    house.clock.at = datetime(2026, 12, 2, 1, tzinfo=UTC)
    await house.cancel(series)
    await house.work_off()
    assert house.heard() == []
    await house.pass_to(datetime(2026, 12, 2, 7, tzinfo=UTC))
    assert len(house.heard()) == 1
    early = await house.make(title="Early", day="TH", at=time(8, 30))
    house.clock.at = datetime(2026, 12, 3, 5, tzinfo=UTC)
    await house.work_off()
    house.sent.clear()
    await house.cancel(early)
    await house.work_off()
    assert [claimed.post.reply.quiet for claimed in house.news()] == [True]


async def test_an_evening_that_an_edit_took_away_is_told_as_cancelled(house: House):
    series = await house.make(title=TITLE, day="WE")
    await house.work_off()
    evening = await house.ahead(series)

    async def unplan(unit):
        assert await Meetings(unit).unplan(evening)
        await unit.due.add(When.ANNOUNCE_PLAN.due(house.clock.now(), evening.id))

    await house.store.transact(unplan)
    await house.work_off()
    assert house.heard() == ["Open evening does not take place: Wed, Dec 2, 7:00 PM (Central European Time)."]


async def test_settings_and_rooms_go_over_to_the_series_that_follows(house: House):
    series = await house.make(title=TITLE, day="TH")
    await settle(house, series, discreet=True, moments=(At.SOON,))
    await house.type("fay", "/meeting announce", leads=True, room="news")
    later = await house.make(title=TITLE, day="FR", follows=series.id)
    await house.work_off()
    news = await house.room("news")

    async def read(unit):
        return await Announcements(unit).settings(later.id), await Announcements(unit).targets(later.id)

    settings, targets = await house.store.transact(read)
    assert (settings.discreet, settings.moments, [target.room for target in targets]) == (True, (At.SOON,), [news.id])


async def test_an_evening_nobody_had_looked_at_is_told_against_the_series_own_time(house: House):
    """As after an update: planned by an earlier version, cancelled by this one."""
    series = await house.make(title=TITLE, day="WE")
    evening = await house.ahead(series)
    await house.store.transact(lambda unit: unit.due.drop(When.ANNOUNCE_PLAN.key(evening.id)))
    await house.cancel(series)
    await house.work_off()
    assert house.heard() == ["Open evening does not take place: Wed, Dec 2, 7:00 PM (Central European Time)."]
