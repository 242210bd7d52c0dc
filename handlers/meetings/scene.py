"""All that is shown of an evening, and the words that both card and panel use for its parts."""

from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.core.agenda import Tally
from bot.core.calls import Community
from bot.core.ids import RoomId
from bot.core.meetings import FloorView, Occurrence, Series
from bot.core.outlines import Outline, Segment
from bot.core.richtext import Nodes, Words, clean
from bot.core.texts import Say
from handlers.meetings import times


class Scene(msgspec.Struct, frozen=True):
    """`here` counts people; nobody is listed. `outline` is fitted to the meeting's length. `hosted`: somebody said that they
    host, or a facilitator that they are here. `next_at`: the series' next start, once this evening is over. `video`: the group's
    video chat is open."""

    series: Series
    occurrence: Occurrence
    outline: Outline
    community: Community
    here: int = 0
    tally: Tally = Tally()
    next_at: datetime | None = None
    now: datetime | None = None
    floor: FloorView = FloorView()
    hosted: bool = True
    video: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.community.zone)

    @property
    def language(self) -> str:
        return self.series.options.language or self.community.language

    @property
    def room(self) -> RoomId:
        return self.occurrence.room or self.series.room

    @property
    def at(self) -> datetime:
        return self.now or self.occurrence.since or self.occurrence.starts_at

    @property
    def segment(self) -> Segment | None:
        return times.segment_of(self.occurrence, self.outline)

    @property
    def following(self) -> Segment | None:
        return times.segment_after(self.occurrence, self.outline)

    @property
    def until(self) -> datetime:
        return times.planned_end(self.occurrence, self.outline)

    @property
    def is_up(self) -> bool:
        return times.is_up(self.occurrence, self.outline, self.at)


def segment_name(say: Say, segment: Segment) -> Words | str:
    return Words(segment.name) if segment.name else say.label(f"outlines.segment_{segment.key}")


def segment_label(say: Say, segment: Segment) -> str:
    """A segment's name as plain text, for a button."""
    return clean(segment.name) if segment.name else say.label(f"outlines.segment_{segment.key}")


def script(say: Say, outline: Outline, segment: Segment, *, self_run: bool = False) -> Nodes:
    """What a stand-in may read out, or the room reads: the community's own words, or the shipped ones."""
    if segment.script:
        return (Words(segment.script),)
    style = "self" if self_run else "brief" if outline.brief else ""
    return say(next(key for key in outline.script_keys(segment, style) if say.has(key)))
