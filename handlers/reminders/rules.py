"""When a reminder comes, and when it is of no more use. Pure.

Quiet hours: a reminder an hour or a quarter of an hour before comes when it was asked for, also at six in the morning: the person
chose its hour, and later it is of no use. What can wait waits until the quiet hours end: a reminder a day before, a warning of a
clock change, and news of an evening that is then still some hours away.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.ids import OccurrenceId
from bot.core.meetings import LATE_REMINDER, OVER, Occurrence, Series, State
from bot.core.moments import Due
from bot.core.quiet import Quiet, after_quiet
from bot.core.schedule import on_the_clock
from handlers.reminders.records import LEADS, SNOOZE, USUAL_LEADS, Known

REMIND = "room.remind"
CAN_WAIT = timedelta(hours=24)  # a reminder so long before may come some hours later
NEWS = timedelta(hours=24)  # a change so near is told to everyone who is reminded
STILL_SOME_HOURS = timedelta(hours=2)
SAME_NEWS = timedelta(minutes=15)  # a change so soon after another corrects that message; later it is a message of its own


def lead(minutes: int) -> timedelta:
    return timedelta(minutes=minutes)


def is_late(minutes: int, leads: Collection[int], starts_at: datetime, now: datetime) -> bool:
    """Whether a reminder is of no more use: a later one of the person's is due, or the meeting began half an hour ago."""
    later = [starts_at - lead(other) for other in leads if other < minutes]
    return now > starts_at + LATE_REMINDER or any(now >= at for at in later)


def not_before(minutes: int, now: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime | None:
    """Return until when a reminder waits for the end of the quiet hours; None when it does not."""
    if lead(minutes) < CAN_WAIT:
        return None
    at = after_quiet(now, quiet, zone)
    return at if at > now else None


def news_at(now: datetime, start: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime | None:
    """Return until when news of an evening wait; None when they do not: at once is better than too late."""
    at = after_quiet(now, quiet, zone)
    return at if now < at <= start - STILL_SOME_HOURS else None


def promises(occurrence: Occurrence, leads: Collection[int], now: datetime) -> tuple[list[Due], list[str]]:
    """Return the moments to promise for an evening that is ahead, and the keys of those to withdraw."""
    wanted = {minutes: occurrence.starts_at - lead(minutes) for minutes in leads if occurrence.state not in OVER}
    due = [Due(key(occurrence.id, minutes), REMIND, at, f"{occurrence.id}_{minutes}") for minutes, at in wanted.items() if at > now]
    kept = {one.key for one in due}
    return due, [name for minutes in LEADS if (name := key(occurrence.id, minutes)) not in kept]


def key(occurrence: OccurrenceId, minutes: int) -> str:
    return f"remind_{occurrence}_{minutes}"


def parse_subject(subject: str) -> tuple[OccurrenceId, int, str]:
    """Return occurrence, lead time and the last person reminded of `<occurrence>[_<minutes>][_<person>]`."""
    occurrence, *rest = subject.split("_")
    minutes = int(rest.pop(0)) if rest and len(rest[0]) < 6 else USUAL_LEADS[0]
    return OccurrenceId(occurrence), minutes, rest[0] if rest else ""


def may_snooze(starts_at: datetime, now: datetime) -> bool:
    return now + SNOOZE < starts_at + LATE_REMINDER


def toggled(leads: Sequence[int], minutes: int) -> tuple[int, ...]:
    """Return the lead times with one turned on or off, the longest first."""
    changed = set(leads) ^ {minutes}
    return tuple(minutes for minutes in LEADS if minutes in changed)


# Changes ------------------------------------------------------------------------------------------------------------


def is_changed(known: Known, occurrence: Occurrence) -> bool:
    """Whether an evening is no longer as people know it."""
    cancelled = occurrence.state is State.CANCELLED
    return known.cancelled != cancelled or (not cancelled and known.starts_at != occurrence.starts_at)


def learned(known: Known, occurrence: Occurrence, now: datetime) -> Known:
    """Return what people are told now. Soon after another change, it is told as one with that."""
    same = known.told_at is not None and now - known.told_at <= SAME_NEWS
    version = known.version + 1
    return Known(
        occurrence=known.occurrence,
        series=known.series,
        starts_at=occurrence.starts_at,
        cancelled=occurrence.state is State.CANCELLED,
        before=known.before if same else known.starts_at,
        version=version,
        burst=known.burst if same else version,
        told_at=now,
    )


def is_told_of_end(series: Series, later: Series | None) -> bool:
    """Whether those whom a series reminds are told that it is over; `later` goes on from it."""
    return later is None or (series.cancelled_at is not None and later.cancelled_at is not None)


def is_near(known: Known, now: datetime) -> bool:
    """Whether the change touches the next 24 hours: then all who are reminded are told, else only those who said that they come."""
    return min(known.before, known.starts_at) - now <= NEWS


def is_past(known: Known, now: datetime) -> bool:
    """News of an evening that has gone by, both as it was and as it is."""
    return now > max(known.before, known.starts_at) + LATE_REMINDER


# Pauses -------------------------------------------------------------------------------------------------------------

LONGEST_PAUSE = timedelta(days=366)


def pause_end(day: date, zone: ZoneInfo) -> datetime:
    """Reminders come again from the beginning of that day on the person's clocks."""
    return on_the_clock(datetime.combine(day, time()), zone)


def parse_day(typed: str, today: date) -> date | None:
    """Return the day ahead that is meant by `2026-12-24`, `24.12.2026` or `24.12.`; None when it is no day of the next year."""
    words = typed.strip()[:20]
    try:
        if "-" in words:
            day = date.fromisoformat(words)
        else:
            parts = [int(part) for part in words.split(".") if part.strip()]
            this_year = len(parts) == 2
            day = date(today.year if this_year else parts[2], parts[1], parts[0])
            if this_year and day <= today:
                day = day.replace(year=today.year + 1)
    except (ValueError, IndexError):
        return None
    return day if today < day <= today + LONGEST_PAUSE else None
