"""`content/flags/<language>.yaml` -> the rules of each table, and the examples they are tried with."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from bot.core.flags import FLAGS, Rules, find_flags
from content.yaml_file import BadContent, Read, Value, read_yaml

FOLDER = Path(__file__).parent / "flags"
_PARTS = frozenset({"found", "wanted", "longest"})


@lru_cache(maxsize=4)
def load_flags(folder: Path = FOLDER) -> Mapping[str, Mapping[str, Rules]]:
    """Return the tables of every language: language -> table -> rules. Raises BadContent."""
    return {file.stem: _tables(read_yaml(file)) for file in sorted(folder.glob("*.yaml"))}


def found_in(table: str, language: str, words: str) -> tuple[str, ...]:
    """Return the flags of a sentence, by the shipped tables: a `bot.core.flags.Finds`."""
    rules = load_flags().get(language.partition("-")[0], {}).get(table)
    return find_flags(table, rules, words) if rules is not None else ()


def examples(file: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return a language's examples as (table, sentence, flags). Raises BadContent."""
    read = read_yaml(file)
    made: list[tuple[str, str, tuple[str, ...]]] = []
    rows = read.values.get("examples")
    for row in rows if isinstance(rows, list) else []:
        if not isinstance(row, dict) or not isinstance(row.get("say"), str):
            raise BadContent(file, read.line("examples"), "examples: each has say, and the flags of a table")
        made.extend((table, str(row["say"]), _texts(read, table, row[table])) for table in FLAGS if table in row)
    return made


def _tables(read: Read) -> dict[str, Rules]:
    made: dict[str, Rules] = {}
    for table, flags in FLAGS.items():
        raw = read.values.get(table)
        if not isinstance(raw, dict) or not raw.keys() <= _PARTS:
            raise BadContent(read.file, read.line(table), f"{table}: found, wanted, longest")
        parts = {part: _mapping(read, table, raw.get(part, {})) for part in _PARTS}
        said = {flag for part in parts.values() for flag in part}
        if said != set(flags):
            raise BadContent(read.file, read.line(table), f"{table}: its flags are {', '.join(flags)}")
        found, wanted = ({flag: _texts(read, table, raw) for flag, raw in parts[part].items()} for part in ("found", "wanted"))
        made[table] = Rules(found, wanted, {flag: int(str(most)) for flag, most in parts["longest"].items()})
    return made


def _mapping(read: Read, table: str, raw: Value) -> dict[str, Value]:
    if not isinstance(raw, dict):
        raise BadContent(read.file, read.line(table), f"{table}: pairs of a flag and its phrases")
    return raw


def _texts(read: Read, table: str, raw: Value) -> tuple[str, ...]:
    if not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        raise BadContent(read.file, read.line(table), f"{table}: a list of texts")
    return tuple(str(one) for one in raw)
