"""The days and times of day that have a button. A day is counted from the person's own today, when the button is pressed."""

from datetime import date, time
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from bot.core.daywords import said_time
from bot.core.texts import Say

DAYS = {
    "today": relativedelta(),
    "tomorrow": relativedelta(days=1),
    "days3": relativedelta(days=3),
    "week": relativedelta(weeks=1),
    "weeks2": relativedelta(weeks=2),
    "month": relativedelta(months=1),
}
PAST_DAYS = {
    "today": relativedelta(),
    "yesterday": relativedelta(days=-1),
    "days2ago": relativedelta(days=-2),
    "weekago": relativedelta(weeks=-1),
}


class TimeOfDay(NamedTuple):
    at: time

    def label(self, say: Say) -> str:
        return said_time(self.at.isoformat("minutes"), say.language)


TIMES = {f"{hour:02}00": TimeOfDay(time(hour)) for hour in (8, 10, 12, 15, 18, 20, 22)}


def day_of(value: str, today: date) -> str:
    """Return the ISO day of a button, or "" when there is none."""
    away = {**DAYS, **PAST_DAYS}.get(value)
    return (today + away).isoformat() if away is not None else ""


def time_of(value: str) -> str:
    """Return the time of a button as `18:00`, or "" when there is none."""
    return TIMES[value].at.isoformat("minutes") if value in TIMES else ""
