"""Steps of a ladder, the highest at the top: under each its lines, and behind an arrow what the person does then.

A step is known by its name and by how many of its rungs are filled, not by a colour.
"""

from collections.abc import Sequence

from bot.core.replies import Picture
from bot.runtime.drawing.paper import (
    ACCENT,
    BODY,
    FAINT,
    GAP,
    INK,
    LEADING,
    MARGIN,
    PADDING,
    ROOM,
    SMALL,
    SOFT,
    below_title,
    box,
    fitted,
    page,
    shares,
    shortened,
    text,
)

MOST_STEPS, MOST_ROWS = 6, 34
MOST_OF_LINE = 3
BULLET, ARROW = 28.0, 66.0  # where a line's words begin, and the words behind its arrow
STEP = BODY * LEADING
INNER = ROOM - 2 * PADDING


def ladder(picture: Picture) -> str:
    """Return the picture as SVG. Labels: the steps, the highest first. Points: (step, order) of each line; `rows`: its words, and
    what is done then ("" for nothing)."""
    held = [(int(point[0]), (*row, "", "")[:2]) for point, row in zip(picture.points, picture.rows, strict=False)]
    names = picture.labels[:MOST_STEPS]
    steps = [[line for step, line in held if step == n] for n in range(len(names))]
    wanted = [sum(len(_rows(*line)) for line in lines) for lines in steps]
    parts, y = list[str](), below_title(picture.title)
    for n, (name, lines, most) in enumerate(zip(names, steps, shares(wanted, MOST_ROWS, 6), strict=True)):
        shown = _shown(lines, most)
        high = STEP + len(shown) * STEP + 1.6 * PADDING
        parts.append(box(MARGIN, y, ROOM, high))
        parts.append(_rungs(MARGIN + PADDING, y + PADDING, len(steps) - n, len(steps)))
        parts.append(text(MARGIN + PADDING + 66, y + PADDING + BODY * 0.8, shortened(name, INNER - 66, BODY), BODY, ACCENT))
        first = y + PADDING + STEP
        for place, (x, words, colour, mark) in enumerate(shown):
            base = first + place * STEP + BODY * 0.85
            if mark:
                parts.append(text(MARGIN + PADDING + x - (24 if mark == "•" else 36), base, mark, BODY, ACCENT))
            parts.append(text(MARGIN + PADDING + x, base, words, BODY, colour))
        y += high + GAP
    if left := len(held) - sum(map(len, steps)):
        parts.append(text(MARGIN, y + SMALL, f"+{left}", SMALL, SOFT))
        y += SMALL * LEADING + GAP
    return page(picture.title, parts, y - GAP + MARGIN)


Drawn = tuple[float, str, str, str]  # indent, words, colour, and the mark before them


def _rows(words: str, then: str) -> list[Drawn]:
    said, answer = fitted(words, INNER - BULLET, BODY, MOST_OF_LINE), fitted(then, INNER - ARROW, BODY, MOST_OF_LINE)
    return [
        *((BULLET, row, INK, "" if n else "•") for n, row in enumerate(said)),
        *((ARROW, row, SOFT, "" if n else "→") for n, row in enumerate(answer)),
    ]


def _shown(lines: Sequence[tuple[str, ...]], most: int) -> list[Drawn]:
    made = list[Drawn]()
    for n, line in enumerate(lines):
        rows = _rows(*line)
        if len(made) + len(rows) > most - (1 if n < len(lines) - 1 else 0):
            return [*made, (BULLET, f"+{len(lines) - n}", SOFT, "")]
        made += rows
    return made or [(0.0, "–", SOFT, "")]


def _rungs(x: float, y: float, filled: int, of: int) -> str:
    """Return a small sign: so many of so many rungs are filled, from below."""
    wide, high = 44, (BODY - 4 * (of - 1)) / max(of, 1)
    drawn = []
    for n in range(of):
        top = y + (of - 1 - n) * (high + 4)
        drawn.append(box(x, top, wide, high, ACCENT if n < filled else FAINT, round=2))
    return "".join(drawn)
