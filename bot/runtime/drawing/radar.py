"""Numbers, 0 to 10, around a middle: the shape of now, and the last one's as a dashed line. Each number stands behind its name too.

There is no sum and no band: the shape is the person's own.
"""

from collections.abc import Sequence
from math import cos, pi, sin

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
    fitted,
    legend,
    page,
    rule,
    text,
)

RADIUS, MIDDLE, TOP = 228, WIDTH / 2, 126  # TOP: room for the names above the circle
FEWEST, MOST = 3, 12
HIGHEST = 10
NAME_ROWS = 3
ASIDE = 26  # between the circle and a name
STEP = SMALL * LEADING


def radar(picture: Picture) -> str:
    """Return the picture as SVG. Labels: the names. Points: (number now, number of the last time), -1 for none.
    `rows`: one row, the name of now and that of the last time. With fewer than three names they are bars."""
    names, points = picture.labels[:MOST], picture.points[:MOST]
    series = [n for n in (0, 1) if any(point[n] >= 0 for point in points)]
    if len(names) < FEWEST:
        return compare(_turned(picture))
    height = below_title(picture.title) + TOP + RADIUS
    parts = [*_web(len(names), height)]
    parts += [_shape(n, [point[n] for point in points], height) for n in reversed(series)]
    for n, (name, point) in enumerate(zip(names, points, strict=False)):
        parts.append(_name(n, len(names), name, [(k, point[k]) for k in series], height))
    foot = height + RADIUS + TOP + SMALL
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
    for share in (0.25, 0.5, 0.75, 1.0):
        path = " ".join("{:.1f},{:.1f}".format(*_at(n, of, RADIUS * share, middle)) for n in range(of))
        rings.append(f'<polygon points="{path}" fill="none" stroke="{FAINT}" stroke-width="2"/>')
    return [*rings, *(rule(MIDDLE, middle, *_at(n, of, RADIUS, middle)) for n in range(of))]


def _shape(number: int, values: Sequence[float], middle: float) -> str:
    """Return a series as a closed line; where a number is missing the line has a gap, and its points stand alone."""
    series, of = Series(number), len(values)
    at = [_at(n, of, _far(value), middle) if value >= 0 else None for n, value in enumerate(values)]
    known = [place for place in at if place is not None]
    if len(known) == of:
        drawn = series.line(known, closed=True, fill=f"{series.colour}26" if number == 0 else "none")
    else:
        drawn = "".join(series.line((here, there)) for here, there in zip(at, [*at[1:], *at[:1]], strict=True) if here and there)
    return drawn + "".join(series.point(x, y, 9) for x, y in known)


def _name(number: int, of: int, name: str, values: Sequence[tuple[int, float]], middle: float) -> str:
    """Return a name outside the circle, with its numbers below it, each behind the mark of its series."""
    x, y = _at(number, of, RADIUS + ASIDE, middle)
    side = 0 if abs(x - MIDDLE) < 1 else 1 if x > MIDDLE else -1
    anchor = ("middle", "start", "end")[side]
    room = WIDTH - MARGIN - x if side > 0 else x - MARGIN if side < 0 else WIDTH / 2
    rows = fitted(name, room, SMALL, NAME_ROWS if side else 2)
    high = (len(rows) + 1) * STEP
    top = y - high / 2 if side else (y - high if y < middle else y)
    top = min(max(top, middle - RADIUS - TOP), middle + RADIUS + TOP - high)
    drawn = [text(x, top + SMALL + n * STEP, row, SMALL, INK, anchor) for n, row in enumerate(rows)]
    base = top + SMALL + len(rows) * STEP
    wide = 74.0
    begin = x - {0: wide * len(values) / 2, 1: 0, -1: wide * len(values)}[side]
    for place, (series, value) in enumerate(values):
        left = begin + place * wide
        drawn.append(Series(series).point(left + 12, base - SMALL * 0.36, 8))
        drawn.append(text(left + 30, base, f"{value:g}" if value >= 0 else "–", SMALL))
    return "".join(drawn)
