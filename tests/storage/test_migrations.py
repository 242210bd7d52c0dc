"""The schema's revisions, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from storage.migrate import ForeignDatabase, _connection, migrate, revision_state
from storage.tables import metadata


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    return f"sqlite:///{tmp_path / 'openchair.db'}" if request.param == "sqlite" else request.getfixturevalue("postgres_url")


async def test_the_revisions_make_the_tables_that_the_code_has(url):
    assert not (await revision_state(url)).is_current
    await migrate(url)
    assert (await revision_state(url)).is_current
    async with _connection(url) as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts={"compare_type": False}), metadata)
        )
    assert differences == []


async def test_migrating_twice_changes_nothing(url):
    await migrate(url)
    before = await revision_state(url)
    await migrate(url)
    assert await revision_state(url) == before


async def test_a_database_of_a_newer_version_is_refused(url):
    await migrate(url)
    async with _connection(url) as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ForeignDatabase, match="newer Openchair"):
        await migrate(url)
