"""Screens of the check-in around its flow."""

from bot.core.agenda import AgendaItem
from bot.core.help import help_row
from bot.core.ids import OccurrenceId
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Words
from bot.core.texts import Say, say_p
from handlers.checkin.rules import ALONE, QUICK, TOOLS

ANEW = "anew"
NO_AGENDA = AgendaItem()


def invitation(say: Say, occurrence: OccurrenceId) -> Reply:
    """For a person who has not been asked for consent yet: the button leads there, then on to the check-in."""
    open_it = Button(say.label("checkin.open_button"), Press("checkin", "open", occurrence), Style.MAIN)
    return Reply((say_p(say, "checkin.invitation"),), To.PRIVATE, ((open_it,), help_row(say)), replace=False)


def not_open(say: Say) -> Reply:
    alone = Button(say.label("checkin.alone_button"), Press("checkin", "open"))
    return Reply((say_p(say, "checkin.not_open"),), To.ONLY_YOU, ((alone,), help_row(say)), replace=False)


def done_already(say: Say, occurrence: OccurrenceId) -> Reply:
    anew = Button(say.label("checkin.anew_button"), Press("checkin", "open", occurrence, ANEW))
    return Reply((say_p(say, "checkin.done_already"),), To.ONLY_YOU, ((anew,), help_row(say)), replace=False)


def kinds(say: Say) -> Reply:
    """The check-ins that there are for anybody, each with what it asks."""
    blocks = (say_p(say, "checkin.kinds"),)
    rows = tuple((Button(say.label(f"{kind}.title"), Press("checkin", "begin", kind)),) for kind in ALONE)
    return Reply(blocks, To.ONLY_YOU, (*rows, help_row(say)), replace=False)


def kept(say: Say, flow: str, *, empty: bool) -> tuple[Block, ...]:
    """What the short check-in says once it is over: it has no other last screen."""
    if flow != QUICK:
        return ()
    return (say_p(say, "checkin.nothing_entered" if empty else "quickcheckin.kept"),)


def seen_by_the_room(say: Say, agenda: AgendaItem = NO_AGENDA) -> tuple[Block, ...]:
    seen = "name" if agenda.topic and agenda.name else "topic" if agenda.topic else "count"
    topic = say.label(f"checkin.topic_{agenda.topic}") if agenda.topic else ""
    return (say_p(say, f"checkin.room_sees_{seen}", topic=topic, name=Words(agenda.name)),)


def tool_for(say: Say, need: str) -> tuple[tuple[Block, ...], tuple[Row, ...]]:
    """The one tool that may fit what would help most; nothing where none was asked for."""
    if need not in TOOLS:
        return (), ()
    button = Button(say.label(f"checkin.tool_{need}"), Press(TOOLS[need], "start"), Style.MAIN)
    return (say_p(say, "checkin.tool"),), ((button,),)


def others(say: Say) -> Row:
    return (Button(say.label("checkin.kinds_button"), Press("checkin", "kinds")),)
