"""A meeting's room as a state machine: planned -> announced -> lobby -> open(segment) -> closing -> closed. Pure.

An evening is cancelled and moved by its series, and only before it begins.
Each function returns the occurrence after an event, or the very same one when the event changes nothing there. When things end
is in `times.py`. An outline given here is already fitted to the meeting's length.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.meetings import AHEAD, LIVE, SOON, Occurrence, State
from bot.core.moments import Due
from bot.core.outlines import Outline
from handlers.meetings import times

KEPT_PRESENCE = timedelta(hours=24)  # then only the head count stays
GRANT = timedelta(hours=3)  # how long after the end a facilitator's panel works outside the room
HOSTS_EARLY = timedelta(hours=24)  # before the start: from then on somebody may say that they host
COMES_EARLY = timedelta(hours=1)  # a facilitator may say "I am here" before the others, so that nobody is asked to stand in
MORE = timedelta(minutes=5)  # what one press adds to a segment
STAY = timedelta(minutes=15)  # what one press adds to the end
UNDER_WAY = (State.OPEN, State.CLOSING)
LONGEST_VIDEO = timedelta(hours=24)  # of one that began longer ago, the end may have gone by unheard


def may_join(occurrence: Occurrence, now: datetime, early: timedelta = SOON) -> bool:
    """A person may say "I am here" from a quarter of an hour before the start until the end."""
    return occurrence.is_live or (occurrence.state in AHEAD and occurrence.starts_at - early <= now < occurrence.forgotten_at)


def may_host(occurrence: Occurrence, now: datetime) -> bool:
    """Somebody may take the meeting on from a day before until it is closed."""
    return occurrence.is_live or may_join(occurrence, now, HOSTS_EARLY)


def lobby(occurrence: Occurrence, now: datetime) -> Occurrence:
    """The room opens; late is as good, until it would be closed again."""
    if occurrence.state in AHEAD and now < occurrence.forgotten_at:
        return replace(occurrence, state=State.LOBBY, since=now)
    return occurrence


def start(occurrence: Occurrence, outline: Outline, now: datetime, *, self_run: bool = False) -> Occurrence:
    """The first segment begins, or the check-out when so little time is left. `self_run`: nobody is there to host it."""
    if occurrence.state is not State.LOBBY:
        return occurrence
    first = outline.closing if now >= times.closing_at(occurrence, outline) else 0
    return replace(_enter(occurrence, outline, first, now), self_run=self_run)


def next_segment(occurrence: Occurrence, outline: Outline, seen: int, now: datetime) -> Occurrence:
    """A facilitator goes on from segment `seen`, the one on their screen. If another was faster, nothing changes."""
    if occurrence.state not in UNDER_WAY or occurrence.segment != seen or seen + 1 >= len(outline.segments):
        return occurrence
    return _enter(occurrence, outline, seen + 1, now)


def go_on(occurrence: Occurrence, outline: Outline, now: datetime) -> Occurrence:
    """A meeting without a host goes on to the next segment when the present one's time is up."""
    if not occurrence.self_run or not times.is_up(occurrence, outline, now):
        return occurrence
    return next_segment(occurrence, outline, occurrence.segment, now)


def check_out(occurrence: Occurrence, outline: Outline, now: datetime) -> Occurrence:
    """The time kept for the check-out has come, whatever is under way, also when it is paused."""
    return _enter(occurrence, outline, outline.closing, now) if occurrence.state is State.OPEN else occurrence


def pause(occurrence: Occurrence, seen: int, now: datetime) -> Occurrence:
    """The segment's time stands still. The check-out has no pause."""
    if occurrence.state is not State.OPEN or occurrence.segment != seen or occurrence.paused_at is not None:
        return occurrence
    return replace(occurrence, paused_at=now)


def resume(occurrence: Occurrence, seen: int, now: datetime) -> Occurrence:
    """The time that stood still is added to the segment, in whole minutes."""
    if occurrence.state is not State.OPEN or occurrence.segment != seen or occurrence.paused_at is None:
        return occurrence
    stood = max(now - occurrence.paused_at, timedelta())
    return replace(occurrence, paused_at=None, extra=occurrence.extra + round(stood / timedelta(minutes=1)))


def extend(occurrence: Occurrence, outline: Outline, seen: tuple[int, int], now: datetime) -> Occurrence:
    """Five minutes more, from now if the time is up; never out of the check-out's. `seen`: segment and extra on the screen."""
    segment = times.segment_of(occurrence, outline)
    if occurrence.state is not State.OPEN or segment is None or occurrence.since is None:
        return occurrence
    if seen != (occurrence.segment, occurrence.extra):
        return occurrence
    until = max(times.planned_end(occurrence, outline), now) + MORE
    until = min(until, times.closing_at(occurrence, outline))
    extra = -((occurrence.since - until) // timedelta(minutes=1)) - segment.minutes
    return replace(occurrence, extra=extra) if extra > occurrence.extra else occurrence


def stay(occurrence: Occurrence, outline: Outline, seen: tuple[int, int], now: datetime) -> Occurrence:
    """Past its end, a meeting may stay open a quarter of an hour longer, twice at most."""
    if not times.is_past_end(occurrence, outline, now) or seen != (occurrence.segment, occurrence.extra):
        return occurrence
    if not times.may_stay(occurrence):
        return occurrence
    return replace(occurrence, extra=occurrence.extra + STAY // timedelta(minutes=1))


def hosted(occurrence: Occurrence) -> Occurrence:
    """Somebody took the meeting on: it no longer goes on by itself."""
    return replace(occurrence, self_run=False) if occurrence.self_run and occurrence.is_live else occurrence


def start_checkin(occurrence: Occurrence) -> Occurrence:
    if occurrence.state not in UNDER_WAY or occurrence.checkin:
        return occurrence
    return replace(occurrence, checkin=True)


def close(occurrence: Occurrence, heads: int, now: datetime) -> Occurrence:
    """The meeting is over, or was never held (its segment is still -1 then)."""
    if occurrence.state not in AHEAD | LIVE:
        return occurrence
    return replace(occurrence, state=State.CLOSED, since=now, checkin=False, paused_at=None, heads=heads)


def was_held(occurrence: Occurrence) -> bool:
    return occurrence.segment >= 0


def is_open(video_since: datetime | None, now: datetime) -> bool:
    """Whether a video chat is open, as far as was heard."""
    return video_since is not None and now - video_since < LONGEST_VIDEO


def presence_due(occurrence: Occurrence, now: datetime) -> Due:
    return Due(f"meeting_presence_{occurrence.id}", "housekeeping.presence", now + KEPT_PRESENCE, occurrence.id)


def seen_value(occurrence: Occurrence) -> str:
    """What a button notes of the screen it is on, so that the second of two presses is known as such."""
    return f"{occurrence.segment}_{occurrence.extra}"


def seen_in(value: str) -> tuple[int, int]:
    """Return segment and extra of a button's value; nothing that any meeting has when it is not of our making."""
    parts = value.split("_")
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts) or len(parts) > 2:
        return (-2, -2)
    return (int(parts[0]), int(parts[1]) if len(parts) == 2 else 0)


def segment_seen(value: str) -> int:
    """Return the segment of a button's value; none that any meeting has when it is not of our making."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else -2


def _enter(occurrence: Occurrence, outline: Outline, segment: int, now: datetime) -> Occurrence:
    """Begin a segment. Once the check-out's time has come, none before it begins any more."""
    if now >= times.closing_at(occurrence, outline):
        segment = max(segment, outline.closing)
    state = State.CLOSING if segment >= outline.closing else State.OPEN
    return replace(occurrence, state=state, segment=segment, since=now, paused_at=None, extra=0)
