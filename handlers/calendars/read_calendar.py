"""Meetings of an iCalendar file. Pure. What is not certain is noted, what cannot be a meeting is skipped, each by its line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import vDuration

from bot.core.calendar import LONGEST_MOVE, Change, original_of
from bot.core.schedule import Schedule, on_the_clock
from handlers.calendars.drafts import NEW, from_now_on, length_in_minutes, link_of, title_of
from handlers.calendars.limits import ALL_CHANGES, CHANGES, MEETINGS, USUAL, TooManyMeetings
from handlers.calendars.lines import LINKS, Part, Parts, Property, offset_of
from handlers.calendars.names import has_offsets, zone_of
from handlers.calendars.records import Draft, Read, Skipped
from handlers.calendars.rules import Unusable, stamp, taken_over


@dataclass(frozen=True, slots=True)
class Home:
    """What the reading stands on. `zone`: for times that name none."""

    zone: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Start:
    """A moment in a file as wall-clock time of a zone; `note` says what was not certain about it."""

    wall: datetime
    zone: str
    note: str = ""


def meetings_in(parts: Parts, home: Home) -> Read:
    """Return the file's meetings, a moved or cancelled evening with its own. Raises TooManyMeetings."""
    zones = Zones(parts, home)
    single: dict[str, list[Part]] = {}
    whole: list[Part] = []
    for event in parts.events:
        if event.one("RECURRENCE-ID"):
            single.setdefault(_uid(event), []).append(event)
        else:
            whole.append(event)
    if len(whole) > MEETINGS:
        raise TooManyMeetings(limit=MEETINGS)
    drafts: list[Draft] = []
    known = {_uid(event) for event in whole}
    skipped = [_skip(event, "lost") for uid, events in single.items() for event in events if uid not in known]
    changes = 0
    for event in whole:
        try:
            draft = _draft(event, single.pop(_uid(event), ()), zones, home)
            changes += len(draft.changes)
            if changes > ALL_CHANGES:
                raise Unusable("changes")
            drafts.append(draft)
        except Unusable as unusable:
            skipped.append(_skip(event, unusable.why))
    return Read(tuple(drafts), tuple(sorted(skipped, key=lambda one: one.entry)), home.zone, by_line=True)


class Zones:
    """Which of our zones each TZID of a file means."""

    def __init__(self, parts: Parts, home: Home) -> None:
        self._home = home
        self._whole = zone_of(parts.zone)
        self._defined = {tzid.text(): zone for zone in parts.zones if (tzid := zone.one("TZID"))}
        self._known: dict[str, tuple[str, str]] = {}

    def start(self, moment: Property) -> Start:
        """Return a moment as wall-clock time. Raises Unusable for a whole day, or a zone that cannot be found out."""
        when, is_utc = stamp(moment.value)
        if not isinstance(when, datetime):
            raise Unusable("all_day")
        if is_utc:
            zone = self._whole or self._home.zone
            wall = when.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
            return Start(wall, zone, "" if zone == "UTC" else "utc")
        if not moment.zone:
            return Start(when, self._whole, "") if self._whole else Start(when, self._home.zone, "floating")
        zone, note = self._named(moment.zone)
        return Start(when, zone, note)

    def _named(self, tzid: str) -> tuple[str, str]:
        if tzid not in self._known:
            self._known[tzid] = self._found_out(tzid)
        zone, note = self._known[tzid]
        if not zone:
            raise Unusable("zone")
        return zone, note

    def _found_out(self, tzid: str) -> tuple[str, str]:
        """By its name; by the name inside its definition; else the home zone, if its clocks go the same way."""
        if zone := zone_of(tzid):
            return zone, ""
        defined = self._defined.get(tzid)
        if defined is None:
            return "", ""
        if (inner := defined.one("X-LIC-LOCATION")) and (zone := zone_of(inner.text())):
            return zone, ""
        offsets = {offset_of(given.value) for given in defined.properties.get("TZOFFSETTO", ())}
        same = {offset for offset in offsets if offset is not None}
        return (self._home.zone, "same_clock") if same and has_offsets(self._home.zone, same, self._home.now.year) else ("", "")


def _draft(event: Part, single: Sequence[Part], zones: Zones, home: Home) -> Draft:
    begin = event.one("DTSTART")
    if event.broken or begin is None:
        raise Unusable("unreadable")
    if _says(event, "STATUS") == "CANCELLED":
        raise Unusable("cancelled")
    start, notes = zones.start(begin), list[str]()
    schedule = _schedule(event, begin, start)
    minutes = _minutes(event, begin, zones, notes)
    changes = _changes(event, single, schedule, minutes, zones, home)
    if start.note:
        notes.insert(0, start.note)
    if event.one("RDATE"):
        notes.append("extra_dates")
    title, cut = title_of(_text(event, "SUMMARY"))
    categories = {kind.strip().upper() for given in event.properties.get("CATEGORIES", ()) for kind in given.value.split(",")}
    draft = Draft(
        event.line,
        title,
        schedule,
        minutes,
        _link(event),
        "BEGINNERS" in categories,
        "TEXT-ONLY" in categories,
        tuple(changes[original] for original in sorted(changes)),
        (*notes, "cut") if cut else tuple(notes),
    )
    return from_now_on(draft, home.now)


def _schedule(event: Part, begin: Property, start: Start) -> Schedule:
    rules = event.properties.get("RRULE", ())
    if len(rules) > 1 or event.one("EXRULE"):
        raise Unusable("rule")
    rule = rules[0].value if rules else "FREQ=DAILY;COUNT=1"
    moment, is_utc = stamp(begin.value)
    moved = isinstance(moment, datetime) and is_utc and moment.date() != start.wall.date()
    if moved and ("BYDAY" in rule.upper() or "BYMONTHDAY" in rule.upper()):
        raise Unusable("utc_day")  # its days are counted in UTC, where this start is on another day
    return taken_over(rule, start.wall, start.zone)


def _minutes(event: Part, begin: Property, zones: Zones, notes: list[str]) -> int:
    length = _length(event, begin, zones)
    if length is None:
        notes.append("no_end")
        length = USUAL
    return length_in_minutes(length)


def _length(event: Part, begin: Property, zones: Zones) -> timedelta | None:
    if duration := event.one("DURATION"):
        try:
            found: timedelta = vDuration.from_ical(duration.value)  # type: ignore[no-untyped-call]  # the library leaves it open
        except (ValueError, OverflowError):
            raise Unusable("unreadable") from None
        return found
    end = event.one("DTEND")
    return None if end is None else _moment(end, zones) - _moment(begin, zones)


def _moment(moment: Property, zones: Zones) -> datetime:
    start = zones.start(moment)
    return on_the_clock(start.wall, ZoneInfo(start.zone))


def _changes(
    event: Part, single: Sequence[Part], schedule: Schedule, minutes: int, zones: Zones, home: Home
) -> Mapping[str, Change]:
    """Return what is different about single evenings that are still to come, by their originals. Raises Unusable."""
    changes: dict[str, Change] = {}
    for left_out in event.properties.get("EXDATE", ()):
        for value in left_out.value.split(","):
            wall = _wall(Property(value, left_out.zone), schedule, zones)
            if _is_ahead(wall, schedule, home):
                changes[original_of(wall)] = Change(NEW, original_of(wall), cancelled=True)
    for one in single:
        named = one.one("RECURRENCE-ID")
        assert named is not None
        wall = _wall(named, schedule, zones)
        if one.broken or not _is_ahead(wall, schedule, home):
            continue
        changes[original_of(wall)] = _change(one, wall, schedule, minutes, zones)
    if len(changes) > CHANGES:
        raise Unusable("changes")
    return changes


def _change(one: Part, wall: datetime, schedule: Schedule, minutes: int, zones: Zones) -> Change:
    begin = one.one("DTSTART")
    starts = _wall(begin, schedule, zones) if begin else wall
    if abs(starts - wall) > LONGEST_MOVE:
        raise Unusable("far")
    length = _length(one, begin, zones) if begin else None
    other = length_in_minutes(length) if length is not None else minutes
    return Change(
        NEW,
        original_of(wall),
        starts=original_of(starts) if starts != wall else None,
        minutes=other if other != minutes else None,
        cancelled=_says(one, "STATUS") == "CANCELLED",
    )


def _wall(moment: Property, schedule: Schedule, zones: Zones) -> datetime:
    """Return a moment as wall-clock time of the schedule's zone; a day alone is meant at the usual time."""
    when, _ = stamp(moment.value)
    if not isinstance(when, datetime):
        return datetime.combine(when, schedule.wall)
    start = zones.start(moment)
    if start.zone == schedule.zone:
        return start.wall
    return on_the_clock(start.wall, ZoneInfo(start.zone)).astimezone(ZoneInfo(schedule.zone)).replace(tzinfo=None)


def _is_ahead(wall: datetime, schedule: Schedule, home: Home) -> bool:
    """Whether it may name an evening to come. One that the rule does not give changes nothing."""
    return wall.time() == schedule.wall and on_the_clock(wall, ZoneInfo(schedule.zone)) > home.now


def _link(event: Part) -> str:
    """Return where it takes place, if that is an address. Raises Unusable for one that is not safe to press."""
    for name in LINKS:
        text = _text(event, name).strip()
        if text and (name != "LOCATION" or text.startswith("https://")):
            return link_of(text)
    return ""


def _text(event: Part, name: str) -> str:
    given = event.one(name)
    return given.text() if given else ""


def _says(event: Part, name: str) -> str:
    return _text(event, name).strip().upper()


def _uid(event: Part) -> str:
    return _text(event, "UID") or f"line {event.line}"


def _skip(event: Part, why: str) -> Skipped:
    try:
        title, _ = title_of(_text(event, "SUMMARY"))
    except Unusable:
        title = ""
    return Skipped(event.line, why, title)
