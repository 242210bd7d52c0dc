"""The living schedule, entries of the platform's calendar, and a facilitator's screens about both."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.calls import Community
from bot.core.coming import Ahead
from bot.core.deeds import NativeEvent
from bot.core.help import help_now, help_row
from bot.core.ids import RoomId
from bot.core.meetings import Audience, zoned
from bot.core.replies import Button, Press, Reply, Style, To
from bot.core.richtext import Block, Bullets, Nodes, Text, Words, plain
from bot.core.schedule import on_the_clock
from bot.core.screens import cut, told
from bot.core.texts import Say, say_h, say_p
from bot.core.when import day_and_time, zone_name
from handlers.noticeboard import rules
from handlers.noticeboard.records import Wish

FITS = 1500  # characters of lines: the whole stays one message on every platform, also with every mark escaped
LONGEST_TITLE = 100  # Discord's for an event
LONGEST_WHY = 140  # characters of a reason that are shown in a line


def board(say: Say, community: Community, audience: Audience, ahead: Sequence[Ahead]) -> Reply:
    """The evenings of two weeks in the community's zone and language: the same for every room of an audience."""
    zone = ZoneInfo(community.zone)
    heading = "noticeboard.heading_family" if audience is Audience.FAMILY else "noticeboard.heading"
    blocks: list[Block] = [say_h(say, heading)]
    lines = tuple(_fitting([_line(say, one, zone) for one in ahead]))
    if lines:
        blocks.append(Bullets(lines))
    else:
        blocks.append(say_p(say, "noticeboard.none"))
    if len(lines) < len(ahead):
        blocks.append(say_p(say, "noticeboard.more", count=len(ahead) - len(lines)))
    if lines:
        blocks.append(say_p(say, "noticeboard.how", zone=zone_name(zone, say.language)))
    to_list = Press("directory", "list", community.id, audience.value)
    buttons = (Button(say.label("noticeboard.list_button"), to_list, Style.MAIN, private=True), help_now(say))
    return Reply(tuple(blocks), To.ROOM, (buttons,), replace=False, quiet=True, pin=True)


def taken_down(say: Say) -> Reply:
    """What stays of a board, in its place."""
    return Reply((say_p(say, "noticeboard.taken_down"),), To.ROOM, (help_row(say),), replace=False, quiet=True)


def _fitting(lines: Sequence[Nodes]) -> Iterator[Nodes]:
    left = FITS
    for line in lines[: rules.MOST_LINES]:
        left -= _length(line)
        if left < 0:
            return
        yield line


def _length(line: Nodes) -> int:
    """Members' marks may be written with a backslash each."""
    return len(plain(line)) + sum(len(plain((node,))) for node in line if not isinstance(node, Text))


def _line(say: Say, one: Ahead, zone: ZoneInfo) -> Nodes:
    parts = [_when(say, one, zone), *_notes(say, one, zone)]
    spaced: list[Nodes] = [parts[0], *((Text(" "), *part) for part in parts[1:])]
    return tuple(node for part in spaced for node in part)


def _when(say: Say, one: Ahead, zone: ZoneInfo) -> Nodes:
    start, home = one.evening.starts_at, ZoneInfo(one.series.schedule.zone)
    title, minutes = Words(one.series.title), int((one.evening.ends_at - start).total_seconds()) // 60
    when = day_and_time(start, zone, say.language)
    if start.astimezone(zone).utcoffset() == start.astimezone(home).utcoffset():
        return say("noticeboard.line", title=title, when=when, minutes=minutes)
    there = zoned(start, home, say.language).text
    return say("noticeboard.line_zones", title=title, when=when, there=there, minutes=minutes)


def _notes(say: Say, one: Ahead, zone: ZoneInfo) -> Iterator[Nodes]:
    evening, options = one.evening, one.series.options
    if one.is_live:
        yield say("noticeboard.on_now")
    if options.beginners:
        yield say("noticeboard.for_beginners")
    if options.text_only:
        yield say("noticeboard.in_text")
    if evening.cancelled:
        yield (
            say("noticeboard.cancelled_why", why=Words(cut(evening.why, LONGEST_WHY)))
            if evening.why
            else say("noticeboard.cancelled")
        )
    elif evening.moved:
        first = on_the_clock(datetime.fromisoformat(evening.original), ZoneInfo(one.series.schedule.zone))
        was = day_and_time(first, zone, say.language)
        yield (
            say("noticeboard.moved_why", was=was, why=Words(cut(evening.why, LONGEST_WHY)))
            if evening.why
            else say("noticeboard.moved", was=was)
        )


# The platform's calendar ----------------------------------------------------------------------------------------------


def event(say: Say, one: Ahead, wish: Wish) -> NativeEvent:
    """The platform says where the room is. A meeting behind a link says that it comes: it is shown once the room is open."""
    neutral = say.label("noticeboard.event_title")
    title = neutral if wish.discreet else " ".join(plain((Words(one.series.title),)).split())[:LONGEST_TITLE] or neutral
    where = say.label("noticeboard.event_link") if one.series.options.link else ""
    described = say.label("noticeboard.event_described")
    return NativeEvent(title, one.evening.starts_at, one.evening.ends_at, described, where)


# A facilitator's screens ----------------------------------------------------------------------------------------------


def hung(say: Say, room: RoomId, *, again: bool) -> Reply:
    down = Button(say.label("noticeboard.down_button"), Press("noticeboard", "down", room), Style.STOP)
    key = "noticeboard.hangs_already" if again else "noticeboard.hung"
    return Reply((say_p(say, key),), To.ONLY_YOU, ((down,), help_row(say)), replace=False)


def refused(say: Say, in_private: bool) -> Reply:
    """For somebody who is no facilitator, as far as the place tells."""
    return told(say, "noticeboard.only_facilitators_private" if in_private else "noticeboard.only_facilitators")


def events(say: Say, community: Community, wish: Wish | None, *, again: bool) -> Reply:
    """Whether evenings stand in the platform's calendar, how, and the buttons that change it."""

    def to(key: str, value: str, style: Style = Style.PLAIN) -> Button:
        return Button(say.label(f"noticeboard.{key}"), Press("noticeboard", "events", community.id, value), style)

    if wish is None:
        blocks: tuple[Block, ...] = (say_p(say, "noticeboard.events_off"), say_p(say, "noticeboard.events_seen"))
        return Reply(blocks, To.ONLY_YOU, ((to("on_button", "on", Style.MAIN),), help_row(say)), replace=again)
    family = wish.audience is Audience.FAMILY
    blocks = (
        say_p(say, "noticeboard.events_on_family" if family else "noticeboard.events_on"),
        say_p(say, "noticeboard.events_neutral" if wish.discreet else "noticeboard.events_titled"),
        say_p(say, "noticeboard.events_seen"),
    )
    rows = (
        (to("titled_button", "titled") if wish.discreet else to("neutral_button", "neutral"),),
        (to("participants_button", "participants") if family else to("family_button", "family"),),
        (to("off_button", "off", Style.STOP),),
        help_row(say),
    )
    return Reply(blocks, To.ONLY_YOU, rows, replace=again)
