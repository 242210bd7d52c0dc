"""Fixtures for everything stored. `store` is the same on both databases; `sqlite_store` is for what only the file has."""

from datetime import timedelta

import asyncpg  # type: ignore[import-untyped]  # it ships no types
import pytest

from tests.storage.linked_lives import PHONE, TABLET, an_evening
from tests.storage.people import meet
from tests.storage.server import postgres
from tests.stores import storage_for_tests

MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="session")
def postgres_server():
    with postgres() as server:
        yield server


@pytest.fixture
async def postgres_url(postgres_server):
    """A database with nothing in it."""
    connection = await asyncpg.connect(postgres_server)
    try:
        await connection.execute("DROP SCHEMA public CASCADE")
        await connection.execute("CREATE SCHEMA public")
    finally:
        await connection.close()
    return postgres_server


@pytest.fixture
async def sqlite_store(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as opened:
        yield opened


@pytest.fixture
async def postgres_store(tmp_path, clock, postgres_url):
    async with storage_for_tests(tmp_path, clock, postgres_url) as opened:
        yield opened


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request):
    return request.getfixturevalue("sqlite_store" if request.param == "sqlite" else "postgres_store")


# Of two persons who are one -------------------------------------------------------------------------------------------


@pytest.fixture
async def evening(store):
    return await an_evening(store)


@pytest.fixture
async def tablet(store, clock):
    return await meet(store, clock, TABLET)


@pytest.fixture
async def phone(store, clock):
    clock.move(seconds=1)
    return await meet(store, clock, PHONE)


@pytest.fixture
def ask(store):
    async def of(book, question):
        return await store.transact(lambda unit: question(book(unit)))

    return of


@pytest.fixture
def claim(store, clock):
    async def of(platform):
        return await store.outbox_queue.claim("me", platform, clock.now(), clock.now() + MINUTE, 50)

    return of
