"""Thoughts that stand in more than one kept ABC, in the same words or nearly. Pure; no model, and nothing is said of them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from difflib import SequenceMatcher
from typing import NamedTuple

from bot.core.flow_lines import lines_in
from bot.core.richtext import one_line
from handlers.log.records import Used

TOOL, SAVED = "abc", "beliefs"
TWICE = 2  # what stands in so many of them comes back
ALIKE = 0.7  # of the letters of two words; below it one is no slip for the other
LEAST_WORDS = 3  # from which "nearly the same" is looked for: in shorter lines each word tells
MOST_LINES = 600  # of the newest; so that no collection is too large to be compared
_APART = re.compile(r"[^\w]+")


class Recurring(NamedTuple):
    """A thought, as it was written last. `times`: in how many ABCs; `entry`: the newest of them."""

    line: str
    times: int
    at: datetime
    entry: str


class _Group:
    def __init__(self, folded: str, used: Used, line: str) -> None:
        self.folded, self.line, self.at, self.entry = {folded}, line, used.at, used.id
        self.entries = {used.id}

    def holds(self, folded: str) -> bool:
        return folded in self.folded or any(is_nearly(folded, other) for other in self.folded)


def recurring(used: Iterable[Used]) -> list[Recurring]:
    """Return the thoughts that came back, the most frequent first, then those that were there last."""
    groups: list[_Group] = []
    for one, line in _newest_first(used):
        folded = fold(line)
        group = next((group for group in groups if group.holds(folded)), None) if folded else None
        if group is not None:
            group.folded.add(folded)
            group.entries.add(one.id)
        elif folded:
            groups.append(_Group(folded, one, line))
    found = [Recurring(group.line, len(group.entries), group.at, group.entry) for group in groups if len(group.entries) >= TWICE]
    return sorted(found, key=lambda one: (one.times, one.at), reverse=True)


def _newest_first(used: Iterable[Used]) -> Sequence[tuple[Used, str]]:
    kept = sorted((one for one in used if one.tool == TOOL), key=lambda one: (one.at, one.id), reverse=True)
    return [(one, line) for one in kept for line in lines_in(one.answers.get(SAVED))][:MOST_LINES]


def fold(line: str) -> str:
    """Return a line without what is only how it was typed: case, accents, signs, spaces."""
    letters = unicodedata.normalize("NFKD", one_line(line).casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(_APART.sub(" ", bare).split())


def is_nearly(one: str, other: str) -> bool:
    """Whether two folded lines are nearly the same: a slip of the fingers, a word more or less. Another figure, or a word for "not"
    more, makes another thought."""
    words, others = one.split(), other.split()
    if min(len(words), len(others)) < LEAST_WORDS or _telling(words) != _telling(others):
        return False
    changed = 0
    for kind, a, b, c, d in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if kind == "replace" and (b - a != d - c or not all(map(_is_slip, words[a:b], others[c:d]))):
            return False
        changed += 0 if kind == "equal" else max(b - a, d - c)
    return changed <= max(1, max(len(words), len(others)) // 4)


def _is_slip(word: str, other: str) -> bool:
    return SequenceMatcher(None, word, other, autojunk=False).ratio() >= ALIKE


_DENIALS = frozenset(
    """
    not no never nobody nothing none cannot cant dont wont isnt arent didnt doesnt t
    nicht nie niemals niemand nichts kein keine keinen keinem keiner
    nunca nadie nada ninguno ninguna
    ne n pas jamais rien personne aucun aucune
    nao ninguem nenhum nenhuma
    """.split()  # noqa: SIM905  # a line a language
)


def _telling(words: Sequence[str]) -> list[str]:
    """Return the figures in a line, and how often it says "not"."""
    figures = sorted(word for word in words if any(letter.isdigit() for letter in word))
    return [*figures, f"{sum(word in _DENIALS for word in words)} times not"]
