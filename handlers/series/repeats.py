"""How a series repeats, as a value: what a rule says, and the rule that says it. Pure."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.core.recurrence import DAYS, UNTIL, parts

LAST = -1
MOST_STEPS = 24  # every so many days, weeks or months
MOST_TIMES = 999
_ORDERED = re.compile(r"(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_SAID = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "UNTIL", "COUNT"})


class Each(StrEnum):
    DAY = "DAILY"
    WEEK = "WEEKLY"
    MONTH = "MONTHLY"


@dataclass(frozen=True, slots=True)
class Repeat:
    """Every `step` days, weeks or months.

    `days`: weekdays from Monday = 0, of each week; of each month with `ordinals` (1 to 5, or LAST). `dates`: days of the month,
    1 to 31 or LAST. It ends with `until` (a wall-clock time, itself included), or after `times`, or never.
    """

    each: Each
    step: int = 1
    days: tuple[int, ...] = ()
    ordinals: tuple[int, ...] = ()
    dates: tuple[int, ...] = ()
    until: datetime | None = None
    times: int = 0

    @property
    def rule(self) -> str:
        """The RFC 5545 rule, as `bot.core.recurrence` spells it."""
        said = [f"FREQ={self.each.value}"]
        if self.step > 1:
            said.append(f"INTERVAL={self.step}")
        if self.dates:
            said.append("BYMONTHDAY=" + ",".join(str(number) for number in self.dates))
        if self.days:
            said.append("BYDAY=" + ",".join(f"{nth}{DAYS[day]}" for nth in self.ordinals or ("",) for day in self.days))
        if self.times:
            said.append(f"COUNT={self.times}")
        if self.until is not None:
            said.append(f"UNTIL={self.until:{UNTIL}}")
        return ";".join(said)


def end_of(day: date) -> datetime:
    """Return the end of a rule whose last day is `day`."""
    return datetime.combine(day, time(23, 59, 59))


def repeat_of(rule: str) -> Repeat | None:
    """Return what a rule says; None for one that these words do not say (from a file, perhaps)."""
    given = dict(parts(rule))
    if given.get("WKST") == "MO":
        del given["WKST"]
    if given.keys() - _SAID or given.get("FREQ") not in set(Each):
        return None
    found = [_ORDERED.fullmatch(day) for day in given.get("BYDAY", "").split(",") if day]
    pairs = [(one[1] or "", DAYS.index(one[2])) for one in found if one]
    ordinals, days = (tuple(dict.fromkeys(each)) for each in zip(*pairs, strict=True)) if pairs else ((), ())
    until = datetime.strptime(given["UNTIL"], UNTIL) if "UNTIL" in given else None  # noqa: DTZ007  # wall clock
    repeat = Repeat(
        Each(given["FREQ"]),
        int(given.get("INTERVAL", "1")),
        tuple(int(day) for day in days),
        tuple(int(nth) for nth in ordinals if nth),
        tuple(int(number) for number in given.get("BYMONTHDAY", "").split(",") if number),
        until,
        int(given.get("COUNT", "0")),
    )
    return repeat if _is_said(repeat) and dict(parts(repeat.rule)) == given else None


def _is_said(repeat: Repeat) -> bool:
    if repeat.dates != (LAST,) and any(number < 1 for number in repeat.dates):
        return False
    match repeat.each:
        case Each.DAY:
            return not (repeat.days or repeat.dates)
        case Each.WEEK:
            return bool(repeat.days) and not (repeat.ordinals or repeat.dates)
        case Each.MONTH:
            return bool(repeat.days) == bool(repeat.ordinals) != bool(repeat.dates)
