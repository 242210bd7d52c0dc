"""Figures and the one table they are printed in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line. `ratio` is ours to the peer's, rounds paired; `met` is None where no goal is set."""

    name: str
    ours: str
    peer: str
    ratio: float | None
    goal: str = ""
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured. A round is ours and the peer's, one after the other, so that both see the same machine."""

    rounds: int
    persons: int  # in a round
    seconds: float  # of steady load
    posts: int  # in the fan-out
    rows: int  # in the due table
    due: int  # of them in the same second
    reminders: int
    series: int
    coming: int  # persons who say within ten seconds that they are here
    asked: int  # persons of a check-in prompt, and of a week


DEFAULT = Size(
    rounds=3,
    persons=128,
    seconds=4.0,
    posts=420,
    rows=100_000,
    due=1_000,
    reminders=1_000,
    series=500,
    coming=300,
    asked=1_000,
)
FULL = Size(
    rounds=7,
    persons=256,
    seconds=8.0,
    posts=540,
    rows=1_000_000,
    due=1_000,
    reminders=1_000,
    series=500,
    coming=300,
    asked=1_000,
)
TINY = Size(rounds=1, persons=4, seconds=0.4, posts=60, rows=200, due=20, reminders=20, series=8, coming=20, asked=20)


def median(values: Iterable[float]) -> float:
    return share(values, 0.5)


def share(values: Iterable[float], part: float) -> float:
    """Return the value under which `part` of all lie (nearest rank). Raises ValueError for none."""
    ordered = sorted(values)
    if not ordered:
        raise ValueError("nothing was measured")
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def table(figures: Sequence[Figure]) -> str:
    """Return the figures under each other; a missed goal says so."""
    said = {True: "yes", False: "MISSED", None: ""}
    rows = [("what", "ours", "peer or limit", "ratio", "goal", "met")]
    rows += [
        (one.name, one.ours, one.peer, "" if one.ratio is None else f"{one.ratio:.3g}", one.goal, said[one.met]) for one in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    return "\n".join((lines[0], "-" * len(lines[0]), *lines[1:]))
