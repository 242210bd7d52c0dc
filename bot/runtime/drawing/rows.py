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
BULLET = 30
INNER = ROOM - 2 * PADDING
STEP, HEAD = BODY * LEADING, SMALL * LEADING


def rows(picture: Picture) -> str:
    """Return the picture as SVG. `rows`: the name of an answer, then its lines."""
    fields = [field for field in picture.rows if field][:MOST_FIELDS]
    wanted = [sum(len(rows_of(line, INNER - BULLET, BODY)) for line in lines) for _, *lines in fields]
    parts, y = list[str](), below_title(picture.title)
    for (name, *lines), most in zip(fields, shares(wanted, MOST_ROWS - 2 * len(fields)), strict=True):
        heading = fitted(name, INNER, SMALL, 2)
        shown = listed(lines, INNER - (BULLET if len(lines) > 1 else 0), BODY, most)
        high = len(heading) * HEAD + len(shown) * STEP + 1.5 * PADDING
        parts += [box(MARGIN, y, ROOM, high), *_field(y + PADDING, heading, shown, bullets=len(lines) > 1)]
        y += high + GAP
    return page(picture.title, parts, y - GAP + MARGIN if fields else y + MARGIN)


def _field(y: float, heading: Sequence[str], shown: Sequence[Row], *, bullets: bool) -> Iterator[str]:
    x = MARGIN + PADDING
    for row in heading:
        yield text(x, y + SMALL * 0.8, row, SMALL, ACCENT)
        y += HEAD
    for begins, words in shown:
        if begins and bullets:
            yield f'<circle cx="{x + 7}" cy="{y + BODY * 0.56:.1f}" r="5" fill="{ACCENT}"/>'
        yield text(x + (BULLET if bullets else 0), y + BODY * 0.9, words, BODY, INK)
        y += STEP
