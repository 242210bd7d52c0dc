"""Bars, each of several parts: how many there were, column by column. Each part has its number in it, each bar its sum above it.

Parts are shades of one colour, from light to dark, in the order of the legend: they differ by lightness, so everybody can tell
them apart. The ground is its own, readable in light and dark apps; sizes are for a phone's width.
"""

from collections.abc import Sequence
from html import escape

from bot.core.replies import Picture

WIDTH, HEIGHT = 900, 600
LEFT, RIGHT, TOP, BOTTOM = 40, 860, 136, 456
GROUND, INK, FAINT, DARK = "#1d2730", "#f4f6f7", "#4a5a66", "#10181f"
SHADES = ("#f1f8ff", "#b4deff", "#6db4ec", "#3d7db0")
ON_SHADES = (DARK, DARK, DARK, INK)
MOST_COLUMNS = 12
SMALLEST_NUMBERED = 26  # pixels of a part that has room for its number


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
    columned = (_bar([part[n] for part in parts], n, columns, highest, names[n]) for n in range(columns))
    drawn = [_ground(picture.title), *columned, _legend(names[columns : columns + len(parts)])]
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="DejaVu Sans">{"".join(drawn)}</svg>'


def _ground(title: str) -> str:
    heading = _text(40, 66, title, min(38.0, _fitting(title, WIDTH - 80)), anchor="start")
    foot = f'<line x1="{LEFT}" y1="{BOTTOM}" x2="{RIGHT}" y2="{BOTTOM}" stroke="{FAINT}" stroke-width="2"/>'
    return f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{GROUND}"/>{heading}{foot}'


def _bar(amounts: Sequence[float], number: int, columns: int, highest: float, name: str) -> str:
    room = (RIGHT - LEFT) / columns
    wide, middle, y = min(room * 0.62, 120), LEFT + (number + 0.5) * room, float(BOTTOM)
    drawn = []
    for shade, ink, amount in zip(SHADES, ON_SHADES, amounts, strict=False):
        tall = amount / highest * (BOTTOM - TOP)
        if tall <= 0:
            continue
        y -= tall
        box = f'x="{middle - wide / 2:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}"'
        drawn.append(f'<rect {box} fill="{shade}" stroke="{GROUND}" stroke-width="3"/>')
        if tall >= SMALLEST_NUMBERED:
            drawn.append(_text(middle, y + tall / 2 + 9, f"{amount:g}", 25, fill=ink))
    total = _text(middle, y - 12, f"{sum(amounts):g}", 30)
    return f"{''.join(drawn)}{total}{_text(middle, BOTTOM + 38, name, min(28.0, _fitting(name, room - 6)))}"


def _legend(names: Sequence[str]) -> str:
    """Return the parts' names, two in a row."""
    drawn = []
    for n, name in enumerate(names):
        x, y = 40 + n % 2 * 420, 540 + n // 2 * 38
        drawn.append(f'<rect x="{x}" y="{y - 21}" width="26" height="26" fill="{SHADES[n]}"/>')
        drawn.append(_text(x + 40, y, name, min(25.0, _fitting(name, 370)), anchor="start"))
    return "".join(drawn)


def _text(x: float, y: float, words: str, size: float, anchor: str = "middle", fill: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" text-anchor="{anchor}" fill="{fill}">{escape(words)}</text>'


def _fitting(words: str, room: float) -> float:
    """Return the largest size at which words of this length fit."""
    return room / (0.62 * max(len(words), 1))
