"""How the weeks were, as a picture with the same in words; and what is done with a number, before anybody agrees."""

from collections.abc import Sequence
from datetime import date, timedelta

from babel.dates import format_interval

from bot.core.few import FIVE
from bot.core.help import help_row
from bot.core.meetings import Audience
from bot.core.replies import Button, Picture, Press, Reply, Row, Style, To
from bot.core.reporting import report_button
from bot.core.richtext import Block, Bullets, Nodes
from bot.core.texts import Say, say_h, say_list, say_p
from handlers.together import line_views, rules
from handlers.together.records import Line, Sum
from handlers.together.seeing import At

Weeks = Sequence[tuple[date, Sum | None]]
NONE = -1.0  # a week without a sum, in the picture's points


def press(at: At, action: str) -> Press:
    return Press("together", rules.named(action, at.audience), at.community.id)


def button(say: Say, at: At, action: str, label: str, style: Style = Style.PLAIN) -> Button:
    return Button(say.label(f"together.{label}_button"), press(at, action), style)


def screen(
    say: Say,
    at: At,
    weeks: Weeks,
    lines: Sequence[Line],
    others: Sequence[Audience],
    *,
    counts: bool,
    room: str,
    note: str,
    replace: bool,
) -> Reply:
    """`room`: where a facilitator asked for it; the way to their desk goes with it."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks.append(say_h(say, f"together.heading_{at.audience}"))
    blocks.append(say_p(say, "together.how", five=FIVE) if weeks else say_p(say, "together.none", five=FIVE))
    if lines:
        blocks += [say_p(say, "together.helped"), Bullets(tuple(line_views.read(say, line) for line in lines))]
    blocks.append(say_p(say, "together.counts" if counts else "together.counts_not"))
    report = (report_button(say, "lines", at.community.id),) if lines else ()
    rows: list[Row] = [
        (button(say, at, "stop", "stop"),) if counts else (button(say, at, "ask", "ask", Style.MAIN),),
        (button(say, at, "write", "write"), button(say, at, "mine", "mine"), *report),
        tuple(button(say, At(at.community, other), "of", str(other)) for other in others),
        (Button(say.label("together.desk_button"), Press("together", rules.named("desk", at.audience), room)),) if room else (),
        help_row(say),
    ]
    picture = picture_of(say, weeks) if weeks else None
    return Reply(tuple(blocks), To.ONLY_YOU, tuple(row for row in rows if row), picture=picture, replace=replace)


def ask(say: Say, at: At) -> Reply:
    """Exactly what is done with a number, and by whom it is seen."""
    blocks = (
        say_h(say, "together.ask_title"),
        say_list(say, "together.ask_what", "together.ask_shown", "together.ask_closed", "together.ask_back"),
        say_p(say, f"together.ask_{at.audience}"),
    )
    ways = ((button(say, at, "agree", "agree", Style.MAIN),), (Button(say.label("common.back"), press(at, "of")),))
    return Reply(blocks, To.ONLY_YOU, (*ways, help_row(say)))


# The picture ------------------------------------------------------------------------------------------------------------


def picture_of(say: Say, weeks: Weeks) -> Picture:
    """A mark for each week where the middle answer is, in a bar over the ranges of those near it; gaps for weeks without."""
    points = [
        point
        for _, of in weeks
        for point in (((float(of.low), float(of.high)), (float(of.middle), 0.0)) if of else ((NONE, NONE), (NONE, NONE)))
    ]
    rows = tuple((days(say, monday), people(say, of.people) if of else "") for monday, of in weeks)
    labels = (
        *(range_name(say, n) for n in range(len(rules.RANGES))),
        say.label("together.picture_people"),
        say.label("together.picture_reach"),
        say.label("together.picture_middle"),
    )
    twin = Bullets(tuple(_in_words(say, monday, of) for monday, of in weeks))
    return Picture("reach", say.label("together.picture_title"), tuple(points), labels, (twin,), rows)


def _in_words(say: Say, monday: date, of: Sum | None) -> Nodes:
    if of is None:
        return say("together.twin_few", days=days(say, monday), five=FIVE)
    said = {"days": days(say, monday), "people": people(say, of.people), "middle": range_name(say, of.middle)}
    if of.low == of.high:
        return say("together.twin_one", **said)
    return say("together.twin", low=range_name(say, of.low), high=range_name(say, of.high), **said)


def days(say: Say, monday: date) -> str:
    """Return a week like "Nov 16 – 22"."""
    return str(format_interval(monday, monday + timedelta(days=6), "MMMd", locale=say.language.replace("-", "_")))


def range_name(say: Say, number: int) -> str:
    low, high = rules.RANGES[number]
    return say.label("together.range", low=low, high=high)


def people(say: Say, band: int) -> str:
    low, high = rules.BANDS[band]
    return say.label("together.people", low=low, high=high) if high else say.label("together.people_more", low=low)
