"""A series that goes on from another, after an edit of "this and later": who was reminded of the one is reminded of the other."""

from msgspec.structs import replace

from bot.core.meetings import Series
from handlers.reminders.records import Known, ReminderBook


async def taken_over(book: ReminderBook, series: Series, known: Known | None) -> Known | None:
    """Take reminders over, once: before anything is done about the first evening of the series.

    Return how people know the evening, as one of this series from now on; whoever calls stores it.
    """
    if series.follows is not None and await book.is_new(series.id):
        await book.take_over(series.follows, series.id)
    return known if known is None or known.series == series.id else replace(known, series=series.id)
