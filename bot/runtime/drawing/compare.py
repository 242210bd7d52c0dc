"""Two numbers, 0 to 10, for each thing: before and after, as bars below each other, with the number at the end of each."""

from bot.core.replies import Picture
from bot.runtime.drawing.paper import (
    BODY,
    FAINT,
    GAP,
    GROUND,
    INK,
    LEADING,
    MARGIN,
    ROOM,
    SMALL,
    SOFT,
    Series,
    below_title,
    box,
    figure,
    fitted,
    page,
    rule,
    shortened,
    text,
)

MOST = 8
BAR = 34
NUMBER = 70  # room behind a bar for its number
HIGHEST = 10.0


def compare(picture: Picture) -> str:
    """Return the picture as SVG. Labels: the things. Points: (before, after), -1 for none. `rows`: one row, both names."""
    before, after = (*picture.rows[0], "", "")[:2] if picture.rows else ("", "")
    items = list(zip(picture.labels, picture.points, strict=False))
    highest = max((value for _, point in items for value in point), default=0.0)
    highest = max(highest, HIGHEST)
    both = any(point[0] >= 0 for _, point in items)
    y = below_title(picture.title)
    parts = list[str]()
    if both:
        for n, name in ((0, before), (1, after)):
            x = MARGIN + n * ROOM / 2
            parts += [_bar(x, y, 54, n), text(x + 70, y + SMALL, shortened(name, ROOM / 2 - 90, SMALL), SMALL, SOFT)]
        y += BAR + 1.5 * GAP
    for name, point in items[:MOST]:
        for row in fitted(name, ROOM, BODY, 2):
            parts.append(text(MARGIN, y + BODY * 0.85, row, BODY, INK))
            y += BODY * LEADING
        for n, value in enumerate(point):
            if value >= 0 or both:
                parts.append(_measured(y, n, value, highest))
                y += BAR + 8
        y += GAP
    if len(items) > MOST:
        parts.append(text(MARGIN, y + SMALL, f"+{len(items) - MOST}", SMALL, SOFT))
        y += SMALL * LEADING
    return page(picture.title, parts, y + MARGIN / 2)


def _measured(y: float, number: int, value: float, highest: float) -> str:
    whole = ROOM - NUMBER
    drawn = [rule(MARGIN, y + BAR / 2, MARGIN + whole, y + BAR / 2, FAINT)] if value >= 0 else []
    wide = max(value, 0.0) / highest * whole
    if wide > 0:
        drawn.append(_bar(MARGIN, y, wide, number))
    said = figure(value) if value >= 0 else "–"
    drawn.append(text(MARGIN + wide + 14, y + BAR / 2 + BODY * 0.36, said, BODY, halo=True))
    return "".join(drawn)


def _bar(x: float, y: float, wide: float, number: int) -> str:
    """Return a bar: before is an outline in dashes, after is filled."""
    series = Series(1 - number)
    if number == 0:
        return box(x + 2, y + 2, wide - 4, BAR - 4, GROUND, round=4, edge=series.colour, dash="10 7")
    return box(x, y, wide, BAR, series.colour, round=4)
