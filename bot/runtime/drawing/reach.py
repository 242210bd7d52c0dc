"""Weeks below each other: for each a mark in the range of the middle answer, in a bar over the ranges of those near it.

All bars are of one colour, and every range is drawn alike: none is better. A week without a bar is a dashed line.
"""

from itertools import zip_longest

from bot.core.replies import Picture
from bot.runtime.drawing.paper import (
    ACCENT,
    BOX,
    DARK,
    LEADING,
    MARGIN,
    SMALL,
    SOFT,
    WIDTH,
    below_title,
    box,
    fitted,
    page,
    shortened,
    text,
)

RANGES, MOST = 3, 8
LEFT, RIGHT = MARGIN + 250, WIDTH - MARGIN - 150
CELL, HIGH, STEP = (RIGHT - LEFT) / RANGES, 56, 68
BAR, MARK = 30, 11
DOWN = SMALL * 0.36  # from the middle of a row to the base line of its words


def reach(picture: Picture) -> str:
    """Return the picture as SVG. Points: two for each week, (lowest range, highest) and (range of the middle, 0); below 0 for
    a gap. Labels: the three ranges, what stands at the right, what a bar is, what a mark is. `rows`: a week's name, its people."""
    names = (*picture.labels, *("",) * (RANGES + 3))[: RANGES + 3]
    y = below_title(picture.title) + SMALL
    parts = [_middle(LEFT + (n + 0.5) * CELL, y, names[n], CELL - 8) for n in range(RANGES)]
    parts.append(text(WIDTH - MARGIN, y, shortened(names[RANGES], 140, SMALL), SMALL, SOFT, "end"))
    y += 18
    pairs = list(zip(picture.points[::2], picture.points[1::2], strict=False))[:MOST]
    rows = picture.rows[: len(pairs)] if pairs else ()
    for pair, row in zip_longest(pairs, rows):
        parts.append(_week(y, *(pair or ((-1.0, -1.0), (-1.0, 0.0))), *(*(row or ()), "", "")[:2]))
        y += STEP
    return page(picture.title, [*parts, _legend(names[RANGES + 1], names[RANGES + 2], y + 24)], y + 24 + 84)


def _week(y: float, ends: tuple[float, float], middle: tuple[float, float], name: str, people: str) -> str:
    centre = y + HIGH / 2
    named = fitted(name, LEFT - MARGIN - 20, SMALL, 2)
    top = centre - (len(named) - 1) * SMALL * LEADING / 2 + DOWN
    drawn = [text(MARGIN, top + n * SMALL * LEADING, row, SMALL) for n, row in enumerate(named)]
    drawn += [box(LEFT + n * CELL + 3, y, CELL - 6, HIGH, BOX, round=6) for n in range(RANGES)]
    drawn.append(text(WIDTH - MARGIN, centre + DOWN, shortened(people, 140, SMALL), SMALL, anchor="end"))
    low, high, at = (_range(value) for value in (*ends, middle[0]))
    if low is None or high is None:
        drawn.append(_dashed(centre))
        return "".join(drawn)
    first, last = min(low, high), max(low, high)
    drawn.append(box(LEFT + first * CELL + 14, centre - BAR / 2, (last - first + 1) * CELL - 28, BAR, ACCENT, round=BAR / 2))
    if at is not None:
        drawn.append(_mark(LEFT + (at + 0.5) * CELL, centre))
    return "".join(drawn)


def _range(value: float) -> int | None:
    return int(value) if 0 <= value < RANGES else None


def _dashed(y: float) -> str:
    ends = f'x1="{LEFT + 20:.1f}" x2="{RIGHT - 20:.1f}" y1="{y:.1f}" y2="{y:.1f}"'
    return f'<line {ends} stroke="{SOFT}" stroke-width="4" stroke-dasharray="4 14"/>'


def _mark(x: float, y: float) -> str:
    """A square on its corner: seen by its shape, also without colours."""
    corners = " ".join(f"{a:.1f},{b:.1f}" for a, b in ((x, y - MARK), (x + MARK, y), (x, y + MARK), (x - MARK, y)))
    return f'<polygon points="{corners}" fill="{DARK}"/>'


def _middle(x: float, y: float, words: str, room: float) -> str:
    return text(x, y, shortened(words, room, SMALL), SMALL, SOFT, "middle")


def _legend(bar: str, mark: str, y: float) -> str:
    wide, drawn = 76, list[str]()
    for n, (words, has_mark) in enumerate(((bar, False), (mark, True))):
        centre = y + n * 44
        drawn.append(box(MARGIN, centre - BAR / 2, wide, BAR, ACCENT, round=BAR / 2))
        drawn.append(_mark(MARGIN + wide / 2, centre) if has_mark else "")
        drawn.append(text(MARGIN + wide + 20, centre + DOWN, shortened(words, WIDTH - 2 * MARGIN - wide - 20, SMALL), SMALL))
    return "".join(drawn)
