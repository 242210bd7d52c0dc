"""A facilitator's sheet: kept whole, sealed, and their own."""

from datetime import date, time, timedelta

from bot.core.calls import Account
from bot.core.ids import CommunityId, MeetingId, PersonId, RoomId, new_id
from bot.core.meetings import Options, Series
from bot.core.ports import Unit
from bot.core.schedule import Schedule
from handlers.series.drafts import Draft, Sheet
from storage.series_sheets import Sheets
from tests.stores import storage_for_tests

CANARY = "canary-title-of-a-draft"


def sheet() -> Sheet:
    schedule = Schedule("Europe/Berlin", date(2026, 12, 1), time(19), "FREQ=WEEKLY;BYDAY=TU")
    key = MeetingId(new_id())
    options = Options(beginners=True, link="https://meet.example.org")
    series = Series(
        key, CommunityId(new_id()), RoomId(new_id()), CANARY, schedule, timedelta(minutes=75), None, options, MeetingId(new_id())
    )
    return Sheet(RoomId(new_id()), Draft(key, series, series, "2026-12-08T19:00", ("2026-12-15T19:00",)))


async def test_a_sheet_comes_back_whole_and_is_nobody_elses(tmp_path, clock):
    kept = sheet()
    async with storage_for_tests(tmp_path, clock) as store:

        async def make(unit: Unit) -> list[PersonId]:
            return [(await unit.people.make(Account("discord", who), clock.now(), None)).id for who in ("fay", "kim")]

        fay, kim = await store.transact(make)
        await store.transact(lambda unit: Sheets(unit).keep(fay, kept, clock.now()))
    async with storage_for_tests(tmp_path, clock) as store:
        assert await store.transact(lambda unit: Sheets(unit).of(fay)) == kept
        assert await store.transact(lambda unit: Sheets(unit).of(kim)) == Sheet()
        await store.transact(lambda unit: Sheets(unit).keep(fay, Sheet(), clock.now()))
        assert await store.transact(lambda unit: Sheets(unit).of(fay)) == Sheet()


async def test_the_words_of_a_draft_are_not_on_the_disk(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as store:

        async def work(unit):
            person = await unit.people.make(Account("discord", "fay"), clock.now(), None)
            await Sheets(unit).keep(person.id, sheet(), clock.now())

        await store.transact(work)
    assert not [file for file in (tmp_path / "data").iterdir() if CANARY.encode() in file.read_bytes()]
