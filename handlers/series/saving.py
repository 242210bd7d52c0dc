"""Writing down what an edit comes to."""

from datetime import datetime

from msgspec.structs import replace

from bot.core.ids import new_id
from bot.core.meetings import AHEAD, When
from bot.core.ports import Unit
from handlers.series.planning import settle
from handlers.series.records import SeriesStore
from handlers.series.rules import Edit


async def apply(unit: Unit, book: SeriesStore, edit: Edit, now: datetime) -> None:
    """Store an edit, and bring what is planned in step. Evenings that an ended series gives up go to the one that follows it."""
    series, ended = replace(edit.series, ended_at=None), edit.ended
    if ended is None:
        await book.change_series(series)
    else:
        await book.add_series(series)
        await book.change_series(ended)
        for pause in edit.pauses:
            await book.add_pause(replace(pause, id=new_id(), series=series.id))
    for change in edit.drop:
        await book.drop_change(change.series, change.original)
    for change in edit.put:
        await book.put_change(change)
    if ended is None:
        await settle(unit, book, series, now, news=True)
        return
    given_up = [one for one in await book.ahead_of(ended.id) if one.state in AHEAD and one.original >= edit.since]
    await settle(unit, book, series, now, given_up, news=True)
    if await settle(unit, book, ended, now) is None:
        await unit.due.add(When.PLAN.due(now, ended.id))  # its job notes that it has ended
