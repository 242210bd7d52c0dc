"""A mapping in a flow's file: its keys taken out as what they should be, each complaint with the key's line."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from content.yaml_file import BadContent, Read, Value

NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
SAVED = re.compile(r"[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,39})*")  # a name under `save`; that of a flow within: `surf.after`
OPTION = re.compile(r"[a-z0-9][a-z0-9_]{0,13}")


@dataclass(frozen=True, slots=True)
class Part:
    """The mapping at `path`. Everything that it cannot give as asked raises BadContent."""

    read: Read
    path: tuple[str, ...]
    body: Mapping[str, Value]

    def wrong(self, said: str, *key: str) -> BadContent:
        return BadContent(self.read.file, self.read.line(*self.path, *key), said)

    def only(self, known: Iterable[str]) -> None:
        """Refuse every other key."""
        for key in self.body:
            if key not in known:
                raise self.wrong(f"{key} is not known here (known: {', '.join(sorted(known))})", key)

    def text(self, key: str, default: str | None = "") -> str:
        """Return a text; `default` None: it must be there."""
        value = self.body.get(key, default)
        if isinstance(value, str):
            return value
        raise self.wrong(f"{key}: a text is wanted", key)

    def number(self, key: str, default: int = 0) -> int:
        """Return a whole number from 0 up."""
        value = self.body.get(key, default)
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise self.wrong(f"{key}: a whole number is wanted", key)

    def flag(self, key: str, *, default: bool = False) -> bool:
        value = self.body.get(key, default)
        if isinstance(value, bool):
            return value
        raise self.wrong(f"{key}: true or false", key)

    def names(self, key: str, *, pattern: re.Pattern[str] = NAME) -> tuple[str, ...]:
        """Return one name, or a list of them, each once; () when the key is not there."""
        if key not in self.body:
            return ()
        value = self.body[key]
        found = [value] if isinstance(value, str) else value
        if not isinstance(found, list) or not found or not all(isinstance(n, str) and pattern.fullmatch(n) for n in found):
            raise self.wrong(f"{key}: a name, or a list of names ({pattern.pattern}; quote yes, no and numbers)", key)
        if len(set(map(str, found))) != len(found):
            raise self.wrong(f"{key}: a name stands twice", key)
        return tuple(str(name) for name in found)

    def one_of(self, key: str, known: Iterable[str]) -> str:
        """Return one of these words, or "" when the key is not there."""
        if ((value := self.text(key)) and value not in known) or (key in self.body and not value):
            raise self.wrong(f"{key}: one of {', '.join(known)}", key)
        return value

    def part(self, key: str) -> "Part":
        """Return the mapping under a key; an empty one when it is not there."""
        value = self.body.get(key, {})
        if isinstance(value, dict):
            return Part(self.read, (*self.path, key), value)
        raise self.wrong(f"{key}: names with what belongs to them are wanted", key)

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """Return the texts under a key's names."""
        part = self.part(key)
        return tuple((name, part.text(name)) for name in part.body)

    def pair(self, key: str) -> tuple[str, str]:
        """Return the one name under a key, and its text; ("", "") when the key is not there."""
        match self.pairs(key):
            case ():
                if key not in self.body:
                    return "", ""
            case ((str(name), str(value)),):
                return name, value
        raise self.wrong(f"{key}: one name and one text (quote yes, no and numbers)", key)
