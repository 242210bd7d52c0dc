"""The store alone, in a folder."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from bot.core.clock import SystemClock
from storage.database import CommunityDefaults, Store, open_store
from storage.keys import KeyRing, make_master_key, read_master_key


@asynccontextmanager
async def opened(folder: Path, on_outbox: Callable[[], None] | None = None) -> AsyncIterator[Store]:
    key = folder / "master.key"
    if not key.exists():
        make_master_key(key)
    ring, home = KeyRing(read_master_key(key), folder / "keys.db"), CommunityDefaults("Europe/Berlin", "en", "DE")
    url = f"sqlite+aiosqlite:///{folder / 'openchair.db'}"
    async with open_store(url, ring, SystemClock(), home, on_outbox=on_outbox) as store:
        yield store
