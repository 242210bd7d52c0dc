"""Bars, each of several parts: how many there were, column by column. Each part has its number in it, each bar its sum above it.

Parts are shades of one colour, from light to dark, in the order of the legend: they differ by lightness, so everybody can tell
them apart.
"""

from collections.abc import Sequence

from bot.core.replies import Picture
from bot.runtime.drawing.paper import (
    BODY,
    DARK,
    GROUND,
    INK,
    MARGIN,
    SMALL,
    WIDTH,
    below_title,
    box,
    figure,
    page,
    rule,
    shortened,
    text,
)

HIGH = 320
LEFT, RIGHT = MARGIN, WIDTH - MARGIN
SHADES = ("#f1f8ff", "#b4deff", "#6db4ec", "#3d7db0")
ON_SHADES = (DARK, DARK, DARK, INK)
MOST_COLUMNS = 12
SMALLEST_NUMBERED = 30  # pixels of a part that has room for its number


def bars(picture: Picture) -> str:
    """Return the picture as SVG. Points are (column, amount): all columns of the first part, then of the next, at most four.
    Labels: of the columns, then of the parts."""
    columns = min(max((int(x) for x, _ in picture.points), default=-1) + 1, MOST_COLUMNS)
    parts = [[0.0] * columns for _ in range(len(picture.points) // columns if columns else 0)][: len(SHADES)]
    width = len(picture.points) // len(parts) if parts else 0
    for n, part in enumerate(parts):
        for x, y in picture.points[n * width : (n + 1) * width]:
            if 0 <= int(x) < columns:
                part[int(x)] = max(y, 0.0)
    names = [*picture.labels, *[""] * (columns + len(parts))]
    highest = max((sum(part[n] for part in parts) for n in range(columns)), default=0.0) or 1.0
    foot = below_title(picture.title) + 40 + HIGH
    columned = (_bar([part[n] for part in parts], n, columns, highest, names[n], foot) for n in range(columns))
    said = names[columns : columns + len(parts)]
    drawn = [*columned, rule(LEFT, foot, RIGHT, foot), _legend(said, foot + 92)]
    return page(picture.title, drawn, foot + 92 + (len(said) + 1) // 2 * 40)


def _bar(amounts: Sequence[float], number: int, columns: int, highest: float, name: str, foot: float) -> str:
    room = (RIGHT - LEFT) / columns
    wide, middle, y = min(room * 0.62, 120), LEFT + (number + 0.5) * room, foot
    drawn = []
    for shade, ink, amount in zip(SHADES, ON_SHADES, amounts, strict=False):
        tall = amount / highest * HIGH
        if tall <= 0:
            continue
        y -= tall
        drawn.append(box(middle - wide / 2, y, wide, tall, shade, round=0, edge=GROUND))
        if tall >= SMALLEST_NUMBERED:
            drawn.append(text(middle, y + tall / 2 + SMALL * 0.36, figure(amount), SMALL, ink, "middle"))
    total = text(middle, y - 12, figure(sum(amounts)), BODY, anchor="middle")
    return f"{''.join(drawn)}{total}{text(middle, foot + 38, shortened(name, room - 4, SMALL), SMALL, anchor='middle')}"


def _legend(names: Sequence[str], y: float) -> str:
    """Return the parts' names, two in a row."""
    drawn = []
    for n, name in enumerate(names):
        x, base = MARGIN + n % 2 * 420, y + n // 2 * 40
        drawn.append(box(x, base - 22, 26, 26, SHADES[n], round=0))
        drawn.append(text(x + 40, base, shortened(name, 360, SMALL), SMALL))
    return "".join(drawn)
