"""Which countries' help lines the host has checked: `confirmed_lines.yaml` in the data folder.

A confirmation is of these very numbers: when a later release changes one of them, the host is asked again.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bot.config.yaml import read_yaml
from bot.core.help_lines import HelpLine

FILE = "confirmed_lines.yaml"
_HEAD = "# Countries whose help lines the host has checked. Written by `openchair lines confirm CC`.\n"


class BadConfirmations(Exception):
    """The file cannot be read; what it confirms stays hidden until it is mended."""


def read_confirmed(data: Path, lines: Iterable[HelpLine]) -> dict[str, str]:
    """Return the confirmed countries and the day of each. Raises BadConfirmations."""
    known = tuple(lines)
    return {
        country: str(entry.get("on", ""))
        for country, entry in _read(data).items()
        if isinstance(entry, dict) and entry.get("lines") == fingerprint(known, country)
    }


def write_confirmed(data: Path, country: str, lines: Iterable[HelpLine], on: date) -> None:
    """Add a country, in a whole new file put in the place of the old one."""
    entries = {**_read(data), country: {"on": on.isoformat(), "lines": fingerprint(lines, country)}}
    text = "".join(f"{json.dumps(name)}: {json.dumps(entry)}\n" for name, entry in sorted(entries.items()))
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = data / f".{FILE}.new"
    with made.open("w", encoding="utf-8") as file:
        file.write(_HEAD + text)
        file.flush()
        os.fsync(file.fileno())
    made.replace(data / FILE)


def fingerprint(lines: Iterable[HelpLine], country: str) -> str:
    """Return 16 hex digits over what a member of the country would dial or write."""
    numbers = sorted((line.kind, line.name, line.phone, line.text) for line in lines if line.country == country)
    return hashlib.sha256(json.dumps(numbers).encode()).hexdigest()[:16]


def _read(data: Path) -> dict[str, object]:
    path = data / FILE
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise BadConfirmations(f"{path} cannot be read: {error.strerror}") from None
    document = read_yaml(content, str(path))
    if document.problems:
        raise BadConfirmations("\n".join(str(problem) for problem in document.problems))
    return dict(document.values)
