"""Meeting Guide JSON, the list of weekly meetings that meeting finders read (github.com/code4recovery/spec); both ways. Pure.

Its days count from Sunday = 0. It holds no person, no phone and no address of ours.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.core.meetings import Audience, Series
from bot.core.recurrence import DAYS, parts
from bot.core.schedule import Schedule, checked
from handlers.calendars.drafts import from_now_on, length_in_minutes, link_of, title_of
from handlers.calendars.limits import DEEPEST, MEETINGS, USUAL, NotACalendar, TooDeep, TooManyMeetings, Unfinished
from handlers.calendars.names import zone_of
from handlers.calendars.records import Draft, Read, Skipped
from handlers.calendars.rules import Unusable

NEWCOMERS, TEMPORARILY_CLOSED = "BE", "TC"
ONLINE, TEXT_ONLY, FAMILY = "ONL", "TEXT", "FAM"  # not among the format's own: readers pass over what they do not know
SUNDAY_FIRST = (DAYS[6], *DAYS[:6])
_CLOCK = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')


def is_weekly(schedule: Schedule) -> bool:
    """Whether the format can say it: every week, without an end."""
    given = parts(schedule.rule)
    return given["FREQ"] == "WEEKLY" and not given.keys() - {"FREQ", "BYDAY", "WKST"}


def guide(found: Sequence[Series], notes_of: Callable[[Series], str], now: datetime) -> bytes:
    """Return the weekly meetings as a list. `notes_of`: words for what the format has no place for."""
    entries = [_entry(one, notes_of(one), now) for one in found if is_weekly(one.schedule)]
    return msgspec.json.format(msgspec.json.encode(entries)) + b"\n"


def _entry(series: Series, notes: str, now: datetime) -> dict[str, object]:
    schedule, options = series.schedule, series.options
    named = parts(schedule.rule).get("BYDAY", DAYS[schedule.first.weekday()]).split(",")
    days = sorted(SUNDAY_FIRST.index(day) for day in named)
    end = (datetime.combine(schedule.first, schedule.wall) + series.length).time()
    entry: dict[str, object] = {
        "name": series.title,
        "slug": slug_of(series),
        "day": days[0] if len(days) == 1 else days,
        "time": f"{schedule.wall:%H:%M}",
        "end_time": f"{end:%H:%M}",
        "timezone": schedule.zone,
        "types": _types(series),
        "updated": f"{now.astimezone(ZoneInfo('UTC')):%Y-%m-%d %H:%M:%S}",
    }
    if options.link.startswith("https://"):
        entry["conference_url"] = options.link
    if notes:
        entry["notes"] = notes
    return entry


def _types(series: Series) -> list[str]:
    options = series.options
    kinds = {NEWCOMERS: options.beginners, TEXT_ONLY: options.text_only, FAMILY: options.audience is Audience.FAMILY}
    return [ONLINE, *(kind for kind, is_so in kinds.items() if is_so)]


def slug_of(series: Series) -> str:
    """Return a name that fits into an address, and is this series' alone."""
    plain = unicodedata.normalize("NFKD", series.title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") or "meeting"
    return f"{words}-{series.id[:8]}"


def meetings_in_guide(text: str, zone: str, now: datetime) -> Read:
    """Return the list's meetings; those without a zone are read in `zone`. Raises NotACalendar and its kin."""
    entries = _entries(text)
    if len(entries) > MEETINGS:
        raise TooManyMeetings(limit=MEETINGS)
    drafts: list[Draft] = []
    skipped: list[Skipped] = []
    for number, entry in enumerate(entries, start=1):
        try:
            drafts.append(_draft(number, entry, zone, now))
        except Unusable as unusable:
            skipped.append(Skipped(number, unusable.why, _shown_title(entry)))
    return Read(tuple(drafts), tuple(skipped), zone, by_line=False)


def _entries(text: str) -> list[object]:
    deep = deepest = 0
    for bracket in re.findall(r"[\[\]{}]", _STRING.sub("", text)):
        deep += 1 if bracket in "[{" else -1
        deepest = max(deepest, deep)
        if deepest > DEEPEST:
            raise TooDeep(kind="json")
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        raise Unfinished(kind="json") from None
    if isinstance(found, dict) and isinstance(found.get("meetings"), list):
        found = found["meetings"]
    if not isinstance(found, list) or not any(isinstance(entry, dict) and "name" in entry for entry in found):
        raise NotACalendar(kind="json")
    return found


def _shown_title(entry: object) -> str:
    try:
        return title_of(_words(entry, "name"))[0] if isinstance(entry, dict) else ""
    except Unusable:
        return ""


def _draft(number: int, entry: object, home: str, now: datetime) -> Draft:
    if not isinstance(entry, dict):
        raise Unusable("unreadable")
    title, cut = title_of(_words(entry, "name"))
    types = entry.get("types", [])
    kinds = {str(kind).upper() for kind in types[:50]} if isinstance(types, list) else set()
    if TEMPORARILY_CLOSED in kinds and not entry.get("conference_url"):
        raise Unusable("closed")
    notes = ["cut"] if cut else []
    zone = _zone(entry)
    if not zone:
        notes.insert(0, "floating")
    start = _clock(_words(entry, "time"))
    end = _words(entry, "end_time")
    length = _between(start, _clock(end)) if end else USUAL
    if not end:
        notes.append("no_end")
    link = _words(entry, "conference_url")
    first = now.astimezone(ZoneInfo(zone or home)).date()
    schedule = checked(Schedule(zone or home, first, start, f"FREQ=WEEKLY;BYDAY={_days(entry.get('day'))}"))
    draft = Draft(
        number,
        title,
        schedule,
        length_in_minutes(length),
        link_of(link) if link else "",
        NEWCOMERS in kinds,
        TEXT_ONLY in kinds,
        (),
        tuple(notes),
    )
    return from_now_on(draft, now)


def _words(entry: Mapping[object, object], name: str) -> str:
    value = entry.get(name, "")
    if value is not None and not isinstance(value, str):
        raise Unusable("unreadable")
    return (value or "").strip()


def _zone(entry: Mapping[object, object]) -> str:
    named = _words(entry, "timezone")
    if named and not zone_of(named):
        raise Unusable("zone")
    return zone_of(named)


def _clock(text: str) -> time:
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise Unusable("no_time" if not text else "unreadable")
    return time(int(found[1]), int(found[2]))


def _between(start: time, end: time) -> timedelta:
    minutes = (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % (24 * 60)
    return timedelta(minutes=minutes)


def _days(given: object) -> str:
    """Return the weekdays of a day or a list of them. Raises Unusable for a meeting by appointment, or a day that is none."""
    some = given if isinstance(given, list) else [given]
    if given is None or given == [] or given == "":
        raise Unusable("no_time")
    days: set[str] = set()
    for day in some[:8]:
        number = int(day) if isinstance(day, str) and day.isdecimal() and len(day) == 1 else day
        if isinstance(number, bool) or not isinstance(number, int) or not 0 <= number < len(SUNDAY_FIRST):
            raise Unusable("unreadable")
        days.add(SUNDAY_FIRST[number])
    return ",".join(day for day in DAYS if day in days)
