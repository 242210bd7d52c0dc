"""Small parts that the screens of several features share: answers of one sentence, labels that fit, rows and pages."""

from collections.abc import Sequence
from typing import Generic, NamedTuple, TypeVar

from bot.core.help import help_row
from bot.core.replies import Button, Reply, Row, To
from bot.core.texts import Say, Value, say_p

LABEL = 40  # characters of a button's label

T = TypeVar("T")


def toast(say: Say, key: str, **values: Value) -> Reply:
    """One sentence for the caller alone, short enough to go by itself."""
    return Reply((say_p(say, key, **values),), To.ONLY_YOU, replace=False)


def told(say: Say, key: str, **values: Value) -> Reply:
    """One sentence for the caller alone, with the way to help, beside what was pressed."""
    return Reply((say_p(say, key, **values),), To.ONLY_YOU, (help_row(say),), replace=False)


def done(say: Say, key: str, **values: Value) -> Reply:
    """One sentence, with the way to help, in place of the screen that was pressed."""
    return Reply((say_p(say, key, **values),), To.ONLY_YOU, (help_row(say),))


def cut(words: str, most: int = LABEL) -> str:
    """Return words that are no longer than a label may be; of longer ones the end is left out, and that is seen."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def in_rows(buttons: Sequence[Button], width: int) -> tuple[Row, ...]:
    return tuple(tuple(buttons[n : n + width]) for n in range(0, len(buttons), width))


def in_few_rows(buttons: Sequence[Button], most: int) -> tuple[Row, ...]:
    """Return the buttons in at most so many rows, two or more in each."""
    return in_rows(buttons, max(2, -(-len(buttons) // most)))


class Page(NamedTuple, Generic[T]):
    """Some of a list. `number` counts pages from 0; `more`: others follow."""

    some: Sequence[T]
    number: int
    more: bool


def page(found: Sequence[T], number: int, size: int) -> Page[T]:
    """Return a page of a list; the last one for a number beyond."""
    number = min(number, max(0, (len(found) - 1) // size))
    return Page(found[number * size : (number + 1) * size], number, len(found) > (number + 1) * size)


def number_in(value: str) -> int:
    """Return the page that a button's value names; the first for anything else."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 5 else 0
