"""When the meeting is next, after an evening."""

from datetime import datetime

from bot.core import coming
from bot.core.meetings import Occurrence, Series
from handlers.afterwards.records import EveningBook


async def next_start(book: EveningBook, series: Series, occurrence: Occurrence, now: datetime | None = None) -> datetime | None:
    """Return the next start of the series, or of the one that goes on from it, later than the evening's own (and than `now`)."""
    after = max(occurrence.starts_at, occurrence.since or occurrence.starts_at, now or occurrence.starts_at)
    return await coming.next_start(book, series, after)
