"""How moments read: in a language, in a zone, always with the zone's own offset of that day."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, format_timedelta, get_timezone_name

from bot.core.richtext import Moment


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))


def day_and_time(at: datetime, zone: ZoneInfo, language: str) -> Moment:
    """Return a moment that reads like "Tue, Dec 1, 7:00 PM" in the zone."""
    local = at.astimezone(zone)
    day = format_skeleton("MMMEd", local, locale=_locale(language))
    return Moment(at, f"{day}, {format_time(local, 'short', locale=_locale(language))}")


def clock_time(at: datetime, zone: ZoneInfo, language: str) -> Moment:
    """Return a moment that reads like "7:00 PM" in the zone."""
    return Moment(at, format_time(at.astimezone(zone), "short", locale=_locale(language)), clock=True)


def day(at: datetime, language: str) -> str:
    """Return the day (UTC) like "Dec 1, 2026"; for dates where an hour does not matter."""
    return str(format_date(at.date(), "medium", locale=_locale(language)))


def span(length: timedelta, language: str) -> str:
    """Return a length like "15 minutes", in whole units."""
    return format_timedelta(length, threshold=1.4, locale=_locale(language))


def zone_name(zone: ZoneInfo, language: str) -> str:
    """Return the zone's name for people, like "Central European Time"."""
    return get_timezone_name(zone, locale=_locale(language), width="long")


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones())
