"""An iCalendar file as events and zones, read line by line. Nothing in it is carried out: no rule is unrolled, no zone is made.

The library splits a line into its parts; what a whole file may be is decided here, since a hostile one can be very deep or wide.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from icalendar.parser import Contentline

from handlers.calendars.limits import DEEPEST, EVENTS, LINES, NotACalendar, TooDeep, TooLarge, TooManyMeetings, Unfinished

LINKS = ("URL", "CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "LOCATION")
TIMES = ("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "EXRULE", "RECURRENCE-ID")
EVENT = frozenset(("UID", "SUMMARY", "STATUS", "CATEGORIES", *TIMES, *LINKS))
ZONE = frozenset({"TZID", "X-LIC-LOCATION", "TZOFFSETTO"})
_NAME = re.compile(r"[A-Za-z-]{1,40}(?=[:;])")
_ESCAPED = re.compile(r"\\(.)")
_OFFSET = re.compile(r"([+-])([0-9]{2})([0-9]{2})([0-9]{2})?")


@dataclass(frozen=True, slots=True)
class Property:
    """`value` is as it stands in the file; `text()` is what it says."""

    value: str
    zone: str = ""  # its TZID
    is_day: bool = False  # VALUE=DATE

    def text(self) -> str:
        return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], self.value)


@dataclass(slots=True)
class Part:
    """An event, or a zone. `broken`: one of its lines that matter cannot be read."""

    line: int
    properties: dict[str, list[Property]] = field(default_factory=dict)
    broken: bool = False

    def one(self, name: str) -> Property | None:
        return next(iter(self.properties.get(name, ())), None)


@dataclass(slots=True)
class Parts:
    events: list[Part] = field(default_factory=list)
    zones: list[Part] = field(default_factory=list)
    zone: str = ""  # X-WR-TIMEZONE: what the whole calendar says


def parts_of(text: str) -> Parts:
    """Return a file's events and zones. Raises NotACalendar, TooLarge, TooDeep, TooManyMeetings or Unfinished."""
    found, open_parts = Parts(), list[str]()
    current: Part | None = None
    for number, line in _unfolded(text):
        name = _NAME.match(line)
        kind = name[0].upper() if name else ""
        if kind == "BEGIN":
            opened = line[6:].strip().upper()
            open_parts.append(opened)
            if len(open_parts) > DEEPEST:
                raise TooDeep(line=number)
            if opened in ("VEVENT", "VTIMEZONE") and current is None:
                current = Part(number)
                (found.events if opened == "VEVENT" else found.zones).append(current)
                if len(found.events) > EVENTS or len(found.zones) > EVENTS:
                    raise TooManyMeetings(limit=EVENTS)
        elif kind == "END":
            if not open_parts or open_parts.pop() != line[4:].strip().upper():
                raise Unfinished(line=number)
            if not {"VEVENT", "VTIMEZONE"} & set(open_parts):
                current = None
        elif current is not None and kind in _wanted(open_parts):
            _add(current, kind, line)
        elif kind == "X-WR-TIMEZONE" and current is None:
            found.zone = line.partition(":")[2].strip()[:80]
    if open_parts:
        raise Unfinished(line=0)
    if not found.events:
        raise NotACalendar(kind="ics")
    return found


def _wanted(open_parts: list[str]) -> frozenset[str]:
    """An alarm within an event has a DURATION of its own."""
    if open_parts[-1] == "VEVENT":
        return EVENT
    return ZONE if "VTIMEZONE" in open_parts else frozenset()


def _add(part: Part, name: str, line: str) -> None:
    try:
        _, parameters, value = Contentline(line).raw_parts()  # type: ignore[no-untyped-call]  # the library leaves it open
    except ValueError:
        part.broken = True
        return
    zone = parameters.get("TZID", "")
    is_day = str(parameters.get("VALUE", "")).upper() == "DATE"
    part.properties.setdefault(name, []).append(Property(value, zone if isinstance(zone, str) else "", is_day))


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield whole lines with the number of their first. A line that begins with a space goes on from the one before."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if len(lines) > LINES:
        raise TooLarge(lines=len(lines))
    begun, pieces = 0, list[str]()
    for number, line in enumerate(lines, start=1):
        if line[:1] in (" ", "\t"):
            pieces.append(line[1:])
            continue
        if pieces:
            yield begun, "".join(pieces)
        begun, pieces = number, [line]
    if pieces:
        yield begun, "".join(pieces)


def offset_of(text: str) -> timedelta | None:
    """Return the length of `+0130`; None when it is not one."""
    found = _OFFSET.fullmatch(text.strip())
    if found is None:
        return None
    length = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return -length if found[1] == "-" else length
