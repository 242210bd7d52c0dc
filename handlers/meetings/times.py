"""When things in a meeting end. Pure. The time of the check-out is kept, so nothing before it is promised any of it."""

from datetime import datetime, timedelta

from bot.core.meetings import CHECK_OUT, Occurrence, State
from bot.core.outlines import Outline, Segment

LATE = timedelta(minutes=15)  # past its end: from then on the panel says so
LONGEST_STAY = 30  # minutes past the end that a host may add, in two presses
PATIENCE = timedelta(minutes=10)  # after the start: so long a host who is there has to begin


def segment_of(occurrence: Occurrence, outline: Outline) -> Segment | None:
    """The segment under way, if the meeting has begun (and the outline still has it)."""
    return outline.segments[occurrence.segment] if 0 <= occurrence.segment < len(outline.segments) else None


def segment_after(occurrence: Occurrence, outline: Outline) -> Segment | None:
    return outline.segments[occurrence.segment + 1] if occurrence.segment + 1 < len(outline.segments) else None


def closing_at(occurrence: Occurrence, outline: Outline) -> datetime:
    """When the check-out begins at the latest: a quarter of an hour before the end, or as much as the outline keeps for it."""
    kept = timedelta(minutes=sum(segment.minutes for segment in outline.segments if segment.protected))
    return occurrence.ends_at - max(kept, CHECK_OUT)


def planned_end(occurrence: Occurrence, outline: Outline) -> datetime:
    """When the segment under way should end: never in the time kept for the check-out, unless it is the check-out."""
    segment, end = segment_of(occurrence, outline), occurrence.ends_at
    if segment is None or occurrence.since is None:
        return end
    own = occurrence.since + timedelta(minutes=segment.minutes + occurrence.extra)
    if occurrence.state is not State.CLOSING:
        return min(own, closing_at(occurrence, outline))
    if segment_after(occurrence, outline) is None:
        return end + timedelta(minutes=occurrence.extra)
    return min(own, end)


def close_at(occurrence: Occurrence) -> datetime:
    """When the room closes by itself."""
    extra = occurrence.extra if occurrence.state is State.CLOSING else 0
    return occurrence.forgotten_at + timedelta(minutes=extra)


def is_up(occurrence: Occurrence, outline: Outline, now: datetime) -> bool:
    """Whether the time of the segment under way has passed. Paused, it has not."""
    if occurrence.state not in (State.OPEN, State.CLOSING) or occurrence.paused_at is not None:
        return False
    return now >= planned_end(occurrence, outline)


def is_past_end(occurrence: Occurrence, outline: Outline, now: datetime, by: timedelta = timedelta()) -> bool:
    """Whether a meeting in its last segment goes on beyond the end it was planned for."""
    last = segment_after(occurrence, outline) is None
    return occurrence.state is State.CLOSING and last and now >= occurrence.ends_at + by


def may_stay(occurrence: Occurrence) -> bool:
    return occurrence.extra + LATE // timedelta(minutes=1) <= LONGEST_STAY


def next_moment(occurrence: Occurrence, outline: Outline) -> datetime | None:
    """When the segment's time is up; None when another moment comes first, or it stands still."""
    if occurrence.state not in (State.OPEN, State.CLOSING) or occurrence.paused_at is not None:
        return None
    end = planned_end(occurrence, outline)
    return None if occurrence.state is State.OPEN and end >= closing_at(occurrence, outline) else end
