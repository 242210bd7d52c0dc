"""Screens around a tool: which one to go on with, what may be brought in, what comes after it was kept, a message later."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.core.features import Ending
from bot.core.flow import Flow, Follow, line_mark, mark
from bot.core.flow_lines import lines_in
from bot.core.help import help_now, help_row
from bot.core.ids import FlowId
from bot.core.replies import Button, Press, Reply, Row, Style, To, parse_press
from bot.core.richtext import Block, Moment, Words, one_line
from bot.core.screens import cut, in_rows
from bot.core.texts import Say, say_p
from bot.core.when import day
from handlers.flows.answers import listed
from handlers.flows.asked import fitting, paragraphs
from handlers.flows.buttons import press, shortened, wide
from handlers.flows.lines import worded
from handlers.flows.records import FAMILY, ToolEntry, UnderWay
from handlers.flows.views import slot

MOST_KEPT = 4  # kept ones to go on with
MOST_THEN = 3  # rows, with what may be done with what was kept
MOST_SHELVED = 20  # kept ones in one list
MOST_LINES = 15
TITLE = 24  # characters of a kept one's name in a button
_NAME = {"hand": 21, "followed": 17}  # characters of a name that fit into a button beside an entry's id


def again(say: Say, flow: Flow, kept: Sequence[ToolEntry], voice: str, zone: ZoneInfo) -> Reply:
    """Return the choice between the kept ones, newest first, and a new one."""
    rows: list[Row] = []
    for entry in reversed(kept[-MOST_KEPT:]):
        label = shortened(say.label("flow.again_go_on", which=_named(say, flow, entry, zone)))
        rows.append((Button(label, Press("flow", "reopen", entry.id)),))
    new = Button(say.label("flow.again_new"), Press("flow", "anew", flow.name, voice), Style.MAIN)
    look = Button(say.label("flow.shelf"), Press("flow", "shelf", flow.name, voice))
    title = say.label(worded(say, f"{flow.name}.title", family=voice == FAMILY))
    return Reply((say_p(say, "flow.again", tool=title),), buttons=(*rows, (new, look, help_now(say))))


def shelf(say: Say, flow: Flow, kept: Sequence[ToolEntry], voice: str, zone: ZoneInfo) -> Reply:
    """Return the kept ones of a tool, newest first, each to be looked at, and to be deleted there."""
    title = say.label(worded(say, f"{flow.name}.title", family=voice == FAMILY))
    if not kept:
        return Reply((say_p(say, "flow.shelf_empty", tool=title),), buttons=(help_row(say),))
    shown = reversed(kept[-MOST_SHELVED:])
    made = [Button(shortened(_named(say, flow, entry, zone)), Press("flow", "entry", entry.id)) for entry in shown]
    return Reply((say_p(say, "flow.shelf_which", tool=title),), buttons=(*in_rows(made, wide(len(made), MOST_KEPT)), help_row(say)))


def _named(say: Say, flow: Flow, entry: ToolEntry, zone: ZoneInfo) -> str:
    lines = lines_in(entry.answers.get(flow.beside.title)) if flow.beside.title else ()
    title = one_line(lines[0]) if lines else ""
    return cut(title, TITLE) if title else day(entry.at.astimezone(zone), say.language)


def bring(say: Say, flow: FlowId, place: str, n: int, tool: str, lines: Sequence[str], *, several: bool) -> Reply:
    """Return the lines of another tool that may be brought in, with a button for each, and for all of them."""
    shown = lines[:MOST_LINES]
    here = f"{mark(place)}_{n}"
    numbered = listed(fitting([(Words(line),) for line in shown]), numbered=True)
    numbers = [Button(str(number), press(flow, "take", here, line_mark(line))) for number, line in enumerate(shown, 1)]
    back = Button(say.label("common.back"), press(flow, "resume"))
    ways: Row = (back, help_now(say))
    if several and len(shown) > 1:
        ways = (Button(say.label("flow.bring_all"), press(flow, "take", here, "all"), Style.MAIN), *ways)
    return Reply((say_p(say, "flow.bring_from", tool=tool), *numbered), buttons=(*in_rows(numbers, 5), ways), slot=slot(flow))


def kept(
    say: Say,
    flow: Flow,
    slot_of: str,
    more: Ending,
    entry: ToolEntry | None,
    then: Sequence[str] = (),
    *,
    beyond: bool = False,
    goes: Moment | None = None,
    compares: bool = False,
) -> Reply:
    """Return what is said after Keep. `then`: tools that may come next. `beyond`: a message is wanted for after it is deleted.
    `goes`: when it is deleted because the person wants that. `compares`: there is an earlier one to put beside it."""
    family = entry is not None and entry.voice == FAMILY
    own = worded(say, f"{flow.name}.kept", family=family)
    stays = entry is not None and entry.stays
    blocks: list[Block] = []
    if say.has(own):
        blocks.extend(paragraphs(say(own)))
        blocks.extend([say_p(say, "flow.stays")] if stays else [])
    elif goes is None:
        blocks.extend(paragraphs(say("flow.kept_stays" if stays else "flow.kept")))
    if goes is not None:
        blocks.append(say_p(say, "flow.goes", when=goes))
    if flow.beside.passing:
        blocks.append(say_p(say, "flow.goes_chat_stays"))
    blocks.extend(more.blocks)
    if beyond and not stays:
        blocks.append(say_p(say, "flow.kept_beyond"))
    rows: list[Row] = []
    if flow.beside.look:
        rows.append((Button(say.label(f"{flow.name}.look"), parse_press(flow.beside.look), Style.MAIN),))
    rows.extend(more.buttons)
    if entry is not None:
        rows.extend(_of_kept(say, flow, entry, compares=compares))
        for other in then[: MOST_THEN - len(rows)]:
            label = say.label(worded(say, f"{flow.name}.then_{other}", family=family))
            rows.append((Button(shortened(label), Press("flow", "hand", entry.id, short("hand", other))),))
        toggle = Button(say.label("flow.stay_off" if stays else "flow.stay_on"), _stay(entry, on=not stays))
        file = Button(say.label("common.send_file"), Press("flow", "file", entry.id))
        rows.append((toggle, file, Button(say.label("files.delete"), Press("flow", "forget", entry.id))))
    below = (*rows, help_row(say))
    return Reply(tuple(blocks), buttons=below, picture=more.picture, slot=slot(slot_of) if slot_of else "")


def _of_kept(say: Say, flow: Flow, entry: ToolEntry, *, compares: bool) -> Iterator[Row]:
    if compares:
        yield (Button(say.label("flow.compare"), Press("flow", "compare", entry.id)),)
    if flow.beside.passing:
        value = "on" if entry.goes is None else "off"
        yield (Button(say.label(f"flow.goes_{value}"), Press("flow", "goes", entry.id, value)),)


def _stay(entry: ToolEntry, *, on: bool) -> Press:
    return Press("flow", "stay", entry.id, "on" if on else "off")


def closed(say: Say, flow: Flow, under_way: UnderWay, more: Ending) -> Reply:
    """Return the last screen of what is not kept."""
    own = worded(say, f"{flow.name}.kept", family=under_way.state.voice == FAMILY)
    said = more.blocks or paragraphs(say(own if say.has(own) else "flow.closing"))
    return Reply(said, buttons=(*more.buttons, help_row(say)), picture=more.picture, slot=slot(under_way.id))


def left_as_it_was(say: Say, slot_of: str) -> Reply:
    """Return what is said when somebody discards what they changed of a kept one."""
    return Reply((say_p(say, "flow.left_as_it_was"),), buttons=(help_row(say),), slot=slot(slot_of))


def later(say: Say, flow: Flow, follow: Follow, entry: ToolEntry) -> Reply:
    """Return a message afterwards. It may be read on a locked screen: nothing in it says what it is about."""
    key = f"{flow.name}.follow_{follow.name}"
    family = entry.voice == FAMILY
    go = Button(
        shortened(say.label(worded(say, f"{key}_go", family=family))),
        Press("flow", "followed", entry.id, short("followed", follow.name)),
        Style.MAIN,
    )
    stop = Button(say.label("flow.follow_stop"), Press("flow", "unfollow", entry.id))
    said = say_p(say, worded(say, key, family=family))
    return Reply((said,), To.PRIVATE, ((go, stop), help_row(say)), replace=False, quiet=True)


def unfollowed(say: Say) -> Reply:
    return Reply((say_p(say, "flow.follow_stopped"),), buttons=(help_row(say),))


def short(action: str, name: str) -> str:
    """Return a name as it fits into a button of this action."""
    return name[: _NAME[action]]
