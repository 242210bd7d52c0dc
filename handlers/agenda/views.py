"""What is seen of an agenda: by facilitators, and by each person of their own wish."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.agenda import TOPICS, AgendaItem
from bot.core.help import help_now, help_row
from bot.core.ids import OccurrenceId
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Nodes, Words
from bot.core.screens import cut, in_rows, page, told
from bot.core.texts import Say, say_h, say_p
from bot.core.when import day_and_time
from handlers.agenda.records import Becomes, Entry

PAGE = 6
TAKE_BACK, UNNAMED = "none", "unnamed"
YES, NO = "yes", "no"


def refused(say: Say, in_private: bool) -> Reply:
    """For somebody who is no facilitator, as far as the place tells: a private chat knows it only from an act in the room."""
    return told(say, "agenda.only_facilitators_private" if in_private else "agenda.only_facilitators")


# Facilitators ------------------------------------------------------------------------------------------------------------


def listing(say: Say, occurrence: OccurrenceId, entries: Sequence[Entry], number: int, note: str = "") -> Reply:
    """All items in their order, each with a button."""
    some, number, more = page(entries, number, PAGE)
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks.append(say_h(say, "agenda.list"))
    if not entries:
        blocks.append(say_p(say, "agenda.list_none"))
    else:
        blocks.append(Bullets(tuple(_line(say, entry) for entry in some)))
    buttons = [
        Button(cut(label(say, entry)), Press("agenda", "one", occurrence, str(entry.number)), _style(entry)) for entry in some
    ]
    ways: list[Button] = []
    if number:
        ways.append(Button(say.label("agenda.earlier_button"), Press("agenda", "list", occurrence, str(number - 1))))
    if more:
        ways.append(Button(say.label("agenda.later_button"), Press("agenda", "list", occurrence, str(number + 1))))
    ways.append(Button(say.label("agenda.add_button"), Press("agenda", "add", occurrence)))
    ways.append(Button(say.label("agenda.refresh_button"), Press("agenda", "list", occurrence)))
    panel = Button(say.label("agenda.panel_button"), Press("meetings", "panel", occurrence))
    return Reply(tuple(blocks), To.ONLY_YOU, (*in_rows(buttons, 2), tuple(ways), (panel, help_now(say))))


def one(say: Say, occurrence: OccurrenceId, entry: Entry, place: int, last: int, note: str = "") -> Reply:
    """One item. `place` among the `last` that wait, from 1; 0 when it does not."""

    def button(action: str, style: Style = Style.PLAIN) -> Button:
        return Button(say.label(f"agenda.{action}_button"), Press("agenda", action, occurrence, str(entry.number)), style)

    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks.append(say_p(say, "agenda.one", topic=_topic(say, entry.item), who=_who(say, entry)))
    if place:
        blocks.append(say_p(say, "agenda.place", place=place, last=last))
    moves: list[Button] = [button("up")] if place > 1 else []
    moves += [button("down")] if 0 < place < last else []
    match entry.becomes:
        case Becomes.NOW:
            steps: Row = (button("done", Style.MAIN), button("open"), button("drop", Style.STOP))
        case Becomes.DONE:
            steps = (button("open"),)
        case _:
            steps = (button("now", Style.MAIN), button("done"), button("drop", Style.STOP))
    back = Button(say.label("agenda.list_button"), Press("agenda", "list", occurrence))
    return Reply(tuple(blocks), To.ONLY_YOU, tuple(row for row in (tuple(moves), steps, (back, help_now(say))) if row))


def adding(say: Say, occurrence: OccurrenceId) -> Reply:
    """On somebody's word, without a name: a topic by a tap."""
    buttons = [Button(say.label(f"agenda.topic_{topic}"), Press("agenda", "add", occurrence, topic)) for topic in TOPICS]
    back = Button(say.label("agenda.list_button"), Press("agenda", "list", occurrence))
    return Reply((say_p(say, "agenda.add"),), To.ONLY_YOU, (*in_rows(buttons, 3), (back, help_now(say))))


def label(say: Say, entry: Entry) -> str:
    return say.label("agenda.label", topic=_topic(say, entry.item), who=entry.item.name or _unnamed(say, entry))


def _line(say: Say, entry: Entry) -> Nodes:
    key = {Becomes.NOW: "agenda.line_now", Becomes.DONE: "agenda.line_done"}.get(entry.becomes, "agenda.line")
    return say(key, topic=_topic(say, entry.item), who=_who(say, entry))


def _who(say: Say, entry: Entry) -> Words | str:
    if entry.item.name:
        return Words(entry.item.name)
    return _unnamed(say, entry)


def _unnamed(say: Say, entry: Entry) -> str:
    return say.label("agenda.added" if entry.person is None else "agenda.somebody")


def _topic(say: Say, item: AgendaItem) -> str:
    return say.label(f"agenda.topic_{item.topic}")


def _style(entry: Entry) -> Style:
    return Style.MAIN if entry.becomes is Becomes.NOW else Style.PLAIN


# A person's own ----------------------------------------------------------------------------------------------------------


def mine(say: Say, occurrence: OccurrenceId, entry: Entry | None, note: str = "") -> Reply:
    """What they want of the meeting's time; to change, and to take back."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    if entry is None:
        blocks.append(say_p(say, "agenda.mine_none"))
    elif entry.becomes is Becomes.DONE:
        blocks.append(say_p(say, "agenda.mine_done", topic=_topic(say, entry.item)))
    elif entry.item.name:
        blocks.append(say_p(say, "agenda.mine_named", topic=_topic(say, entry.item), name=Words(entry.item.name)))
    else:
        blocks.append(say_p(say, "agenda.mine", topic=_topic(say, entry.item)))

    def button(key: str, value: str) -> Button:
        return Button(say.label(f"agenda.{key}"), Press("agenda", "mine", occurrence, value))

    rows = in_rows([button(f"topic_{topic}", topic) for topic in TOPICS], 3)
    more: list[Button] = []
    if entry is not None and entry.becomes is not Becomes.DONE:
        more.append(button("take_back_button", TAKE_BACK))
        more += [button("unnamed_button", UNNAMED)] if entry.item.name else []
    return Reply(tuple(blocks), To.ONLY_YOU, tuple(row for row in (*rows, tuple(more), help_row(say)) if row))


def unfinished(say: Say, occurrence: OccurrenceId) -> Reply:
    """Shown on a locked phone: it does not say what it is about."""
    yes = Button(say.label("agenda.bring_button"), Press("agenda", "bring", occurrence, YES), Style.MAIN)
    no = Button(say.label("agenda.leave_button"), Press("agenda", "bring", occurrence, NO))
    return Reply((say_p(say, "agenda.unfinished"),), To.PRIVATE, ((yes, no), help_row(say)), replace=False, quiet=True)


def brought(say: Say, at: datetime, zone: ZoneInfo) -> Reply:
    return Reply((say_p(say, "agenda.brought", when=day_and_time(at, zone, say.language)),), To.ONLY_YOU, (help_row(say),))


def no_next(say: Say) -> Reply:
    return Reply((say_p(say, "agenda.no_next"),), To.PRIVATE, (help_row(say),), replace=False, quiet=True)
