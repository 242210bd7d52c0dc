"""Screens of holidays (a community's) and pauses (a series')."""

from collections.abc import Sequence
from datetime import date

from babel import Locale
from babel.dates import format_date

from bot.core.calendar import Pause
from bot.core.help import help_row
from bot.core.replies import Button, Field, Form, Press, Reply, Style, To
from bot.core.richtext import Block, Bullets, Nodes, Text, Words
from bot.core.screens import cut, in_rows
from bot.core.screens import page as page_of
from bot.core.texts import Say, say_p
from handlers.series.views import FEATURE, button

PAUSES_A_PAGE = 6
LONGEST_PAUSE_TITLE = 60


def day(at: date, language: str) -> str:
    return str(format_date(at, "medium", locale=Locale.parse(language.replace("-", "_"))))


def pause_line(say: Say, pause: Pause) -> Nodes:
    first, last = day(pause.first, say.language), day(pause.last, say.language)
    days = (Text(first),) if pause.first == pause.last else say("series.from_to", first=first, last=last)
    return (*days, Text(": "), Words(pause.title)) if pause.title else days


def pauses_screen(say: Say, found: Sequence[Pause], subject: str, page: int, *, of_series: bool, note: str = "") -> Reply:
    """What is paused, with a button to take each back and one to add. `subject`: the series, or the community."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    shown, page, more = page_of(found, page, PAUSES_A_PAGE)
    what = "pauses" if of_series else "holidays"
    if shown:
        blocks += [say_p(say, f"series.{what}_now"), Bullets(tuple(pause_line(say, pause) for pause in shown))]
    else:
        blocks.append(say_p(say, f"series.no_{what}"))
    buttons = [
        Button(
            cut(say.label("series.remove_button", day=day(pause.first, say.language))),
            Press(FEATURE, "unpause", pause.id),
            Style.STOP,
        )
        for pause in shown
    ]
    ways = [button(say, "add_pause_button" if of_series else "add_holiday_button", "pause", subject, style=Style.MAIN)]
    if page > 0:
        ways.append(button(say, "earlier_button", "pauses", subject, str(page - 1)))
    if more:
        ways.append(button(say, "later_button", "pauses", subject, str(page + 1)))
    if of_series:
        ways.append(button(say, "look_button", "show", subject))
    return Reply(tuple(blocks), To.ONLY_YOU, (*in_rows(buttons, 2), tuple(ways), help_row(say)))


def pause_form(say: Say, subject: str, answers: dict[str, str], *, of_series: bool) -> Form:
    def field(name: str, hint: str, *, required: bool = True, longest: int = 30) -> Field:
        label, value = say.label(f"series.field_{name}"), answers.get(name, "")
        return Field(name, label, hint=say.label(hint), value=value, required=required, longest=longest)

    return Form(
        Press(FEATURE, "pause", subject),
        say.label("series.pause_title" if of_series else "series.holiday_title"),
        (
            field("date", "series.hint_date"),
            field("last", "series.hint_last", required=False),
            field("pause", "series.hint_pause", required=False, longest=LONGEST_PAUSE_TITLE),
        ),
    )
