"""The schema's revisions, on both databases."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from storage.migrate import _connection, config, migrate, revision_state
from storage.revision import ForeignDatabase, is_newest, newest
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


async def test_what_stands_at_the_last_revision_is_told_without_alembic(tmp_path):
    file = tmp_path / "openchair.db"
    assert not is_newest(file)
    await migrate(f"sqlite:///{file}")
    assert is_newest(file)
    assert newest() == ScriptDirectory.from_config(config(None)).get_current_head()


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
