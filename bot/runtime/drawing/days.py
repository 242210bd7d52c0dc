"""Numbers, 0 to 10, by the days on which they were given: a point each, on an axis of four weeks. All points look the same."""

from collections.abc import Sequence

from bot.core.replies import Picture
from bot.runtime.drawing.glyphs import width
from bot.runtime.drawing.paper import (
    BODY,
    FAINT,
    INK,
    MARGIN,
    SMALL,
    SOFT,
    WIDTH,
    Series,
    below_title,
    figure,
    page,
    rule,
    shortened,
    text,
)

LEFT, RIGHT, HIGH = MARGIN + 62, WIDTH - MARGIN - 30, 320
DAYS, WEEK, HIGHEST = 28, 7, 10
SIZE, CLOSE = 11, 54  # pixels: of a point; how near another may be before a number is left out
MOST = 120  # points
WIDEST_DAY = 160


def days(picture: Picture) -> str:
    """Return the picture as SVG. Points: (days since the first midnight, number). Labels: the last day of each week."""
    top = below_title(picture.title) + 34
    found = [(x, y) for x, y in picture.points if 0 <= x < DAYS and 0 <= y <= HIGHEST][-MOST:]
    at = [(_across(x), top + HIGH - y / HIGHEST * HIGH, y) for x, y in found]
    foot = top + HIGH + 52
    parts = [_level(strength, top) for strength in (0, 5, 10)] + _weeks(picture.labels, top, foot)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in at)
    parts.append(f'<polyline points="{line}" fill="none" stroke="{SOFT}" stroke-width="3" stroke-linejoin="round"/>')
    parts += [Series(0).point(x, y, SIZE) for x, y, _ in at]
    return page(picture.title, [*parts, *_numbers(at)], foot + MARGIN)


def _across(day: float) -> float:
    return LEFT + 24 + day / DAYS * (RIGHT - LEFT - 24)


def _level(value: int, top: float) -> str:
    y = top + HIGH - value / HIGHEST * HIGH
    return rule(LEFT, y, RIGHT, y) + text(LEFT - 14, y + BODY * 0.36, str(value), BODY, INK, "end")


def _weeks(labels: Sequence[str], top: float, y: float) -> list[str]:
    """Return a mark at the end of each week, with its last day below; a day for which there is no room is left out."""
    parts, free = list[str](), float(WIDTH - 8)
    for n, label in reversed([*enumerate(labels[: DAYS // WEEK], 1)]):
        label = shortened(label, WIDEST_DAY, SMALL)
        x, half = _across(n * WEEK - 0.5), width(label, SMALL) / 2 + 8
        middle = min(x, WIDTH - 8 - half)
        parts.append(rule(x, top + HIGH, x, top + HIGH + 12, FAINT, 3))
        if middle + half <= free:
            parts.append(text(middle, y, label, SMALL, INK, "middle"))
            free = middle - half
    return parts


def _numbers(at: Sequence[tuple[float, float, float]]) -> list[str]:
    """Return the numbers above the points, from the last one backwards, as long as none stands over another."""
    parts, free = list[str](), float(WIDTH)
    for x, y, value in reversed(at):
        if x <= free:
            parts.append(text(x, y - 20, figure(value), BODY, INK, "middle", halo=True))
            free = x - CLOSE
    return parts
