"""When the meeting is next, after an evening."""

from datetime import datetime

from bot.core.calendar import next_evening
from bot.core.meetings import Occurrence, Series
from handlers.afterwards.records import EveningBook


async def next_start(book: EveningBook, series: Series, occurrence: Occurrence, now: datetime | None = None) -> datetime | None:
    """Return the next start of the series, or of the one that goes on from it, later than the evening's own (and than `now`)."""
    known = [one for one in (series, await book.follower(series.id)) if one is not None]
    changes = await book.changes([one.id for one in known])
    pauses = await book.pauses(series.community)
    after = max(occurrence.starts_at, occurrence.since or occurrence.starts_at, now or occurrence.starts_at)
    found = [next_evening(one, changes, pauses, after) for one in known]
    return min((evening.starts_at for evening in found if evening is not None), default=None)
