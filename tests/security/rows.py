"""What stands on the disk: every row of every table, and every byte of every file."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

Rows = dict[str, list[tuple[object, ...]]]


def dump(folder: Path, *, without: Iterable[str] = ()) -> Rows:
    """Return every row of the database in a data folder by table, as another process reads them."""
    with closing(sqlite3.connect(f"file:{folder / 'openchair.db'}?mode=ro", uri=True)) as file:
        names = [name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        wanted = [name for name in names if name not in without and not name.startswith("sqlite_")]
        return {name: sorted(file.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr) for name in wanted}


def changed(before: Rows, after: Rows) -> set[str]:
    """Return the tables that are not as they were."""
    return {name for name in before | after if before.get(name) != after.get(name)}


def tables_with(rows: Rows, value: str) -> list[str]:
    """Return the tables that have a value in any column, alone or inside of another one."""
    return [name for name, found in rows.items() if any(value in str(cell) for row in found for cell in row)]


def forms_of(word: str) -> Iterator[bytes]:
    """Yield a word as files may hold it."""
    for written in {word, word.lower(), word.upper()}:
        yield written.encode()
        yield written.encode("utf-16-le")


def files_with(folder: Path, *words: str) -> list[str]:
    """Return the files, and the file names, that hold one of the words."""
    found = []
    for path in sorted(folder.rglob("*")):
        held = path.read_bytes() if path.is_file() else b""
        if any(form in held or form in str(path.name).encode() for word in words for form in forms_of(word)):
            found.append(str(path.relative_to(folder)))
    return found


def keys_of(folder: Path) -> set[str]:
    """Return who has a key."""
    with closing(sqlite3.connect(f"file:{folder / 'keys.db'}?mode=ro", uri=True)) as file:
        return {owner for (owner,) in file.execute("SELECT owner FROM keys")}


def waiting(folder: Path) -> int:
    """Return how many messages wait to be sent, and how many answers to be marked as sent."""
    with closing(sqlite3.connect(f"file:{folder / 'openchair.db'}?mode=ro", uri=True)) as file:
        (posts,) = file.execute("SELECT count(*) FROM outbox WHERE state = 'waiting'").fetchone()
        (answers,) = file.execute("SELECT count(*) FROM receipts WHERE sent_at IS NULL").fetchone()
        return int(posts) + int(answers)
