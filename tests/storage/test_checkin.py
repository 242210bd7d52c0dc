"""Check-ins, on both databases."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.core.agenda import AgendaItem
from bot.core.ids import OccurrenceId, new_id
from handlers.checkin.records import CheckIn, CheckInBody
from storage.checkin import CheckIns
from storage.privacy import PersonalRows, prune
from storage.sealing import Unopenable
from storage.tables.checkin import checkins
from tests.storage.people import BEN, meet

OCCURRENCE = OccurrenceId("e" * 32)
CANARY = "called my sister"


def checkin(person, at, rating=7, occurrence=OCCURRENCE, topic="", name=""):
    return CheckIn(new_id(), person.id, occurrence, at, CheckInBody(rating, CANARY, ""), AgendaItem(topic, name))


async def test_the_room_learns_topics_and_shown_names_only(store, clock):
    alice, ben = await meet(store, clock), await meet(store, clock, BEN)

    async def work(unit):
        await CheckIns(unit).add(checkin(alice, clock.now(), topic="urge", name="Ali"))
        await CheckIns(unit).add(checkin(ben, clock.now() + timedelta(seconds=1)))
        return await CheckIns(unit).items(OCCURRENCE)

    assert await store.transact(work) == [AgendaItem("urge", "Ali"), AgendaItem()]


async def test_in_a_meeting_a_second_check_in_replaces_the_first_and_alone_it_does_not(store, clock):
    alice = await meet(store, clock)

    async def work(unit):
        book = CheckIns(unit)
        for occurrence in (OCCURRENCE, OccurrenceId("")):
            for rating in (3, 4):
                clock.move(minutes=1)
                await book.add(checkin(alice, clock.now(), rating, occurrence))
        assert [await book.has(OCCURRENCE, alice.id), await book.has(OccurrenceId("f" * 32), alice.id)] == [True, False]
        return await book.ratings(alice.id, 10), await book.items(OccurrenceId(""))

    assert await store.transact(work) == ([4, 3, 4], [])


async def test_ratings_are_the_persons_own_last_ones_without_those_left_out(store, clock):
    alice, ben = await meet(store, clock), await meet(store, clock, BEN)

    async def work(unit):
        for rating in (1, 2, None, 3):
            clock.move(days=1)
            await CheckIns(unit).add(checkin(alice, clock.now(), rating, OccurrenceId("")))
        await CheckIns(unit).add(checkin(ben, clock.now(), 9, OccurrenceId("")))
        return await CheckIns(unit).ratings(alice.id, 3)

    assert await store.transact(work) == [2, 3]


async def test_nothing_of_it_is_on_disk_as_written(store, clock):
    alice = await meet(store, clock)
    await store.transact(lambda unit: CheckIns(unit).add(checkin(alice, clock.now(), topic="low_mood", name="Ali")))
    (row,) = await store.transact(lambda unit: unit.rows(select(checkins)))
    on_disk = b"".join(bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row.values())
    assert not any(word.encode() in on_disk for word in (CANARY, "low_mood", "Ali"))


async def test_a_value_moved_to_another_column_or_person_does_not_open(store, clock):
    alice, ben = await meet(store, clock), await meet(store, clock, BEN)
    for change in ({"agenda": checkins.c.body}, {"person": ben.id}):
        await store.transact(lambda unit: CheckIns(unit).add(checkin(alice, clock.now(), topic="urge")))
        await store.transact(lambda unit, change=change: unit.run(update(checkins).values(**change)))
        with pytest.raises(Unopenable):
            await store.transact(lambda unit: CheckIns(unit).items(OCCURRENCE))
        await store.transact(lambda unit: unit.run(checkins.delete()))


async def test_check_ins_go_after_thirty_days_and_with_the_person(store, clock):
    alice, ben = await meet(store, clock), await meet(store, clock, BEN)

    async def add_both(unit):
        for person in (alice, ben):
            await CheckIns(unit).add(checkin(person, clock.now()))

    await store.transact(add_both)
    exported = await store.transact(lambda unit: PersonalRows(unit).export(alice.id))
    assert exported["checkins"][0]["body"] == {"rating": 7, "success": CANARY, "challenge": ""}
    await store.transact(lambda unit: PersonalRows(unit).erase(alice.id, clock.now()))
    assert len(await store.transact(lambda unit: CheckIns(unit).items(OCCURRENCE))) == 1
    await prune(store, clock.now() + timedelta(days=30))
    assert await store.transact(lambda unit: CheckIns(unit).items(OCCURRENCE)) == []
