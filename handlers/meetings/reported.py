"""What a report of a meeting is about: facilitators know it by its title. If it has a host, it may be about them: they hear
nothing."""

from collections.abc import Callable, Mapping
from typing import Protocol

from bot.core.ids import OccurrenceId
from bot.core.meetings import Hosts, MeetingBook
from bot.core.ports import Unit
from bot.core.reporting import WHAT, Looks, Reported


class HostedBook(MeetingBook, Hosts, Protocol):
    """What is read of meetings here."""


def looks(books: Callable[[Unit], HostedBook]) -> Mapping[str, Looks]:
    """What can be reported of this feature, by the letter of `bot.core.reporting.WHAT`."""

    async def meeting(occurrence: str, unit: Unit) -> Reported | None:
        book = books(unit)
        found = await book.occurrence(OccurrenceId(occurrence))
        series = await book.series(found.series) if found is not None else None
        if found is None or series is None:
            return None
        host = await book.host(found.id)
        return Reported(series.community, series.title, frozenset() if host is None else frozenset({host}))

    return {WHAT["meeting"]: meeting}
