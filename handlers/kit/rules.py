"""How a kit grows and shrinks. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from msgspec.structs import replace

from bot.core.flow import line_mark
from bot.core.ports import Entry
from handlers.kit.records import LISTS, MOST_LINES, Kit

ASKED_LATER = {"why": "reasons", "call": "people"}  # by these steps once the kit is begun


def filled(kit: Kit, answers: Mapping[str, Entry]) -> Kit:
    """Return the kit with the lines that were written now."""
    for asked, answer in answers.items():
        kit = pinned(kit, ASKED_LATER.get(asked, asked), answer if isinstance(answer, list) else ())
    return kit


def pinned(kit: Kit, name: str, more: Iterable[str]) -> Kit:
    """Return the kit with more lines in one of its lists: each once, the newest kept when there are too many.

    A line that is there already counts as new. A list that is not there takes nothing.
    """
    new = [line for line in more if line.strip()]
    if name not in LISTS or not new:
        return kit
    old = [line for line in kit.of(name) if line not in new]
    return replace(kit, **{name: tuple(dict.fromkeys((*old, *new)))[-MOST_LINES:]})


def without(kit: Kit, name: str, mark: str) -> Kit:
    """Return the kit without the line of this mark (`line_mark`)."""
    if name not in LISTS:
        return kit
    return replace(kit, **{name: tuple(line for line in kit.of(name) if line_mark(line) != mark)})


def together(kit: Kit, names: Sequence[str] = LISTS) -> tuple[str, ...]:
    """Return the lines of several lists, one list after another."""
    return tuple(dict.fromkeys(line for name in names for line in kit.of(name)))
