"""A table for deciding: each way with what was said of it, as words and as filled dots. The chosen one is framed and named."""

from collections.abc import Sequence

from bot.core.replies import Picture
from bot.runtime.drawing.paper import (
    ACCENT,
    BODY,
    BOX,
    GAP,
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
    shares,
    shortened,
    text,
)

MOST_WAYS, MOST_ROWS, MOST_COLUMNS = 10, 22, 4
COLUMN = 170
STEP = BODY * LEADING
DOT = 9


def grid(picture: Picture) -> str:
    """Return the picture as SVG. Labels: what the ways are called, the columns, and what the chosen one is called. `rows`: a way,
    its answers, and "yes" if it is the chosen one. Points: (filled dots, dots) of each answer, row by row; (0, 0) for none."""
    columns = min(max(len(picture.labels) - 2, 0), MOST_COLUMNS)
    chosen = picture.labels[-1] if len(picture.labels) > 1 else ""
    room = ROOM - columns * COLUMN - 2 * PADDING
    shown = picture.rows[:MOST_WAYS]
    most = shares([len(fitted(row[0], room, BODY, 99)) if row else 0 for row in shown], MOST_ROWS)
    y = below_title(picture.title)
    parts, deep = _heads(picture.labels[: 1 + columns], room, y)
    y += deep
    for n, row in enumerate(shown):
        way, *answers = row or ("",)
        is_chosen = len(answers) > columns and bool(answers[-1])
        rows = fitted(way, room, BODY, max(most[n], 1))
        mark = [shortened(chosen, room, SMALL)] if is_chosen else []
        high = max(len(rows) * STEP + len(mark) * SMALL * LEADING, 2 * STEP) + PADDING
        parts.append(box(MARGIN, y, ROOM, high, BOX, edge=ACCENT if is_chosen else ""))
        top = y + (high - len(rows) * STEP - len(mark) * SMALL * LEADING) / 2
        for place, words in enumerate(rows):
            parts.append(text(MARGIN + PADDING, top + BODY * 0.95 + place * STEP, words, BODY))
        for words in mark:
            parts.append(text(MARGIN + PADDING, top + len(rows) * STEP + SMALL * 0.95, f"✓ {words}", SMALL, ACCENT))
        for k in range(columns):
            dots = picture.points[n * columns + k] if n * columns + k < len(picture.points) else (0.0, 0.0)
            parts.append(_answer(k, columns, y + high / 2, answers[k] if k < len(answers) else "", dots))
        y += high + GAP * 0.7
    if len(picture.rows) > MOST_WAYS:
        parts.append(text(MARGIN, y + SMALL, f"+{len(picture.rows) - MOST_WAYS}", SMALL, SOFT))
        y += SMALL * LEADING + GAP
    return page(picture.title, parts, y + MARGIN - GAP)


def _middle(column: int, columns: int) -> float:
    return MARGIN + ROOM - (columns - column - 0.5) * COLUMN


def _heads(names: Sequence[str], room: float, y: float) -> tuple[list[str], float]:
    """Return the headings, and how deep they are."""
    columns = len(names) - 1
    rows = [fitted(name, room if n == 0 else COLUMN - 8, SMALL, 2) for n, name in enumerate(names)]
    deep = max((len(row) for row in rows), default=0)
    parts = []
    for n, heading in enumerate(rows):
        x, anchor = (MARGIN + PADDING, "start") if n == 0 else (_middle(n - 1, columns), "middle")
        for place, words in enumerate(heading):
            parts.append(text(x, y + SMALL + (deep - len(heading) + place) * SMALL * LEADING, words, SMALL, ACCENT, anchor))
    return parts, deep * SMALL * LEADING + GAP


def _answer(column: int, columns: int, y: float, words: str, dots: tuple[float, float]) -> str:
    x, drawn = _middle(column, columns), list[str]()
    filled, of = int(dots[0]), min(int(dots[1]), 5)
    for n in range(of):
        inside = ACCENT if n < filled else "none"
        middle = x + (n - (of - 1) / 2) * DOT * 3
        drawn.append(f'<circle cx="{middle:.1f}" cy="{y - 18:.1f}" r="{DOT}" fill="{inside}" stroke="{ACCENT}" stroke-width="3"/>')
    base = y + (SMALL + 6 if of else SMALL * 0.36)
    return "".join(drawn) + text(x, base, shortened(words or "–", COLUMN - 8, SMALL), SMALL, INK, "middle")
