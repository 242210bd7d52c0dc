"""A facilitator's screen, and the line in a room that a week's picture is there."""

from collections.abc import Sequence

from bot.core.help import help_now, help_row
from bot.core.ids import CommunityId, RoomId
from bot.core.meetings import Audience
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Nodes, Text
from bot.core.screens import in_rows
from bot.core.texts import Say, say_h, say_p
from handlers.together import line_views, rules
from handlers.together.records import Line, Telling
from handlers.together.rules import MOST_LINES
from handlers.together.seeing import At

MOST = 20  # lines that fit on a screen with their buttons


def desk(say: Say, at: At, lines: Sequence[Line], room: RoomId, telling: Telling | None) -> Reply:
    """`room`: the one that it was asked for in; "" where that is not known."""
    some = reachable(lines)
    blocks: list[Block] = [say_h(say, "together.desk_title"), say_p(say, f"together.desk_{at.audience}")]
    if some:
        blocks += [say_p(say, "together.desk_how"), Bullets(tuple(_listed(say, line, n) for n, line in enumerate(some, 1)))]
    else:
        blocks.append(say_p(say, "together.desk_none"))
    buttons = [_hide(say, line, n) for n, line in enumerate(some, 1)]
    rows: list[Row] = [*in_rows(buttons, 5)]
    if room:
        is_on = telling is not None and telling.audience is at.audience
        blocks.append(say_p(say, "together.desk_told" if is_on else "together.desk_told_not"))
        wish = "off" if is_on else "on"
        rows.append(
            (Button(say.label(f"together.tell_{wish}_button"), Press("together", rules.named("tell", at.audience), room, wish)),)
        )
    rows += [(Button(say.label("common.back"), Press("together", rules.named("of", at.audience), at.community.id)),), help_row(say)]
    return Reply(tuple(blocks), To.ONLY_YOU, tuple(rows))


def reachable(lines: Sequence[Line]) -> Sequence[Line]:
    """Return what fits on the screen, in its order: all lines that members see, however many are hidden."""
    seen = [line.id for line in lines if not line.hidden][:MOST_LINES]
    hidden = [line.id for line in lines if line.hidden][: MOST - len(seen)]
    more = [line.id for line in lines if not line.hidden][MOST_LINES : MOST - len(hidden)]
    chosen = {*seen, *hidden, *more}
    return [line for line in lines if line.id in chosen]


def _listed(say: Say, line: Line, number: int) -> Nodes:
    hidden: Nodes = (Text(" "), *say("together.desk_hidden")) if line.hidden else ()
    return (Text(f"{number}. "), *line_views.read(say, line), *hidden)


def _hide(say: Say, line: Line, number: int) -> Button:
    wish = "off" if line.hidden else "on"
    label = say.label("together.unhide_button" if line.hidden else "together.hide_button", number=number)
    return Button(label, Press("together", "hide", line.id, wish))


def news(say: Say, community: CommunityId, audience: Audience) -> Reply:
    see = Press("together", rules.named("of", audience), community)
    buttons = (Button(say.label("together.news_button"), see, Style.MAIN, private=True), help_now(say))
    return Reply((say_p(say, f"together.news_{audience}"),), To.ROOM, (buttons,), replace=False, quiet=True)
