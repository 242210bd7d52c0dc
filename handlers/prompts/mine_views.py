"""A person's own screens: when they are asked in private, and by what. Seen by them alone."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.help import help_row
from bot.core.meetings import Audience
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Words
from bot.core.screens import cut, in_rows, number_in, page
from bot.core.texts import Say, say_h, say_p
from bot.core.when import day, day_and_time
from handlers.prompts.panel import said_what, said_when
from handlers.prompts.records import Asks, Prompt, Wish
from handlers.prompts.views import FEATURE
from handlers.prompts.widgets import OFF, ON, day_rows, hour_rows, is_paused, marked, said_week

FAMILY = "family"
A_PAGE = 6


def line(say: Say, wish: Wish, prompt: Prompt | None) -> str:
    """A wish in one line, for its button."""
    if prompt is not None:
        return f"{said_what(say, prompt)}: {said_when(say, prompt)}"
    return f"{say.label(f'prompts.asks_{wish.body.asks.value}')}: {said_week(say, wish.body.days, wish.body.wall)}"


def listed(say: Say, mine: Sequence[tuple[Wish, Prompt | None]], others: Sequence[Prompt], number: int, *, family: bool) -> Reply:
    """What asks the person, and what of their community could: of one audience at a time."""
    buttons = [
        Button(cut(marked(wish.body.is_on and not wish.body.resting, line(say, wish, prompt))), Press(FEATURE, "wish", wish.id))
        for wish, prompt in mine
    ]
    joins = [Button(cut(f"{said_what(say, one)}: {said_when(say, one)}"), Press(FEATURE, "join", one.id)) for one in others]
    shown = page([*buttons, *joins], number, A_PAGE)
    some, world = shown.some, "family" if family else "participants"
    own = Button(say.label("prompts.own_button"), Press(FEATURE, "own", "", FAMILY if family else ""), Style.MAIN)
    turn = Button(
        say.label("prompts.mine_participants_button" if family else "prompts.mine_family_button"),
        Press(FEATURE, "mine", "", "" if family else FAMILY),
    )
    blocks: tuple[Block, ...] = (
        say_h(say, "prompts.mine"),
        say_p(say, f"prompts.mine_{world}"),
        say_p(say, "prompts.mine_choose" if some else "prompts.mine_none"),
    )
    ways: Row = (own, turn)
    if shown.more or shown.number:
        following = f"{FAMILY if family else ''}{shown.number + 1 if shown.more else 0}"
        ways = (Button(say.label("prompts.more_button"), Press(FEATURE, "mine", "", following)), *ways)
    return Reply(blocks, To.ONLY_YOU, (*in_rows(some, 2), ways, help_row(say)))


def named(value: str) -> tuple[bool, int]:
    """Return what a button of the list names: whether the relatives' one, and its page."""
    return value.startswith(FAMILY), number_in(value.removeprefix(FAMILY))


def shown(
    say: Say, wish: Wish, prompt: Prompt | None, ahead: Sequence[datetime], zone: ZoneInfo, now: datetime, note: str = ""
) -> Reply:
    """One wish. `ahead`: when the next ones come, with quiet hours waited for."""
    blocks: list[Block] = [say_p(say, f"prompts.{note}")] if note else []
    blocks += [say_h(say, "prompts.wish"), say_p(say, "prompts.wish_line", what=Words(line(say, wish, prompt)))]
    if wish.body.resting:
        blocks.append(say_p(say, "prompts.wish_rests"))
    elif wish.body.paused_until is not None and is_paused(wish.body.paused_until, now):
        blocks.append(say_p(say, "prompts.paused", day=day(wish.body.paused_until.astimezone(zone), say.language)))
    elif not wish.body.is_on:
        blocks.append(say_p(say, "prompts.wish_off"))
    if ahead and wish.body.is_on and not wish.body.resting:
        first, then = ahead[0], ahead[-1]
        said = {"first": day_and_time(first, zone, say.language), "then": day_and_time(then, zone, say.language)}
        blocks.append(say_p(say, "prompts.next_two" if len(ahead) > 1 else "prompts.next_one", **said))
    blocks.append(say_p(say, "prompts.discreet"))
    return Reply(tuple(blocks), To.ONLY_YOU, _buttons(say, wish, prompt, now))


def audience_of(wish: Wish, prompt: Prompt | None) -> Audience:
    """A community's own questions are asked of either."""
    return prompt.audience if prompt is not None else wish.body.asks.audience


def _buttons(say: Say, wish: Wish, prompt: Prompt | None, now: datetime) -> tuple[Row, ...]:
    def button(name: str, action: str, value: str = "", style: Style = Style.PLAIN) -> Button:
        return Button(say.label(f"prompts.{name}_button"), Press(FEATURE, action, wish.id, value), style)

    rows: list[Row] = []
    if not wish.prompt:
        kinds = () if wish.body.asks is Asks.FAMILY else (Asks.STANDARD, Asks.SHORT)
        what = tuple(
            Button(
                marked(wish.body.asks is kind, say.label(f"prompts.asks_{kind.value}")),
                Press(FEATURE, "own_what", wish.id, kind.value),
            )
            for kind in kinds
        )
        rows.append((*what, button("when", "own_when")))
    if wish.body.resting:
        rows.append((button("again", "again", style=Style.MAIN),))
    elif not wish.body.is_on:
        rows.append((button("run", "own_run", ON, Style.GO),))
    elif is_paused(wish.body.paused_until, now):
        rows.append((button("go_on", "own_pause", OFF, Style.GO), button("stop_asking", "leave", style=Style.STOP)))
    else:
        rows.append((button("pause", "own_pause"), button("stop_asking", "leave", style=Style.STOP)))
    if wish.body.resting or not wish.body.is_on:
        rows.append((button("stop_asking", "leave", style=Style.STOP),))
    family = FAMILY if audience_of(wish, prompt) is Audience.FAMILY else ""
    rows.append((Button(say.label("common.back"), Press(FEATURE, "mine", "", family)), *help_row(say)))
    return tuple(rows)


def when_screen(say: Say, wish: Wish, ahead: Sequence[datetime], zone: ZoneInfo) -> Reply:
    blocks: list[Block] = [say_p(say, "prompts.own_when_ask")]
    if ahead:
        said = {"first": day_and_time(ahead[0], zone, say.language), "then": day_and_time(ahead[-1], zone, say.language)}
        blocks.append(say_p(say, "prompts.next_two" if len(ahead) > 1 else "prompts.next_one", **said))
    days = day_rows(say, "own_day", wish.id, wish.body.days)
    hours = hour_rows(say, "own_hour", wish.id, wish.body.wall)
    return Reply(tuple(blocks), To.ONLY_YOU, (*days, *hours, (back_to(say, wish), *help_row(say))))


def back_to(say: Say, wish: Wish) -> Button:
    return Button(say.label("common.back"), Press(FEATURE, "wish", wish.id))


def left(say: Say, *, family: bool) -> Reply:
    mine = Button(say.label("prompts.mine_button"), Press(FEATURE, "mine", "", FAMILY if family else ""))
    return Reply((say_p(say, "prompts.left"),), To.ONLY_YOU, ((mine,), help_row(say)))


def joined(say: Say, wish: Wish, note: str = "joined") -> Reply:
    more = Button(say.label("prompts.change_button"), Press(FEATURE, "wish", wish.id))
    return Reply(
        (say_p(say, f"prompts.{note}"), say_p(say, "prompts.discreet")), To.ONLY_YOU, ((more,), help_row(say)), replace=False
    )
