"""What an edit does to a series and to what is different about its evenings. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.calendar import LONGEST_MOVE, Change, Evening, Pause, original_of
from bot.core.ids import MeetingId
from bot.core.meetings import Series
from bot.core.recurrence import UNTIL, parts, repeats
from bot.core.schedule import Schedule, clocked, first_wall, gives, on_the_clock
from handlers.series.drafts import Draft
from handlers.series.line import schedule_of
from handlers.series.repeats import Repeat, end_of, repeat_of
from handlers.series.unclear import BadRange, NoSuchDay, TooFar

GRANT = timedelta(hours=3)  # how long a facilitator's act in the room lets them go on in private
RECHECK = timedelta(hours=26)  # before a start: what changed about clocks since it was planned is seen then
NEWS_OF_THE_END = timedelta(days=14)  # later, nobody needs to hear that a series has ended
LONGEST_PAUSE = timedelta(days=400)
ROOM, OPTIONS = "room", "options"


# Where an edit begins ----------------------------------------------------------------------------------------------------


def draft_of_all(base: Series) -> Draft:
    return Draft(base.id, base, base)


def draft_of_later(base: Series, original: str, key: MeetingId) -> Draft:
    """Return the draft of a series that goes on from this one at an evening; of all of it when none is before that."""
    wall = datetime.fromisoformat(original)
    first = first_wall(base.schedule)
    if first is None or first >= wall:
        return draft_of_all(base)
    rule = _fewer(base.schedule, wall)
    schedule = replace(base.schedule, first=wall.date(), rule=rule)
    return Draft(key, replace(base, id=key, schedule=schedule, follows=base.id), base, original)


def _fewer(schedule: Schedule, wall: datetime) -> str:
    """Return the rule with as many times as are left from an evening on."""
    times = parts(schedule.rule).get("COUNT")
    if times is None:
        return schedule.rule
    gone = sum(1 for _ in _before(repeats(schedule.rule, schedule.begin, schedule.begin), wall))
    return schedule.rule.replace(f"COUNT={times}", f"COUNT={int(times) - gone}")


def _before(given: Iterator[datetime], wall: datetime) -> Iterator[datetime]:
    for one in given:
        if one >= wall:
            return
        yield one


def ended_before(schedule: Schedule, original: str) -> Schedule:
    """Return the schedule without the evening and all later ones. Whole days: it stays so when its time is changed."""
    last = end_of(datetime.fromisoformat(original).date() - timedelta(days=1))
    kept = [f"{name}={value}" for name, value in parts(schedule.rule).items() if name not in ("COUNT", "UNTIL")]
    return replace(schedule, rule=";".join([*kept, f"UNTIL={last:{UNTIL}}"]))


def rescheduled(draft: Draft, repeat: Repeat | None, wall: time, zone: str, first: date | None, now: datetime) -> Schedule:
    """Return the draft's schedule with other values. Unless the days change it goes on counting as before. Raises NoSuchDay.

    `repeat`: None for the days as they are.
    """
    present = draft.series.schedule
    if repeat is not None and not (first is None and is_same(repeat, repeat_of(present.rule))):
        begin = first or (datetime.fromisoformat(draft.original).date() if draft.original else None)
        return schedule_of(repeat, wall, zone, now, begin)
    kept = replace(present, wall=wall, zone=zone)
    if next(clocked(kept, now), None) is None:
        raise NoSuchDay()
    return kept


def is_same(one: Repeat, other: Repeat | None) -> bool:
    """Whether two repeat alike, as far as their words say."""
    if other is None:
        return False
    ends = [each.until.date() if each.until else None for each in (one, other)]
    return ends[0] == ends[1] and with_(one, until=None) == with_(other, until=None)


# What an edit comes to ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edit:
    """`ended`: the earlier series, where a new one goes on from it at the evening `since`.

    `drop`: changes of the earlier series that go; `put`: those that take their place; `lost`: those of `drop` that fit nowhere
    any more. `pauses`: those that the new series takes over.
    """

    series: Series
    ended: Series | None = None
    since: str = ""
    drop: tuple[Change, ...] = ()
    put: tuple[Change, ...] = ()
    lost: tuple[Change, ...] = ()
    pauses: tuple[Pause, ...] = ()


def edit_of(draft: Draft, changes: Sequence[Change], pauses: Sequence[Pause], now: datetime) -> Edit:
    """Return what saving a draft of a series that exists comes to."""
    assert draft.base is not None
    base, series = draft.base, draft.series
    ahead = [change for change in changes if change.series == base.id and _is_ahead(change, base, now)]
    if draft.original:
        ahead = [change for change in ahead if change.original >= draft.original]
    drop, put, lost = [], [], []
    for change in ahead:
        place = _place(change, series.schedule)
        if place is None:
            lost.append(change)
        elif place != change.original or series.id != base.id:
            put.append(_carried(change, series.id, place))
        else:
            continue
        drop.append(change)
    if not draft.original:
        return Edit(series, None, "", tuple(drop), tuple(put), tuple(lost))
    ended = replace(base, schedule=ended_before(base.schedule, draft.original))
    mine = tuple(pause for pause in pauses if pause.series == base.id and pause.last.isoformat() >= draft.original[:10])
    return Edit(series, ended, draft.original, tuple(drop), tuple(put), tuple(lost), mine)


def _is_ahead(change: Change, series: Series, now: datetime) -> bool:
    zone = ZoneInfo(series.schedule.zone)
    last = max(change.original, change.starts or "")
    return on_the_clock(datetime.fromisoformat(last), zone) > now


def _place(change: Change, schedule: Schedule) -> str | None:
    """Return which evening of a changed schedule a change is about: the same, else the one on its day; None when there is none."""
    wall = datetime.fromisoformat(change.original)
    for place in (wall, datetime.combine(wall.date(), schedule.wall)):
        if gives(schedule, place):
            return original_of(place)
    return None


def _carried(change: Change, series: MeetingId, place: str) -> Change:
    return replace(change, series=series, original=place)


def differences(before: Series, now: Series) -> tuple[str, ...]:
    """Name what another facilitator changed meanwhile."""
    one, other = before.schedule, now.schedule
    found = {
        "title": before.title != now.title,
        "days": (one.rule, one.first) != (other.rule, other.first),
        "time": one.wall != other.wall,
        "zone": one.zone != other.zone,
        "length": before.length != now.length,
        ROOM: before.room != now.room,
        OPTIONS: before.options != now.options,
        "cancelled": before.cancelled_at != now.cancelled_at,
    }
    return tuple(name for name, differs in found.items() if differs)


# Single evenings and pauses ----------------------------------------------------------------------------------------------


def moved(change: Change, series: Series, to: datetime, now: datetime) -> Change:
    """Return the change that moves an evening to a wall-clock time. Raises TooFar for the past, and for more than 60 days."""
    wall = datetime.fromisoformat(change.original)
    if abs(to - wall) >= LONGEST_MOVE or on_the_clock(to, ZoneInfo(series.schedule.zone)) <= now:
        raise TooFar(days=str(LONGEST_MOVE.days))
    return replace(change, starts=None if to == wall else original_of(to))


def changes_nothing(change: Change) -> bool:
    different = (change.starts, change.minutes, change.room, change.host)
    return not change.cancelled and not any(different)


def seen(evening: Evening) -> str:
    """Return a short mark of how an evening stands, to notice that somebody else changed it."""
    whole = f"{evening.starts_at.isoformat()}{evening.ends_at.isoformat()}{evening.room}{evening.cancelled}"
    return f"{sum((n + 1) * byte for n, byte in enumerate(whole.encode())) % 0xFFFFFF:06x}"


def checked_range(first: date, last: date, today: date) -> None:
    """Raise BadRange for days that run backwards, are over, or are more than a year."""
    if not (first <= last and last >= today and last - first <= LONGEST_PAUSE):
        raise BadRange()


def ended_lately(series: Series, now: datetime) -> bool:
    """Whether a series whose rule has ended had an evening in the last days."""
    return next(clocked(series.schedule, now - NEWS_OF_THE_END), None) is not None
