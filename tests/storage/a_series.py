"""A made-up weekly series, and its evenings, for storage's tests."""

from datetime import UTC, date, datetime, time, timedelta

from bot.core.ids import MeetingId, OccurrenceId, new_id
from bot.core.meetings import Occurrence, Series
from bot.core.schedule import Schedule
from storage.meetings import Meetings

START = datetime(2026, 12, 1, 18, tzinfo=UTC)
TITLE = "Canary evening"
WEEKLY = Schedule("Europe/Berlin", date(2026, 12, 1), time(19), "FREQ=WEEKLY;BYDAY=TU")


def weekly(room, **more):
    return Series(MeetingId(new_id()), room.community, room.id, TITLE, WEEKLY, timedelta(minutes=90), **more)


async def a_series(store, room, **more):
    made = weekly(room, **more)
    await store.transact(lambda unit: Meetings(unit).add_series(made))
    return made


def evening(series, start=START, **more):
    return Occurrence(OccurrenceId(new_id()), series.id, start, start + series.length, **more)


async def planned(store, series, start=START, **more):
    return await store.transact(lambda unit: Meetings(unit).plan(evening(series, start, **more)))


async def ask(store, question):
    """What a repository answers in a transaction of its own."""
    return await store.transact(lambda unit: question(Meetings(unit)))
