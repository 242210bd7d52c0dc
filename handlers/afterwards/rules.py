"""What the evening after may do, and when. Pure."""

from datetime import datetime, timedelta

from bot.core.meetings import Occurrence, State
from handlers.afterwards.records import Note, Went

STALE = timedelta(hours=12)  # after the planned end nobody is written to about the evening any more
HOW_ARE_YOU = ("ok", "talk")


def is_fresh(occurrence: Occurrence, now: datetime) -> bool:
    """Whether the evening ended so lately that a message about it makes sense. A room may be closed long after, in a downtime."""
    return occurrence.state is State.CLOSED and now < stale_at(occurrence)


def stale_at(occurrence: Occurrence) -> datetime:
    return occurrence.ends_at + STALE


def taps_in(value: str) -> tuple[Went | None, Note | None, str] | None:
    """Return the answers that a debrief's button stands for, as far as they go; None when it is not of our making."""
    parts = value.split("_") if value else []
    went = parts[0] if parts else ""
    note = parts[1] if len(parts) > 1 else ""
    self_ = parts[2] if len(parts) > 2 else ""
    known = (went in set(Went) or not parts) and (note in set(Note) or len(parts) < 2) and (self_ in HOW_ARE_YOU or len(parts) < 3)
    if not known or len(parts) > 3:
        return None
    return (Went(went) if went else None, Note(note) if note else None, self_)
