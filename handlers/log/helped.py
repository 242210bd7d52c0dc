"""What stood before a lower number, way by way. Numbers only from five entries up, and nothing of causes. Pure."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple

from handlers.log.rules import DID_NOTHING, LETTERS, WAYS, Urge

FIVE = 5
LETTER = "letter_"  # before one of the five ways


class Helped(NamedTuple):
    """A way of coping, over the entries with a number before and after. `lower`: in how many it was lower afterwards; `middle`: the
    median of the falls. Both mean something only where `is_told`."""

    way: str
    entries: int
    lower: int
    middle: float

    @property
    def is_told(self) -> bool:
        return self.entries >= FIVE

    @property
    def missing(self) -> int:
        """How many entries more it takes until there are numbers."""
        return max(0, FIVE - self.entries)


def helped(urges: Iterable[Urge]) -> list[Helped]:
    """Return the ways that were noted with numbers: first those with enough entries, the largest fall first, then the others.

    An entry with several ways counts with each of them.
    """
    drops: dict[str, list[int]] = {}
    for urge in urges:
        if urge.drop is None:
            continue
        for way in dict.fromkeys((*urge.ways, *(LETTER + letter for letter in urge.letters))):
            if way != DID_NOTHING:
                drops.setdefault(way, []).append(urge.drop)
    found = [_of(way, falls) for way, falls in drops.items()]
    return sorted(found, key=_rank)


def _of(way: str, falls: Sequence[int]) -> Helped:
    return Helped(way, len(falls), sum(fall > 0 for fall in falls), float(median(falls)))


_ORDER = (*WAYS, *(LETTER + letter for letter in LETTERS))


def _rank(one: Helped) -> tuple[float, ...]:
    """Those without numbers stand in the order of the buttons: their order says nothing either."""
    if not one.is_told:
        return (1, _ORDER.index(one.way))
    return (0, -one.middle, -one.lower / one.entries, _ORDER.index(one.way))
