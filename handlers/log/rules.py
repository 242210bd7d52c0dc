"""An urge, read from whatever tool it was noted with: when, how strong before and after, what set it off, what was done. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.flow_lines import lines_in
from bot.core.ports import Entry
from bot.core.schedule import on_the_clock
from handlers.log.records import Used

TOOLS = ("urge", "urgelog", "urgelater", "surf", "dents", "disarm")
TRIGGERS = (
    "feeling", "tension", "people", "place", "money", "boredom", "tired", "celebrate", "pain", "thought", "body", "other",
)  # fmt: skip
LETTERS = ("delay", "escape", "neutralise", "tasks", "swap")
WAYS = ("surf", "dents", "talk", "breathe", "reasons", "call", "leave", "tasks", "wait", "other")
DID_NOTHING = "nothing"
LASTED = ("under5", "under15", "under30", "under60", "longer")
WENT = ("passed", "still", "partly", "acted")
WORDS = ("where", "who", "thoughts", "feelings", "note")
STRONGEST = 10
NIGHT_ENDS = time(5)  # who notes an evening's urge before it means the evening that has just been
ALONE = {"surf": "surf", "dents": "dents", "disarm": "talk"}  # tools that are a way by themselves


class Urge(NamedTuple):
    """`at`: when it was, as far as that was said. `ways`: what was done, of WAYS and DID_NOTHING; `letters`: of the five
    ways, which. `words`: by WORDS, what was written."""

    id: str
    tool: str
    at: datetime
    before: int | None = None
    after: int | None = None
    triggers: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    lasted: str = ""
    went: str = ""
    words: tuple[tuple[str, str], ...] = ()

    @property
    def drop(self) -> int | None:
        """By how much the number was lower afterwards (below 0: higher). None where one is missing, or nothing could fall."""
        return self.before - self.after if self.before and self.after is not None else None


def urge_of(used: Used, zone: ZoneInfo) -> Urge:
    answers = used.answers
    alone = ALONE.get(used.tool, "")
    said = lines_in(answers.get("coping"))
    return Urge(
        id=used.id,
        tool=used.tool,
        at=_moment(used, zone),
        before=_number(answers, "before"),
        after=_number(answers, "after"),
        triggers=_known(answers.get("triggers"), TRIGGERS),
        ways=(alone,) if alone else tuple(way for way in said if way in WAYS or way == DID_NOTHING),
        letters=_known(answers.get("pick") or answers.get("dents.pick"), LETTERS),
        lasted=next(iter(_known(answers.get("lasted"), LASTED)), ""),
        went=next(iter(_known(answers.get("went"), WENT)), ""),
        words=tuple((name, word) for name in WORDS if isinstance(word := answers.get(name), str) and word),
    )


def urges_of(used: Iterable[Used], zone: ZoneInfo) -> list[Urge]:
    """Return the urges by when they were, the oldest first: one that was noted later stands at its own time."""
    return sorted((urge_of(one, zone) for one in used), key=lambda urge: urge.at)


def _moment(used: Used, zone: ZoneInfo) -> datetime:
    """Return when it was: the day and hour that were given for an urge noted later, else when it was kept."""
    answers = used.answers
    if answers.get("when") not in ("earlier", "day"):
        return used.at
    day, hour = used.at.astimezone(zone).date(), used.at.astimezone(zone).time()
    try:
        if answers.get("when") == "day":
            day = date.fromisoformat(str(answers.get("day", "")) or day.isoformat())
        hour = time.fromisoformat(str(answers.get("hour", "")) or hour.isoformat())
    except ValueError:
        return used.at
    at = on_the_clock(datetime.combine(day, hour.replace(tzinfo=None)), zone)
    if at > used.at and answers.get("when") == "earlier" and used.at.astimezone(zone).time() < NIGHT_ENDS:
        at = on_the_clock(datetime.combine(day - timedelta(days=1), hour.replace(tzinfo=None)), zone)
    return min(at, used.at)


def _number(answers: Mapping[str, Entry], name: str) -> int | None:
    number = answers.get(name)
    return number if isinstance(number, int) and 0 <= number <= STRONGEST else None


def _known(answer: Entry | None, values: Sequence[str]) -> tuple[str, ...]:
    """Return the values of an answer that are still offered: a tool may have changed since."""
    return tuple(value for value in lines_in(answer) if value in values)
