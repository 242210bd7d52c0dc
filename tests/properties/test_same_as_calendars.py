"""What the bot holds of a series, a calendar program holds of the same series as RFC 5545 writes it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]  # it ships no types
from hypothesis import given
from hypothesis.strategies import integers, times

from bot.core.calendar import Change, Evening, evening_at
from bot.core.schedule import first_wall, rule_in_utc
from tests.properties.evenings import AHEAD, DAY, Plan, plans

evening_clocks = (
    integers(6, 22).flatmap(lambda hour: times(time(hour), time(hour, 59))).map(lambda at: at.replace(second=0, microsecond=0))
)


def as_calendar(plan: Plan) -> icalendar.Calendar:
    """The series with its rule, and an event of its own for each evening that is different."""
    series, zone = plan.series, ZoneInfo(plan.series.schedule.zone)
    wall = first_wall(series.schedule)
    calendar = icalendar.Calendar()
    if wall is None:
        return calendar
    whole = event(wall.replace(tzinfo=zone), series.length, "usual", "CONFIRMED")
    whole.add("RRULE", icalendar.vRecur.from_ical(rule_in_utc(series.schedule)))
    calendar.add_component(whole)
    for change in plan.changes:
        found = evening_at(series, plan.changes, (), change.original)
        if found is not None:
            calendar.add_component(own_event(found, change, zone))
    return calendar


def own_event(found: Evening, change: Change, zone: ZoneInfo) -> icalendar.Event:
    at = datetime.fromisoformat(change.starts or change.original).replace(tzinfo=zone)
    own = event(at, found.ends_at - found.starts_at, found.room, "CANCELLED" if found.cancelled else "CONFIRMED")
    own.add("RECURRENCE-ID", datetime.fromisoformat(found.original).replace(tzinfo=zone))
    return own


def event(starts: datetime, length: timedelta, room: str, status: str) -> icalendar.Event:
    made = icalendar.Event()
    made.add("UID", "series@openchair")
    made.add("DTSTART", starts)
    made.add("DURATION", length)
    made.add("LOCATION", room)
    made.add("STATUS", status)
    return made


@given(plans(wall=evening_clocks))
def test_the_same_evenings_at_the_same_moments_in_the_same_rooms(plan):
    events = recurring_ical_events.of(as_calendar(plan)).between(plan.now - DAY, plan.now + AHEAD + DAY)
    theirs = {
        (event["DTSTART"].dt.astimezone(UTC), str(event["LOCATION"]), str(event["STATUS"]) == "CANCELLED") for event in events
    }
    ours = Plan(plan.series, plan.changes, (), plan.now).ahead()
    assert {(one.starts_at, one.room, one.cancelled) for one in ours} == {
        one for one in theirs if plan.now < one[0] <= plan.now + AHEAD
    }
