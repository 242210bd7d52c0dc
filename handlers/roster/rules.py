"""Who is on duty for an evening, as people said so. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.core.calendar import LONGEST_MOVE
from bot.core.ids import MeetingId, PersonId
from bot.core.meetings import SOON
from handlers.roster.records import EVERY, SEEN_DAYS, Duty, OnDuty, Role, day_of

GRANT = timedelta(hours=3)  # how long a facilitator's act in the room lets them go on in private
LEAD = timedelta(minutes=30)  # before the start: who is on duty gets the panel
TOO_LATE_TO_ASK = timedelta(hours=1)  # before the start: soon after the substitutes are asked, so nobody is asked twice
HELD_IN_LINE = 12  # series that go on from each other: so far back it is looked who had the first


def on_duty(duties: Sequence[Duty], line: Sequence[MeetingId], original: str, stands_in: PersonId | None = None) -> OnDuty:
    """Return who leads an evening. `line`: its series, and those that it goes on from, the latest first. `stands_in`: the host whom
    the series' own screen has for this one evening; they come before anybody else."""
    host = stands_in or _holder(duties, line, original, Role.HOST)
    co = _holder(duties, line, original, Role.CO)
    return OnDuty(host, None if co == host else co)


def _holder(duties: Sequence[Duty], line: Sequence[MeetingId], original: str, role: Role) -> PersonId | None:
    of_it = [duty for duty in duties if duty.role is role]
    for one in _of(of_it, line, original):
        if not one.away:
            return one.person
    away = {one.person for one in _of(of_it, line, original) if one.away}
    for series in line:
        every = list(_of(of_it, (series,), EVERY))
        has = next((one.person for one in every if not one.away), None)
        if has is not None:
            return None if has in away else has
        away |= {one.person for one in every if one.away}
    return None


def of_series(duties: Sequence[Duty], line: Sequence[MeetingId], role: Role) -> PersonId | None:
    """Return who has every evening of a series."""
    return _holder([duty for duty in duties if duty.original == EVERY], line, "-", role)


def _of(duties: Sequence[Duty], line: Sequence[MeetingId], original: str) -> Iterator[Duty]:
    """Of one evening: a series that has another time of day now, or goes on in another, still has the evening of that day."""
    day = day_of(original)
    return (duty for series in line for duty in duties if duty.series == series and day_of(duty.original) == day)


def mine(duties: Sequence[Duty], line: Sequence[MeetingId], original: str, role: Role, person: PersonId) -> list[Duty]:
    """Return what a person said of just this."""
    return [duty for duty in _of(duties, line, original) if duty.role is role and duty.person == person]


def kept_until(original: str, ends_at: datetime, now: datetime) -> datetime:
    """How long a duty is kept: an evening may be moved; what is for every evening stands as long as its person is seen."""
    return now + timedelta(days=SEEN_DAYS) if original == EVERY else ends_at + LONGEST_MOVE


def asks_until(starts_at: datetime) -> datetime:
    """Until when it is of use to ask whether somebody hosts: then the room itself asks."""
    return starts_at - SOON


@dataclass(frozen=True, slots=True)
class Was:
    """How an evening was of which whoever leads it may have been reminded."""

    starts_at: datetime
    original: str


def was_from(subject: str) -> Was | None:
    """Read what `bot.core.meetings.duty_again` wrote behind the occurrence's name; None for another subject."""
    start, _, original = subject.removeprefix("_").partition("_")
    return Was(datetime.fromtimestamp(int(start), UTC), original) if subject.startswith("_") and start.isdigit() else None


def duty_slot(planned: str, person: PersonId, starts_at: datetime) -> str:
    """Where a reminder stands, which may wait for the end of quiet hours. An edit makes no sound: another time is another slot."""
    return f"duty_{planned}_{person}_{int(starts_at.timestamp())}"
