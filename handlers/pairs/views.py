"""Screens about the two: what a pair is, how they come together, and what comes by itself. All of them are for the private chat."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.core.daywords import said_time
from bot.core.help import help_now, help_row
from bot.core.replies import Button, Field, Form, Press, Reply, Row, Style, To
from bot.core.reporting import report_button
from bot.core.richtext import Block, Words
from bot.core.screens import in_rows
from bot.core.texts import Say, Value, say_h, say_list, say_p
from bot.core.when import day_and_time
from handlers.pairs.records import LONGEST_NAME, Side, Stage
from handlers.pairs.rules import AUDIENCES, TIMES

FEATURE = "pairs"
NEVER = "none"


def button(say: Say, name: str, action: str, subject: str = "", value: str = "", style: Style = Style.PLAIN) -> Button:
    return Button(say.label(f"pairs.{name}_button"), Press(FEATURE, action, subject, value), style)


def said(say: Say, key: str, *buttons: Button, **values: Value) -> Reply:
    """One sentence in place of the screen that was pressed."""
    return Reply((say_p(say, f"pairs.{key}", **values),), To.PRIVATE, ((*buttons, help_now(say)),))


# Before there is a pair ---------------------------------------------------------------------------------------------


def explained(say: Say) -> Reply:
    """What a pair is, and the ways to one."""
    return Reply(_explained(say), To.PRIVATE, _ways(say))


def after(say: Say, side: Side) -> Reply:
    """For two days after a week: the same person again, or the ways to somebody else."""
    again = (button(say, "again", "again", side.body.pair),)
    key, rows = ("pairs.again_noted", ()) if side.body.yes else ("pairs.over_again", (again,))
    return Reply((*_explained(say), say_p(say, key)), To.PRIVATE, (*rows, *_ways(say)))


def _ways(say: Say) -> tuple[Row, ...]:
    return (
        (button(say, "look", "look", style=Style.MAIN),),
        (button(say, "code", "code"), button(say, "enter", "enter")),
        help_row(say),
    )


def _explained(say: Say) -> tuple[Block, ...]:
    points = say_list(say, "pairs.point_week", "pairs.point_unknown", "pairs.point_yes", "pairs.point_end")
    return (say_h(say, "pairs.heading"), say_p(say, "pairs.what"), points, say_p(say, "pairs.not_treatment"))


def audience(say: Say, action: str) -> Reply:
    """As what somebody is here: the two worlds never meet."""
    rows = tuple((button(say, f"as_{name}", action, "", mark),) for mark, name in AUDIENCES.items())
    return Reply((say_p(say, "pairs.audience_ask"),), To.PRIVATE, (*rows, _back(say)))


def code(say: Say, grouped: str, hours: int) -> Reply:
    """Nothing keeps it: told again, there is a new one."""
    blocks = (
        say_p(say, "pairs.code", code=grouped),
        say_p(say, "pairs.code_where", code=grouped),
        say_p(say, "pairs.code_care", hours=hours),
    )
    rows = ((button(say, "stop", "stop"),), help_row(say))
    return Reply(blocks, To.PRIVATE, rows, replace=False, fleeting=True, guarded=True)


def code_form(say: Say) -> Form:
    return Form(Press(FEATURE, "entered"), say.label("pairs.enter_title"), (Field("code", say.label("pairs.code_field")),))


def entered(say: Say, theirs: Side) -> Reply:
    """A right code was entered: what a pair is comes before the yes. Nothing has happened yet."""
    rows = tuple((button(say, f"yes_{name}", "join", theirs.id, mark),) for mark, name in AUDIENCES.items())
    blocks = (*_explained(say), say_p(say, "pairs.entered"))
    return Reply(blocks, To.PRIVATE, (*rows, (button(say, "no", "home"), help_now(say))), replace=False)


def waits(say: Say, side: Side, zone: ZoneInfo) -> Reply:
    """A code waits to be entered, or somebody waits for another who looks."""
    until = day_and_time(side.until, zone, say.language)
    blocks = (say_p(say, f"pairs.waits_{side.stage.value}", until=until), say_p(say, "pairs.waits_told"))
    look: Row = () if side.stage is Stage.LOOKING else (button(say, "look", "look"),)
    rows = ((button(say, "stop", "stop"), *look), (button(say, "code", "code"), button(say, "enter", "enter")), help_row(say))
    return Reply(blocks, To.PRIVATE, rows)


def question(say: Say, side: Side, why: str) -> Reply:
    """Both are asked. `why`: "found" somebody who looks too, or a "code" of one's own was entered."""
    rows = (_yes_no(say, side), help_row(say))
    return Reply((say_p(say, f"pairs.asked_{why}"), say_p(say, "pairs.asked_yes")), To.PRIVATE, rows, replace=False)


def pending(say: Say, side: Side, zone: ZoneInfo) -> Reply:
    """What is asked of both, to who comes back to it."""
    until = day_and_time(side.until, zone, say.language)
    if side.body.yes:
        row: Row = (button(say, "take_back", "no", side.body.pair), help_now(say))
        return Reply((say_p(say, "pairs.yes_noted", until=until),), To.PRIVATE, (row,))
    return Reply((say_p(say, "pairs.asked_until", until=until),), To.PRIVATE, (_yes_no(say, side), help_row(say)))


def _yes_no(say: Say, side: Side) -> Row:
    return (
        button(say, "yes", "yes", side.body.pair, style=Style.MAIN),
        button(say, "no", "no", side.body.pair),
    )


def home_row(say: Say) -> Row:
    return (button(say, "home", "home"), help_now(say))


def _back(say: Say) -> Row:
    return (Button(say.label("common.back"), Press(FEATURE, "home")), help_now(say))


# A pair -------------------------------------------------------------------------------------------------------------


def begun(say: Say, side: Side) -> Reply:
    """It begins: what is next, and what may be chosen."""
    rows = ((button(say, "write", "write", side.body.pair, style=Style.MAIN), button(say, "home", "home")), help_row(say))
    return Reply((say_p(say, "pairs.begun"), say_p(say, "pairs.begun_next")), To.PRIVATE, rows, replace=False)


def home(say: Say, side: Side, zone: ZoneInfo, *, has_sent: bool, has_notes: bool, may_name: bool) -> Reply:
    pair = side.body.pair
    time = said_time(side.body.time, say.language)
    blocks = (
        say_h(say, "pairs.heading"),
        say_p(say, "pairs.until", until=day_and_time(side.until, zone, say.language)),
        say_p(say, "pairs.sent_today" if has_sent else "pairs.not_sent_today"),
        say_p(say, "pairs.asked_at", time=time) if time else say_p(say, "pairs.asked_never"),
        *((say_p(say, "pairs.named", name=Words(side.body.name)),) if side.body.name and may_name else ()),
        say_p(say, "pairs.not_treatment"),
    )
    first: Row = () if has_sent else (button(say, "write", "write", pair, style=Style.MAIN),)
    first += (button(say, "all", "all", pair),) if has_notes else ()
    second: Row = (button(say, "time", "time", pair),) + ((button(say, "name", "name", pair),) if may_name else ())
    rows = tuple(row for row in (first, second, (_end(say, pair), report_button(say, "pair", pair)), help_row(say)) if row)
    return Reply(blocks, To.PRIVATE, rows)


def times(say: Say, side: Side) -> Reply:
    """At what hour somebody is asked, on their own clocks."""
    pair = side.body.pair
    buttons = [
        Button(
            f"{'✓ ' if clock == side.body.time else ''}{said_time(clock, say.language)}",
            Press(FEATURE, "time", pair, clock.replace(":", "_")),
        )
        for clock in TIMES
    ]
    never = Button(
        f"{'' if side.body.time else '✓ '}{say.label('pairs.never_button')}",
        Press(FEATURE, "time", pair, NEVER),
    )
    return Reply((say_p(say, "pairs.time_ask"),), To.PRIVATE, (*in_rows(buttons, 3), (never,), _back(say)))


def name_form(say: Say, side: Side) -> Form:
    field = Field(
        "name",
        say.label("pairs.name_field"),
        hint=say.label("pairs.name_hint"),
        value=side.body.name,
        required=False,
        longest=LONGEST_NAME,
    )
    return Form(Press(FEATURE, "named", side.body.pair), say.label("pairs.name_title"), (field,))


def end_row(say: Say, pair: str) -> tuple[Row, Row]:
    """What stands below everything that comes from the other."""
    return (_end(say, pair), report_button(say, "pair", pair)), home_row(say)


def _end(say: Say, pair: str) -> Button:
    return button(say, "end", "end", pair, style=Style.STOP)


# What comes by itself -----------------------------------------------------------------------------------------------


def asked(say: Say, side: Side) -> Reply:
    """The question of the day: a locked phone may show it."""
    row = (button(say, "open", "write", side.body.pair, style=Style.MAIN), button(say, "home", "home"))
    return Reply((say_p(say, "pairs.ask"),), To.PRIVATE, (row, help_row(say)), replace=False)


def notice(say: Say, key: str, note: str) -> Reply:
    """Something came from the other; what it is stands behind the button."""
    show = button(say, "show", "show", note, style=Style.MAIN)
    return Reply((say_p(say, f"pairs.{key}"),), To.PRIVATE, ((show,), help_row(say)), replace=False)


def came_to_nothing(say: Say) -> Reply:
    return _news(say, "came_to_nothing")


def looks_on(say: Say) -> Reply:
    return _news(say, "looks_on")


def over_alone(say: Say) -> Reply:
    return _news(say, "over")


def over(say: Say, side: Side) -> Reply:
    """The week is over: once more needs both again."""
    pair = side.body.pair
    again = button(say, "again", "again", pair, style=Style.MAIN)
    rows = ((again, button(say, "home", "home")), (report_button(say, "pair", pair), help_now(say)))
    return Reply((say_p(say, "pairs.over"), say_p(say, "pairs.over_again")), To.PRIVATE, rows, replace=False)


def ended_for(say: Say, pair: str) -> Reply:
    """To who did not end it: no reason, no name."""
    rows = ((button(say, "home", "home"), report_button(say, "pair", pair)), help_row(say))
    return Reply((say_p(say, "pairs.ended_for"),), To.PRIVATE, rows, replace=False)


def _news(say: Say, key: str, rows: Sequence[Row] = ()) -> Reply:
    return Reply((say_p(say, f"pairs.{key}"),), To.PRIVATE, (*rows, home_row(say)), replace=False)
