"""What the list of meetings asks, on both databases."""

from datetime import date, time, timedelta

from bot.core.calls import Place
from bot.core.ids import MeetingId, OccurrenceId, new_id
from bot.core.meetings import Occurrence, Series
from bot.core.schedule import Schedule
from storage.directory import Directories
from storage.meetings import Meetings
from storage.tables.reminders import goings, reminders
from storage.unit import concrete
from tests.storage.people import BEN, meet


async def made(store, clock, space: str, title: str) -> tuple[Series, Occurrence]:
    async def work(unit):
        community = await unit.communities.find_or_make("discord", space)
        room = await unit.rooms.find_or_make(community.id, Place("discord", space, space=space, private=False))
        schedule = Schedule("Europe/Berlin", date(2026, 11, 1), time(19), "FREQ=DAILY")
        series = Series(MeetingId(new_id()), community.id, room.id, title, schedule, timedelta(hours=1))
        await Meetings(unit).add_series(series)
        start = clock.now() + timedelta(days=1)
        return series, await Meetings(unit).plan(Occurrence(OccurrenceId(new_id()), series.id, start, start + series.length))

    found: tuple[Series, Occurrence] = await store.transact(work)
    return found


async def says(unit, occurrence: Occurrence, person: str, standing: str, clock) -> None:
    row = {"person": person, "standing": standing, "turn": 0, "until": None, "at": clock.now(), "ends_at": occurrence.ends_at}
    await concrete(unit).run(concrete(unit).insert(goings).values(occurrence=occurrence.id, **row))


async def test_a_place_is_taken_by_who_goes_or_may_still_claim_it(store, clock):
    alice, ben = await meet(store, clock), await meet(store, clock, BEN)
    (_, first), (_, second), (_, third) = [await made(store, clock, "a", title) for title in "abc"]

    async def work(unit):
        await says(unit, first, alice.id, "going", clock)
        await says(unit, first, ben.id, "offered", clock)
        for person, standing in ((alice, "waiting"), (ben, "maybe")):
            await says(unit, second, person.id, standing, clock)
        return await Directories(unit).taken([first.id, second.id, third.id])

    assert await store.transact(work) == {first.id: 2}


async def test_a_person_is_known_where_they_are_reminded_or_were_lately(store, clock):
    alice, ben = await meet(store, clock), await meet(store, clock, BEN)
    (near, _), (far, evening), _ = [await made(store, clock, space, space) for space in ("near", "far", "other")]

    async def work(unit):
        row = {"series": near.id, "person": alice.id, "at": clock.now()}
        await concrete(unit).run(concrete(unit).insert(reminders).values(**row))
        await Meetings(unit).join(evening.id, alice.id, clock.now())
        mine = Directories(unit)
        return (
            await mine.known_to(alice.id),
            await mine.reminded_of(alice.id),
            await mine.known_to(ben.id),
            await mine.reminded_of(ben.id),
        )

    known = {near.community: "near", far.community: "far"}
    assert await store.transact(work) == (known, frozenset({near.id}), {}, frozenset())


async def test_a_cancelled_series_tells_of_no_community(store, clock):
    alice = await meet(store, clock)
    series, _ = await made(store, clock, "near", "near")

    async def work(unit):
        row = {"series": series.id, "person": alice.id, "at": clock.now()}
        await concrete(unit).run(concrete(unit).insert(reminders).values(**row))
        await Meetings(unit).cancel_series(series.id, clock.now())
        return await Directories(unit).known_to(alice.id)

    assert await store.transact(work) == {}
