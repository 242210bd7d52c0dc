"""Screens of the check-in around its flow."""

from collections.abc import Sequence

from bot.core.agenda import AgendaItem
from bot.core.help import help_row
from bot.core.ids import OccurrenceId
from bot.core.replies import Button, Press, Reply, Style, To
from bot.core.richtext import Block, Words
from bot.core.texts import Say, say_p

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


def ended(
    say: Say, past: Sequence[int], rating: int | None, *, in_meeting: bool, agenda: AgendaItem = NO_AGENDA
) -> tuple[Block, ...]:
    """The last screen: the person's own figures, as they gave them, without any judgement; and what the room sees of it."""
    blocks: list[Block] = []
    if past and rating is not None:
        blocks.append(say_p(say, "checkin.ratings", past=", ".join(map(str, past)), now=rating))
    elif past:
        blocks.append(say_p(say, "checkin.ratings_before", past=", ".join(map(str, past))))
    if in_meeting:
        seen = "name" if agenda.topic and agenda.name else "topic" if agenda.topic else "count"
        topic = say.label(f"checkin.topic_{agenda.topic}") if agenda.topic else ""
        blocks.append(say_p(say, f"checkin.room_sees_{seen}", topic=topic, name=Words(agenda.name)))
    return tuple(blocks)
