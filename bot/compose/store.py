"""The store with its keys, and what only the host can mend about either, in one sentence."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from bot.config import Config
from bot.config.keys import decoded_key
from bot.core.clock import Clock
from bot.core.errors import StorageUnavailable
from storage.addresses import BadUrl
from storage.database import AlreadyRunning, CommunityDefaults, Store, WrongKey, open_store
from storage.keys import BadMasterKey, KeyRing, read_master_key
from storage.revision import ForeignDatabase


class CannotStart(Exception):
    """What only the host can mend. The message is one sentence for the terminal, with what to do."""


class IsRunning(CannotStart):
    """Another process has this database."""


@asynccontextmanager
async def opened_store(
    config: Config,
    clock: Clock,
    *,
    on_due: Callable[[datetime], None] | None = None,
    on_outbox: Callable[[], None] | None = None,
    migrate: bool = True,
) -> AsyncIterator[Store]:
    """Open the configured database under the configured key. Raises CannotStart before anything is changed."""
    home = CommunityDefaults(config.community.zone, config.home_language, config.community.country)
    entered = False
    try:
        ring = KeyRing(_master_key(config), config.keys_path)
        opening = open_store(config.database_url, ring, clock, home, on_due=on_due, on_outbox=on_outbox, migrate=migrate)
        async with opening as store:
            entered = True
            yield store
    except AlreadyRunning as error:
        raise IsRunning(str(error)) from None
    except (WrongKey, BadMasterKey, BadUrl, ForeignDatabase) as error:
        raise CannotStart(str(error)) from None
    except (StorageUnavailable, OSError) as error:
        if entered:
            raise  # from the running bot, not from the opening
        raise CannotStart(f"The database cannot be opened: {error}") from error


def _master_key(config: Config) -> bytes:
    given = config.storage.master_key
    return decoded_key(given.get_secret_value()) if given else read_master_key(config.storage.master_key_file)
