"""What stands beside a flow's steps, as `bot/core/flow.py` describes it."""

from collections.abc import Mapping
from dataclasses import dataclass

ADD, REVIEW = "add", "review"
ASK, STRICT = "ask", "strict"


@dataclass(frozen=True, slots=True)
class Picture:
    """What the summary shows: a kind, and the names under `save` by the part they have in it."""

    kind: str
    parts: Mapping[str, tuple[str, ...]]

    def part(self, name: str) -> str:
        """Return the one name of a part, or ""."""
        return next(iter(self.parts.get(name, ())), "")


@dataclass(frozen=True, slots=True)
class Only:
    """A condition on an answer: it is (or holds) this value. No name: always."""

    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Follow:
    """A message afterwards. One of `minutes`, `days`, `on` (a date's save; `at` a time's save or `09:00`)."""

    name: str
    begin: str
    when: Only = Only()
    minutes: int = 0
    days: tuple[int, ...] = ()
    on: str = ""
    at: str = "09:00"


@dataclass(frozen=True, slots=True)
class Pin:
    """Lines for the kit: into which of its lists, from which answer, and when."""

    into: str
    of: str
    when: Only = Only()


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    of: str
    day: str
    time: str = ""


@dataclass(frozen=True, slots=True)
class Reviews:
    """Whose log a flow is noted in, and from which of its answers: two lists and a number."""

    of: str
    whole: str
    done: str
    far: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a flow's steps; each as the file says it."""

    point: str = ""
    stores: bool = True
    again: str = ""  # ADD, REVIEW
    title: str = ""
    family: bool = False
    gate: str = ""  # ASK, STRICT
    then: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()  # (flow, (theirs, ours)...)
    follow: tuple[Follow, ...] = ()
    kit: tuple[Pin, ...] = ()
    calendar: CalendarEntry | None = None
    look: str = ""  # a press
    passing: bool = False
    compare: bool = False
    reviews: Reviews | None = None


NOTHING_BESIDE = Beside()
