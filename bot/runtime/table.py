"""The picture of four boxes, two by two, each with its heading and lines. What does not fit is counted below ("+7").

Its own dark ground is readable in light and dark apps; a box is known by its heading, never by colour; sizes are for a phone.
"""

import unicodedata
from collections.abc import Iterator
from html import escape

from bot.core.replies import Picture
from bot.core.richtext import isolated

WIDTH, MARGIN, GAP, PADDING = 1000, 30, 20, 22
TITLE, HEADING, SIZE, STEP = 38, 28, 26, 36
TOP = 96
MOST_ROWS = 22  # of text in one box
FEWEST_ROWS = 3
GROUND, BOX, INK, HEAD = "#1d2730", "#26333d", "#f4f6f7", "#8fd0ff"
_NO_XML = {0xFFFE: None, 0xFFFF: None}  # characters that no XML may hold, beyond those that are cleaned away
CELL = (WIDTH - 2 * MARGIN - GAP) // 2
BULLET = 26  # between a line's mark and its words


def table(picture: Picture) -> str:
    """Return the picture as SVG. The first four labels are headings, in reading order; each other one belongs to the box (0 to 3)
    that the first number of its point names."""
    headings = (*picture.labels[:4], "", "", "", "")[:4]
    lines = [
        [words for point, words in zip(picture.points, picture.labels[4:], strict=False) if point[0] == box] for box in range(4)
    ]
    cells = [list(_rows(of_box)) for of_box in lines]
    heads = [list(wrapped(heading, CELL - 2 * PADDING, HEADING)) for heading in headings]
    parts, y = [], TOP
    for first in (0, 2):
        tallest = max(len(heads[box]) * STEP + max(len(cells[box]), FEWEST_ROWS) * STEP for box in (first, first + 1))
        height = tallest + 2 * PADDING
        parts += [_cell(MARGIN, y, height, heads[first], cells[first])]
        parts += [_cell(MARGIN + CELL + GAP, y, height, heads[first + 1], cells[first + 1])]
        y += height + GAP
    whole = y - GAP + MARGIN
    size = f'width="{WIDTH}" height="{whole}" viewBox="0 0 {WIDTH} {whole}"'
    ground = f'<rect width="{WIDTH}" height="{whole}" fill="{GROUND}"/>'
    room = WIDTH - 2 * MARGIN
    title_size = min(float(TITLE), TITLE * room / max(_width(picture.title, TITLE), 1.0))
    title = _text(MARGIN, 64, picture.title, title_size, INK)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="DejaVu Sans">{ground}{title}{"".join(parts)}</svg>'


Row = tuple[bool, str]  # whether a line begins in it, and its words


def _rows(lines: list[str]) -> Iterator[Row]:
    """Yield the rows of a box: whole lines while there is room, then how many are left out."""
    room = MOST_ROWS
    for number, line in enumerate(lines):
        rows = list(wrapped(line, CELL - 2 * PADDING - BULLET, SIZE))
        is_last = number == len(lines) - 1
        if len(rows) > room - (0 if is_last else 1):
            yield False, f"+{len(lines) - number}"
            return
        room -= len(rows)
        yield from ((place == 0, words) for place, words in enumerate(rows))


def _cell(x: int, y: int, height: int, heading: list[str], rows: list[Row]) -> str:
    parts = [f'<rect x="{x}" y="{y}" width="{CELL}" height="{height}" rx="14" fill="{BOX}"/>']
    line = y + PADDING + HEADING - 2
    for words in heading:
        parts.append(_text(x + PADDING, line, words, HEADING, HEAD))
        line += STEP
    for begins, words in rows:
        if begins:
            parts.append(f'<circle cx="{x + PADDING + 6}" cy="{line - 9}" r="5" fill="{HEAD}"/>')
        parts.append(_text(x + PADDING + BULLET, line, words, SIZE, INK))
        line += STEP
    return "".join(parts)


def _text(x: float, y: float, words: str, size: float, fill: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" font-size="{size:.1f}" fill="{fill}">{escape(isolated(_one_line(words)))}</text>'


def _one_line(words: str) -> str:
    return " ".join(words.translate(_NO_XML).split())


def wrapped(words: str, room: float, size: float) -> Iterator[str]:
    """Yield a text in rows that are about as wide as the room; a word that is wider alone is broken."""
    row = ""
    for word in _one_line(isolated(words)).split(" "):
        rest = word
        while rest:
            joined = f"{row} {rest}" if row else rest
            if _width(joined, size) <= room:
                row, rest = joined, ""
            elif row:
                yield row
                row = ""
            else:
                fits = max(1, next((n for n in range(len(rest), 0, -1) if _width(rest[:n], size) <= room), 1))
                yield rest[:fits]
                rest = rest[fits:]
    if row:
        yield row


def _width(words: str, size: float) -> float:
    """Return about how wide a text is in DejaVu Sans; rather more than less."""
    return sum(_share(char) for char in words) * size


def _share(char: str) -> float:
    if unicodedata.east_asian_width(char) in ("W", "F"):
        return 1.05
    if unicodedata.combining(char) or unicodedata.category(char) == "Cf":
        return 0.0
    if char in "il.,:;|'!jI ":
        return 0.36
    return 0.88 if char in "mwMW@%—" else 0.7 if char.isupper() else 0.63
