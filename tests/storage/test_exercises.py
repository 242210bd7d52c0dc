"""Exercises, lines, items and votes, on both databases."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from bot.core.ids import CommunityId, OccurrenceId, new_id
from bot.core.meetings import Admission
from handlers.exercises.records import Counts, Exercise, ExerciseStore, Item, Kind, Line, Part, PartBody, Role, Stage, Vote
from storage.exercises import Exercises
from storage.meetings import Meetings
from storage.privacy import PersonalRows, prune
from storage.tables.exercises import exercise_items, exercise_lines, exercise_parts, exercise_votes, exercises
from tests.storage.a_series import a_series, planned
from tests.storage.people import BEN, a_room, meet

NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
CANARY = "Canary line"


@pytest.fixture
async def room(store):
    return await a_room(store)


@pytest.fixture
async def evening(store, room):
    return (await planned(store, await a_series(store, room))).id


@pytest.fixture
async def alice(store, clock):
    return (await meet(store, clock)).id


@pytest.fixture
async def ben(store, clock):
    return (await meet(store, clock, BEN)).id


@pytest.fixture
def book(store):
    async def of(ask):
        return await store.transact(lambda unit: ask(Exercises(unit)))

    return of


@pytest.fixture
async def exercise(book, room, evening):
    made = Exercise(new_id(), evening, CommunityId(room.community), room.id, Kind.IDEAS, NOW, "Canary topic")
    await book(lambda it: it.keep(made))
    return made


def a_line(exercise, person, words=CANARY, **more):
    return Line(new_id(), exercise.id, person, 0, words, NOW, **more)


def test_it_is_what_the_feature_asks_for():
    made: type[ExerciseStore] = Exercises
    assert made


async def test_an_exercise_reads_back_and_runs_until_it_ended(book, exercise):
    assert await book(lambda it: it.exercise(exercise.id)) == exercise
    assert await book(lambda it: it.running(exercise.occurrence)) == exercise
    await book(lambda it: it.ask(exercise.id, NOW))
    asked = await book(lambda it: it.exercise(exercise.id))
    assert asked == replace(exercise, asked_at=NOW)
    ended = replace(asked, stage=Stage.ENDED, merges=2, lines=7, asked_at=None, round=3, until=NOW)
    await book(lambda it: it.keep(ended))
    assert await book(lambda it: it.exercise(exercise.id)) == ended
    assert await book(lambda it: it.running(exercise.occurrence)) is None
    assert await book(lambda it: it.running(OccurrenceId(new_id()))) is None


async def test_lines_are_their_authors_and_become_items(book, exercise, alice, ben):
    mine, other, chip = a_line(exercise, alice), a_line(exercise, ben, "Money"), a_line(exercise, ben, "", chip="walk")
    for line in (mine, other, chip):
        await book(lambda it, line=line: it.add_line(line))
    assert await book(lambda it: it.lines_of(exercise.id, alice)) == [mine]
    assert await book(lambda it: it.lines(exercise.id)) == sorted((mine, other, chip), key=lambda line: line.id)
    assert await book(lambda it: it.counts(exercise.id)) == Counts(2, 2, 3)
    item = Item(new_id(), exercise.id, 1)
    await book(lambda it: it.keep_item(item))
    await book(lambda it: it.merge(mine.id, item.id))
    assert await book(lambda it: it.counts(exercise.id)) == Counts(2, 1, 3)
    assert await book(lambda it: it.lines_of(exercise.id, alice)) == [replace(mine, item=item.id)]
    await book(lambda it: it.withdraw(mine.id))
    assert await book(lambda it: it.lines_of(exercise.id, alice)) == []
    changed = replace(item, hidden=True, votes=3, place=1)
    await book(lambda it: it.keep_item(changed))
    assert await book(lambda it: it.item(item.id)) == changed
    assert await book(lambda it: it.items(exercise.id)) == [changed]


async def test_an_agreement_is_a_lines_own(book, exercise, alice):
    mine, other = a_line(exercise, alice), a_line(exercise, alice, "Money", agreed=True)
    for line in (mine, other):
        await book(lambda it, line=line: it.add_line(line))
    await book(lambda it: it.agree(mine.id, agreed=True))
    await book(lambda it: it.agree(other.id, agreed=False))
    agreed = {line.id: line.agreed for line in await book(lambda it: it.lines_of(exercise.id, alice))}
    assert agreed == {mine.id: True, other.id: False}


async def test_parts_are_each_persons_own_sealed_and_go_with_them(store, book, exercise, alice, ben):
    body = PartBody(CANARY, CANARY, CANARY, (new_id(),))
    first = Part(new_id(), exercise.id, alice, 2, Role.PLAYS, NOW, True, body)
    second = Part(new_id(), exercise.id, ben, 1, Role.WATCHES, NOW)
    for part in (first, second):
        await book(lambda it, part=part: it.keep_part(part))
    assert await book(lambda it: it.parts(exercise.id)) == [second, first]
    changed = replace(second, role=Role.OFFERS, given=True)
    await book(lambda it: it.keep_part(changed))
    assert await book(lambda it: it.part(second.id)) == changed
    rows = await store.transact(lambda unit: unit.rows(select(exercise_parts.c.body)))
    assert not any(b"Canary" in row["body"] for row in rows)
    await store.transact(lambda unit: PersonalRows(unit).erase(alice, NOW))
    assert await book(lambda it: it.parts(exercise.id)) == [changed]
    await book(lambda it: it.drop_part(second.id))
    assert await book(lambda it: it.part(second.id)) is None


async def test_votes_are_each_once_and_forgotten_together(book, exercise, alice, ben):
    item = Item(new_id(), exercise.id, 1)
    await book(lambda it: it.keep_item(item))
    for person in (alice, alice, ben):
        await book(lambda it, person=person: it.vote(exercise.id, Vote(person, item.id), NOW))
    assert await book(lambda it: it.voters(exercise.id)) == 2
    assert await book(lambda it: it.votes_of(exercise.id, alice)) == [item.id]
    await book(lambda it: it.take_vote(Vote(alice, item.id)))
    assert await book(lambda it: it.votes(exercise.id)) == [Vote(ben, item.id)]
    await book(lambda it: it.forget_votes(exercise.id))
    assert await book(lambda it: it.voters(exercise.id)) == 0


async def test_words_are_sealed_on_disk(store, book, exercise, alice):
    await book(lambda it: it.add_line(a_line(exercise, alice)))

    async def raw(unit):
        return await unit.rows(select(exercise_lines.c.body)) + await unit.rows(select(exercises.c.topic))

    assert all(b"Canary" not in value for row in await store.transact(raw) for value in row.values())


async def test_erasing_the_author_erases_the_line_and_keeps_the_others(store, book, exercise, alice, ben):
    item = Item(new_id(), exercise.id, 1)
    await book(lambda it: it.keep_item(item))
    await book(lambda it: it.add_line(a_line(exercise, alice, item=item.id)))
    await book(lambda it: it.vote(exercise.id, Vote(alice, item.id), NOW))
    kept = a_line(exercise, ben)
    await book(lambda it: it.add_line(kept))
    held = await store.transact(lambda unit: PersonalRows(unit).held(alice, NOW))
    assert {"exercise_lines", "exercise_votes"} <= {one.kind for one in held}
    await store.transact(lambda unit: PersonalRows(unit).erase(alice, NOW))
    assert await book(lambda it: it.lines(exercise.id)) == [kept]
    assert await book(lambda it: it.voters(exercise.id)) == 0


async def test_all_of_an_evening_is_forgotten_and_the_last_resort_is_three_days(store, book, exercise, alice, clock):
    async def rows(unit):
        tables = (exercises, exercise_items, exercise_lines, exercise_votes, exercise_parts)
        return [(await unit.row(select(func.count().label("n")).select_from(table)))["n"] for table in tables]

    async def fill():
        item = Item(new_id(), exercise.id, 1)
        await book(lambda it: it.keep(exercise))
        await book(lambda it: it.keep_item(item))
        await book(lambda it: it.add_line(a_line(exercise, alice, item=item.id)))
        await book(lambda it: it.vote(exercise.id, Vote(alice, item.id), NOW))
        await book(lambda it: it.keep_part(Part(new_id(), exercise.id, alice, 1, Role.ASKS, NOW)))

    await fill()
    await book(lambda it: it.forget(exercise.occurrence))
    assert await store.transact(rows) == [0, 0, 0, 0, 0]
    await fill()
    await prune(store, NOW.replace(day=5))
    assert await store.transact(rows) == [0, 0, 0, 0, 0]


async def test_a_kept_door_lets_in_who_said_that_they_are_here_before_it(store, book, evening, alice):
    async def out(admission):
        return await book(lambda it: it.kept_out(evening, admission, alice, NOW))

    assert not await out(Admission.OPEN)
    assert await out(Admission.FACILITATOR)
    await store.transact(lambda unit: Meetings(unit).join(evening, alice, NOW))
    assert await out(Admission.FACILITATOR)  # here, and not let in
    assert not await out(Admission.OPEN)
