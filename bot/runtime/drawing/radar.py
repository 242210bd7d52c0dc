"""Numbers, 0 to 10, around a middle: the shape of now, and the last one's as a dashed line. Each number stands behind its name too.

There is no sum and no band: the shape is the person's own.
"""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import NamedTuple

from bot.core.replies import Picture
from bot.runtime.drawing.compare import compare
from bot.runtime.drawing.paper import (
    FAINT,
    INK,
    LEADING,
    LEGEND,
    MARGIN,
    SMALL,
    SOFT,
    WIDTH,
    Series,
    below_title,
    figure,
    fitted,
    legend,
    page,
    rule,
    text,
)

RADIUS, MIDDLE = 236, WIDTH / 2
FEWEST, MOST = 3, 12
HIGHEST = 10
NAME_ROWS = 3
NUMBER = 80.0  # pixels for a mark with its number
ASIDE = 26  # between the circle and a name
STEP = SMALL * LEADING


def radar(picture: Picture) -> str:
    """Return the picture as SVG. Labels: the names. Points: (number now, number of the last time), -1 for none.
    `rows`: one row, the name of now and that of the last time. With fewer than three names they are bars."""
    names = picture.labels[:MOST]
    points = (*picture.points, *[(-1.0, -1.0)] * MOST)[: len(names)]
    series = [n for n in (0, 1) if any(point[n] >= 0 for point in points)]
    if len(names) < FEWEST:
        return compare(_turned(picture))
    blocks = [_block(n, len(names), name) for n, name in enumerate(names)]
    middle = below_title(picture.title) - min(block.top for block in blocks)
    foot = middle + max(RADIUS, *(block.top + len(block.rows) * STEP + STEP for block in blocks)) + SMALL
    parts = [*_web(len(names), middle)]
    parts += [_shape(n, [point[n] for point in points], middle) for n in reversed(series)]
    for block, point in zip(blocks, points, strict=False):
        parts.append(_name(block, [(n, point[n]) for n in series], middle))
    said = (picture.rows[0] if picture.rows else ())[: len(series)] if len(series) > 1 else ()
    more = len(picture.labels) - MOST
    if more > 0:
        parts.append(text(WIDTH - MARGIN, foot, f"+{more}", SMALL, SOFT, "end"))
    return page(picture.title, [*parts, legend(said, foot)], foot + max(len(said), 0.5) * LEGEND)


def _turned(picture: Picture) -> Picture:
    """Bars say first what was first."""
    named = tuple(reversed((*picture.rows[0], "", "")[:2])) if picture.rows else ("", "")
    points = tuple((last, now) for now, last in picture.points)
    return Picture("compare", picture.title, points, picture.labels, rows=(named,))


def _at(number: int, of: int, far: float, middle: float) -> tuple[float, float]:
    turn = 2 * pi * number / of - pi / 2
    return MIDDLE + far * cos(turn), middle + far * sin(turn)


def _far(value: float) -> float:
    return min(max(value, 0.0), HIGHEST) / HIGHEST * RADIUS


def _web(of: int, middle: float) -> Sequence[str]:
    rings = []
    for share in (0.2, 0.4, 0.6, 0.8, 1.0):
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (_at(n, of, RADIUS * share, middle) for n in range(of)))
        rings.append(f'<polygon points="{path}" fill="none" stroke="{FAINT}" stroke-width="2"/>')
    return [*rings, *(rule(MIDDLE, middle, *_at(n, of, RADIUS, middle)) for n in range(of))]


def _shape(number: int, values: Sequence[float], middle: float) -> str:
    """Return a series as a closed line, with a gap where a number is missing. The last time's points show around those of now."""
    series, of = Series(number), len(values)
    at = [_at(n, of, _far(value), middle) if value >= 0 else None for n, value in enumerate(values)]
    known = [place for place in at if place is not None]
    if len(known) == of:
        drawn = series.line(known, closed=True, fill=f"{series.colour}26" if number == 0 else "none")
    else:
        drawn = "".join(series.line((here, there)) for here, there in zip(at, [*at[1:], *at[:1]], strict=True) if here and there)
    return drawn + "".join(series.point(x, y, (7, 12)[number]) for x, y in known)


class Block(NamedTuple):
    """A name beside its spoke: where it stands, from the middle (`side`: -1 at its left, 0, 1), and its rows."""

    x: float
    top: float
    side: int
    rows: list[str]


def _block(number: int, of: int, name: str) -> Block:
    x, y = _at(number, of, RADIUS + ASIDE, 0)
    side = 0 if abs(x - MIDDLE) < 1 else 1 if x > MIDDLE else -1
    room = WIDTH - MARGIN - x if side > 0 else x - MARGIN if side < 0 else WIDTH / 2
    rows = fitted(name, room, SMALL, NAME_ROWS if side else 2)
    high = (len(rows) + 1) * STEP
    return Block(x, y - high / 2 if side else y - high if y < 0 else y, side, rows)


def _name(block: Block, values: Sequence[tuple[int, float]], middle: float) -> str:
    """Return a name with its numbers below it, each behind the mark of its series."""
    top = middle + block.top
    anchor = {-1: "end", 0: "middle", 1: "start"}[block.side]
    drawn = [text(block.x, top + SMALL + n * STEP, row, SMALL, INK, anchor) for n, row in enumerate(block.rows)]
    base = top + SMALL + len(block.rows) * STEP
    begin = block.x - {-1: 1.0, 0: 0.5, 1: 0.0}[block.side] * NUMBER * len(values)
    for place, (series, value) in enumerate(values):
        left = begin + place * NUMBER
        drawn.append(Series(series).point(left + 12, base - SMALL * 0.36, 8))
        drawn.append(text(left + 30, base, figure(value) if value >= 0 else "–", SMALL))
    return "".join(drawn)
