"""An evening that people counted on was moved or cancelled: each is told once, of how it stands in the end."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.calls import Account
from bot.core.meetings import Series, When
from bot.core.richtext import words_in
from bot.runtime.timekeeper import jobs_of
from handlers.reminders.records import Going, Standing
from storage.goings import Goings
from storage.meetings import Meetings
from tests.handlers.announcements.house import House
from tests.handlers.screens import labels_of, press_of

START = datetime(2026, 12, 2, 18, tzinfo=UTC)  # Wednesday 19:00 in Berlin; it is Tuesday, 19:00 there
HOUR = timedelta(hours=1)


class Killed(Exception):
    """The process ends before the commit."""


@pytest.fixture
async def series(house: House) -> Series:
    """Ann is reminded, Bob said that he comes, Cem that he may, Dan that he does not; Eve only looked."""
    series = await house.make()
    await house.work_off()
    evening = await house.ahead(series)
    await house.type("ann", "/remind")
    for who, answer in (("bob", "yes"), ("cem", "maybe"), ("dan", "no"), ("eve", "")):
        await house.say_going(who, answer, evening)
    await house.work_off()
    house.sent.clear()
    return series


async def test_cancelled_within_a_day_everyone_who_counted_on_it_is_told_once(house: House, series: Series):
    await house.cancel(series)
    await house.work_off()
    for who in ("ann", "bob", "cem"):
        assert house.told(who) == ["Not this time: Wed, Dec 2, 7:00 PM does not take place."]
    assert house.told("dan") == house.told("eve") == []
    await house.pass_time(days=1)
    assert len(house.told("ann")) == 1  # and no reminder comes


async def test_moved_within_a_day_they_are_told_and_the_reminder_moves_along(house: House, series: Series):
    await house.change(series, starts_at=START + HOUR)
    await house.work_off()
    news = "Your reminder has changed: now Wed, Dec 2, 8:00 PM instead of Wed, Dec 2, 7:00 PM."
    assert house.told("ann") == house.told("bob") == [news]
    assert labels_of(house.to("bob")[0].post.reply) == ["Going", "Maybe", "Not this time", "Help now"]
    await house.pass_to(START + HOUR - timedelta(minutes=16))
    assert house.told("ann") == [news]
    await house.pass_time(minutes=1)
    assert house.told("ann") == [news, "Your reminder: today, 8:00 PM"]


async def test_moved_twice_in_short_time_is_one_message_about_the_last_state(house: House, series: Series):
    await house.change(series, starts_at=START + HOUR)
    await house.work_off()
    house.clock.move(minutes=5)
    await house.change(series, starts_at=START + 2 * HOUR)
    await house.work_off()
    assert house.screen("ann") == ["Your reminder has changed: now Wed, Dec 2, 9:00 PM instead of Wed, Dec 2, 7:00 PM."]
    await house.cancel(series)
    await house.work_off()
    assert house.screen("ann") == ["Not this time: Wed, Dec 2, 7:00 PM does not take place."]


async def test_moved_and_back_again_says_so_in_the_same_message(house: House, series: Series):
    for start in (START + HOUR, START, START + HOUR, START):
        await house.change(series, starts_at=start)
        await house.work_off()
        house.clock.move(minutes=1)
    assert house.screen("ann") == ["It takes place after all: Wed, Dec 2, 7:00 PM."]


async def test_moved_and_back_before_anybody_was_told_is_not_spoken_of(house: House, series: Series):
    await house.change(series, starts_at=START + HOUR)
    await house.change(series, starts_at=START)
    await house.work_off()
    assert house.told("ann") == []


async def test_a_second_change_hours_later_is_a_message_of_its_own(house: House, series: Series):
    """An edit makes no sound: whoever has read the first would come in vain."""
    house.clock.at = datetime(2026, 12, 2, 8, tzinfo=UTC)
    await house.change(series, starts_at=START + HOUR)
    await house.work_off()
    house.clock.move(hours=3)
    await house.cancel(series)
    await house.work_off()
    assert house.screen("ann")[1:] == ["Not this time: Wed, Dec 2, 8:00 PM does not take place."]
    assert len(house.screen("ann")) == 2


async def test_a_change_further_off_is_told_to_those_who_said_that_they_come(house: House, series: Series):
    house.clock.at = START - timedelta(days=3)
    await house.change(series, starts_at=START + HOUR)
    await house.work_off()
    assert house.told("ann") == []  # her reminder moves along
    assert len(house.told("bob")) == 1


async def test_nothing_is_told_of_an_evening_that_has_gone_by(house: House, series: Series):
    house.clock.at = START + timedelta(hours=2)
    await house.cancel(series)
    await house.work_off()
    assert house.told("ann") == house.told("bob") == []


async def test_it_is_discreet_unless_the_person_wants_it_plain(house: House, series: Series):
    opened = await house.press("ann", press_of(await house.type("ann", "/remind"), "Gambling"), private=True)
    await house.press("ann", press_of(opened, "Name the meeting"), private=True)
    await house.cancel(series, reason="Kim is ill")
    await house.work_off()
    assert house.told("ann") == ["Gambling circle does not take place: Wed, Dec 2, 7:00 PM.\nKim is ill"]
    assert list(words_in(house.to("bob")[0].post.reply.blocks)) == []
    assert "Gambling" not in str(house.to("bob")[0].post)


async def test_news_that_can_wait_wait_for_the_end_of_quiet_hours(house: House, series: Series):
    house.clock.at = datetime(2026, 12, 2, 1, tzinfo=UTC)  # two at night in Berlin
    await house.cancel(series)
    await house.work_off()
    assert house.told("ann") == []
    await house.pass_to(datetime(2026, 12, 2, 6, tzinfo=UTC))
    assert len(house.told("ann")) == 1


async def test_news_that_cannot_wait_come_at_night(house: House):
    series = await house.make(at=datetime(2026, 1, 1, 6).time())
    await house.work_off()
    await house.type("ann", "/remind")
    house.clock.at = datetime(2026, 12, 2, 2, tzinfo=UTC)
    await house.cancel(series)
    await house.work_off()
    assert len(house.told("ann")) == 1


async def test_a_reminder_that_waits_for_the_morning_goes_when_the_evening_does(house: House):
    house.clock.at = datetime(2026, 11, 30, 20, tzinfo=UTC)
    series = await house.make(at=datetime(2026, 1, 1, 23).time(), day="TU")
    await house.work_off()
    opened = await house.press("ann", press_of(await house.type("ann", "/remind"), "Gambling"), private=True)
    await house.press("ann", press_of(opened, "A day before"), private=True)
    await house.pass_to(datetime(2026, 11, 30, 22, 30, tzinfo=UTC))  # half past eleven in Berlin: it waits
    await house.cancel(series)
    await house.pass_to(datetime(2026, 12, 2, tzinfo=UTC))
    assert house.told("ann") == ["Not this time: Tue, Dec 1, 11:00 PM does not take place."]


async def test_a_cancelled_series_is_told_once_to_each(house: House, series: Series):
    await house.cancel(series)
    await house.end_series(series)
    await house.work_off()
    assert house.told("ann") == ["One of your reminders has ended: it is no longer needed."]
    assert house.told("bob") == ["Not this time: Wed, Dec 2, 7:00 PM does not take place."]


async def test_an_evening_that_an_edit_took_away_is_as_good_as_cancelled(house: House, series: Series):
    evening = await house.ahead(series)

    async def unplan(unit):
        assert await Meetings(unit).unplan(evening)
        await unit.due.add(When.CHANGED.due(house.clock.now(), evening.id))

    await house.store.transact(unplan)
    await house.work_off()
    assert house.told("ann") == house.told("bob") == ["Not this time: Wed, Dec 2, 7:00 PM does not take place."]


async def test_many_are_told_once_each_although_it_changes_again_in_between(house: House, series: Series):
    evening = await house.ahead(series)

    async def many(unit):
        for n in range(230):
            person = await unit.people.make(Account("discord", f"p{n}"), house.clock.now(), None)
            await Goings(unit).put(Going(evening.id, person.id, Standing.GOING), house.clock.now(), evening.ends_at)

    await house.store.transact(many)
    await house.change(series, starts_at=START + HOUR)
    await _one_job(house)
    await house.cancel(series)
    await house.work_off()
    for n in range(230):
        assert house.screen(f"p{n}") == ["Not this time: Wed, Dec 2, 7:00 PM does not take place."]


async def test_killed_before_the_commit_and_done_again_it_is_told_once(house: House, series: Series):
    evening = await house.cancel(series)
    job, due = jobs_of(house.features)[When.CHANGED.kind], When.CHANGED.due(house.clock.now(), evening.id)

    async def killed(unit):
        assert await unit.due.take(due)
        await job(due, house.clock.now(), unit)
        raise Killed

    with pytest.raises(Killed):
        await house.store.transact(killed)
    await house.work_off()
    await house.store.transact(lambda unit: job(due, house.clock.now(), unit))
    await house.work_off()
    assert len(house.told("ann")) == len(house.told("bob")) == 1


async def _one_job(house: House) -> None:
    """Do the moments that are due now, without those that they bring."""
    jobs = jobs_of(house.features)
    for due in await house.store.due_queue.claim("test", house.clock.now(), house.clock.now() + timedelta(minutes=1), 64):

        async def work(unit, due=due):
            if await unit.due.take(due):
                await jobs[due.kind](due, house.clock.now(), unit)

        await house.store.transact(work)


async def test_an_evening_nobody_had_looked_at_is_told_against_the_series_own_time(house: House):
    """As after an update: planned by an earlier version, moved by this one."""
    series = await house.make()
    evening = await house.ahead(series)
    await house.store.transact(lambda unit: unit.due.drop(When.REMIND_PLAN.key(evening.id)))
    await house.type("ann", "/remind")
    await house.change(series, starts_at=START + HOUR)
    await house.work_off()
    assert house.told("ann") == ["Your reminder has changed: now Wed, Dec 2, 8:00 PM instead of Wed, Dec 2, 7:00 PM."]
