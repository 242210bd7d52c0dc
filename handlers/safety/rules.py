"""Which lines stand on which card, and in which order. Pure."""

from collections.abc import Sequence
from datetime import date

from babel.dates import format_skeleton

from bot.core.help_lines import HelpLine


def doors(lines: Sequence[HelpLine], language: str) -> Sequence[HelpLine]:
    """Return two lines to talk to someone: those that speak the language first; always two doors where the country has two."""
    return lines_of(lines, ("suicide_crisis", "substance"), language)[:2]


def lines_of(lines: Sequence[HelpLine], kinds: Sequence[str], language: str) -> Sequence[HelpLine]:
    """Return the lines of the kinds, in the kinds' order, those that speak the language before the others of their kind."""
    spoken = language.partition("-")[0]
    wanted = [line for line in lines if line.kind in kinds]
    return sorted(wanted, key=lambda line: (kinds.index(line.kind), spoken not in line.languages))


def month(iso_day: str, language: str) -> str:
    """Return "November 2026" of an ISO day."""
    return str(format_skeleton("yMMMM", date.fromisoformat(iso_day), locale=language.replace("-", "_")))
