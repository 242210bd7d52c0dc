"""The room's living card: one message a meeting, edited when something changes, never at the ticking of a clock."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.core.calls import Community
from bot.core.help import help_row
from bot.core.ids import new_id
from bot.core.meetings import OVER, Occurrence, Series, State, Tally, zoned
from bot.core.posts import Lane, Post, ToRoom
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Heading, Meter, Nodes, Words
from bot.core.texts import Say, say_p
from bot.core.when import clock_time
from handlers.meetings import rules
from handlers.meetings.records import Outline, Segment

STALE = timedelta(hours=24)  # after the end nobody needs the card's last edit


class Scene(msgspec.Struct, frozen=True):
    """All that the card shows. `here` counts people; nobody is listed."""

    series: Series
    occurrence: Occurrence
    outline: Outline
    community: Community
    here: int = 0
    tally: Tally = Tally()
    next_at: datetime | None = None  # the series' next start, once this evening is over

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.community.zone)


def outline_of(series: Series, outlines: Mapping[str, Outline]) -> Outline:
    """The outline of the series' length, or the longest that fits in it, or the shortest there is."""
    minutes = int(series.length.total_seconds() // 60)
    fitting = [outline for outline in outlines.values() if outline.minutes <= minutes]
    return max(fitting, key=lambda o: o.minutes) if fitting else min(outlines.values(), key=lambda o: o.minutes)


def card_post(say: Say, scene: Scene) -> Post:
    """The card as a promise to the room. A waiting older one is replaced, so many changes at once are one edit."""
    occurrence = scene.occurrence
    return Post(
        key=f"card_{occurrence.id}_{new_id()}",
        lane=Lane.ROOM,
        to=ToRoom(scene.series.room),
        reply=card(say, scene),
        too_late_at=occurrence.ends_at + STALE,
    )


def card(say: Say, scene: Scene) -> Reply:
    blocks = [Heading((Words(scene.series.title),)), *_state(say, scene)]
    if scene.occurrence.is_live:
        blocks.append(say_p(say, "meetings.here", count=scene.here))
        blocks += _checkins(say, scene)
    return Reply(
        tuple(blocks),
        To.ROOM,
        _buttons(say, scene.occurrence),
        slot=f"card_{scene.occurrence.id}",
        quiet=scene.occurrence.state is not State.LOBBY,
    )


def _state(say: Say, scene: Scene) -> list[Block]:
    occurrence, zone, language = scene.occurrence, scene.zone, say.language
    if occurrence.state in OVER:
        key = "meetings.card_cancelled" if occurrence.state is State.CANCELLED else "meetings.card_closed"
        after = [say_p(say, "meetings.card_next_meeting", when=zoned(scene.next_at, zone, language))] if scene.next_at else []
        return [say_p(say, key), *after]
    segment = rules.segment_of(occurrence, scene.outline)
    if segment is None or occurrence.since is None:
        return [
            say_p(say, "meetings.card_lobby", when=zoned(occurrence.starts_at, zone, language)),
            say_p(say, "meetings.card_join"),
        ]
    said: list[Block] = [
        say_p(
            say,
            "meetings.card_segment",
            segment=segment_name(say, segment),
            since=clock_time(occurrence.since, zone, language),
            until=clock_time(rules.planned_end(occurrence, scene.outline), zone, language),
        )
    ]
    if occurrence.state is State.CLOSING:
        said.append(say_p(say, "meetings.card_closing"))
    elif following := rules.segment_after(occurrence, scene.outline):
        said.append(say_p(say, "meetings.card_after", segment=segment_name(say, following)))
    return said


def _checkins(say: Say, scene: Scene) -> list[Block]:
    tally = scene.tally
    if not scene.occurrence.checkin and not tally.done:
        return []
    whole = max(scene.here, tally.done)
    blocks: list[Block] = [Meter(say("meetings.checkins", done=tally.done, whole=whole), tally.done, whole)]
    if tally.topics:
        lines: list[Nodes] = []
        for topic in tally.topics:
            name = say.label(f"meetings.topic_{topic.name}")
            if topic.shown:
                names = Words(", ".join(topic.shown))
                lines.append(say("meetings.topic_names", topic=name, count=topic.count, names=names))
            else:
                lines.append(say("meetings.topic", topic=name, count=topic.count))
        blocks += [say_p(say, "meetings.agenda"), Bullets(tuple(lines))]
    return blocks


def _buttons(say: Say, occurrence: Occurrence) -> tuple[Row, ...]:
    if not occurrence.is_live:
        return (help_row(say),)
    here: Row = (Button(say.label("meetings.join_button"), Press("meetings", "join", occurrence.id), Style.GO),)
    if occurrence.checkin:
        here += (Button(say.label("meetings.checkin_button"), Press("checkin", "open", occurrence.id), Style.MAIN, private=True),)
    panel = Button(say.label("meetings.panel_button"), Press("meetings", "panel", occurrence.id))
    return (here, (*help_row(say), panel))


def segment_name(say: Say, segment: Segment) -> str:
    return say.label(f"meetings.segment_{segment.key}")
