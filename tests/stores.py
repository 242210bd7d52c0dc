"""A real store for tests: an SQLite file in a temporary folder, with every table."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.core.clock import Clock
from storage.database import CommunityDefaults, Store, open_store
from storage.keys import KeyRing, make_master_key, read_master_key
from storage.migrate import create_tables

DEFAULTS = CommunityDefaults(zone="Europe/Berlin", language="en", country="DE")


def keys_for_tests(folder: Path) -> KeyRing:
    """A ring under the folder's master key, made if there was none. The key is beside the data folder, not in it."""
    if not (folder / "master.key").exists():
        make_master_key(folder / "master.key")
    return KeyRing(read_master_key(folder / "master.key"), folder / "data" / "keys.db")


@asynccontextmanager
async def storage_for_tests(
    tmp_path: Path,
    clock: Clock,
    url: str = "",
    *,
    on_due: Callable[[datetime], None] | None = None,
    on_outbox: Callable[[], None] | None = None,
) -> AsyncIterator[Store]:
    """Open a store with all tables; opened again in the same folder it has what was written before."""
    (tmp_path / "data").mkdir(exist_ok=True)
    url = url or f"sqlite:///{tmp_path / 'data' / 'openchair.db'}"
    await create_tables(url)
    async with open_store(
        url, keys_for_tests(tmp_path), clock, DEFAULTS, on_due=on_due, on_outbox=on_outbox, migrate=False, busy_seconds=0.2
    ) as store:
        yield store
