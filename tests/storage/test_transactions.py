"""What a transaction promises, on either database."""

import asyncio
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError as ServerRefused

from bot.core.errors import BotError, StorageUnavailable
from bot.core.moments import Due
from storage.sqlite import TOGETHER
from storage.tables.due import due
from tests.storage.people import ALICE, meet, post, to_person
from tests.stores import storage_for_tests


class Changed(BotError):
    """A handler changed its mind."""


def adds(clock, key, then=None):
    async def work(unit):
        await unit.due.add(Due(key, "timer.flow", clock.now(), "s"))
        if then is not None:
            raise then
        return key

    return work


async def keys(store):
    rows = await store.transact(lambda unit: unit.rows(select(due.c.key).order_by(due.c.key)))
    return [row["key"] for row in rows]


async def test_what_raises_is_undone_and_raised(store, clock):
    with pytest.raises(Changed):
        await store.transact(adds(clock, "a", Changed()))
    assert await keys(store) == []


async def test_calls_of_one_moment_do_not_share_each_others_fate(store, clock):
    works = [adds(clock, f"k{n:02}", Changed() if n % 3 == 0 else None) for n in range(30)]
    results = await asyncio.gather(*(store.transact(work) for work in works), return_exceptions=True)
    for n, result in enumerate(results):
        assert isinstance(result, Changed) if n % 3 == 0 else result == f"k{n:02}"
    assert await keys(store) == [f"k{n:02}" for n in range(30) if n % 3]


async def test_a_statement_that_fails_undoes_its_own_call_only(store, clock):
    async def wrong(unit):
        await unit.due.add(Due("wrong", "timer.flow", clock.now(), "s"))
        await unit.run(unit.insert(due), {"key": "wrong"})

    results = await asyncio.gather(
        store.transact(adds(clock, "a")), store.transact(wrong), store.transact(adds(clock, "b")), return_exceptions=True
    )
    assert isinstance(results[1], Exception)
    assert not isinstance(results[1], StorageUnavailable)
    assert await keys(store) == ["a", "b"]


async def test_a_person_made_by_a_call_is_known_to_the_next_of_the_same_moment(store, clock):
    async def make_and_write(unit):
        person = await unit.people.make(ALICE, clock.now(), None)
        await unit.outbox.add(post(f"k{person.id}", to_person(person)))
        return person

    made = await asyncio.gather(*(store.transact(make_and_write) for _ in range(8)))
    assert len({person.id for person in made}) == 1


async def test_an_undone_person_leaves_no_key(store, clock):
    async def work(unit):
        await unit.people.make(ALICE, clock.now(), None)
        raise Changed

    with pytest.raises(Changed):
        await store.transact(work)
    person = await meet(store, clock)
    assert await store.transact(lambda unit: unit.people.accounts(person.id)) == [ALICE]


async def test_sleepers_are_woken_after_the_commit_only(tmp_path, clock, postgres_url):
    for url in ("", postgres_url):
        woken: list[object] = []
        folder = tmp_path / ("server" if url else "file")
        folder.mkdir()
        async with storage_for_tests(folder, clock, url, on_due=woken.append, on_outbox=partial(woken.append, "outbox")) as store:
            with pytest.raises(Changed):
                await store.transact(adds(clock, "a", Changed()))
            assert woken == []
            later, earlier = clock.now() + timedelta(hours=2), clock.now() + timedelta(hours=1)

            async def work(unit, woken=woken, later=later, earlier=earlier):
                await unit.due.add(Due("a", "timer.flow", later, "s"))
                await unit.due.add(Due("b", "timer.flow", earlier, "s"))
                person = await unit.people.make(ALICE, clock.now(), None)
                await unit.outbox.add(post("k", to_person(person)))
                assert woken == []

            await store.transact(work)
            assert woken[:2] == [earlier, "outbox"]


async def test_one_run_for_many_rows(store, clock):
    row = {"kind": "timer.flow", "at": clock.now(), "subject": "s", "person": None, "tries": 0}
    many = [{"key": f"k{n}", **row} for n in range(5)]
    await store.transact(lambda unit: unit.run_many(unit.insert(due), many))
    await store.transact(lambda unit: unit.run_many(unit.insert(due), []))
    counted = await store.transact(lambda unit: unit.row(select(func.count().label("rows")).select_from(due)))
    assert counted["rows"] == 5


async def test_a_row_is_read_by_column_and_by_name_with_its_moments_aware(store, clock):
    await store.transact(adds(clock, "a"))
    row = await store.transact(lambda unit: unit.row(select(due)))
    assert row["at"] == row[due.c.at] == clock.now()
    assert row["at"].utcoffset() == timedelta(0)
    assert await store.transact(lambda unit: unit.row(select(due).where(due.c.key == "none"))) is None


async def test_a_moment_without_a_zone_is_refused(store, clock):
    naive = clock.now().replace(tzinfo=None)
    with pytest.raises(Exception, match="without a zone"):
        await store.transact(lambda unit: unit.due.add(Due("a", "timer.flow", naive, "s")))


async def test_more_calls_than_one_commit_takes_are_all_done(sqlite_store, clock):
    done = await asyncio.gather(*(sqlite_store.transact(adds(clock, f"k{n:03}")) for n in range(3 * TOGETHER + 1)))
    assert await keys(sqlite_store) == sorted(done)


async def test_a_transaction_inside_a_transaction_is_a_mistake_not_a_standstill(sqlite_store, clock):
    async def inner(unit):
        await sqlite_store.transact(adds(clock, "a"))

    with pytest.raises(RuntimeError, match="inside"):
        await sqlite_store.transact(inner)


async def test_a_handler_that_waits_for_anything_else_is_stopped_and_undone(sqlite_store, clock):
    sqlite_store.work_seconds = 0.05

    async def waits(unit):
        await unit.due.add(Due("waits", "timer.flow", clock.now(), "s"))
        await asyncio.Event().wait()

    results = await asyncio.gather(sqlite_store.transact(waits), sqlite_store.transact(adds(clock, "a")), return_exceptions=True)
    assert (type(results[0]), results[1]) == (TimeoutError, "a")
    assert await keys(sqlite_store) == ["a"]


async def test_a_sleeper_that_fails_to_wake_stops_nobody(tmp_path, clock):
    def broken(at):
        raise LookupError

    async with storage_for_tests(tmp_path, clock, on_due=broken) as store:
        assert await store.transact(adds(clock, "a")) == "a"
        assert await store.transact(adds(clock, "b")) == "b"


async def test_a_caller_who_went_away_stops_nobody(sqlite_store, clock):
    gone = asyncio.create_task(sqlite_store.transact(adds(clock, "gone")))
    await asyncio.sleep(0)
    gone.cancel()
    assert await sqlite_store.transact(adds(clock, "here")) == "here"


async def test_two_who_read_and_then_write_the_same_do_so_one_after_the_other(postgres_store, clock):
    """Each counts the rows and adds one named by the count: in any order one after the other, the names differ."""

    async def work(unit):
        counted = await unit.row(select(func.count().label("rows")).select_from(due))
        name = f"k{counted['rows']}"
        row = {"key": name, "kind": "timer.flow", "at": clock.now(), "subject": "s", "person": None, "tries": 0}
        await unit.run(unit.insert(due), row)
        return name

    names = await asyncio.gather(*(postgres_store.transact(work) for _ in range(4)))
    assert sorted(names) == ["k0", "k1", "k2", "k3"]


async def test_a_mistake_of_ours_is_not_tried_for_ever(postgres_store, clock):
    async def wrong(unit):
        await unit.run(unit.insert(due), {"key": "wrong"})

    with pytest.raises(ServerRefused):
        await postgres_store.transact(wrong)
