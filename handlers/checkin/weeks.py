"""Four weeks' ratings, for the person only: their own figures by the days on which they gave them, without any judgement."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton

from bot.core.ids import PersonId
from bot.core.ports import Unit
from bot.core.replies import Picture
from bot.core.richtext import Bullets
from bot.core.texts import Say, say_p
from handlers.checkin.records import CheckInBook, Rated

DAYS, WEEK = 28, 7
FEWEST = 2  # of one rating there is nothing to see
_DAY = timedelta(days=1)


def first_midnight(now: datetime, zone: ZoneInfo) -> datetime:
    """Return when the first of the days began that are shown; today is the last of them."""
    first = now.astimezone(zone).date() - (DAYS - 1) * _DAY
    return datetime.combine(first, time(), zone)


class Weeks:
    def __init__(self, books: Callable[[Unit], CheckInBook]) -> None:
        self._books = books

    async def rated(self, person: PersonId, voice: str, now: datetime, zone: ZoneInfo, unit: Unit) -> Sequence[Rated]:
        """Return the ratings of the last four weeks, oldest first."""
        return await self._books(unit).rated(person, voice, first_midnight(now, zone))

    async def drawn(
        self, person: PersonId, voice: str, say: Say, now: datetime, zone: ZoneInfo, unit: Unit
    ) -> tuple[int, Picture | None]:
        """Return how many ratings there are in the last four weeks, and their picture."""
        rated = await self.rated(person, voice, now, zone, unit)
        return len(rated), picture(say, rated, now, zone)


def picture(say: Say, rated: Sequence[Rated], now: datetime, zone: ZoneInfo) -> Picture | None:
    """Return a point for each rating, where it lies in the four weeks up to today; None for fewer than two."""
    if len(rated) < FEWEST:
        return None
    first = first_midnight(now, zone).date()
    points = tuple((_days_in(one.at.astimezone(zone), first.toordinal()), float(one.rating)) for one in rated)
    ends = [first + (n * WEEK - 1) * _DAY for n in range(1, DAYS // WEEK + 1)]
    labels = tuple(_said(datetime.combine(day, time(12)), "MMMd", say) for day in ends)
    lines = tuple(
        say("checkin.weeks_point", day=_said(one.at.astimezone(zone).replace(tzinfo=None), "MMMEd", say), rating=one.rating)
        for one in rated
    )
    return Picture("days", say.label("checkin.weeks_title"), points, labels, (say_p(say, "checkin.weeks_twin"), Bullets(lines)))


def _days_in(at: datetime, first: int) -> float:
    return at.toordinal() - first + (at.hour * 60 + at.minute) / 1440


def _said(day: datetime, skeleton: str, say: Say) -> str:
    return str(format_skeleton(skeleton, day, locale=say.language.replace("-", "_")))
