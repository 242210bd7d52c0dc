"""The handover note's screens."""

from bot.core.help import help_row
from bot.core.ids import CommunityId
from bot.core.meetings import Audience, Series
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Words, clean
from bot.core.screens import Page, cut, in_rows
from bot.core.texts import Say, quoted, say_h, say_p
from handlers.roster.records import HandoverNote
from handlers.roster.views import FAMILY, PARTICIPANTS, button, corner_button


def choose(say: Say, community: CommunityId, audience: Audience, some: Page[Series], *, other: bool) -> Reply:
    mark = FAMILY if audience is Audience.FAMILY else PARTICIPANTS
    key = "roster.notes_which" if some.some else "roster.hosts_none"
    one_each = [Button(cut(clean(one.title)), Press("roster", "note", one.id)) for one in some.some]
    turn: list[Button] = []
    if some.number:
        turn.append(button(say, "earlier", community, f"{mark}{some.number - 1}", action="notes"))
    if some.more:
        turn.append(button(say, "later", community, f"{mark}{some.number + 1}", action="notes"))
    if other:
        world = Audience.PARTICIPANTS if audience is Audience.FAMILY else Audience.FAMILY
        turn.append(button(say, f"world_{world}", community, FAMILY if world is Audience.FAMILY else PARTICIPANTS, action="notes"))
    turn.append(corner_button(say, community))
    blocks = (say_h(say, "roster.notes_title"), say_p(say, key))
    return Reply(blocks, To.ONLY_YOU, (*in_rows(one_each, 3), tuple(turn), help_row(say)))


def screen(say: Say, series: Series, note: HandoverNote | None, *, mine: bool, is_there: bool, told: str = "") -> Reply:
    """`note`: what the viewer may read. `is_there`: there is one, perhaps of somebody else."""
    blocks: list[Block] = [say_p(say, told)] if told else []
    blocks += [say_h(say, "roster.note_of", title=Words(series.title)), say_p(say, "roster.note_what")]
    if note is not None:
        blocks.append(quoted(note.words))
    elif is_there:
        blocks.append(say_p(say, "roster.note_there"))
    first: Row = (button(say, "note_write", series.id, action="form", style=Style.MAIN),)
    if mine:
        first += (button(say, "unwrite", series.id, style=Style.STOP),)
    return Reply(tuple(blocks), To.ONLY_YOU, (first, (corner_button(say, series.community),), help_row(say)))


def shown(say: Say, note: HandoverNote) -> Reply:
    return Reply((say_p(say, "roster.note_reads"), quoted(note.words)), To.ONLY_YOU, (help_row(say),), replace=False)


def none(say: Say) -> Reply:
    return Reply((say_p(say, "roster.note_none"),), To.ONLY_YOU, (help_row(say),), replace=False)
