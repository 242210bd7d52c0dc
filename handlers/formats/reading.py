"""A format as a file: YAML that people can read and change. Pure, but for the reader of YAML that is handed in."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from bot.core.outlines import Outline, Segment
from handlers.formats import rules

LARGEST = 64 * 1024  # characters: twelve scripts and much more
_KEY = re.compile(r"[a-z][a-z0-9_]{0,23}")
_PART = frozenset({"key", "name", "minutes", "script", "kept"})


class ReadFile(Protocol):
    """A YAML file by the rules of our own: no tags, no aliases, no key twice, not deep."""

    @property
    def values(self) -> Mapping[str, object]: ...

    def line(self, *path: str) -> int:
        """Return the line of the nearest key of the path that the file has."""
        ...


ReadYaml = Callable[[str], ReadFile]
"""Raises `rules.Unreadable`, with its line."""

Shipped = Callable[[Segment], tuple[str, str]]
"""The shipped name and script of a part in the community's language; "" for what no shipped text has."""


def from_file(read_yaml: ReadYaml, text: str, shipped_outline: Outline, shipped: Shipped) -> Outline:
    """Return the format that a file describes, under the shipped one's name. Raises BadFormat, naming line and key."""
    if len(text) > LARGEST:
        raise rules.TooLarge(largest=LARGEST // 1024)
    read = read_yaml(text)
    for key in read.values:
        if key not in ("format", "parts"):
            raise rules.UnknownKey(read.line(key), _shown(key))
    parts = read.values.get("parts")
    if not isinstance(parts, list) or not rules.FEWEST <= len(parts) <= rules.MOST:
        raise rules.NoParts(read.line("parts"), "parts", fewest=rules.FEWEST, most=rules.MOST)
    segments = tuple(_part(read, n, part, shipped) for n, part in enumerate(parts))
    return rules.checked(Outline(shipped_outline.outline, segments, shipped_outline.brief))


def _part(read: ReadFile, n: int, part: object, shipped: Shipped) -> Segment:
    def line(key: str) -> int:
        return read.line("parts", str(n), key)

    if not isinstance(part, dict):
        raise rules.NoParts(read.line("parts"), "parts", fewest=rules.FEWEST, most=rules.MOST)
    for key in part:
        if key not in _PART:
            raise rules.UnknownKey(line(key), _shown(key))
    key, kept = part.get("key", f"own_{n + 1}"), part.get("kept", False)
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise rules.UnknownKey(line("key"), "key")
    if not isinstance(kept, bool):
        raise rules.UnknownKey(line("kept"), "kept")
    first = next(iter(part), "name")
    name, script, minutes = part.get("name", ""), part.get("script", ""), part.get("minutes", "")
    if not isinstance(name, str | int):
        raise rules.BadName(line("name"), "name", longest=rules.LONGEST_NAME)
    if not isinstance(script, str | int):
        raise rules.BadScript(line("script"), "script", longest=rules.LONGEST_SCRIPT)
    if isinstance(minutes, bool) or not isinstance(minutes, str | int):
        raise rules.BadMinutes(line("minutes"), "minutes", longest=rules.LONGEST)
    bare = Segment(key, rules.minutes_of(minutes, line("minutes" if "minutes" in part else first)), kept)
    return own_words(bare, str(name), str(script), shipped, line("name" if "name" in part else first), line("script"))


def own_words(bare: Segment, name: str, script: str, shipped: Shipped, name_line: int = 0, script_line: int = 0) -> Segment:
    """Return a part with the words given. Those that are the shipped ones stay the shipped ones, in every language; a part that no
    shipped text has needs a name, and may be without a script."""
    its_name, its_script = shipped(bare)
    own_name = "" if name.strip() in ("", its_name) else rules.name_of(name, name_line)
    if not own_name and not its_name:
        raise rules.BadName(name_line, "name", longest=rules.LONGEST_NAME)
    own_script = "" if script.strip() in ("", its_script) else rules.script_of(script, script_line)
    if not own_script and not its_script:
        own_script = own_name
    return Segment(bare.key, bare.minutes, bare.protected, own_name, own_script)


def _shown(key: object) -> str:
    """A key of somebody's file as it may stand in a sentence of ours."""
    return str(key) if _KEY.fullmatch(str(key)) else "?"


def to_file(outline: Outline, shipped: Shipped, comment: Sequence[str]) -> str:
    """Return a format as a file that `from_file` reads as the same format."""
    lines = [*(f"# {line}" for line in comment), f"format: {json.dumps(outline.outline)}", "parts:"]
    for segment in outline.segments:
        its_name, its_script = shipped(segment)
        lines.append(f"  - key: {segment.key}")
        lines.append(f"    name: {json.dumps(segment.name or its_name, ensure_ascii=False)}")
        lines.append(f"    minutes: {segment.minutes}")
        if segment.protected:
            lines.append("    kept: true")
        lines += _block(segment.script or its_script)
    return "\n".join(lines) + "\n"


def _block(script: str) -> list[str]:
    """A script as a block of its own lines, where YAML gives the same text back; else as a quoted string."""
    rows = script.split("\n")
    plain = script == script.strip() and all(row == row.strip() and row.isprintable() for row in rows)
    if not plain:
        return [f"    script: {json.dumps(script, ensure_ascii=False)}"]
    return ["    script: |-", *(f"      {row}".rstrip() for row in rows)]
