"""A plan as an iCalendar file. Pure: the same plan and words give the same bytes.

Times are floating (RFC 5545, 3.3.5, form 1): 18:00 is when the person's own clocks show it, across a clock change and on a journey.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, vRecur

from bot.core.richtext import one_line
from handlers.plans.records import DAYS, Action, Plan

NAME = "week.ics"  # says nothing of what is in it
MEDIA_TYPE = "text/calendar; charset=utf-8"
LENGTH = timedelta(minutes=30)


def calendar(plan: Plan, titles: Sequence[str]) -> bytes:
    """Return the file. `titles`: one for each of the plan's actions; calendars are seen on many screens."""
    made = Calendar()
    made.add("VERSION", "2.0")
    made.add("PRODID", "-//calendar//EN")
    for n, (action, title) in enumerate(zip(plan.body.actions, titles, strict=True)):
        if action.days:
            made.add_component(_event(plan, n, action, title))
    return bytes(made.to_ical())


def has_entries(plan: Plan) -> bool:
    return any(action.days for action in plan.body.actions)


def _event(plan: Plan, n: int, action: Action, title: str) -> Event:
    event = Event()
    event.add("UID", f"{plan.id}-{n}@openchair")
    event.add("DTSTAMP", plan.at)
    event.add("SUMMARY", one_line(title))
    event.add("CLASS", "PRIVATE")
    first: date = action.days[0]
    if action.at is None:  # a day, without an hour
        event.add("DTSTART", first)
        event.add("TRANSP", "TRANSPARENT")
    else:
        event.add("DTSTART", datetime.combine(first, action.at))
        event.add("DURATION", LENGTH)
    if len(action.days) == DAYS:
        event.add("RRULE", vRecur.from_ical(f"FREQ=DAILY;COUNT={DAYS}"))
    return event
