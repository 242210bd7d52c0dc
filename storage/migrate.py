"""The schema's revisions: bringing a database up to date, and saying where it stands."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from bot.core.errors import StorageUnavailable
from storage.addresses import engine_url
from storage.revision import ForeignDatabase
from storage.tables import metadata


@dataclass(frozen=True, slots=True)
class Revisions:
    """Where a database stands; None for no revision at all."""

    current: str | None
    head: str | None

    @property
    def is_current(self) -> bool:
        return self.current == self.head


async def migrate(url: str) -> None:
    """Bring the database up to date, in one transaction. Raises ForeignDatabase."""
    async with _connection(url) as connection:
        try:
            await connection.run_sync(lambda sync: command.upgrade(config(sync), "head"))
        except CommandError as error:
            if "locate revision" not in str(error):
                raise
            raise ForeignDatabase(
                "The database was made by a newer Openchair. Run that version, or restore an older backup."
            ) from None


async def revision_state(url: str) -> Revisions:
    """Return where the database stands. Raises StorageUnavailable when it cannot be asked."""
    try:
        async with _connection(url) as connection:
            current = await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    except (DBAPIError, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        raise StorageUnavailable(why=type(cause).__name__) from error
    return Revisions(current, ScriptDirectory.from_config(config(None)).get_current_head())


async def create_tables(url: str) -> None:
    """Make all tables as the code has them, without revisions: for tests."""
    async with _connection(url) as connection:
        await connection.run_sync(metadata.create_all)


async def write_revision(url: str, message: str) -> None:
    """Write a revision file for what the tables in the code have beyond the database at `url`, brought up to date first."""
    await migrate(url)
    number = 1 + len(list(ScriptDirectory.from_config(config(None)).walk_revisions()))
    async with _connection(url) as connection:
        await connection.run_sync(lambda sync: command.revision(config(sync), message, autogenerate=True, rev_id=f"{number:04}"))


def config(connection: Connection | None) -> Config:
    """Return Alembic's settings; there is no ini file. `env.py` finds the connection under "connection"."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).with_name("migrations")))
    made.set_main_option("path_separator", "os")
    made.attributes["connection"] = connection
    return made


@asynccontextmanager
async def _connection(url: str) -> AsyncIterator[AsyncConnection]:
    """Open a transaction that holds tables' definitions too: sqlite3 would commit before each of them, so it is told not to."""
    engine = create_async_engine(engine_url(url), hide_parameters=True)
    if engine.dialect.name == "sqlite":

        def leave_transactions_to_us(connection: Any, _record: object) -> None:  # Any: the driver's own
            connection.isolation_level = None

        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

        event.listen(engine.sync_engine, "connect", leave_transactions_to_us)
        event.listen(engine.sync_engine, "begin", begin)
    try:
        async with engine.begin() as connection:
            yield connection
    finally:
        await engine.dispose()
