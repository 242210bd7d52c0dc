"""Meetings: all of a series over one transaction, as `handlers.meetings.records.RoomStore` and
`handlers.series.records.SeriesStore` want it."""

from bot.core import ports
from storage.changes import ChangeRows
from storage.occurrences import OccurrenceRows
from storage.presence import HostRows, PresenceRows
from storage.series import SeriesRows
from storage.unit import concrete
from storage.videos import VideoRows


class Meetings(SeriesRows, ChangeRows, OccurrenceRows, PresenceRows, HostRows, VideoRows):
    """A table's rows are each one part's; what they share is the transaction."""

    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)
