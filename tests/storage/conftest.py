"""Fixtures for everything stored. `store` is the same on both databases; `sqlite_store` is for what only the file has."""

import asyncpg
import pytest

from bot.core.ids import new_id
from tests.storage.server import database_url, postgres
from tests.stores import storage_for_tests


@pytest.fixture(scope="session")
def postgres_server():
    with postgres() as server:
        yield server


@pytest.fixture
async def postgres_url(postgres_server):
    """A new, empty database."""
    name = f"t{new_id()}"
    connection = await asyncpg.connect(database_url(postgres_server, "postgres"))
    try:
        await connection.execute(f"CREATE DATABASE {name}")
    finally:
        await connection.close()
    return database_url(postgres_server, name)


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
