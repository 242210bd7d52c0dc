"""A country changes its clocks and a new release of the zone data says so: evenings to come move, those that were stay."""

from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis.strategies import integers, just
from msgspec.structs import replace

from bot.core.calendar import evening_at, evenings, original_of
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, RoomId, new_id
from bot.core.meetings import Occurrence, Series, State
from bot.core.schedule import Schedule, clocked
from storage.meetings import Meetings
from tests.properties.rules import repeating
from tests.properties.zone_data import release, zone_file
from tests.storage.people import a_room
from tests.stores import storage_for_tests

HOUR = timedelta(hours=1)
DECIDED = datetime(2027, 3, 28, 1, tzinfo=UTC)  # from here on clocks are an hour ahead, by the new release
BEFORE, AFTER = zone_file(HOUR, ()), zone_file(HOUR, [(DECIDED, 2 * HOUR)])
THERE = "Test/Somewhere"


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    return tmp_path_factory.mktemp("before"), tmp_path_factory.mktemp("after")


@given(one=repeating(zone=just(ZoneInfo("UTC"))), days=integers(0, 3000))
def test_only_evenings_after_the_change_move_and_all_keep_their_wall_time(folders, one, days):
    schedule = replace(one.schedule, zone=THERE)
    now = schedule.begin.replace(tzinfo=UTC) + timedelta(days=days)
    with release(folders[0], THERE, BEFORE):
        old = dict(islice(clocked(schedule, now), 60))
    with release(folders[1], THERE, AFTER):
        new = dict(islice(clocked(schedule, now), 60))
        zone = ZoneInfo(THERE)
        for wall in old.keys() & new.keys():
            moved = old[wall] - new[wall]
            assert moved == (HOUR if wall >= datetime(2027, 3, 28, 3) else timedelta(0))
            assert new[wall].astimezone(zone).replace(tzinfo=None) in (wall, wall + HOUR)


async def test_an_evening_that_was_stays_as_it_was_and_one_to_come_is_told_its_new_moment(tmp_path, clock, folders):
    async with storage_for_tests(tmp_path, clock) as store:
        room = await a_room(store)
        series = Series(
            MeetingId(new_id()),
            CommunityId(room.community),
            RoomId(room.id),
            "Tuesdays",
            Schedule(THERE, datetime(2027, 3, 2).date(), time(19), "FREQ=WEEKLY;BYDAY=TU"),
            timedelta(hours=1),
        )
        with release(folders[0], THERE, BEFORE):

            async def hold_and_plan(unit):
                book = Meetings(unit)
                await book.add_series(series)
                was, ahead = islice(evenings(series, (), (), datetime(2027, 3, 22, tzinfo=UTC)), 2)
                for evening, state in ((was, State.CLOSED), (ahead, State.PLANNED)):
                    one = Occurrence(OccurrenceId(new_id()), series.id, evening.starts_at, evening.ends_at, state)
                    await book.plan(replace(one, original=evening.original))
                return was, ahead

            was, ahead = await store.transact(hold_and_plan)
        with release(folders[1], THERE, AFTER):
            rows = await store.transact(lambda unit: Meetings(unit).since([series.id], datetime(2027, 1, 1, tzinfo=UTC)))
            assert [row.starts_at for row in rows] == [was.starts_at, ahead.starts_at]
            assert [row.original for row in rows] == [original_of(datetime(2027, 3, day, 19)) for day in (23, 30)]
            today = [evening_at(series, (), (), row.original) for row in rows]
            assert [one and one.starts_at for one in today] == [was.starts_at, ahead.starts_at - HOUR]
