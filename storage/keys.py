"""The master key, and the keys of persons and communities, which stand wrapped in a file of their own.

Whoever has the database without this file, or this file without the master key, reads nothing. A key is on disk before the
first value under it is; a deleted key takes all its values with it.
"""

import asyncio
import os
import secrets
import sqlite3
import stat
from collections import OrderedDict
from collections.abc import Collection, Mapping
from pathlib import Path

import aiosqlite
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.sealing import KEY_BYTES, Unopenable, derive, mark, open_bytes, place, seal_bytes

_CACHED = 20_000  # unwrapped keys held in memory
_TABLES = (
    "CREATE TABLE IF NOT EXISTS keys (owner TEXT NOT NULL, generation INTEGER NOT NULL, wrapped BLOB NOT NULL, "
    "PRIMARY KEY (owner, generation)) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS checks (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
)


class BadMasterKey(Exception):
    """The master key file is missing, open to others, or not 32 bytes. The message says what to do."""


class WrongKey(Exception):
    """The data is under another master key, or belongs to another file of wrapped keys. Nothing was changed."""


class NoKey(Exception):
    """The owner has no key: never made, or erased."""


def make_master_key(path: Path) -> None:
    """Make a new master key, readable by its owner alone. Raises FileExistsError: a key is never written over."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(handle, secrets.token_bytes(KEY_BYTES))
        os.fsync(handle)
    finally:
        os.close(handle)


def read_master_key(path: Path) -> bytes:
    """Return the 32 bytes. Raises BadMasterKey."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise BadMasterKey(f"The master key {path} cannot be read ({error.strerror}). Make one with `openchair init`.") from None
    with os.fdopen(handle, "rb") as file:
        mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
        if mode & 0o077:
            raise BadMasterKey(f"The master key {path} can be read by others (mode {mode:04o}). Run: chmod 600 {path}")
        key = file.read(KEY_BYTES + 1)
    if len(key) != KEY_BYTES:
        raise BadMasterKey(f"The master key {path} is not {KEY_BYTES} bytes long. Put back the right file from your second copy.")
    return key


class KeyRing:
    """The derived keys, and the owners' keys. `path` is the file of wrapped keys (`keys.db`)."""

    def __init__(self, master: bytes, path: Path) -> None:
        self._wrap = AESGCM(derive(master, "wrap"))
        self._canary = AESGCM(derive(master, "canary"))
        self._index, self._token, self._log_id = (derive(master, label) for label in ("index", "token", "log-id"))
        self._path = path
        self._file: aiosqlite.Connection | None = None
        self._cache: OrderedDict[tuple[str, int], AESGCM] = OrderedDict()
        self._newest: dict[str, int] = {}
        self._writing = asyncio.Lock()

    def account_mark(self, platform: str, user: str) -> str:
        return mark(self._index, "account", platform, user)

    def index_mark(self, what: str, key: str) -> str:
        """Return by what a row of the kind `what` is found without its key standing on disk."""
        return mark(self._index, what, key)

    def token_mark(self, token: str) -> str:
        return mark(self._token, token)

    def short_hash(self, id_: str) -> str:
        """Return 10 hex digits that stand for an id in logs."""
        return mark(self._log_id, id_)[:10]

    # The pair: the database and this file know each other by a random name, sealed under the canary key.

    async def open(self, pair: bytes | None) -> bytes:
        """Open the file and return the sealed name that the database is to keep. `pair`: what it keeps; None for a new one.

        Raises WrongKey before anything is written.
        """
        mine = self._read_pair()
        if pair is not None and mine is None:
            raise WrongKey(
                f"The file of wrapped keys {self._path} is missing or empty, and the database was made with one. Put it back."
            )
        names = {self._open_pair(sealed) for sealed in (pair, mine) if sealed is not None}
        if len(names) > 1:
            raise WrongKey(f"The file of wrapped keys {self._path} belongs to another database. Put back the right one.")
        name = names.pop() if names else secrets.token_bytes(16)
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = await aiosqlite.connect(self._path, isolation_level=None, timeout=5)
        try:
            self._path.chmod(0o600)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY"):
                await self._file.execute_fetchall(f"PRAGMA {pragma}")
            for table in _TABLES:
                await self._file.execute(table)
            if mine is None:
                await self._file.execute("INSERT INTO checks VALUES ('pair', ?)", (self._seal_pair(name),))
        except BaseException:
            await self.close()
            raise
        return pair or self._seal_pair(name)

    async def close(self) -> None:
        if self._file is not None:
            await self._file.close()
            self._file = None

    def _read_pair(self) -> bytes | None:
        if not self._path.exists() or not self._path.stat().st_size:
            return None
        try:
            with sqlite3.connect(f"file:{self._path}?mode=rw", uri=True) as file:
                row = file.execute("SELECT value FROM checks WHERE name = 'pair'").fetchone()
        except sqlite3.Error as error:
            raise WrongKey(f"The file of wrapped keys {self._path} cannot be read ({error.sqlite_errorname}).") from None
        finally:
            file.close()
        return row[0] if row else None

    def _seal_pair(self, name: bytes) -> bytes:
        return seal_bytes(self._canary, 0, place("checks", "pair"), name)

    def _open_pair(self, sealed: bytes) -> bytes:
        try:
            return open_bytes(self._canary, place("checks", "pair"), sealed)
        except Unopenable:
            raise WrongKey(
                "The master key is not the one this data was made with. Put back the right key file; nothing was changed."
            ) from None

    # Owners' keys

    @property
    def _open_file(self) -> aiosqlite.Connection:
        if self._file is None:
            raise RuntimeError("the key ring is not open")
        return self._file

    async def newest(self, owner: str) -> tuple[int, AESGCM]:
        """Return the key that new values of the owner are sealed under. Raises NoKey."""
        if (generation := self._newest.get(owner)) is None:
            found = list(await self._open_file.execute_fetchall("SELECT max(generation) FROM keys WHERE owner = ?", (owner,)))
            if found[0][0] is None:
                raise NoKey(self.short_hash(owner))
            generation = int(found[0][0])
        return generation, await self.get(owner, generation)

    async def get(self, owner: str, generation: int) -> AESGCM:
        """Return the owner's key of a generation. Raises NoKey."""
        if (key := self._cache.get((owner, generation))) is not None:
            self._cache.move_to_end((owner, generation))
            return key
        rows = await self._open_file.execute_fetchall(
            "SELECT wrapped FROM keys WHERE owner = ? AND generation = ?", (owner, generation)
        )
        for row in rows:
            return self._remember(owner, generation, self._unwrap(owner, generation, row[0]))
        raise NoKey(self.short_hash(owner))

    def _unwrap(self, owner: str, generation: int, wrapped: bytes) -> bytes:
        return open_bytes(self._wrap, place("keys", "wrapped", owner, str(generation)), wrapped)

    def _remember(self, owner: str, generation: int, key: bytes) -> AESGCM:
        made = self._cache[owner, generation] = AESGCM(key)
        self._newest[owner] = max(generation, self._newest.get(owner, 0))
        while len(self._cache) > _CACHED:
            (old, _), _ = self._cache.popitem(last=False)
            self._newest.pop(old, None)
        return made

    async def keep(self, made: Mapping[str, bytes]) -> None:
        """Write new owners' first keys to disk, together."""
        wrapped = [(owner, 1, seal_bytes(self._wrap, 0, place("keys", "wrapped", owner, "1"), key)) for owner, key in made.items()]
        file = self._open_file
        async with self._writing:
            await file.execute("BEGIN IMMEDIATE")
            try:
                await file.executemany("INSERT INTO keys VALUES (?, ?, ?)", wrapped)
                await file.execute("COMMIT")
            except BaseException:
                if file.in_transaction:
                    await file.execute("ROLLBACK")
                raise
        for owner, key in made.items():
            self._remember(owner, 1, key)

    async def delete(self, owners: Collection[str]) -> None:
        """Delete all keys of owners so that no trace of them stays in the file: what is sealed under them is gone everywhere."""
        for cached in [cached for cached in self._cache if cached[0] in owners]:
            del self._cache[cached]
            self._newest.pop(cached[0], None)
        async with self._writing:
            await self._open_file.executemany("DELETE FROM keys WHERE owner = ?", [(owner,) for owner in owners])
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                await self._open_file.execute_fetchall(statement)
