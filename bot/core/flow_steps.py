"""The kinds of steps, as `bot/core/flow.py` describes them. What is asked of all is in `Step`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.core.flow import Flow

END = "end"


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    next: str
    hide: str = ""  # a rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What every step has. `next` is a step's name, END, or "" when only the options say where to go.

    `echo`: names under `save` that are quoted above. `flags`: a table of rules, `flagged`: the answer it looks at.
    """

    name: str
    next: str
    save: str = ""
    skip: bool = True
    echo: tuple[str, ...] = ()
    flags: str = ""
    flagged: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Show(Step):
    press: str = ""
    lines: str = ""
    recall: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale(Step):
    low: int = 0
    high: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Step):
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Many(Step):
    options: tuple[str, ...] = ()
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Write(Step):
    """Words of the person's own; `lines` is 0 for one text, else how many lines at most. `offer`: `<flow>.<save>`."""

    longest: int = 500
    lines: int = 0
    chips: tuple[str, ...] = ()
    offer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields(Step):
    """Several texts at once: (name under save, longest). Its own `save` is ""."""

    fields: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Step):
    """A day, saved as `2026-12-01`; `past`: today or before, else today or later."""

    past: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(Step):
    """A time of day, saved as `18:30`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PickLine(Step):
    """Of the lines under these names, one (`most` 1; saved as a text) or several (saved as a list)."""

    of: tuple[str, ...] = ()
    most: int = 1
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Step):
    """Ranks the lines under these names. The taps are kept under `<save>_pairs`, as winner, loser, winner, loser..."""

    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Each(Step):
    """A question about each line under these names (or each of `items`), saved as a mapping. `ask`: choice, scale or words.

    `only`: (the name of a mapping, the answer that a line must have there), or ("", "").
    `fact`: with `ask` "own", where the questions come from; as one of them is asked (`flow_lines.as_asked`), `ask` is its kind, and
    `said` has the words of its options.
    """

    of: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    ask: str = "choice"
    options: tuple[str, ...] = ()
    fact: str = ""
    said: tuple[str, ...] = ()
    low: int = 0
    high: int = 10
    longest: int = 300
    only: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer(Step):
    """`minutes` is a number, or the `save` of the answer that holds it; `every` 0 is a timer that is not watched."""

    minutes: str | int = 1
    every: int = 0
    prompts: int = 0
    rate: str = ""
    low: int = 0
    high: int = 10
    recall: str = ""
    write: str = ""
    lines: int = 15
    longest: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch(Step):
    """Nobody sees it. `on` is the `save` of an earlier answer, or a rule (then the value is "yes" or "no"), `test` what is asked of
    the answer (then too)."""

    on: str = ""
    test: str = ""
    options: tuple[Option, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(Step):
    flow: "Flow"
    give: tuple[tuple[str, str], ...] = ()  # (theirs, ours)
    take: tuple[tuple[str, str], ...] = ()  # (ours, theirs)


AnyStep = Show | Scale | Choice | Many | Write | Fields | Date | Time | PickLine | Order | Each | Timer | Branch | Run
