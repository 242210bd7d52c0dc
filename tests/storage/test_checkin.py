"""Check-ins, on both databases."""

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select, update

from bot.core.agenda import AgendaItem
from bot.core.ids import OccurrenceId, new_id
from handlers.checkin.records import CheckIn, CheckInBody
from storage.checkin import CheckIns
from storage.privacy import PersonalRows, prune
from storage.sealing import Unopenable
from storage.tables.checkin import checkins
from storage.unit import concrete
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
        return await rated_of(book, alice, clock), await book.items(OccurrenceId(""))

    assert await store.transact(work) == ([4, 3, 4], [])


async def rated_of(book, person, clock, voice="", days=28):
    return [one.rating for one in await book.rated(person.id, voice, clock.now() - timedelta(days=days))]


async def test_ratings_are_the_persons_own_without_those_left_out_and_without_older_ones(store, clock):
    alice, ben = await meet(store, clock), await meet(store, clock, BEN)

    async def work(unit):
        for rating in (1, 2, None, 3):
            clock.move(days=1)
            await CheckIns(unit).add(checkin(alice, clock.now(), rating, OccurrenceId("")))
        await CheckIns(unit).add(checkin(ben, clock.now(), 9, OccurrenceId("")))
        return await rated_of(CheckIns(unit), alice, clock, days=2)

    assert await store.transact(work) == [2, 3]


async def test_a_relatives_ratings_and_a_participants_never_stand_together(store, clock):
    alice = await meet(store, clock)

    async def work(unit):
        book = CheckIns(unit)
        for voice, rating in (("", 2), ("family", 8), ("", 3)):
            clock.move(days=1)
            body = CheckInBody(rating, voice=voice, own=(("Slept well?", "yes"),))
            await book.add(CheckIn(new_id(), alice.id, OccurrenceId(""), clock.now(), body))
        return await rated_of(book, alice, clock), await rated_of(book, alice, clock, "family")

    assert await store.transact(work) == ([2, 3], [8])


async def test_a_body_of_an_earlier_version_is_read_as_a_standard_one(store, clock):
    class Earlier(msgspec.Struct):
        rating: int | None
        success: str
        challenge: str

    alice = await meet(store, clock)

    async def work(unit):
        old = checkin(alice, clock.now())
        await CheckIns(unit).add(old)
        sealed = await concrete(unit).seal(alice.id, "checkins", "body", old.id, Earlier(7, "", ""))
        await unit.run(update(checkins).values(body=sealed))
        return await rated_of(CheckIns(unit), alice, clock)

    assert await store.transact(work) == [7]


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
    assert {"rating": 7, "success": CANARY, "challenge": "", "voice": ""}.items() <= exported["checkins"][0]["body"].items()
    await store.transact(lambda unit: PersonalRows(unit).erase(alice.id, clock.now()))
    assert len(await store.transact(lambda unit: CheckIns(unit).items(OCCURRENCE))) == 1
    await prune(store, clock.now() + timedelta(days=30))
    assert await store.transact(lambda unit: CheckIns(unit).items(OCCURRENCE)) == []
