"""A card: each answer below its name; several lines have a mark each."""

from collections.abc import Iterator, Sequence

from bot.core.replies import Picture
from bot.runtime.drawing.paper import (
    ACCENT,
    BODY,
    GAP,
    INK,
    LEADING,
    MARGIN,
    PADDING,
    ROOM,
    SMALL,
    Row,
    below_title,
    box,
    fitted,
    listed,
    page,
    rows_of,
    shares,
    text,
)

MOST_ROWS = 42  # of text on the whole card; each field takes two of them for its name and its edges
MOST_FIELDS = 16
ALONE, LISTED, ORDERED = 0, 30, 56  # room before the lines: for nothing, a mark, a number
INNER = ROOM - 2 * PADDING
STEP, HEAD = BODY * LEADING, SMALL * LEADING


def rows(picture: Picture) -> str:
    """Return the picture as SVG. `rows`: the name of an answer, then its lines. Points: (n, 0) for answers whose order counts."""
    fields = [field or ("",) for field in picture.rows[:MOST_FIELDS]]
    ordered = {int(n) for n, _ in picture.points}
    wanted = [sum(len(rows_of(line, INNER - ORDERED, BODY)) for line in lines) for _, *lines in fields]
    parts, y = list[str](), below_title(picture.title)
    for n, ((name, *lines), most) in enumerate(zip(fields, shares(wanted, MOST_ROWS - 2 * len(fields)), strict=True)):
        heading = fitted(name, INNER, SMALL, 2)
        marks = ORDERED if n in ordered else LISTED if len(lines) > 1 else ALONE
        shown = listed(lines, INNER - marks, BODY, most)
        high = len(heading) * HEAD + len(shown) * STEP + 1.5 * PADDING
        parts += [box(MARGIN, y, ROOM, high), *_field(y + PADDING, heading, shown, marks)]
        y += high + GAP
    return page(picture.title, parts, y - GAP + MARGIN if fields else y + MARGIN)


def _field(y: float, heading: Sequence[str], shown: Sequence[Row], marks: int) -> Iterator[str]:
    x, number = MARGIN + PADDING, 0
    for row in heading:
        yield text(x, y + SMALL * 0.8, row, SMALL, ACCENT)
        y += HEAD
    for begins, words in shown:
        number += begins
        if begins and marks == LISTED:
            yield f'<circle cx="{x + 7}" cy="{y + BODY * 0.56:.1f}" r="5" fill="{ACCENT}"/>'
        elif begins and marks == ORDERED:
            yield text(x, y + BODY * 0.9, f"{number}.", BODY, ACCENT)
        yield text(x + marks, y + BODY * 0.9, words, BODY, INK)
        y += STEP
