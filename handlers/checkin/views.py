"""Screens of the check-in around its flow."""

from collections.abc import Sequence

from bot.core.help import help_row
from bot.core.ids import OccurrenceId
from bot.core.replies import Button, Press, Reply, Style, To
from bot.core.richtext import Block
from bot.core.texts import Say, say_p


def invitation(say: Say, occurrence: OccurrenceId) -> Reply:
    """For a person who has not been asked for consent yet: the button leads there, then on to the check-in."""
    open_it = Button(say.label("checkin.open_button"), Press("checkin", "open", occurrence), Style.MAIN)
    return Reply((say_p(say, "checkin.invitation"),), To.PRIVATE, ((open_it,), help_row(say)), replace=False)


def not_open(say: Say) -> Reply:
    alone = Button(say.label("checkin.alone_button"), Press("checkin", "open"))
    return Reply((say_p(say, "checkin.not_open"),), To.ONLY_YOU, ((alone,), help_row(say)), replace=False)


def ended(say: Say, past: Sequence[int], rating: int | None, *, in_meeting: bool) -> tuple[Block, ...]:
    """The last screen: the person's own figures, as they gave them, without any judgement."""
    blocks: list[Block] = []
    if past and rating is not None:
        blocks.append(say_p(say, "checkin.ratings", past=", ".join(map(str, past)), now=rating))
    elif past:
        blocks.append(say_p(say, "checkin.ratings_before", past=", ".join(map(str, past))))
    if in_meeting:
        blocks.append(say_p(say, "checkin.stays_private"))
    return tuple(blocks)
