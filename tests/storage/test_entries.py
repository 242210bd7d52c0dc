"""Tools that were kept, on both databases: the newest of a tool, in the place of another, those that stay, and old rows."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import update

from bot.core.calls import Account
from bot.core.ids import new_id
from handlers.flows.records import ToolEntry
from storage.entries import Entries
from storage.linking_join import join
from storage.privacy import PersonalRows, prune
from storage.tables.tools import entries


@pytest.fixture
async def person(store, clock):
    return await store.transact(lambda unit: unit.people.make(Account("web", "alice"), clock.now(), None))


async def add(store, clock, person, tool="cba", voice="", **answers) -> ToolEntry:
    clock.move(seconds=1)
    entry = ToolEntry(new_id(), person.id, clock.now(), tool, answers, voice, "v1")
    await store.transact(lambda unit: Entries(unit).add(entry))
    return entry


async def test_what_is_kept_comes_back_whole(store, clock, person):
    entry = await add(store, clock, person, gives=["calm"], why="sleep", before=7, each={"calm": "short"})
    assert await store.transact(lambda unit: Entries(unit).get(entry.id)) == entry
    assert await store.transact(lambda unit: Entries(unit).get("0" * 32)) is None


async def test_the_newest_is_of_that_tool_and_voice(store, clock, person):
    other = await store.transact(lambda unit: unit.people.make(Account("web", "ben"), clock.now(), None))
    first = await add(store, clock, person)
    second = await add(store, clock, person)
    relative = await add(store, clock, person, voice="family")
    await add(store, clock, person, tool="values")
    await add(store, clock, other)

    async def read(unit):
        book = Entries(unit)
        return (
            await book.newest(person.id, "cba", ""),
            await book.newest(person.id, "cba", "family"),
            await book.newest(person.id, "urge", ""),
            await book.all_of(person.id, "cba", ""),
            await book.all_of(person.id, "cba", "", 1),
        )

    assert await store.transact(read) == (second, relative, None, [first, second], [second])


async def test_only_the_newest_is_opened(store, clock, person, monkeypatch):
    for _ in range(5):
        newest = await add(store, clock, person)
    opened = []
    plain = Entries._opened

    async def noted(self, row):
        opened.append(row["id"])
        return await plain(self, row)

    monkeypatch.setattr(Entries, "_opened", noted)
    await store.transact(lambda unit: Entries(unit).newest(person.id, "cba", ""))
    assert opened == [newest.id]


async def test_rows_of_an_earlier_version_without_a_mark_are_found(store, clock, person):
    old = await add(store, clock, person, gives=["calm"])
    await add(store, clock, person, tool="values")
    await store.transact(lambda unit: unit.run(update(entries).values(mark=None)))
    assert await store.transact(lambda unit: Entries(unit).newest(person.id, "cba", "")) == old
    new = await add(store, clock, person)
    assert await store.transact(lambda unit: Entries(unit).all_of(person.id, "cba", "")) == [old, new]


async def test_one_is_put_in_the_place_of_another_only_by_its_person(store, clock, person):
    entry = await add(store, clock, person, gives=["calm"])
    changed = replace(entry, at=clock.now() + timedelta(days=1), answers={"gives": ["calm", "warmth"]}, stays=True)
    foreign = replace(changed, person=(await store.transact(lambda u: u.people.make(Account("web", "ben"), clock.now(), None))).id)
    assert not await store.transact(lambda unit: Entries(unit).replace(foreign))
    assert await store.transact(lambda unit: Entries(unit).get(entry.id)) == entry
    assert await store.transact(lambda unit: Entries(unit).replace(changed))
    assert await store.transact(lambda unit: Entries(unit).get(entry.id)) == changed
    assert not await store.transact(lambda unit: Entries(unit).drop(entry.id, foreign.person))
    assert await store.transact(lambda unit: Entries(unit).drop(entry.id, person.id))
    assert not await store.transact(lambda unit: Entries(unit).drop(entry.id, person.id))
    assert not await store.transact(lambda unit: Entries(unit).replace(changed))


async def test_those_that_stay_outlive_the_others_and_privacy_says_so(store, clock, person):
    entry = await add(store, clock, person)
    stays = replace(await add(store, clock, person), stays=True)
    await store.transact(lambda unit: Entries(unit).replace(stays))
    rows = await store.transact(lambda unit: PersonalRows(unit).held(person.id, clock.now()))
    kinds = {row.kind: (row.rows, row.oldest, row.goes_at) for row in rows if row.kind.startswith("entries")}
    assert kinds == {
        "entries": (1, entry.at, entry.at + timedelta(days=90)),
        "entries_stay": (1, stays.at, None),
    }
    clock.move(days=400)
    await prune(store, clock.now())
    assert await store.transact(lambda unit: Entries(unit).of_person(person.id, entry.at)) == [stays]


async def test_when_two_persons_become_one_the_newest_of_both_is_found(store, clock, person):
    other = await store.transact(lambda unit: unit.people.make(Account("telegram", "1"), clock.now(), None))
    await add(store, clock, person)
    theirs = await add(store, clock, other)
    await store.transact(lambda unit: join(unit, person.id, other.id, clock.now()))
    newest = await store.transact(lambda unit: Entries(unit).newest(person.id, "cba", ""))
    assert newest == replace(theirs, person=person.id)
