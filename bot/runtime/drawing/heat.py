"""How often, hour by weekday: each field has its number, and is the lighter the more often. White is no better than dark."""

from collections import Counter

from bot.core.replies import Picture
from bot.runtime.drawing.paper import (
    BOX,
    DARK,
    INK,
    MARGIN,
    SMALL,
    SOFT,
    WIDTH,
    below_title,
    box,
    page,
    shortened,
    text,
)

HOURS, DAYS = 24, 7
LEFT, CELL_HIGH = MARGIN + 110, 38
CELL_WIDE = (WIDTH - MARGIN - LEFT) / DAYS
SHADES = ("#3d7db0", "#6db4ec", "#b4deff", "#f1f8ff")
INKS = (INK, DARK, DARK, DARK)
EVERY = 3  # hours between two that are named


def heat(picture: Picture) -> str:
    """Return the picture as SVG. Points: (hour, weekday) of each event. Labels: seven days. `rows`: one row, 24 hours."""
    often = Counter((int(hour), int(day)) for hour, day in picture.points if 0 <= hour < HOURS and 0 <= day < DAYS)
    most = max([*often.values(), len(SHADES)])
    hours = (*(picture.rows[0] if picture.rows else ()), *("",) * HOURS)[:HOURS]
    top = below_title(picture.title) + SMALL
    parts = [
        text(LEFT + (n + 0.5) * CELL_WIDE, top, shortened(day, CELL_WIDE - 6, SMALL), SMALL, INK, "middle")
        for n, day in enumerate(picture.labels[:DAYS])
    ]
    top += 16
    for hour in range(HOURS):
        y = top + hour * CELL_HIGH
        if hour % EVERY == 0:
            parts.append(text(LEFT - 14, y + CELL_HIGH / 2 + SMALL * 0.36, shortened(hours[hour], 104, SMALL), SMALL, SOFT, "end"))
        for day in range(DAYS):
            x, count = LEFT + day * CELL_WIDE, often[hour, day]
            shade = (count * len(SHADES) - 1) // most if count else 0
            parts.append(box(x + 2, y + 2, CELL_WIDE - 4, CELL_HIGH - 4, SHADES[shade] if count else BOX, round=4))
            if count:
                middle = y + CELL_HIGH / 2 + SMALL * 0.36
                parts.append(text(x + CELL_WIDE / 2, middle, str(count), SMALL, INKS[shade], "middle"))
    return page(picture.title, parts, top + HOURS * CELL_HIGH + MARGIN)
