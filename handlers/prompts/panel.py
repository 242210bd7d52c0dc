"""The facilitators' screens: a room's prompts, and one of them with all that can be changed."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.core.daywords import said_time
from bot.core.help import help_row
from bot.core.ids import RoomId
from bot.core.meetings import Audience, Series, zoned
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Words
from bot.core.screens import cut, in_rows, page
from bot.core.texts import Say, say_h, say_p
from bot.core.when import day, day_and_time, zone_name
from handlers.prompts import rules
from handlers.prompts.records import Asks, Prompt, State
from handlers.prompts.views import FEATURE
from handlers.prompts.widgets import OFF, day_rows, hour_rows, is_paused, marked, said_week

PREFIX = 12  # of an id, in a button beside a whole one
A_PAGE = 6


class Shown(msgspec.Struct, frozen=True):
    """All that the panel shows. `follows`: the title of the series that it follows. `room`: where the facilitator is, if that is
    not the prompt's own."""

    prompt: Prompt
    now: datetime
    reader: ZoneInfo
    next: Sequence[datetime] = ()
    follows: str = ""
    room: RoomId = RoomId("")


def said_when(say: Say, prompt: Prompt) -> str:
    if prompt.series:
        clock = said_time(f"{prompt.schedule.wall:%H:%M}", say.language)
        return say.label("prompts.after_days", count=prompt.after, when=clock)
    return said_week(say, rules.days_of(prompt.schedule.rule), prompt.schedule.wall)


def said_what(say: Say, prompt: Prompt) -> str:
    return prompt.title or say.label(f"prompts.asks_{prompt.asks.value}")


def listed(say: Say, room: RoomId, here: Sequence[Prompt], lost: Sequence[Prompt], number: int, note: str = "") -> Reply:
    """`lost`: prompts of rooms that are gone: they can be taken over here."""
    shown = page([*here, *lost], number, A_PAGE)
    labels = [cut(marked(one.is_running, f"{said_what(say, one)}: {said_when(say, one)}")) for one in shown.some]
    rows = in_rows(
        [Button(label, Press(FEATURE, "panel", one.id, room[:PREFIX])) for label, one in zip(labels, shown.some, strict=True)],
        2,
    )
    turn: Row = (Button(say.label("prompts.make_button"), Press(FEATURE, "make", room), Style.MAIN),)
    if shown.more or number:
        turn += (
            Button(say.label("prompts.more_button"), Press(FEATURE, "list", room, str(shown.number + 1 if shown.more else 0))),
        )
    blocks: list[Block] = [say_p(say, f"prompts.{note}")] if note else []
    blocks += [say_h(say, "prompts.heading"), say_p(say, "prompts.choose" if shown.some else "prompts.none")]
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, turn, help_row(say)))


def panel(say: Say, shown: Shown, note: str = "") -> Reply:
    prompt, zone = shown.prompt, ZoneInfo(shown.prompt.schedule.zone)
    blocks: list[Block] = [say_p(say, f"prompts.{note}")] if note else []
    blocks += [
        say_h(say, "prompts.panel"),
        say_p(say, f"prompts.what_{prompt.audience.value}", what=Words(said_what(say, prompt))),
        say_p(say, "prompts.when", when=said_when(say, prompt), zone=zone_name(zone, say.language)),
    ]
    if shown.follows:
        blocks.append(say_p(say, "prompts.follows", title=Words(shown.follows)))
    blocks.append(_state(say, shown))
    blocks += _next(say, shown, zone)
    return Reply(tuple(blocks), To.ONLY_YOU, _buttons(say, shown))


def _state(say: Say, shown: Shown) -> Block:
    prompt = shown.prompt
    if prompt.is_running and prompt.paused_until is not None and is_paused(prompt.paused_until, shown.now):
        until = prompt.paused_until.astimezone(ZoneInfo(prompt.schedule.zone))
        return say_p(say, "prompts.paused", day=day(until, say.language))
    return say_p(say, f"prompts.state_{prompt.state.value}")


def _next(say: Say, shown: Shown, zone: ZoneInfo) -> list[Block]:
    """The next ones on the community's clocks; on the reader's as well, where those show something else."""
    if not shown.next:
        return [say_p(say, "prompts.next_evening")] if shown.prompt.series else []
    first, *later = shown.next
    key = "next_two" if later else "next_one"
    said = {"first": zoned(first, zone, say.language), "then": zoned(later[0] if later else first, zone, say.language)}
    blocks: list[Block] = [say_p(say, f"prompts.{key}", **said)]
    if first.astimezone(zone).utcoffset() != first.astimezone(shown.reader).utcoffset():
        blocks.append(say_p(say, "prompts.next_for_you", first=day_and_time(first, shown.reader, say.language)))
    return blocks


def _buttons(say: Say, shown: Shown) -> tuple[Row, ...]:
    prompt = shown.prompt

    def button(name: str, action: str, value: str = "", style: Style = Style.PLAIN) -> Button:
        return Button(say.label(f"prompts.{name}_button"), Press(FEATURE, action, prompt.id, value), style)

    first: Row = (button("what", "what"), button("when", "when"))
    if prompt.state is State.DRAFT:
        family = prompt.audience is Audience.FAMILY
        other = Audience.PARTICIPANTS if family else Audience.FAMILY
        first += (button(f"for_{other.value}", "for", other.value),)
    if not prompt.is_running:
        second: Row = (button("run", "run", "start", Style.GO),)
        if shown.room:
            second = (button("here", "here", shown.room[:PREFIX], Style.GO),)
    elif is_paused(prompt.paused_until, shown.now):
        second = (button("go_on", "pause", OFF, Style.GO), button("stop", "run", "stop"))
    else:
        second = (button("pause", "pause"), button("stop", "run", "stop"))
    last: Row = (button("delete", "drop", style=Style.STOP), Button(say.label("common.back"), Press(FEATURE, "list", prompt.room)))
    return (first, second, last, help_row(say))


# Its parts ----------------------------------------------------------------------------------------------------------


def back_to(say: Say, prompt: Prompt) -> Button:
    return Button(say.label("common.back"), Press(FEATURE, "panel", prompt.id))


def what_screen(say: Say, prompt: Prompt, own: Sequence[tuple[str, str]], number: int) -> Reply:
    kinds = (Asks.FAMILY,) if prompt.audience is Audience.FAMILY else (Asks.STANDARD, Asks.SHORT)
    shipped = tuple(
        Button(marked(prompt.asks is kind, say.label(f"prompts.asks_{kind.value}")), Press(FEATURE, "what", prompt.id, kind.value))
        for kind in kinds
    )
    shown = page(own, number, A_PAGE)
    buttons = [
        Button(cut(marked(prompt.questions == name, title)), Press(FEATURE, "what", prompt.id, f"q{name[:PREFIX]}"))
        for name, title in shown.some
    ]
    rows = [tuple(buttons[n : n + 3]) for n in range(0, len(buttons), 3)]
    end: Row = (back_to(say, prompt), *help_row(say))
    if shown.more or number:
        more = Press(FEATURE, "what", prompt.id, f"p{shown.number + 1 if shown.more else 0}")
        end = (Button(say.label("prompts.more_button"), more), *end)
    key = "what_ask" if own else "what_ask_none"
    return Reply((say_p(say, f"prompts.{key}"),), To.ONLY_YOU, (shipped, *rows, end))


def when_screen(say: Say, shown: Shown) -> Reply:
    prompt, zone = shown.prompt, ZoneInfo(shown.prompt.schedule.zone)
    hours = hour_rows(say, "hour", prompt.id, prompt.schedule.wall)
    if prompt.series:
        counts = [
            Button(marked(prompt.after == count, str(count)), Press(FEATURE, "after", prompt.id, str(count)))
            for count in range(1, rules.MOST_AFTER + 1)
        ]
        days: tuple[Row, ...] = (tuple(counts[:3]), tuple(counts[3:]))
        weekly = Button(say.label("prompts.weekly_button"), Press(FEATURE, "follow", prompt.id, OFF))
        end: Row = (weekly, back_to(say, prompt), *help_row(say))
        blocks = (say_p(say, "prompts.after_ask", title=Words(shown.follows)), *_next(say, shown, zone))
        return Reply(blocks, To.ONLY_YOU, (*days, *hours, end))
    days = day_rows(say, "day", prompt.id, rules.days_of(prompt.schedule.rule))
    follow = Button(say.label("prompts.follow_button"), Press(FEATURE, "follow", prompt.id))
    blocks = (say_p(say, "prompts.when_ask"), *_next(say, shown, zone))
    return Reply(blocks, To.ONLY_YOU, (*days, *hours, (follow, back_to(say, prompt), *help_row(say))))


def follow_screen(say: Say, prompt: Prompt, found: Sequence[Series], number: int) -> Reply:
    """The meetings that a prompt can follow: of its own audience only."""
    shown = page(found, number, A_PAGE)
    buttons = [
        Button(cut(marked(prompt.series == one.id, one.title)), Press(FEATURE, "follow", prompt.id, f"s{one.id[:PREFIX]}"))
        for one in shown.some
    ]
    rows = [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]
    end: Row = (Button(say.label("common.back"), Press(FEATURE, "when", prompt.id)), *help_row(say))
    if shown.more or number:
        more = Press(FEATURE, "follow", prompt.id, f"p{shown.number + 1 if shown.more else 0}")
        end = (Button(say.label("prompts.more_button"), more), *end)
    key = "follow_ask" if found else "follow_none"
    return Reply((say_p(say, f"prompts.{key}"),), To.ONLY_YOU, (*rows, end))


def delete_screen(say: Say, prompt: Prompt) -> Reply:
    sure = Button(say.label("prompts.delete_yes_button"), Press(FEATURE, "drop", prompt.id, "yes"), Style.STOP)
    return Reply((say_p(say, "prompts.delete_ask"),), To.ONLY_YOU, ((sure, back_to(say, prompt)), help_row(say)))
