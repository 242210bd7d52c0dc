"""Numbers, 0 to 10, over all the times they were given: one to three lines, apart by colour, dashes and shape. The steps are even:
each time has its day below it. Given only once, they are rulers with a mark."""

from collections.abc import Sequence

from bot.core.replies import Picture
from bot.runtime.drawing.glyphs import width
from bot.runtime.drawing.paper import (
    BODY,
    FAINT,
    GAP,
    INK,
    LEGEND,
    MARGIN,
    ROOM,
    SMALL,
    SOFT,
    WIDTH,
    Series,
    below_title,
    figure,
    legend,
    page,
    rule,
    shortened,
    text,
)

LEFT, RIGHT, HIGH = MARGIN + 62, WIDTH - MARGIN - 44, 400
HIGHEST = 10
MOST_SERIES, MOST_TIMES = 3, 30
WIDEST_DAY = 200
NUMBERED = 9  # times; with more, only a few have their numbers beside them
Line = list[float | None]


def trend(picture: Picture) -> str:
    """Return the picture as SVG. Labels: the days. `rows`: first the names of the lines, then perhaps one row with a note.
    Points: (time, number), all times of the first line, then of the next; -1 for none."""
    names = (next(iter(picture.rows), ()) or ("",))[:MOST_SERIES]
    note = picture.rows[1][0] if len(picture.rows) > 1 and picture.rows[1] else ""
    times = len(picture.points) // len(names)
    values = [[_held(y) for _, y in picture.points[n * times : (n + 1) * times]][-MOST_TIMES:] for n in range(len(names))]
    days = picture.labels[:times][-MOST_TIMES:]
    if times <= 1:
        return _rulers(picture.title, names, [line[0] if line else None for line in values])
    top = below_title(picture.title) + 30
    at = _places(len(values[0]), top)
    foot = top + HIGH + (92 if len(names) > 1 and any(value is not None and value < 1 for line in values for value in line) else 50)
    parts = [_level(strength, top) for strength in (0, 5, 10)] + _days(days, foot)
    for n, line in reversed([*enumerate(values)]):
        parts.append(_drawn(n, line, at, top))
    parts += _numbers(values, at, top)
    y = foot + GAP + SMALL
    if note:
        parts.append(text(MARGIN, y + SMALL * 0.36, shortened(note, ROOM, SMALL), SMALL, SOFT))
        y += LEGEND
    said = names if len(names) > 1 else ()
    return page(picture.title, [*parts, legend(said, y)], y + len(said) * LEGEND)


def _held(value: float) -> float | None:
    return min(max(value, 0.0), float(HIGHEST)) if value >= 0 else None


def _places(times: int, top: float) -> Sequence[float]:
    return [LEFT + 30 + n * (RIGHT - LEFT - 30) / max(times - 1, 1) for n in range(times)]


def _height(value: float, top: float) -> float:
    return top + HIGH - value / HIGHEST * HIGH


def _level(value: int, top: float) -> str:
    y = _height(value, top)
    return rule(LEFT, y, RIGHT, y) + text(LEFT - 14, y + BODY * 0.36, str(value), BODY, INK, "end")


def _days(days: Sequence[str], y: float) -> list[str]:
    """Return as many days as there is room for, from the last one backwards."""
    at, parts, free = _places(len(days), 0), list[str](), float(WIDTH - 8)
    for x, day in reversed([(x, shortened(day, WIDEST_DAY, SMALL)) for x, day in zip(at, days, strict=True)]):
        half = width(day, SMALL) / 2 + 8
        middle = min(max(x, half), WIDTH - 8 - half)
        if middle + half <= free + 0.1:
            parts.append(text(middle, y, day, SMALL, INK, "middle"))
            free = middle - half
    return parts


def _drawn(number: int, line: Line, at: Sequence[float], top: float) -> str:
    """Return a line with its points; a time without a number is passed over."""
    series = Series(number)
    known = [(x, _height(value, top)) for x, value in zip(at, line, strict=True) if value is not None]
    size = 10 if len(at) <= NUMBERED else 7
    return series.line(known) + "".join(series.point(x, y, size) for x, y in known)


def _numbers(values: Sequence[Line], at: Sequence[float], top: float) -> list[str]:
    """Return the numbers: those of the highest line above its points, those of the lowest below, one between them at the side."""
    told = set(range(len(at))) if len(at) <= NUMBERED else _told(values[0]) if len(values) == 1 else {0, len(at) - 1}
    parts = []
    for n in sorted(told):
        found = sorted({value for line in values if (value := line[n]) is not None}, reverse=True)
        for place, value in enumerate(found):
            x, y = at[n], _height(value, top)
            if 0 < place < len(found) - 1:
                aside, anchor = (20, "start") if n in (0, len(at) - 1) else (-20, "end")
                parts.append(text(x + aside, y + BODY * 0.36, figure(value), BODY, INK, anchor, halo=True))
            else:
                below = place == len(found) - 1 and len(found) > 1
                parts.append(text(x, y + (BODY + 16 if below else -20), figure(value), BODY, INK, "middle", halo=True))
    return parts


def _told(line: Line) -> set[int]:
    """Return where the first, the last, the highest and the lowest number is."""
    known = [(value, n) for n, value in enumerate(line) if value is not None]
    return {known[0][1], known[-1][1], max(known)[1], min(known)[1]} if known else set()


def _rulers(title: str, names: Sequence[str], values: Sequence[float | None]) -> str:
    """Return a ruler from 0 to 10 for each, with its mark and number."""
    y, parts = below_title(title), list[str]()
    left, right = MARGIN + 20, WIDTH - MARGIN - 20
    for n, (name, value) in enumerate(zip(names, values, strict=True)):
        parts.append(text(MARGIN, y + BODY * 0.85, shortened(name, ROOM, BODY), BODY))
        y += BODY + 70
        parts.append(rule(left, y, right, y, SOFT, 4))
        for step in range(HIGHEST + 1):
            x = left + step / HIGHEST * (right - left)
            parts.append(rule(x, y - (16 if step % 5 == 0 else 9), x, y, FAINT if step % 5 else SOFT, 3))
            if step % 5 == 0:
                parts.append(text(x, y + SMALL + 22, str(step), SMALL, SOFT, "middle"))
        if value is not None:
            x = left + value / HIGHEST * (right - left)
            parts += [Series(n).point(x, y, 14), text(x, y - 30, figure(value), BODY + 6, INK, "middle", halo=True)]
        y += SMALL + 22 + 2 * GAP
    return page(title, parts, y + MARGIN / 2)
