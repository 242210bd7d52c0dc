"""Series with changes and pauses, as hypothesis makes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from hypothesis.strategies import DrawFn, SearchStrategy, booleans, composite, integers, lists, none, sampled_from

from bot.core.calendar import Change, Evening, Pause, evenings, original_of
from bot.core.ids import CommunityId, MeetingId, PersonId, RoomId
from bot.core.meetings import Series
from bot.core.schedule import clocked
from tests.properties.rules import clocks, repeating, zones

DAY = timedelta(days=1)
AHEAD = 120 * DAY
HERE = CommunityId("c")
TUESDAYS = MeetingId("s")


@dataclass(frozen=True, slots=True)
class Plan:
    """`now` is some time after the series began; the changes are of evenings around it."""

    series: Series
    changes: tuple[Change, ...]
    pauses: tuple[Pause, ...]
    now: datetime

    def ahead(self) -> list[Evening]:
        return upcoming(self.series, self.changes, self.pauses, self.now)


def upcoming(series: Series, changes: Sequence[Change], pauses: Sequence[Pause], now: datetime) -> list[Evening]:
    found = evenings(series, changes, pauses, now)
    return list(takewhile(lambda evening: evening.starts_at <= now + AHEAD, found))


@composite
def series(draw: DrawFn, zone: SearchStrategy[ZoneInfo] = zones, wall: SearchStrategy[time] = clocks) -> Series:
    made = draw(repeating(zone=zone, wall=wall))
    return Series(TUESDAYS, HERE, RoomId("usual"), "Tuesday evening", made.schedule, timedelta(minutes=draw(integers(1, 300))))


@composite
def change(draw: DrawFn, wall: datetime) -> Change:
    moved = draw(none() | integers(-30 * 24 * 4, 30 * 24 * 4))
    return Change(
        TUESDAYS,
        original_of(wall),
        starts=None if moved is None else original_of(wall + moved * timedelta(minutes=15)),
        minutes=draw(none() | integers(5, 300)),
        room=draw(none() | sampled_from([RoomId("garden"), RoomId("upstairs")])),
        host=draw(none() | sampled_from([PersonId("kim")])),
        cancelled=draw(booleans()),
        reason=draw(sampled_from(["", "The heating is broken"])),
    )


@composite
def plans(draw: DrawFn, zone: SearchStrategy[ZoneInfo] = zones, wall: SearchStrategy[time] = clocks) -> Plan:
    made = draw(series(zone, wall))
    now = made.schedule.begin.replace(tzinfo=UTC) + draw(integers(-30, 4000)) * DAY
    walls = [wall for wall, _ in takewhile(lambda pair: pair[1] < now + 90 * DAY, clocked(made.schedule, now - 40 * DAY))]
    changed = draw(lists(sampled_from(walls), unique=True, max_size=4)) if walls else []
    pauses = []
    for number in range(draw(integers(0, 2))):
        first = now.date() + draw(integers(-20, 60)) * DAY
        last = first + draw(integers(0, 30)) * DAY
        pauses.append(Pause(f"p{number}", HERE, first, last, f"Holiday {number}", draw(sampled_from([None, TUESDAYS]))))
    return Plan(made, tuple([draw(change(wall)) for wall in changed]), tuple(pauses), now)


def in_pause(evening: Evening, pauses: Sequence[Pause]) -> bool:
    day = date.fromisoformat(evening.original[:10])
    return any(pause.first <= day <= pause.last for pause in pauses)
