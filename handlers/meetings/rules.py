"""A meeting's room as a state machine: planned -> announced -> lobby -> open(segment) -> closing -> closed, or cancelled. Pure.

Each function returns the occurrence after an event, or the very same one when the event changes nothing there.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.meetings import AHEAD, DAY_BEFORE, LIVE, LOBBY, SOON, Occurrence, State, When
from bot.core.moments import Due
from handlers.meetings.records import Outline, Segment

KEPT_PRESENCE = timedelta(hours=24)  # then only the head count stays
GRANT = timedelta(hours=3)  # how long after the end a facilitator's panel works outside the room


def may_join(occurrence: Occurrence, now: datetime) -> bool:
    """A person may say "I am here" from a quarter of an hour before the start until the end."""
    return occurrence.is_live or (occurrence.state in AHEAD and occurrence.starts_at - SOON <= now < occurrence.forgotten_at)


def lobby(occurrence: Occurrence, now: datetime) -> Occurrence:
    """The room opens; late is as good, until it would be closed again."""
    if occurrence.state in AHEAD and now < occurrence.forgotten_at:
        return replace(occurrence, state=State.LOBBY, since=now)
    return occurrence


def start(occurrence: Occurrence, outline: Outline, now: datetime) -> Occurrence:
    """A facilitator starts: the first segment, or the check-out when so little time is left."""
    if occurrence.state is not State.LOBBY:
        return occurrence
    return _enter(occurrence, outline, outline.closing if now >= occurrence.closing_at else 0, now)


def next_segment(occurrence: Occurrence, outline: Outline, seen: int, now: datetime) -> Occurrence:
    """A facilitator goes on from segment `seen`, the one on their screen. If another was faster, nothing changes."""
    if occurrence.state not in (State.OPEN, State.CLOSING) or occurrence.segment != seen or seen + 1 >= len(outline.segments):
        return occurrence
    return _enter(occurrence, outline, seen + 1, now)


def check_out(occurrence: Occurrence, outline: Outline, now: datetime) -> Occurrence:
    """The time kept for the check-out has come."""
    return _enter(occurrence, outline, outline.closing, now) if occurrence.state is State.OPEN else occurrence


def start_checkin(occurrence: Occurrence) -> Occurrence:
    if occurrence.state not in (State.OPEN, State.CLOSING) or occurrence.checkin:
        return occurrence
    return replace(occurrence, checkin=True)


def close(occurrence: Occurrence, heads: int, now: datetime) -> Occurrence:
    """The meeting is over, or was never held."""
    if occurrence.state not in AHEAD | LIVE:
        return occurrence
    return replace(occurrence, state=State.CLOSED, since=now, checkin=False, heads=heads)


def cancel(occurrence: Occurrence, now: datetime) -> Occurrence:
    """Cancel an evening that has not begun; one under way goes on to its end."""
    if occurrence.state not in AHEAD | {State.LOBBY}:
        return occurrence
    return replace(occurrence, state=State.CANCELLED, since=now)


def _enter(occurrence: Occurrence, outline: Outline, segment: int, now: datetime) -> Occurrence:
    state = State.CLOSING if segment >= outline.closing else State.OPEN
    return replace(occurrence, state=state, segment=segment, since=now)


def segment_of(occurrence: Occurrence, outline: Outline) -> Segment | None:
    """The segment under way, if the meeting has begun (and the outline still has it)."""
    return outline.segments[occurrence.segment] if 0 <= occurrence.segment < len(outline.segments) else None


def segment_after(occurrence: Occurrence, outline: Outline) -> Segment | None:
    return outline.segments[occurrence.segment + 1] if occurrence.segment + 1 < len(outline.segments) else None


def planned_end(occurrence: Occurrence, outline: Outline) -> datetime:
    """When the segment under way should end: never in the time kept for the check-out, unless it is the check-out."""
    segment = segment_of(occurrence, outline)
    if segment is None or occurrence.since is None or occurrence.state is State.CLOSING:
        return occurrence.ends_at
    return min(occurrence.since + timedelta(minutes=segment.minutes), occurrence.closing_at)


def moments(occurrence: Occurrence, now: datetime) -> list[Due]:
    """The promises of a newly planned occurrence. News of a moment that is past already is not promised; the room always is."""
    starts, about = occurrence.starts_at, occurrence.id
    news = [
        When.ANNOUNCE_DAY.due(starts - DAY_BEFORE, about),
        When.ANNOUNCE_SOON.due(starts - SOON, about),
        When.REMIND.due(starts - SOON, about),
    ]
    room = [
        When.OPEN.due(starts - LOBBY, about),
        When.CLOSING.due(occurrence.closing_at, about),
        When.CLOSE.due(occurrence.forgotten_at, about),
    ]
    return [due for due in news if due.at > now] + room


def presence_due(occurrence: Occurrence, now: datetime) -> Due:
    return Due(f"meeting_presence_{occurrence.id}", "housekeeping.presence", now + KEPT_PRESENCE, occurrence.id)
