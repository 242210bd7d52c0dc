"""When rooms are told, and what is too late to be said. Pure.

Quiet hours are a community's own. An announcement that would fall into them is sent when they end, if it still says something then;
else just before they begin. Of several that come to stand there together, the last says it for all. Nothing is announced after the
start.
"""

import re
from collections.abc import Collection
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.core.errors import BadInput
from bot.core.meetings import Occurrence, State
from bot.core.quiet import Quiet, after_quiet, stretch
from bot.core.schedule import on_the_clock
from handlers.announcements.records import Moment, Said

JUST_BEFORE = timedelta(minutes=1)
GRACE = timedelta(minutes=5)  # so late "it begins now" is still said
NEAR = timedelta(hours=24)  # a change so near is told also where nothing was announced yet
STILL_SOME_TIME = timedelta(hours=1)
DIGEST_IS_LATE = timedelta(hours=12)
CODE_LASTS = timedelta(minutes=10)
WITH_ROLES = frozenset({"discord"})  # platforms that have roles to call
_ROLE = re.compile(r"(?:<@&)?([0-9]{5,20})>?")
_CODE = re.compile(r"[0-9a-f]{32}")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class NoRole(BadInput):
    """What was typed names no role that may be called: also not everyone at once."""

    text_key = "announcements.no_role"


class Planned(msgspec.Struct, frozen=True):
    """One announcement: at `at`, of no use any more from `until` on."""

    moment: Moment
    at: datetime
    until: datetime


def plan(start: datetime, moments: Collection[Moment], quiet: Quiet | None, zone: ZoneInfo) -> tuple[Planned, ...]:
    """Return an evening's announcements, the earliest first. `zone`: on whose clocks the quiet hours are."""
    wanted = [moment for moment in Moment if moment in moments]
    at: dict[datetime, Moment] = {}
    for number, moment in enumerate(wanted):
        regular = start - moment.lead
        useful = start - wanted[number + 1].lead if number + 1 < len(wanted) else start
        hours = stretch(regular, quiet, zone)
        if hours is None:
            placed = regular
        elif hours[1] < useful:
            placed = hours[1]
        else:
            placed = hours[0] - JUST_BEFORE
        if stretch(placed, quiet, zone) is None:
            at[placed] = moment
    if not at:
        return ()
    times = sorted(at)
    ends = [*times[1:], start + GRACE if times[-1] == start else start]
    return tuple(Planned(at[time_], time_, end) for time_, end in zip(times, ends, strict=True))


def change(said: Said, occurrence: Occurrence) -> str:
    """Return what became of an evening: cancelled, back, moved, elsewhere; "" for nothing."""
    cancelled = occurrence.state is State.CANCELLED
    if cancelled != said.cancelled:
        return "cancelled" if cancelled else "back"
    if cancelled:
        return ""
    if said.starts_at != occurrence.starts_at:
        return "moved"
    return "elsewhere" if occurrence.room and said.room != occurrence.room else ""


def is_told(said: Said, occurrence: Occurrence, now: datetime) -> bool:
    """Whether rooms hear of a change: where it was announced otherwise, or when it is near. Not of what has gone by."""
    first = min(said.starts_at, occurrence.starts_at)
    return max(said.starts_at, occurrence.starts_at) > now and (said.told or first - now <= NEAR)


def news_at(now: datetime, start: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime:
    """Return when news of a change are said: at the end of the quiet hours, if that is well before the start; else at once."""
    at = after_quiet(now, quiet, zone)
    return at if at <= start - STILL_SOME_TIME else now


def next_digest(weekday: int, wall: time, zone: ZoneInfo, after: datetime) -> datetime:
    """Return the first moment later than `after` at which it is that weekday and time on the zone's clocks."""
    today = after.astimezone(zone).date()
    for days in range(9):
        day = today + timedelta(days=days)
        at = on_the_clock(datetime.combine(day, wall), zone)
        if day.weekday() == weekday and at > after:
            return at
    return on_the_clock(datetime.combine(today + timedelta(days=7 + (weekday - today.weekday()) % 7), wall), zone)


# What facilitators type ---------------------------------------------------------------------------------------------


def is_code(typed: str) -> bool:
    return _CODE.fullmatch(typed.strip().lower()) is not None


def role_of(typed: str, space: str, platform: str) -> str:
    """Return the id of the role that `<@&id>` or the bare id names. Raises NoRole, also for everyone's own role."""
    found = _ROLE.fullmatch(typed.strip())
    if found is None or platform not in WITH_ROLES or found[1] == space:
        raise NoRole(length=len(typed))
    return found[1]


def packed(role: str) -> str:
    """Return a role's id in few characters, for a button."""
    number, digits = int(role), ""
    while number:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return digits or "0"


def unpacked(value: str) -> str:
    """Return the id that was packed. Raises NoRole for what was not."""
    if not value or len(value) > 13 or not set(value) <= set(_DIGITS):
        raise NoRole(length=len(value))
    return str(int(value, 36))
