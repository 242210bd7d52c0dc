"""What facilitators see: the order panel, people one by one, the waiting room, breakouts, and what owners look at."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.core.deeds import Standing
from bot.core.help import help_now, help_row
from bot.core.ids import OccurrenceId
from bot.core.meetings import zoned
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Words
from bot.core.screens import cut, in_rows
from bot.core.texts import Say, say_h, say_p
from bot.core.when import clock_time, day, day_and_time
from handlers.floor import rules
from handlers.floor.records import Act, Hand, Order, Seat
from handlers.floor.views import label, note_values

LINES = 10  # of the queue
MOST_REVIEWS = 4  # at a time: each has a row of its own


class Scene(msgspec.Struct, frozen=True):
    """All that the panel shows."""

    occurrence: OccurrenceId
    order: Order
    speaker: Seat | None
    line: tuple[Seat, ...]
    outside: int
    lobby: bool = False
    breakouts: bool = False
    to_review: int = 0


def panel(say: Say, scene: Scene, zone: ZoneInfo, note: str = "", about: Seat | None = None) -> Reply:
    order = scene.order
    blocks: list[Block] = [say_p(say, note, **note_values(about))] if note else []
    blocks.append(say_h(say, "floor.panel"))
    if scene.speaker is not None:
        who = Words(label(say, scene.speaker, zone))
        if order.until is not None:
            blocks.append(say_p(say, "floor.speaks_until", who=who, until=clock_time(order.until, zone, say.language)))
        else:
            blocks.append(say_p(say, "floor.speaks", who=who))
    blocks.append(say_p(say, "floor.hands", count=len(scene.line)))
    if scene.line:
        blocks.append(Bullets(tuple((Words(label(say, seat, zone)),) for seat in scene.line[:LINES])))
    if scene.outside:
        blocks.append(say_p(say, "floor.outside", count=scene.outside))
    blocks += [say_p(say, f"floor.is_{state}") for state, on in _states(scene) if on]
    if scene.to_review:
        blocks.append(say_p(say, "floor.to_review", count=scene.to_review))
    return Reply(tuple(blocks), To.ONLY_YOU, _panel_buttons(say, scene))


def _states(scene: Scene) -> tuple[tuple[str, bool], ...]:
    return ("lobby", scene.lobby), ("locked", scene.order.locked), ("calm", scene.order.calm)


def _panel_buttons(say: Say, scene: Scene) -> tuple[Row, ...]:
    def button(action: str, key: str, value: str = "", style: Style = Style.PLAIN) -> Button:
        return Button(say.label(f"floor.{key}_button"), Press("floor", action, scene.occurrence, value), style)

    turn = str(scene.order.turn)
    speaking = [button("next", "next", turn, Style.MAIN)] if scene.line else []
    speaking += [button("end", "end_turn", turn)] if scene.speaker else []
    first = str(scene.line[0].number) if scene.line else ""
    line = [button("skip", "skip", first)] if scene.line else []
    line += [button("back", "back", first)] if len(scene.line) > 1 else []
    door = [
        button(action, f"{action}_{'off' if on else 'on'}", "off" if on else "on")
        for action, on in (("lobby", scene.lobby), ("lock", scene.order.locked), ("calm", scene.order.calm))
    ]
    more = [button("people", "people")]
    more += [button("outside", "outside")] if scene.outside else []
    more += [button("breakouts", "breakouts")] if scene.breakouts else []
    more.append(Button(say.label("floor.panel_button"), Press("meetings", "panel", scene.occurrence)))
    end = Button(say.label("floor.end_button"), Press("meetings", "end", scene.occurrence), Style.STOP)
    line.append(button("round", "round"))
    rows = (tuple(speaking + line), tuple(door), tuple(more), (help_now(say), button("order", "refresh"), end))
    return tuple(row for row in rows if row)


# People ------------------------------------------------------------------------------------------------------------------


def people(
    say: Say, occurrence: OccurrenceId, seats: Sequence[Seat], page: int, zone: ZoneInfo, *, more: bool, note: str = ""
) -> Reply:
    """Those who raised a hand, came into the voice room, wait, or were named: to choose one. Nobody but facilitators sees it."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks.append(say_p(say, "floor.people" if seats else "floor.people_none"))
    buttons = [Button(label(say, seat, zone), Press("floor", "who", occurrence, str(seat.number))) for seat in seats]
    ways = (*_pages(say, "people", occurrence, page, more=more), *_ways_back(say, occurrence))
    return Reply(tuple(blocks), To.ONLY_YOU, (*in_rows(buttons, 2), ways))


def waiting(
    say: Say, occurrence: OccurrenceId, seats: Sequence[Seat], page: int, zone: ZoneInfo, *, more: bool, note: str = ""
) -> Reply:
    """Who waits outside, each with the way in."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks.append(say_p(say, "floor.waiting" if seats else "floor.waiting_none"))
    buttons = [
        Button(
            cut(say.label("floor.let_in_one", who=label(say, seat, zone))),
            Press("floor", "letin", occurrence, str(seat.number)),
            Style.GO,
        )
        for seat in seats
    ]
    every = [Button(say.label("floor.let_all_in_button"), Press("floor", "letin", occurrence, "all"), Style.GO)] if seats else []
    ways = (*every, *_pages(say, "outside", occurrence, page, more=more), *_ways_back(say, occurrence))
    return Reply(tuple(blocks), To.ONLY_YOU, (*in_rows(buttons, 2), ways))


def person(say: Say, seat: Seat, standing: Standing | None, zone: ZoneInfo, *, outside: bool, asked: bool, note: str = "") -> Reply:
    """One person, and what may be done."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks.append(say_p(say, "floor.person", who=Words(label(say, seat, zone))))
    if standing is not None or outside:
        blocks.append(say_p(say, f"floor.stands_{(standing or Standing.WAITING).value}"))
    if asked:
        blocks.append(say_p(say, "floor.removal_asked"))

    def button(action: str, key: str, style: Style = Style.PLAIN) -> Button:
        return Button(say.label(f"floor.{key}_button"), Press("floor", action, seat.occurrence, str(seat.number)), style)

    hand = (button("skip", "skip"), button("back", "back")) if seat.hand is Hand.UP else ()
    if standing is Standing.OUT:
        powers: Row = (button("free", "return", Style.GO),)
    elif standing is Standing.WAITING or outside:
        powers = (button("letin", "let_in", Style.GO), button("remove", "remove", Style.STOP))
    else:
        mute = button("free", "unmute", Style.GO) if standing is Standing.MUTED else button("mute", "mute")
        powers = (mute, button("wait", "wait"), button("remove", "remove", Style.STOP))
    ways = _ways_back(say, seat.occurrence, Button(say.label("floor.people_button"), Press("floor", "people", seat.occurrence)))
    rows = (hand, powers, (button("card", "card"),), ways)
    return Reply(tuple(blocks), To.ONLY_YOU, tuple(row for row in rows if row))


def ask_removal(say: Say, seat: Seat, zone: ZoneInfo, *, alone: bool) -> Reply:
    key = "floor.ask_removal_alone" if alone else "floor.ask_removal"
    yes = Button(say.label("floor.remove_yes"), Press("floor", "out", seat.occurrence, str(seat.number)), Style.STOP)
    no = Button(say.label("common.back"), Press("floor", "who", seat.occurrence, str(seat.number)))
    return Reply((say_p(say, key, who=Words(label(say, seat, zone))),), To.ONLY_YOU, ((yes, no), help_row(say)))


def second(say: Say, motion: str, seat: Seat, zone: str) -> Reply:
    """To another facilitator: one is not enough."""
    yes = Button(say.label("floor.confirm_button"), Press("floor", "confirm", motion), Style.STOP)
    no = Button(say.label("floor.against_button"), Press("floor", "against", motion))
    text = say_p(say, "floor.second", who=Words(label(say, seat, ZoneInfo(zone))))
    return Reply((text,), To.PRIVATE, ((yes, no), help_row(say)), replace=False)


def _pages(say: Say, action: str, occurrence: OccurrenceId, page: int, *, more: bool) -> Row:
    earlier = [Button(say.label("floor.earlier_button"), Press("floor", action, occurrence, str(page - 1)))] if page else []
    later = [Button(say.label("floor.later_button"), Press("floor", action, occurrence, str(page + 1)))] if more else []
    return (*earlier, *later)


def _ways_back(say: Say, occurrence: OccurrenceId, *first: Button) -> Row:
    return (*first, Button(say.label("floor.order_button"), Press("floor", "order", occurrence)), help_now(say))


# The room ----------------------------------------------------------------------------------------------------------------


def raid_offer(say: Say, occurrence: OccurrenceId) -> Reply:
    """To the hosts, once an evening. Nothing happens by itself."""
    lock = Button(say.label("floor.lock_on_button"), Press("floor", "raid", occurrence, "lock"), Style.STOP)
    calm = Button(say.label("floor.calm_on_button"), Press("floor", "raid", occurrence, "calm"), Style.STOP)
    fine = Button(say.label("floor.raid_fine_button"), Press("floor", "raid", occurrence, "fine"))
    return Reply((say_p(say, "floor.raid"),), To.PRIVATE, ((lock, calm), (fine, help_now(say))), replace=False)


def how_many(say: Say, occurrence: OccurrenceId) -> Reply:
    buttons = tuple(Button(str(count), Press("floor", "breakouts", occurrence, str(count))) for count in rules.TOPICS)
    return Reply((say_p(say, "floor.breakouts_count"),), To.ONLY_YOU, (buttons, _ways_back(say, occurrence)))


def how_long(say: Say, occurrence: OccurrenceId, count: int) -> Reply:
    buttons = tuple(
        Button(say.label("common.minutes", count=minutes), Press("floor", "breakouts", occurrence, f"{count}_{minutes}"))
        for minutes in rules.TOPIC_MINUTES
    )
    return Reply((say_p(say, "floor.breakouts_minutes", count=count),), To.ONLY_YOU, (buttons, _ways_back(say, occurrence)))


def breakouts_running(say: Say, occurrence: OccurrenceId, order: Order, zone: ZoneInfo) -> Reply:
    close = Button(say.label("floor.breakouts_close_button"), Press("floor", "shut", occurrence), Style.STOP)
    until = clock_time(order.back_at, zone, say.language).text if order.back_at else ""
    text = say_p(say, "floor.breakouts_running", count=order.breakouts, until=until)
    return Reply((text,), To.ONLY_YOU, ((close,), _ways_back(say, occurrence)))


def breakout(say: Say, back_at: datetime, zone: ZoneInfo) -> tuple[Block, ...]:
    """The first message of each breakout."""
    return say_p(say, "floor.breakout", until=clock_time(back_at, zone, say.language)), say_p(say, "floor.breakout_how")


def breakout_buttons(say: Say) -> tuple[Row, ...]:
    return (help_row(say),)


def breakouts_open(say: Say, count: int, back_at: datetime, zone: ZoneInfo) -> Reply:
    text = say_p(say, "floor.breakouts_line", count=count, until=clock_time(back_at, zone, say.language))
    return Reply((text,), To.ROOM, replace=False, quiet=True)


def breakouts_over(say: Say) -> Reply:
    return Reply((say_p(say, "floor.breakouts_over"),), To.ROOM, replace=False, quiet=True)


# Owners ------------------------------------------------------------------------------------------------------------------


def acts(say: Say, found: Sequence[Act], review: Sequence[Act], zone: ZoneInfo, note: str = "") -> Reply:
    """When, of which kind, by how many: no names, and no words."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks.append(say_h(say, "floor.acts"))
    if not found:
        blocks.append(say_p(say, "floor.acts_none"))
    else:
        lines = tuple(
            say(
                "floor.act",
                when=zoned(act.at, zone, say.language),
                kind=say.label(f"floor.act_{act.kind.value}"),
                hands=act.hands,
            )
            for act in found
        )
        blocks.append(Bullets(lines))
    for act in review[:MOST_REVIEWS]:
        when = day_and_time(act.at, zone, say.language)
        blocks.append(say_p(say, "floor.act_review", when=when, until=day(act.review_by or act.at, say.language)))
    rows = tuple(
        (
            Button(
                cut(say.label("floor.review_button", when=day_and_time(act.at, zone, say.language).text)),
                Press("floor", "acts", act.id),
            ),
        )
        for act in review[:MOST_REVIEWS]
    )
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, help_row(say)))
