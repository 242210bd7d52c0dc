"""The picture of an urge: how strong it was, 0 to 10, over the minutes. One line, with each point's number beside it.

Its own dark ground is readable in light and dark apps; nothing is told by colour alone; sizes are for a phone's width.
"""

from collections.abc import Sequence
from html import escape

from bot.core.replies import Picture

WIDTH, HEIGHT = 900, 600
LEFT, RIGHT, TOP, BOTTOM = 84, 840, 132, 504
MOST_POINTS = 40
MANY = 10  # points; with more, only a few have their number beside them
GROUND, INK, FAINT, LINE = "#1d2730", "#f4f6f7", "#4a5a66", "#8fd0ff"
STEPS = (0.5, 1, 2, 5, 10, 15, 30, 60, 120)  # minutes between two marks


def wave(picture: Picture) -> str:
    """Return the picture as SVG. Points are (minutes, strength); values outside 0 to 10 are held at the edge;
    of several at one moment the last counts."""
    last_at = {max(x, 0.0): min(max(y, 0.0), 10.0) for x, y in sorted(picture.points, key=lambda point: point[0])}
    points = list(last_at.items())[-MOST_POINTS:]
    longest = max((x for x, _ in points), default=0.0) or 1.0
    at = [(LEFT + x / longest * (RIGHT - LEFT), _height(y)) for x, y in points]
    parts = [_ground(picture.title), *(_rule(strength) for strength in (0, 5, 10)), *_minutes(longest), _line(at)]
    parts += [_point(x, y, value, at) for (x, y), (_, value) in zip(at, points, strict=True)]
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="DejaVu Sans">{"".join(parts)}</svg>'


def _height(strength: float) -> float:
    return BOTTOM - strength / 10 * (BOTTOM - TOP)


def _ground(title: str) -> str:
    size = min(38.0, (WIDTH - 80) / (0.62 * max(len(title), 1)))
    heading = f'<text x="40" y="66" font-size="{size:.1f}" fill="{INK}">{escape(title)}</text>'
    return f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>{heading}'


def _rule(strength: int) -> str:
    y = _height(strength)
    line = f'<line x1="{LEFT}" y1="{y:.1f}" x2="{RIGHT}" y2="{y:.1f}" stroke="{FAINT}" stroke-width="2"/>'
    return f'{line}<text x="{LEFT - 18}" y="{y + 11:.1f}" font-size="30" text-anchor="end" fill="{INK}">{strength}</text>'


def _minutes(longest: float) -> list[str]:
    """Return at most seven marks along the time, as minutes and seconds."""
    step = next((step for step in STEPS if longest / step <= 6), longest / 6)
    marks = [n * step for n in range(int(longest / step + 1e-9) + 1)]
    return [
        f'<text x="{LEFT + mark / longest * (RIGHT - LEFT):.1f}" y="{BOTTOM + 58}" font-size="30" text-anchor="middle" '
        f'fill="{INK}">{int(mark)}:{round(mark % 1 * 60):02d}</text>'
        for mark in marks
    ]


def _line(at: Sequence[tuple[float, float]]) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
    return (
        f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="8" stroke-linejoin="round" stroke-linecap="round"/>'
    )


def _point(x: float, y: float, value: float, at: Sequence[tuple[float, float]]) -> str:
    """Return a point with its number above it, where there is room: with many points only the first, highest, lowest and last."""
    many = len(at) > MANY
    size = 'r="6" stroke-width="4"' if many else 'r="11" stroke-width="6"'
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" {size} fill="{GROUND}" stroke="{LINE}"/>'
    told = {at[0], at[-1], min(at, key=lambda point: point[1]), max(at, key=lambda point: point[1])}
    if many and (x, y) not in told:
        return dot
    inside = min(max(x, LEFT + 14), RIGHT - 14)
    place = f'x="{inside:.1f}" y="{y - 24:.1f}" font-size="32" text-anchor="middle"'
    halo = f'paint-order="stroke" stroke="{GROUND}" stroke-width="10" stroke-linejoin="round"'
    return f'{dot}<text {place} {halo} fill="{INK}">{round(value, 1):g}</text>'
