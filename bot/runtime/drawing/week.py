"""Seven days below each other, and what is planned on each, with its time."""

from bot.core.replies import Picture
from bot.runtime.drawing.glyphs import width
from bot.runtime.drawing.paper import (
    ACCENT,
    BODY,
    BOX,
    GAP,
    GROUND,
    INK,
    LEADING,
    MARGIN,
    PADDING,
    ROOM,
    SMALL,
    SOFT,
    below_title,
    box,
    fitted,
    page,
    shortened,
    text,
    tidy,
)

WIDEST_NAME = 180  # of a day
MOST_OF_DAY, MOST_OF_LINE = 4, 2
STEP = BODY * LEADING


def week(picture: Picture) -> str:
    """Return the picture as SVG. Labels: the days. Points: (day, order) of each plan; `rows`: time ("" for none) and words."""
    plans = [(int(point[0]), (*row, "", "")[:2]) for point, row in zip(picture.points, picture.rows, strict=False)]
    parts, y = list[str](), below_title(picture.title)
    aside = min(max((width(tidy(name), SMALL) for name in picture.labels[:7]), default=0.0), WIDEST_NAME) + 2 * PADDING
    for n, name in enumerate(picture.labels[:7]):
        rows = _rows([plan for day, plan in plans if day == n], ROOM - aside - PADDING)
        named = fitted(name, WIDEST_NAME, SMALL, 2)
        high = max(len(rows) * STEP, len(named) * SMALL * LEADING, STEP) + PADDING
        parts.append(box(MARGIN, y, ROOM, high, BOX if rows else GROUND))
        for place, words in enumerate(named):
            base = y + PADDING / 2 + SMALL * 1.05 + place * SMALL * LEADING
            parts.append(text(MARGIN + PADDING, base, words, SMALL, ACCENT if rows else SOFT))
        for place, drawn in enumerate(rows):
            for x, words, colour in drawn:
                parts.append(text(MARGIN + aside + x, y + PADDING / 2 + BODY * 0.95 + place * STEP, words, BODY, colour))
        y += high + GAP * 0.6
    return page(picture.title, parts, y + MARGIN - GAP)


Drawn = list[tuple[float, str, str]]  # x, words, colour


def _rows(plans: list[tuple[str, ...]], room: float) -> list[Drawn]:
    made = list[Drawn]()
    for time, words in plans[:MOST_OF_DAY]:
        clock = shortened(time, room / 2, BODY)
        beside = width(clock, BODY) + 20 if clock else 0.0
        for n, row in enumerate(fitted(words, room - beside, BODY, MOST_OF_LINE) or [""]):
            made.append([(0.0, clock, ACCENT), (beside, row, INK)] if n == 0 else [(beside, row, INK)])
    if len(plans) > MOST_OF_DAY:
        made.append([(0.0, f"+{len(plans) - MOST_OF_DAY}", SOFT)])
    return made
