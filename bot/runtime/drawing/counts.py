"""How often each of several things was said: bars below each other, the name above each and its number at its end."""

from bot.core.replies import Picture
from bot.runtime.drawing.paper import (
    ACCENT,
    BODY,
    GAP,
    LEADING,
    MARGIN,
    ROOM,
    SMALL,
    SOFT,
    below_title,
    box,
    figure,
    page,
    shortened,
    text,
)

MOST = 10
BAR, NUMBER = 30, 110


def counts(picture: Picture) -> str:
    """Return the picture as SVG. Labels: the things, in the order wanted. Points: (order, number)."""
    items = [(name, max(point[1], 0.0)) for name, point in zip(picture.labels, picture.points, strict=False)]
    highest = max((number for _, number in items), default=0.0) or 1.0
    parts, y = list[str](), below_title(picture.title)
    for name, number in items[:MOST]:
        parts.append(text(MARGIN, y + BODY * 0.85, shortened(name, ROOM, BODY), BODY))
        y += BODY * LEADING
        wide = max(number / highest * (ROOM - NUMBER), 4)
        parts.append(box(MARGIN, y, wide, BAR, ACCENT, round=4))
        parts.append(text(MARGIN + wide + 14, y + BAR / 2 + BODY * 0.36, figure(number), BODY))
        y += BAR + GAP
    if len(items) > MOST:
        parts.append(text(MARGIN, y + SMALL, f"+{len(items) - MOST}", SMALL, SOFT))
        y += SMALL * LEADING
    return page(picture.title, parts, y + MARGIN / 2)
