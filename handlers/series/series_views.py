"""Screens to find a series and one of its evenings, a few at a time."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.core.calendar import Evening, Pause, digits
from bot.core.help import help_row
from bot.core.meetings import Series
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Heading, Text, Words
from bot.core.screens import Page, cut, in_rows
from bot.core.texts import Say, say_p
from bot.core.when import day_and_time
from handlers.series import telling
from handlers.series.pauses_views import pause_line
from handlers.series.views import FEATURE, button

SERIES_A_PAGE = 6
EVENINGS_A_PAGE = 6
SHORT_TITLE = 28


def pages(say: Say, action: str, subject: str, page: int, more: bool) -> list[Button]:
    """Back and on, where there is something."""
    found = [button(say, "earlier_button", action, subject, str(page - 1))] if page > 0 else []
    return [*found, button(say, "later_button", action, subject, str(page + 1))] if more else found


def listed(say: Say, shown: Page[Series], room: str, *, action: str = "show") -> Reply:
    """A page of series, each with its button. `room`: "" for all of the community."""
    rest = [] if not room else [button(say, "all_rooms_button", "list")]
    if not shown.some:
        rows = (tuple(rest), help_row(say)) if rest else (help_row(say),)
        return Reply((say_p(say, "series.none_here" if room else "series.none"),), To.ONLY_YOU, rows, replace=False)
    lines = Bullets(tuple((Words(series.title), Text(": "), Text(telling.rule_of(say, series))) for series in shown.some))
    style = Style.STOP if action == "cancel" else Style.PLAIN
    buttons = [Button(cut(series.title, SHORT_TITLE), Press(FEATURE, action, series.id), style) for series in shown.some]
    turn = "list" if action == "show" else "which"
    last = (*pages(say, turn, room, shown.number, shown.more), *(rest if action == "show" else ()))
    rows = (*in_rows(buttons, 2), *((last,) if last else ()), help_row(say))
    key = "series.cancel_which" if action == "cancel" else "series.which"
    return Reply((say_p(say, key), lines), To.ONLY_YOU, rows)


def series_screen(
    say: Say,
    series: Series,
    coming: Sequence[Evening],
    second: tuple[ZoneInfo, str] | None,
    pauses: Sequence[Pause],
    *,
    may_hold_here: bool = False,
    note: str = "",
) -> Reply:
    """One series, with everything that can be done to it. `pauses`: its own."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks += [Heading((Words(series.title),)), telling.when_line(say, series)]
    if coming:
        blocks += [say_p(say, "series.next_dates", count=len(coming)), telling.dates(say, series, coming, second)]
    else:
        blocks.append(say_p(say, "series.no_dates"))
    if pauses:
        blocks += [say_p(say, "series.paused"), Bullets(tuple(pause_line(say, pause) for pause in pauses))]
    scopes: Row = (
        button(say, "scope_one", "dates", series.id),
        button(say, "scope_later", "later", series.id),
        button(say, "scope_all", "all", series.id),
    )
    more: Row = (
        button(say, "options_button", "options", series.id),
        button(say, "pauses_button", "pauses", series.id),
        *((button(say, "hold_here_button", "hold", series.id),) if may_hold_here else ()),
    )
    last: Row = (
        button(say, "cancel_button", "cancel", series.id, style=Style.STOP),
        button(say, "list_button", "list", series.room),
    )
    return Reply(tuple(blocks), To.ONLY_YOU, (scopes if coming else scopes[2:], more, last, help_row(say)))


def dates_screen(say: Say, series: Series, shown: Sequence[Evening], page: int, more: bool, *, action: str) -> Reply:
    """A page of evenings to choose from: `evening` for one, `from` for it and all later ones."""
    zone = ZoneInfo(series.schedule.zone)
    buttons = [
        Button(
            day_and_time(evening.starts_at, zone, say.language).text,
            Press(FEATURE, action, series.id, digits(evening.original)),
        )
        for evening in shown
    ]
    ways = pages(say, "dates" if action == "evening" else "later", series.id, page, more)
    last = (*ways, button(say, "look_button", "show", series.id))
    key = "series.which_evening" if action == "evening" else "series.from_which"
    blocks = (Heading((Words(series.title),)), say_p(say, key), telling.dates(say, series, shown, None))
    return Reply(blocks, To.ONLY_YOU, (*in_rows(buttons, 2), last, help_row(say)))


def confirm_cancel(say: Say, series: Series) -> Reply:
    yes = button(say, "cancel_yes", "cancel", series.id, "yes", Style.STOP)
    no = button(say, "keep_button", "keep", series.id)
    return Reply((say_p(say, "series.cancel_ask", title=Words(series.title)),), To.ONLY_YOU, ((yes, no), help_row(say)))
