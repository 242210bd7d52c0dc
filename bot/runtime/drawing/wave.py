"""The picture of an urge: how strong it was, 0 to 10, over the minutes. One line, with each point's number beside it."""

from collections.abc import Sequence

from bot.core.replies import Picture
from bot.runtime.drawing.paper import ACCENT, BODY, GROUND, MARGIN, WIDTH, Series, below_title, figure, page, rule, text

HIGH = 372
LEFT, RIGHT = MARGIN + 48, WIDTH - MARGIN - 24
MOST_POINTS = 40
MANY = 10  # points; with more, only a few have their number beside them
STEPS = (0.5, 1, 2, 5, 10, 15, 30, 60, 120)  # minutes between two marks


def wave(picture: Picture) -> str:
    """Return the picture as SVG. Points are (minutes, strength); values outside 0 to 10 are held at the edge;
    of several at one moment the last counts."""
    last_at = {max(x, 0.0): min(max(y, 0.0), 10.0) for x, y in sorted(picture.points, key=lambda point: point[0])}
    points = list(last_at.items())[-MOST_POINTS:]
    longest = max((x for x, _ in points), default=0.0) or 1.0
    top = below_title(picture.title) + 36
    at = [(LEFT + x / longest * (RIGHT - LEFT), _height(y, top)) for x, y in points]
    parts = [*(_level(strength, top) for strength in (0, 5, 10)), *_minutes(longest, top + HIGH + 58), Series(0).line(at)]
    parts += [_dot(x, y, many=len(at) > MANY) for x, y in at]
    parts += [_number(x, y, value, at) for (x, y), (_, value) in zip(at, points, strict=True)]
    return page(picture.title, parts, top + HIGH + 58 + MARGIN)


def _height(strength: float, top: float) -> float:
    return top + HIGH - strength / 10 * HIGH


def _level(strength: int, top: float) -> str:
    y = _height(strength, top)
    return rule(LEFT, y, RIGHT, y) + text(LEFT - 14, y + 11, str(strength), BODY, anchor="end")


def _minutes(longest: float, y: float) -> list[str]:
    """Return at most seven marks along the time, as minutes and seconds."""
    step = next((step for step in STEPS if longest / step <= 6), longest / 6)
    marks = [n * step for n in range(int(longest / step + 1e-9) + 1)]
    return [
        text(LEFT + mark / longest * (RIGHT - LEFT), y, f"{int(mark)}:{round(mark % 1 * 60):02d}", BODY, anchor="middle")
        for mark in marks
    ]


def _dot(x: float, y: float, *, many: bool) -> str:
    size = 'r="6" stroke-width="4"' if many else 'r="11" stroke-width="6"'
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" {size} fill="{GROUND}" stroke="{ACCENT}"/>'


def _number(x: float, y: float, value: float, at: Sequence[tuple[float, float]]) -> str:
    """Return a point's number above it, where there is room: with many points only the first, highest, lowest and last."""
    told = {at[0], at[-1], min(at, key=lambda point: point[1]), max(at, key=lambda point: point[1])}
    if len(at) > MANY and (x, y) not in told:
        return ""
    inside = min(max(x, LEFT + 14), RIGHT - 14)
    return text(inside, y - 24, figure(value), BODY, anchor="middle", halo=True)
