"""Series as an iCalendar file. Pure: the same series, changes and versions give the same bytes.

No person, no host, no head-count, no reason is in it: a calendar is copied to places nobody here knows of.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec
from icalendar import Calendar, Event, vDuration, vRecur

from bot.core.calendar import Change, Evening, Pause, evenings
from bot.core.ids import MeetingId
from bot.core.meetings import Series
from bot.core.schedule import first_wall, on_the_clock, rule_in_utc
from handlers.calendars.records import Version
from handlers.calendars.wording import PLACE, Entry, Wording
from handlers.calendars.zones import vtimezone

BACK, AHEAD = timedelta(days=370), timedelta(days=740)  # how far cancelled and moved evenings are kept and told
FRESH = timedelta(hours=1)  # how often a calendar program may ask again
YEARS = 10  # how far ahead a VTIMEZONE is right
DAY = timedelta(days=1)


def content_of(series: Series, changes: Sequence[Change], pauses: Sequence[Pause]) -> str:
    """Return all that a calendar could show of a series, as text: another text is another version."""
    options = series.options
    different = sorted((it.original, it.starts, it.minutes, it.cancelled) for it in changes if it.series == series.id)
    paused = sorted((it.first, it.last) for it in pauses if _concerns(it, series))
    shown = (series.title, series.schedule, series.length, options.link, options.audience, options.beginners, options.text_only)
    return msgspec.json.encode((shown, different, paused)).decode()


def different_evenings(series: Series, changes: Sequence[Change], pauses: Sequence[Pause], now: datetime) -> tuple[Evening, ...]:
    """Return the evenings, from a year back to two ahead, that are cancelled, moved or of another length."""
    own = {it.original: it for it in changes if it.series == series.id}
    ends = [on_the_clock(datetime.fromisoformat(it.starts or it.original), ZoneInfo(series.schedule.zone)) for it in own.values()]
    ends += [on_the_clock(datetime.fromisoformat(it.original), ZoneInfo(series.schedule.zone)) for it in own.values()]
    ends += [datetime.combine(it.last, datetime.max.time(), UTC) + 2 * DAY for it in pauses if _concerns(it, series)]
    if not ends:
        return ()
    last = min(max(ends), now + AHEAD)
    found: list[Evening] = []
    for evening in evenings(series, changes, pauses, now - BACK):
        if evening.starts_at > last:
            break
        change = own.get(evening.original)
        if evening.cancelled or evening.moved or (change is not None and change.minutes):
            found.append(evening)
    return tuple(found)


def _concerns(pause: Pause, series: Series) -> bool:
    return pause.series == series.id or (not pause.series and pause.community == series.community)


def calendar(entries: Sequence[Entry], wording: Wording, now: datetime) -> bytes:
    """Return the whole file."""
    made = Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", "-//calendar//EN" if wording.discreet else "-//Openchair//Meetings//EN")
    made.add("NAME", wording.name)
    made.add("X-WR-CALNAME", wording.name)
    made.add("REFRESH-INTERVAL", vDuration(FRESH), {"VALUE": "DURATION"})
    made.add("X-PUBLISHED-TTL", vDuration(FRESH))
    end = b"END:VCALENDAR\r\n"
    head = bytes(made.to_ical())
    assert head.endswith(end)
    firsts = _first_years(entries, now)
    zones = [vtimezone(zone, first, now.year + YEARS) for zone, first in sorted(firsts.items()) if zone != "UTC"]
    events = [_events(entry.series, entry.different, entry.version, wording) for entry in entries]
    return b"".join((head.removesuffix(end), *zones, *events, end))


def _first_years(entries: Iterable[Entry], now: datetime) -> Mapping[str, int]:
    """Return from which year on each zone is written out. What clocks did long ago changes no evening to come."""
    years: dict[str, int] = {}
    for entry in entries:
        schedule = entry.series.schedule
        first = max(schedule.first.year, now.year - 2)
        years[schedule.zone] = min(first, years.get(schedule.zone, first))
    return years


@lru_cache(maxsize=2048)
def _events(series: Series, different: tuple[Evening, ...], version: Version, wording: Wording) -> bytes:
    """Return the VEVENT of the rule, and one for each evening that differs from it. Kept: most are asked for again unchanged."""
    begin = first_wall(series.schedule)
    if begin is None:
        return b""
    zone = ZoneInfo(series.schedule.zone)
    rule = _event(series, version, wording, begin.replace(tzinfo=zone), series.length)
    rule.add("RRULE", vRecur.from_ical(rule_in_utc(series.schedule)))
    made = [rule]
    for evening in different:
        start = evening.starts_at.astimezone(zone)
        one = _event(series, version, wording, start, evening.ends_at - evening.starts_at, cancelled=evening.cancelled)
        one.add("RECURRENCE-ID", datetime.fromisoformat(evening.original).replace(tzinfo=zone))
        made.append(one)
    return b"".join(bytes(event.to_ical()) for event in made)


def _event(
    series: Series, version: Version, wording: Wording, start: datetime, length: timedelta, *, cancelled: bool = False
) -> Event:
    event = Event()
    title = wording.discreet or series.title
    event.add("UID", uid_of(series.id))
    event.add("DTSTAMP", version.at)
    event.add("LAST-MODIFIED", version.at)
    event.add("SEQUENCE", version.number)
    event.add("DTSTART", start)
    event.add("DURATION", length)
    event.add("SUMMARY", wording.cancelled.replace(PLACE, title) if cancelled else title)
    event.add("STATUS", "CANCELLED" if cancelled else "CONFIRMED")
    if cancelled:
        event.add("TRANSP", "TRANSPARENT")
    if wording.discreet:
        event.add("CLASS", "PRIVATE")
        return event
    options = series.options
    is_so = (options.audience == "family", options.beginners, options.text_only)
    if said := [flag for flag, yes in zip(wording.flags, is_so, strict=True) if yes and flag]:
        event.add("DESCRIPTION", "\n".join(said))
    if kinds := [kind for kind, yes in (("BEGINNERS", options.beginners), ("TEXT-ONLY", options.text_only)) if yes]:
        event.add("CATEGORIES", kinds)
    if wording.links and options.link.startswith("https://"):
        event.add("URL", options.link)
    return event


def uid_of(series: MeetingId) -> str:
    """Return the name of a series in every calendar, for good."""
    return f"{series}@openchair"
