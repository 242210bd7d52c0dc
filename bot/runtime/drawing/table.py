"""The picture of four boxes, two by two, each with its heading and lines; behind a line what was said of it. Below, if it was said:
how many lines of each box are short and how many long.

A box is known by its heading, never by its colour. Its sides are counted, not weighed against each other.
"""

from collections.abc import Iterator, Sequence

from bot.core.replies import Picture
from bot.runtime.drawing.glyphs import width
from bot.runtime.drawing.paper import (
    ACCENT,
    DARK,
    GAP,
    INK,
    LEADING,
    MARGIN,
    PADDING,
    ROOM,
    SMALL,
    SOFT,
    Series,
    below_title,
    box,
    fitted,
    page,
    shortened,
    text,
)

MOST_ROWS, FEWEST_ROWS = 18, 3  # of text in one box
MOST_OF_LINE = 3
STEP = SMALL * LEADING
CELL = (ROOM - GAP) / 2
BULLET = 24  # between a line's mark and its words
INNER = CELL - 2 * PADDING + 8
BAR = 36


def table(picture: Picture) -> str:
    """Return the picture as SVG. The first four labels are headings, in reading order; each other one belongs to the box (0 to 3)
    that the first number of its point names. `rows`: none, or first what is counted below (such as short, long), then what stands
    behind each line, in their order."""
    headings = (*picture.labels[:4], "", "", "", "")[:4]
    counted, marks = (picture.rows[0], picture.rows[1:]) if picture.rows else ((), ())
    said = [*marks, *[()] * len(picture.labels)]
    lines = [(int(point[0]), words, of) for point, words, of in zip(picture.points, picture.labels[4:], said, strict=False)]
    boxes = [[(words, of) for place, words, of in lines if place == n] for n in range(4)]
    cells = [[*_rows(of_box)] for of_box in boxes]
    heads = [fitted(heading, INNER, SMALL, 3) for heading in headings]
    parts, y = list[str](), below_title(picture.title)
    for first in (0, 2):
        tallest = max(len(heads[n]) + max(len(cells[n]), FEWEST_ROWS) for n in (first, first + 1))
        height = tallest * STEP + 1.6 * PADDING
        parts += [_cell(MARGIN, y, height, heads[first], cells[first])]
        parts += [_cell(MARGIN + CELL + GAP, y, height, heads[first + 1], cells[first + 1])]
        y += height + GAP
    if counted:
        bars, y = _bars(headings, counted[:2], boxes, y)
        parts += bars
    return page(picture.title, parts, y - GAP + MARGIN)


Line = tuple[str, tuple[str, ...]]  # words, and what was said of them
Row = tuple[bool, str, str]  # whether a line begins in it, its words, and what is said behind them


def _rows(lines: Sequence[Line]) -> Iterator[Row]:
    """Yield the rows of a box: lines while there is room, then how many are left out."""
    room = MOST_ROWS
    for number, line in enumerate(lines):
        rows = _of_line(*line)
        if len(rows) > room - (0 if number == len(lines) - 1 else 1):
            yield False, f"+{len(lines) - number}", ""
            return
        room -= len(rows)
        yield from rows


def _of_line(words: str, said: tuple[str, ...]) -> list[Row]:
    wide, mark = INNER - BULLET, " · ".join(said)
    rows = [(n == 0, row, "") for n, row in enumerate(fitted(words, wide, SMALL, MOST_OF_LINE))]
    if mark and rows and width(rows[-1][1], SMALL) + 16 + width(mark, SMALL) <= wide:
        rows[-1] = (rows[-1][0], rows[-1][1], mark)
    elif mark:
        rows.append((False, "", shortened(mark, wide, SMALL)))
    return rows


def _cell(x: float, y: float, height: float, heading: Sequence[str], rows: Sequence[Row]) -> str:
    parts = [box(x, y, CELL, height)]
    x, base = x + PADDING - 4, y + PADDING + SMALL * 0.7
    for words in heading:
        parts.append(text(x, base, words, SMALL, ACCENT))
        base += STEP
    for begins, words, mark in rows:
        if begins:
            parts.append(f'<circle cx="{x + 6:.1f}" cy="{base - 9:.1f}" r="5" fill="{ACCENT}"/>')
        if words:
            parts.append(text(x + BULLET, base, words, SMALL, INK))
        if mark:
            parts.append(text(x + BULLET + (width(words, SMALL) + 16 if words else 0), base, mark, SMALL, SOFT))
        base += STEP
    return "".join(parts)


def _bars(headings: Sequence[str], names: Sequence[str], boxes: Sequence[Sequence[Line]], y: float) -> tuple[list[str], float]:
    """Return a bar for each box, and where they end: how many of its lines are the first, and behind it how many the second."""
    amounts = [[sum(name in said for _, said in lines) for name in names] for lines in boxes]
    highest = max(sum(of_box) for of_box in amounts) or 1
    parts, y = list[str](), y + GAP
    for n, name in enumerate(names):
        x = MARGIN + n * ROOM / 2
        parts += [_bar(x, y, 50, n), text(x + 66, y + SMALL * 0.95, shortened(name, ROOM / 2 - 80, SMALL), SMALL, SOFT)]
    y += BAR + 1.5 * GAP
    for heading, of_box in zip(headings, amounts, strict=True):
        parts.append(text(MARGIN, y + SMALL * 0.85, shortened(heading, ROOM, SMALL), SMALL, INK))
        y, x = y + STEP + 4, float(MARGIN)
        for n, amount in enumerate(of_box):
            wide = amount / highest * ROOM
            parts += [_bar(x, y, wide - 4, n, str(amount))] if amount else []
            x += wide
        y += BAR + GAP
    return parts, y + GAP / 2


def _bar(x: float, y: float, wide: float, number: int, said: str = "") -> str:
    """Return a bar with its number in it: the first is filled, the second an outline in dashes."""
    colour, ink = (Series(number).colour, DARK) if number == 0 else (Series(number).colour, INK)
    words = text(x + wide / 2, y + BAR / 2 + SMALL * 0.36, said, SMALL, ink, "middle") if said else ""
    if number == 0:
        return box(x, y, wide, BAR, colour, round=4) + words
    return box(x + 2, y + 2, wide - 4, BAR - 4, "none", round=4, edge=colour, dash="10 7") + words
