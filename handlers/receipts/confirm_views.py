"""What a facilitator sees of the asks of an evening: one message, kept up to date."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.core.help import help_row
from bot.core.ids import OccurrenceId, PersonId
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Paragraph, Strong, Text
from bot.core.texts import Say, say_p
from handlers.receipts import views
from handlers.receipts.records import Ask, Visit

MOST_SHOWN = 4  # at a time: each has a row of buttons


class Waiting(NamedTuple):
    """The asks that wait: the oldest few, and how many there are."""

    shown: Sequence[tuple[Ask, Visit]]
    total: int


def asks(say: Say, occurrence: OccurrenceId, found: Waiting, reader: PersonId, note: str = "") -> Reply:
    """`note`: the key of a sentence about the last press."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    if not found.shown:
        blocks.append(say_p(say, "receipts.asks_none"))
        return _reply(say, occurrence, reader, blocks, ())
    blocks.append(say_p(say, "receipts.asks", count=found.total))
    rows: list[Row] = []
    several = len(found.shown) > 1
    for number, (ask, visit) in enumerate(found.shown, start=1):
        head = (Strong((Text(f"{number}. "),)),) if several else ()
        blocks.append(Paragraph((*head, *views.line(say, visit, ask.name))))
        which = f" {number}" if several else ""
        rows.append((_button(say, "confirm", ask, which, Style.GO), _button(say, "refuse", ask, which)))
    blocks.append(say_p(say, "receipts.asks_means"))
    return _reply(say, occurrence, reader, blocks, rows)


def _reply(say: Say, occurrence: OccurrenceId, reader: PersonId, blocks: Sequence[Block], rows: Sequence[Row]) -> Reply:
    return Reply(tuple(blocks), To.PRIVATE, (*rows, help_row(say)), slot=f"receipts_{occurrence}_{reader}")


def _button(say: Say, action: str, ask: Ask, which: str, style: Style = Style.PLAIN) -> Button:
    return Button(f"{say.label(f'receipts.{action}_button')}{which}", Press("receipts", action, ask.id), style)
