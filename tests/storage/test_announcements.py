"""Settings, further rooms, codes and digests as they are kept, on both databases."""

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from bot.core.calls import Place
from bot.core.ids import MeetingId, OccurrenceId, new_id
from bot.core.meetings import Audience, Occurrence, Series
from bot.core.quiet import quiet_from
from bot.core.schedule import Schedule
from handlers.announcements.records import Digest, Moment, Said, Settings, Target
from storage.announcements import Announcements
from storage.meetings import Meetings
from storage.tables.announcements import announce_targets
from storage.unit import concrete
from tests.storage.people import a_room

WISHED = Settings((Moment.WEEK, Moment.START), True, False, "12345")


async def add(store, room, *, follows=None) -> Series:
    schedule = Schedule("Europe/Berlin", date(2026, 12, 1), time(19), "FREQ=WEEKLY;BYDAY=TU")
    series = Series(MeetingId(new_id()), room.community, room.id, "Evening", schedule, timedelta(minutes=60), follows=follows)
    await store.transact(lambda unit: Meetings(unit).add_series(series))
    return series


async def elsewhere(store):
    async def work(unit):
        community = await unit.communities.find_or_make("discord", "elsewhere")
        return await unit.rooms.find_or_make(community.id, Place("discord", "other", space="elsewhere", private=False))

    return await store.transact(work)


@pytest.fixture
async def room(store):
    return await a_room(store)


@pytest.fixture
async def series(store, room):
    return await add(store, room)


async def test_settings_are_the_usual_ones_until_they_are_kept(store, series):
    assert await store.transact(lambda unit: Announcements(unit).settings(series.id)) == Settings()
    for settings in (WISHED, Settings(())):
        await store.transact(lambda unit, settings=settings: Announcements(unit).keep_settings(series.id, settings))
        assert await store.transact(lambda unit: Announcements(unit).settings(series.id)) == settings


async def test_the_name_of_a_rooms_space_is_sealed(store, clock, series):
    other = await elsewhere(store)
    target = Target(series.id, other.id, "7", "Tuesday people of Ravensburg")
    await store.transact(lambda unit: Announcements(unit).put_target(target, clock.now()))
    assert await store.transact(lambda unit: Announcements(unit).targets(series.id)) == [target]
    (row,) = await store.transact(lambda unit: concrete(unit).rows(select(announce_targets.c.name)))
    assert b"Ravensburg" not in row["name"]
    assert await store.transact(lambda unit: Announcements(unit).told_here(other.id)) == [series.id]
    await store.transact(lambda unit: Announcements(unit).drop_target(series.id, other.id))
    assert await store.transact(lambda unit: Announcements(unit).told_here(other.id)) == []


async def test_a_room_is_found_by_the_beginning_of_its_id_in_its_own_community_only(store, room):
    other = await elsewhere(store)

    async def find(unit):
        book = Announcements(unit)
        wanted = (room.id[:12], other.id[:12], "", "%", "_" * 12)
        return [await book.room_of(room.community, beginning) for beginning in wanted]

    assert await store.transact(find) == [room.id, None, None, None, None]


async def test_settings_and_rooms_go_over_where_there_are_none(store, clock, room, series):
    other, later = await elsewhere(store), await add(store, room, follows=series.id)

    async def work(unit):
        book = Announcements(unit)
        await book.keep_settings(series.id, WISHED)
        await book.put_target(Target(series.id, other.id, "", "There"), clock.now())
        await book.take_over(series.id, later.id, clock.now())
        taken = await book.settings(later.id), await book.targets(later.id)
        await book.keep_settings(series.id, Settings())
        await book.take_over(series.id, later.id, clock.now())
        return *taken, await book.settings(later.id)

    settings, targets, again = await store.transact(work)
    assert (settings, again) == (WISHED, WISHED)
    assert targets == [Target(later.id, other.id, "", "There")]


async def test_evenings_ahead_of_a_community_are_its_own_and_those_announced_in_it(store, clock, room, series):
    other = await elsewhere(store)
    start = clock.now() + timedelta(hours=1)
    evening = Occurrence(OccurrenceId(new_id()), series.id, start, start + series.length, original="2026-12-01T20:00", room=room.id)

    async def work(unit):
        await Meetings(unit).plan(evening)
        before = await Announcements(unit).ahead(other.community)
        await Announcements(unit).put_target(Target(series.id, other.id), clock.now())
        return before, await Announcements(unit).ahead(other.community), await Announcements(unit).ahead(room.community)

    assert await store.transact(work) == ([], [evening.id], [evening.id])


async def test_a_code_is_for_one_use_and_some_minutes(store, clock, series):
    async def work(unit):
        book = Announcements(unit)
        await book.add("a" * 32, series.id, clock.now() + timedelta(minutes=1), clock.now())
        await book.add("b" * 32, series.id, clock.now(), clock.now())
        return [await book.use(code * 32, clock.now()) for code in "aabc"]

    assert await store.transact(work) == [series.id, None, None, None]


async def test_what_was_said_is_kept(store, clock, room, series):
    said = Said(OccurrenceId("e" * 32), series.id, clock.now(), room.id, True, True, 4)

    async def work(unit):
        assert await Announcements(unit).is_new(series.id)
        await Announcements(unit).keep_said(said)
        return await Announcements(unit).said(said.occurrence), await Announcements(unit).is_new(series.id)

    assert await store.transact(work) == (said, False)


async def test_quiet_hours_and_digests_of_a_community(store, room):
    digest = Digest(room.community, Audience.FAMILY, 4, time(17), room.id)

    async def work(unit):
        book = Announcements(unit)
        await book.keep_quiet(room.community, quiet_from("22-7"))
        await book.keep_digest(digest)
        found = await book.quiet(room.community), await book.digest(room.community, Audience.FAMILY)
        await book.keep_quiet(room.community, None)
        await book.drop_digest(room.community, Audience.FAMILY)
        return *found, await book.quiet(room.community), await book.digest(room.community, Audience.FAMILY)

    assert await store.transact(work) == (quiet_from("22-7"), digest, None, None)
