"""Buttons of flows, and how they stand in rows: at most five rows of five on every screen."""

from collections.abc import Sequence

from bot.core.flow_state import SUMMARY
from bot.core.replies import Button, Press, Row, Style
from bot.core.richtext import is_seen, one_line
from bot.core.screens import LABEL, in_rows
from bot.core.texts import Say

END_MARK = "end"  # stands for the summary in a button, where a step has its mark
ANSWER_ROWS = 3  # rows that answer a step; two more hold the ways on, back and out
_FITS = {1: LABEL - 2, 2: 28}  # characters of a line's label by the width of its row; a tick takes two
_FITS_NARROW = 20


def press(flow: str, action: str, here: str = "", value: str = "") -> Press:
    return Press("flow", action, flow, f"{here}_{value}" if value else here)


def button(say: Say, key: str, flow: str, action: str, here: str = SUMMARY, *, style: Style = Style.PLAIN) -> Button:
    return Button(shortened(say.label(key)), press(flow, action, here), style)


def chosen(on: bool) -> Style:
    return Style.MAIN if on else Style.PLAIN


def shortened(label: str, most: int = LABEL) -> str:
    """Return a label that is no longer than may be; of a longer one the end is left out, and that is seen."""
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def wide(count: int, rows: int = ANSWER_ROWS) -> int:
    """Return how many buttons stand in a row, so that there are at most so many rows."""
    return max(1, min(5, -(-count // rows)))


def rows_of(buttons: Sequence[Button]) -> tuple[Row, ...]:
    """Return the buttons in at most three rows; long labels have a row of their own while there is room."""
    if len(buttons) <= ANSWER_ROWS and any(len(one.label) > 14 for one in buttons):
        return in_rows(buttons, 1)
    return in_rows(buttons, max(2 if len(buttons) > ANSWER_ROWS else ANSWER_ROWS, wide(len(buttons))))


def line_labels(lines: Sequence[str], width: int) -> tuple[str, ...]:
    """Return a label for each line of a numbered list: the line where it fits, else its number and how it begins.

    A line in which nothing is to be seen has its number alone.
    """
    most = _FITS.get(width, _FITS_NARROW)
    made = []
    for number, line in enumerate((one_line(line) for line in lines), 1):
        if not is_seen(line):
            made.append(str(number))
        elif len(line) <= most:
            made.append(line)
        else:
            made.append(shortened(f"{number}. {line}", most))
    return tuple(made)


def ticked(label: str, *, on: bool) -> str:
    return f"✓ {label}" if on else label
