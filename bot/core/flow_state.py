"""Where a person is in a flow, what they may do there, and what they see: plain values."""

import enum
from collections.abc import Mapping
from datetime import datetime, timedelta

import msgspec

from bot.core.flow import AnyStep, Flow
from bot.core.ports import Entry

Facts = Mapping[str, tuple[str, ...]]
"""What fact providers returned, by name: lines of the person's own; no lines is "no"."""

NO_FACTS: Facts = {}
SUMMARY = ""  # the place after the last step


class Running(msgspec.Struct, frozen=True):
    """A timer: `seconds` in all, `ran` seconds before it was last stopped, on since `since` (None: stopped)."""

    seconds: int
    ran: int = 0
    since: datetime | None = None

    def elapsed(self, now: datetime) -> int:
        """Return the seconds ridden, never more than all of them."""
        on = int((now - self.since).total_seconds()) if self.since is not None else 0
        return min(self.seconds, self.ran + max(on, 0))

    def moment(self, seconds: int) -> datetime | None:
        """Return when it will have run so many seconds, or None while it is stopped."""
        return None if self.since is None else self.since + timedelta(seconds=seconds - self.ran)


class State(msgspec.Struct, frozen=True):
    """All that is kept of a flow under way; it is JSON.

    `at` is a place (`surf/ride`; SUMMARY at the end), `past` the places that were answered or passed before it, oldest first.
    `answers` also keeps what was answered on a way that was left with Back: it is shown again there, and not handed on.
    `turn` counts the changes. `item`: the line that an `each` asks about. `ahead`: what was answered before an earlier answer is
    given anew; the flow passes over it again. `voice`: "family" for a relative, else "".
    """

    flow: str
    version: str
    at: str
    past: tuple[str, ...] = ()
    answers: dict[str, Entry] = {}
    timer: Running | None = None
    turn: int = 0
    item: str = ""
    ahead: tuple[str, ...] = ()
    voice: str = ""


class Choose(msgspec.Struct, frozen=True):
    """One value: of a choice, a number of a scale or of a timer's, an ISO day, `18:30`; the mark of a line that is picked;
    of an order "<pair's mark>_a" or "_b"; of an each "<number of the line among its items>_<value>"."""

    at: str
    value: str


class Pick(msgspec.Struct, frozen=True):
    """A chip of `many`, or a line of a pick by its mark, is to be on or off: the same twice changes nothing.

    A line of a list, by its mark, can be off: it is taken out again.
    """

    at: str
    value: str
    on: bool


class Go(msgspec.Struct, frozen=True):
    """Next, or Done."""

    at: str


class Typed(msgspec.Struct, frozen=True):
    """Words, for whatever step is present."""

    words: str


class Filled(msgspec.Struct, frozen=True):
    """The texts of `fields`, by their names; an empty one is left as it was."""

    at: str
    values: dict[str, str]


class Take(msgspec.Struct, frozen=True):
    """Lines that were kept elsewhere, for a step that asks for words: a list takes all, a single text the first."""

    at: str
    lines: tuple[str, ...]


class Edit(msgspec.Struct, frozen=True):
    """From the summary: give the answer of an earlier place anew; what was answered after it stays."""

    at: str


class Back(msgspec.Struct, frozen=True):
    at: str


class Skip(msgspec.Struct, frozen=True):
    at: str


class Stop(msgspec.Struct, frozen=True):
    """Save and stop, from any screen."""


class Resume(msgspec.Struct, frozen=True):
    """Go on, or only look."""


class Tick(msgspec.Struct, frozen=True):
    """The moment that `Outcome.wake` asked for has come."""


class Discard(msgspec.Struct, frozen=True):
    """Forget the whole flow, from any screen."""


class Keep(msgspec.Struct, frozen=True):
    """The end: from the summary only."""


Input = Choose | Pick | Go | Typed | Filled | Take | Edit | Back | Skip | Stop | Resume | Tick | Discard | Keep


class End(enum.StrEnum):
    """How a flow goes on after an act."""

    OPEN = "open"
    STOPPED = "stopped"  # kept for later
    KEPT = "kept"
    DISCARDED = "discarded"


class View(msgspec.Struct, frozen=True):
    """What one screen shows; `handlers/flows/views.py` makes it a Reply. `flow` is the one the step stands in; no step: summary.

    `options`: those not hidden. `answer`: what was answered here before. `problem`: a text key, with `limit` for it.
    `n` of `of`: the step's number in its own flow, and how many there are on the ordinary way. `elapsed` of `seconds`: a timer's.
    `items`: the lines a pick offers, or all that an each asks about; `item`: the one it asks about now. `pair`: the two of
    an order, with at most `pairs_left` to come. `quoted`: what is echoed, as (name of the step, name under save, answer). `offers`:
    those of the step's that have lines. `written`: the lines written while a timer runs.
    """

    flow: Flow
    at: str
    step: AnyStep | None = None
    options: tuple[str, ...] = ()
    answer: Entry | None = None
    lines: tuple[str, ...] = ()
    recalled: tuple[tuple[str, str], ...] = ()  # (step, option) of the flow: texts `<flow>.<step>_<option>_now`
    problem: str = ""
    limit: int = 0
    n: int = 0
    of: int = 0
    back: bool = False
    skip: bool = False
    elapsed: int = 0
    seconds: int = 0
    items: tuple[str, ...] = ()
    item: str = ""
    pair: tuple[str, str] | None = None
    pairs_left: int = 0
    quoted: tuple[tuple[str, str, Entry], ...] = ()
    offers: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    family: bool = False


class Outcome(msgspec.Struct, frozen=True):
    """What an input did.

    `wake`: when the next Tick is wanted (None: never; an earlier wish is withdrawn). `over`: the place of a timer that came to
    its end with this input, and `minutes` is how long it was; `late`: noticeably after its moment. `changed`: there is
    something to store.
    """

    state: State
    view: View
    end: End = End.OPEN
    wake: datetime | None = None
    over: str = ""
    minutes: int = 0
    late: bool = False
    changed: bool = False
