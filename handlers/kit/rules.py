"""How a kit grows. Pure."""

from collections.abc import Mapping

from bot.core.ports import Entry
from handlers.kit.records import MOST_LINES, Kit


def filled(kit: Kit, answers: Mapping[str, Entry]) -> Kit:
    """Return the kit with the lines written now: added to the old ones, or instead of them when the person chose so."""
    before = Kit() if answers.get("how") == "anew" else kit
    return Kit(_with(before.reasons, answers.get("reasons")), _with(before.people, answers.get("people")))


def _with(lines: tuple[str, ...], more: Entry | None) -> tuple[str, ...]:
    """Return the lines and the new ones, each once, the newest kept when there are too many."""
    new = more if isinstance(more, list) else []
    return tuple(dict.fromkeys((*lines, *new)))[-MOST_LINES:]
