"""Series, what is different about single evenings, and pauses, on both databases."""

from datetime import date, time, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.core.calendar import Change, Pause
from bot.core.ids import MeetingId, new_id
from bot.core.meetings import Admission, Audience, Options
from bot.core.schedule import Schedule
from handlers.series.records import CHANGE_DAYS
from storage.meetings import Meetings
from storage.privacy import PersonalRows, prune
from storage.tables.meetings import series as series_table
from storage.tables.meetings import series_changes, series_pauses, stand_ins
from tests.storage.a_series import START, a_series, ask, weekly
from tests.storage.people import a_room, meet

LINK = "https://meet.example/room?pwd=canary"
FIRST = "2026-12-01T19:00"
SECOND = "2026-12-08T19:00"


@pytest.fixture
async def room(store):
    return await a_room(store)


@pytest.fixture
async def series(store, room):
    return await a_series(store, room)


async def test_a_series_comes_back_as_it_was_with_every_option(store, room):
    options = Options(
        format="newcomers",
        audience=Audience.FAMILY,
        beginners=True,
        text_only=True,
        language="de",
        capacity=12,
        link=LINK,
        admission=Admission.FACILITATOR,
        self_run=False,
        minutes_each=3,
        breakouts=True,
    )
    before = await a_series(store, room)
    made = await a_series(store, room, options=options, follows=before.id)
    assert await ask(store, lambda book: book.series(made.id)) == made
    assert await ask(store, lambda book: book.follower(before.id)) == made
    assert await ask(store, lambda book: book.follower(made.id)) is None


async def test_every_value_of_a_series_can_change_but_its_community(store, series):
    other = await a_room(store, "-200")
    changed = replace(
        series,
        room=other.id,
        title="Another title",
        schedule=Schedule("America/New_York", date(2027, 1, 4), time(20, 30), "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"),
        length=timedelta(minutes=60),
        cancelled_at=START,
        options=Options(link=LINK),
    )
    await ask(store, lambda book: book.change_series(changed))
    assert await ask(store, lambda book: book.series(series.id)) == changed
    await ask(store, lambda book: book.change_series(series))
    assert await ask(store, lambda book: book.series(series.id)) == series


async def test_a_room_has_its_own_series_that_are_not_cancelled(store, room, series):
    other = await a_room(store, "-200")
    await a_series(store, other)
    assert await ask(store, lambda book: book.of_room(room.id)) == [series]
    await ask(store, lambda book: book.cancel_series(series.id, START))
    assert await ask(store, lambda book: book.of_room(room.id)) == []


async def test_titles_links_and_reasons_are_not_on_disk_as_written(store, room):
    made = await a_series(store, room, options=Options(link=LINK))
    await ask(store, lambda book: book.put_change(Change(made.id, FIRST, cancelled=True, reason="Canary is ill")))
    await ask(store, lambda book: book.add_pause(Pause("p", made.community, date(2026, 12, 24), date(2027, 1, 1), "Canary days")))
    for table in (series_table, series_changes, series_pauses):
        (row,) = await store.transact(lambda unit, table=table: unit.rows(select(table)))
        assert "anary" not in str({name: bytes(value) if isinstance(value, memoryview) else value for name, value in row.items()})


async def test_a_change_is_stored_whole_in_place_of_the_one_before(store, clock, room, series):
    kim = await meet(store, clock)
    whole = Change(series.id, FIRST, "2026-12-02T20:00", 60, room.id, kim.id, cancelled=True, reason="A concert next door")
    await ask(store, lambda book: book.put_change(Change(series.id, SECOND, minutes=45)))
    await ask(store, lambda book: book.put_change(whole))
    assert await ask(store, lambda book: book.changes([series.id])) == [whole, Change(series.id, SECOND, minutes=45)]
    await ask(store, lambda book: book.put_change(Change(series.id, FIRST, minutes=30)))
    assert await ask(store, lambda book: book.changes([series.id])) == [
        Change(series.id, FIRST, minutes=30),
        Change(series.id, SECOND, minutes=45),
    ]
    await ask(store, lambda book: book.drop_change(series.id, FIRST))
    await ask(store, lambda book: book.drop_change(series.id, FIRST))
    assert await ask(store, lambda book: book.changes([series.id])) == [Change(series.id, SECOND, minutes=45)]


async def test_changes_of_several_series_are_read_at_once(store, room, series):
    other = await a_series(store, room)
    changes = sorted([Change(one.id, FIRST, minutes=30) for one in (series, other)], key=lambda change: change.series)
    for change in changes:
        await ask(store, lambda book, change=change: book.put_change(change))
    assert await ask(store, lambda book: book.changes([series.id, other.id])) == changes
    assert await ask(store, lambda book: book.changes([])) == []


async def test_a_change_of_a_series_that_is_gone_is_refused(store):
    with pytest.raises(LookupError):
        await ask(store, lambda book: book.put_change(Change(MeetingId(new_id()), FIRST)))


async def test_a_change_stays_when_the_person_who_stands_in_is_erased(store, clock, series):
    kim = await meet(store, clock)
    await ask(store, lambda book: book.put_change(Change(series.id, FIRST, minutes=60, host=kim.id)))
    held = await store.transact(lambda unit: PersonalRows(unit).held(kim.id, clock.now()))
    assert "stand_ins" in {line.kind for line in held}
    await store.transact(lambda unit: PersonalRows(unit).erase(kim.id, clock.now()))
    assert await ask(store, lambda book: book.changes([series.id])) == [Change(series.id, FIRST, minutes=60)]


async def test_pauses_are_those_of_the_community_and_its_series_the_earliest_first(store, series):
    later = Pause("a", series.community, date(2026, 12, 24), date(2027, 1, 1), "Holidays")
    early = Pause("b", series.community, date(2026, 12, 8), date(2026, 12, 8), series=series.id)
    for pause in (later, early, early):
        await ask(store, lambda book, pause=pause: book.add_pause(pause))
    assert await ask(store, lambda book: book.pauses(series.community)) == [early, later]
    assert await ask(store, lambda book: book.pause("a")) == later
    await ask(store, lambda book: book.drop_pause("a"))
    assert await ask(store, lambda book: book.pauses(series.community)) == [early]
    assert await ask(store, lambda book: book.pause("a")) is None


async def test_what_was_different_is_forgotten_in_time_and_who_stood_in_the_day_after(store, clock, series):
    kim = await meet(store, clock)
    moved = Change(series.id, FIRST, "2026-12-20T19:00", host=kim.id)
    pause = Pause("p", series.community, date(2026, 12, 1), date(2026, 12, 20))
    over = START.replace(day=22)  # by any clock

    async def left(at):
        await prune(store, at)
        return [len(await store.transact(lambda unit, table=table: unit.rows(select(table)))) for table in tables]

    tables = (stand_ins, series_changes, series_pauses)
    await ask(store, lambda book: book.put_change(moved))
    await ask(store, lambda book: book.add_pause(pause))
    assert await left(over - timedelta(days=1)) == [1, 1, 1]
    assert await left(over + timedelta(days=1)) == [0, 1, 1]
    assert await ask(store, lambda book: book.changes([series.id])) == [replace(moved, host=None)]
    assert await left(over + timedelta(days=CHANGE_DAYS - 2)) == [0, 1, 1]
    assert await left(over + timedelta(days=CHANGE_DAYS)) == [0, 0, 0]


async def test_nothing_of_a_series_that_is_undone_stays(store, room):
    made = weekly(room)

    async def half(unit):
        await Meetings(unit).add_series(made)
        await Meetings(unit).put_change(Change(made.id, FIRST, minutes=30))
        raise LookupError

    with pytest.raises(LookupError):
        await store.transact(half)
    assert await ask(store, lambda book: book.series(made.id)) is None
    assert await ask(store, lambda book: book.changes([made.id])) == []


async def test_a_cancelled_series_is_no_longer_listed(store, series):
    await store.transact(lambda unit: Meetings(unit).cancel_series(series.id, START))
    assert await store.transact(lambda unit: Meetings(unit).of_community(series.community)) == []
    found = await store.transact(lambda unit: Meetings(unit).series(series.id))
    assert found.cancelled_at == START
