"""Reminders and answers as they are kept, on both databases."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.core.calls import Account
from bot.core.ids import MeetingId, OccurrenceId, new_id
from bot.core.meetings import Series
from bot.core.quiet import quiet_from
from bot.core.schedule import Schedule
from handlers.reminders.records import Going, Known, Standing, Subscription, Wishes
from storage.goings import Goings
from storage.meetings import Meetings
from storage.privacy import PersonalRows
from storage.reminders import Reminders
from storage.unit import concrete
from tests.storage.people import a_room, meet

EVENING = OccurrenceId("e" * 32)


async def a_series(store, room) -> MeetingId:
    schedule = Schedule("Europe/Berlin", date(2026, 12, 1), time(19), "FREQ=WEEKLY;BYDAY=TU")
    series = Series(MeetingId(new_id()), room.community, room.id, "Evening", schedule, timedelta(minutes=60))
    await store.transact(lambda unit: Meetings(unit).add_series(series))
    return series.id


async def people(store, clock, count):
    return [(await meet(store, clock, Account("telegram", f"p{n}"))).id for n in range(count)]


@pytest.fixture
async def series(store, clock):
    return await a_series(store, await a_room(store))


async def test_what_is_put_again_is_changed(store, clock, series):
    (ann,) = await people(store, clock, 1)
    mine = Subscription(series, ann, (1440, 15), True, "2026-03-10")
    assert await store.transact(lambda unit: Reminders(unit).put(Subscription(series, ann), clock.now())) is True
    assert await store.transact(lambda unit: Reminders(unit).put(mine, clock.now())) is False
    assert await store.transact(lambda unit: Reminders(unit).of_person(ann)) == [mine]
    assert await store.transact(lambda unit: Reminders(unit).leads(series)) == {1440, 15}
    assert await store.transact(lambda unit: Reminders(unit).turn_off(series, ann)) is True
    assert await store.transact(lambda unit: Reminders(unit).turn_off(series, ann)) is False


async def test_wishes_are_the_usual_ones_until_they_are_kept(store, clock):
    (ann,) = await people(store, clock, 1)
    assert await store.transact(lambda unit: Reminders(unit).wishes(ann)) == Wishes()
    for wishes in (Wishes(clock.now(), None, clock.now(), clock.now()), Wishes(quiet=quiet_from("21-6"))):
        await store.transact(lambda unit, wishes=wishes: Reminders(unit).keep_wishes(ann, wishes, clock.now()))
        assert await store.transact(lambda unit: Reminders(unit).wishes(ann)) == wishes


async def test_readers_come_in_the_order_of_their_ids_a_few_at_a_time(store, clock, series):
    persons = sorted(await people(store, clock, 5))

    async def fill(unit):
        for person in persons[:4]:
            await Reminders(unit).put(Subscription(series, person), clock.now())
        for person, standing in zip(persons[3:], (Standing.NOT, Standing.GOING), strict=True):
            await Goings(unit).put(Going(EVENING, person, standing), clock.now(), clock.now())
        await Reminders(unit).keep_wishes(persons[0], Wishes(clock.now(), None), clock.now())

    await store.transact(fill)

    async def read(unit):
        book = Reminders(unit)
        first = await book.readers(series, EVENING, "", 3)
        return first, await book.readers(series, EVENING, first[-1].person, 3), await book.concerned(series, EVENING, "", 9)

    first, rest, concerned = await store.transact(read)
    assert [reader.person for reader in (*first, *rest)] == persons[:4]
    assert (first[0].paused_until, first[0].quiet, first[1].quiet) == (clock.now(), None, quiet_from("22-7"))
    assert [reader.standing for reader in rest] == [Standing.NOT]
    assert [(reader.person, reader.is_reminded) for reader in concerned] == [(p, p != persons[4]) for p in persons]


async def test_reminders_go_over_and_own_choices_stay(store, clock, series):
    ann, bob = await people(store, clock, 2)
    later = await a_series(store, await a_room(store))

    async def work(unit):
        book = Reminders(unit)
        await book.put(Subscription(series, ann, (60,), True, "2026-03-10"), clock.now())
        await book.put(Subscription(series, bob, (60,)), clock.now())
        await book.put(Subscription(later, bob, (15,)), clock.now())
        await book.take_over(series, later)
        await book.take_over(series, later)
        return [one for person in (ann, bob) for one in await book.of_person(person) if one.series == later]

    assert await store.transact(work) == [Subscription(later, ann, (60,), True, "2026-03-10"), Subscription(later, bob, (15,))]


async def test_what_is_known_of_an_evening_is_kept_and_old_ones_of_the_series_go(store, clock, series):
    known = Known(EVENING, series, clock.now(), clock.now(), True, 3, 2, clock.now())
    later = Known(OccurrenceId("f" * 32), series, clock.now() + timedelta(days=8), clock.now())

    async def work(unit):
        book = Reminders(unit)
        assert await book.is_new(series)
        await book.keep(known)
        assert not await book.is_new(series)
        assert await book.known(EVENING) == known
        await book.keep(later)
        return await book.known(EVENING)

    assert await store.transact(work) is None


async def test_the_list_of_those_who_wait_has_an_order(store, clock):
    persons = await people(store, clock, 4)

    async def work(unit):
        book = Goings(unit)
        await book.hold(EVENING)
        for turn, person in enumerate(persons[:3], 1):
            await book.put(Going(EVENING, person, Standing.WAITING, turn), clock.now(), clock.now())
        await book.put(Going(EVENING, persons[3], Standing.OFFERED, 0, clock.now()), clock.now(), clock.now())
        return await book.first_waiting(EVENING), await book.last_turn(EVENING), await book.offers(EVENING)

    first, turn, offers = await store.transact(work)
    assert (first.person, turn) == (persons[0], 3)
    assert offers == [Going(EVENING, persons[3], Standing.OFFERED, 0, clock.now())]


async def test_it_all_goes_with_the_person(store, clock, series):
    (ann,) = await people(store, clock, 1)

    async def fill(unit):
        await Reminders(unit).put(Subscription(series, ann), clock.now())
        await Reminders(unit).keep_wishes(ann, Wishes(), clock.now())
        await Goings(unit).put(Going(EVENING, ann, Standing.GOING), clock.now(), datetime(2026, 12, 2, tzinfo=UTC))

    await store.transact(fill)
    held = await store.transact(lambda unit: PersonalRows(concrete(unit)).held(ann, clock.now()))
    assert {"reminders", "reminder_settings", "goings"} <= {one.kind for one in held}
    await store.transact(lambda unit: PersonalRows(concrete(unit)).erase(ann, clock.now()))
    assert await store.transact(lambda unit: Goings(unit).going(EVENING)) == 0
    assert await store.transact(lambda unit: Reminders(unit).readers(series, EVENING, "", 9)) == []
