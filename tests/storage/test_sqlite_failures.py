"""A full disk, a locked database, a second copy: said plainly, nothing changed, and the next call works."""

import asyncio
import resource
import sqlite3
import stat
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select

from bot.core.errors import StorageUnavailable
from bot.core.moments import Due
from storage.addresses import BadUrl, engine_url
from storage.database import AlreadyRunning
from storage.tables.due import due
from tests.storage.people import ALICE, accounts_of, meet
from tests.stores import storage_for_tests


async def count(store):
    row = await store.transact(lambda unit: unit.row(select(func.count().label("rows")).select_from(due)))
    return row["rows"]


def adds(clock, name, rows=1):
    async def work(unit):
        for n in range(rows):
            await unit.due.add(Due(f"{name}_{n}", "timer.flow", clock.now(), "s" * 200))

    return work


@contextmanager
def full_disk(folder):
    """No file of this process may grow beyond what the store's own log has now."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, ((folder / "data" / "openchair.db-wal").stat().st_size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


async def test_a_commit_that_fails_changes_nothing_for_all_of_its_moment(sqlite_store, tmp_path, clock):
    await sqlite_store.transact(adds(clock, "before"))
    with full_disk(tmp_path):
        results = await asyncio.gather(
            *(sqlite_store.transact(adds(clock, f"full{n}", 20)) for n in range(5)), return_exceptions=True
        )
    assert [type(result) for result in results] == [StorageUnavailable] * 5
    assert await count(sqlite_store) == 1
    await sqlite_store.transact(adds(clock, "after"))
    assert await count(sqlite_store) == 2


async def test_a_person_met_on_a_full_disk_can_be_met_again(sqlite_store, tmp_path, clock):
    with full_disk(tmp_path), pytest.raises(StorageUnavailable):
        await meet(sqlite_store, clock)
    assert await accounts_of(sqlite_store, await meet(sqlite_store, clock)) == [ALICE]


async def test_a_database_that_may_not_grow_refuses_what_is_too_much_only(sqlite_store, clock):
    [[pages]] = sqlite_store.file.connection.execute("PRAGMA page_count").fetchall()
    sqlite_store.file.connection.execute(f"PRAGMA max_page_count = {pages + 1}").fetchall()

    async def swallows(unit):
        for n in range(1000):
            try:
                await unit.due.add(Due(f"s{n}", "timer.flow", clock.now(), "s" * 200))
            except StorageUnavailable:
                continue

    results = await asyncio.gather(
        sqlite_store.transact(adds(clock, "big", 1000)), sqlite_store.transact(swallows), return_exceptions=True
    )
    assert [type(result) for result in results] == [StorageUnavailable] * 2
    await sqlite_store.transact(adds(clock, "small"))
    assert await count(sqlite_store) == 1


async def test_a_locked_database_is_waited_for_only_so_long(sqlite_store, tmp_path, clock):
    other = sqlite3.connect(tmp_path / "data" / "openchair.db", isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        results = await asyncio.gather(*(sqlite_store.transact(adds(clock, f"k{n}")) for n in range(3)), return_exceptions=True)
        assert [type(result) for result in results] == [StorageUnavailable] * 3
        other.execute("ROLLBACK")
    finally:
        other.close()
    await sqlite_store.transact(adds(clock, "free"))
    assert await count(sqlite_store) == 1


async def test_a_second_copy_on_one_file_refuses_and_says_what_to_do(sqlite_store, tmp_path, clock):
    with pytest.raises(AlreadyRunning, match="Stop it first"):
        async with storage_for_tests(tmp_path, clock):
            pass
    await sqlite_store.transact(adds(clock, "still works"))


async def test_a_closed_store_takes_nothing_more_and_can_be_opened_again(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as store:
        await store.transact(adds(clock, "kept"))
    with pytest.raises(StorageUnavailable):
        await store.transact(adds(clock, "lost"))
    async with storage_for_tests(tmp_path, clock) as store:
        assert await count(store) == 1


async def test_what_was_asked_before_the_end_is_still_done(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as store:
        last = asyncio.create_task(store.transact(adds(clock, "last")))
        await asyncio.sleep(0)
    await last
    async with storage_for_tests(tmp_path, clock) as store:
        assert await count(store) == 1


async def test_the_files_are_their_owners_alone_and_written_through(sqlite_store, tmp_path, clock):
    await meet(sqlite_store, clock)
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "data").iterdir()}
    assert set(modes.values()) == {0o600}, modes
    for pragma, value in {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "temp_store": 2, "foreign_keys": 1}.items():
        assert sqlite_store.file.connection.execute(f"PRAGMA {pragma}").fetchall() == [(value,)]


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "mysql://localhost/x"])
def test_a_url_of_something_else_is_refused(url):
    with pytest.raises(BadUrl, match="sqlite:///<file>"):
        engine_url(url)
