"""The screen of one evening, its forms, and what others are told of it."""

from zoneinfo import ZoneInfo

from bot.core.calendar import Evening, digits
from bot.core.help import help_row
from bot.core.ids import PersonId
from bot.core.meetings import Series, zoned
from bot.core.replies import Button, Field, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Heading, Moment, Words
from bot.core.texts import Say, say_p
from bot.core.when import day_and_time
from handlers.series.rules import seen
from handlers.series.views import FEATURE, button

LONGEST_REASON = 200


def named(say: Say, series: Series, evening: Evening) -> str:
    """Return an evening's start on its own clocks, with their zone."""
    return zoned(evening.starts_at, ZoneInfo(series.schedule.zone), say.language).text


def evening_screen(
    say: Say,
    series: Series,
    evening: Evening,
    second: tuple[ZoneInfo, str] | None,
    viewer: PersonId,
    *,
    may_hold_here: bool,
    is_changed: bool,
    note: str = "",
) -> Reply:
    """One evening, with everything that can be done to it."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks.append(Heading((Words(series.title),)))
    minutes = int((evening.ends_at - evening.starts_at).total_seconds()) // 60
    blocks.append(say_p(say, "series.evening_when", when=named(say, series, evening), minutes=minutes))
    if second is not None:
        zone, whose = second
        blocks.append(say_p(say, f"series.date_{whose}", when=day_and_time(evening.starts_at, zone, say.language).text))
    if evening.cancelled:
        blocks.append(say_p(say, "series.evening_off"))
    elif evening.moved:
        blocks.append(say_p(say, "series.evening_moved", day=evening.original[:10]))
    if evening.why:
        blocks.append(say_p(say, "series.evening_why", why=Words(evening.why)))
    if evening.host is not None and not evening.cancelled:
        blocks.append(say_p(say, "series.host_you" if evening.host == viewer else "series.host_other"))
    return Reply(tuple(blocks), To.ONLY_YOU, _ways(say, series, evening, viewer, may_hold_here, is_changed))


def _ways(say: Say, series: Series, evening: Evening, viewer: PersonId, may_hold_here: bool, is_changed: bool) -> tuple[Row, ...]:
    name = digits(evening.original)

    def way(key: str, action: str, style: Style = Style.PLAIN) -> Button:
        return button(say, key, action, series.id, name, style)

    look = button(say, "evenings_button", "dates", series.id)
    if evening.cancelled:
        return ((way("undo_button", "on", Style.MAIN), look), help_row(say))
    first = (way("move_button", "move"), way("length_button", "long"), way("off_button", "off", Style.STOP))
    hosting = way("ask_button", "ask") if evening.host == viewer else way("take_button", "take")
    more = [hosting] if evening.host == viewer else [hosting, way("ask_button", "ask")]
    if may_hold_here:
        more.append(way("hold_here_button", "here"))
    last = [way("plain_button", "plain")] if is_changed else []
    return (first, tuple(more), (*last, look), help_row(say))


def off_form(say: Say, series: Series, evening: Evening) -> Form:
    why = Field(
        "reason", say.label("series.field_reason"), hint=say.label("series.hint_reason"), required=False, longest=LONGEST_REASON
    )
    return _form(say, "off", "off_title", series, evening, (why,))


def move_form(say: Say, series: Series, evening: Evening, answers: dict[str, str] | None = None) -> Form:
    local = evening.starts_at.astimezone(ZoneInfo(series.schedule.zone))
    given = {"date": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}"} | (answers or {})
    fields = (
        Field("date", say.label("series.field_date"), hint=say.label("series.hint_date"), value=given["date"], longest=30),
        Field("time", say.label("series.field_time"), hint=say.label("series.hint_time"), value=given["time"], longest=20),
        Field(
            "reason",
            say.label("series.field_reason"),
            hint=say.label("series.hint_reason"),
            value=given.get("reason", ""),
            required=False,
            longest=LONGEST_REASON,
        ),
    )
    return _form(say, "move", "move_title", series, evening, fields)


def length_form(say: Say, series: Series, evening: Evening) -> Form:
    minutes = int((evening.ends_at - evening.starts_at).total_seconds()) // 60
    length = Field("length", say.label("series.field_length"), hint=say.label("series.hint_length"), value=str(minutes), longest=20)
    return _form(say, "long", "length_title", series, evening, (length,))


def _form(say: Say, action: str, title: str, series: Series, evening: Evening, fields: tuple[Field, ...]) -> Form:
    """The form remembers how the evening stood, to notice that somebody else changed it meanwhile."""
    press = Press(FEATURE, action, series.id, f"{digits(evening.original)}{seen(evening)}")
    return Form(press, say.label(f"series.{title}"), fields)


def substitute_asked(say: Say, series: Series, evening: Evening) -> Reply:
    """What the room reads when somebody is looked for."""
    take = button(say, "take_button", "take", series.id, digits(evening.original), Style.MAIN)
    when = Moment(evening.starts_at, named(say, series, evening))
    return Reply((say_p(say, "series.substitute_asked", title=Words(series.title), when=when),), To.ROOM, ((take,), help_row(say)))
