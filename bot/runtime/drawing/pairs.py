"""Two voices: what one says at the left, the answer at the right, like a talk; or what was before, and what is now."""

from collections.abc import Sequence

from bot.core.replies import Picture
from bot.runtime.drawing.glyphs import width
from bot.runtime.drawing.paper import (
    ACCENT,
    BODY,
    BOX,
    DARK,
    GAP,
    INK,
    LEADING,
    MARGIN,
    PADDING,
    ROOM,
    SMALL,
    WIDTH,
    below_title,
    fitted,
    page,
    shares,
    shortened,
    text,
)

MOST_PAIRS = 7
MOST_ROWS = 28
WIDE = 700  # of a bubble
INNER = WIDE - 2 * PADDING
STEP = BODY * LEADING
SAID, ANSWERED = (BOX, INK), (ACCENT, DARK)  # dark and light: they differ by lightness, and by their side
NO_LIMIT = 1000
ROUND = 20


def pairs(picture: Picture) -> str:
    """Return the picture as SVG. `rows`: what is said, and the answer ("" for none). Labels: the names of both sides."""
    left, right = (*picture.labels, "", "")[:2]
    shown = [(*row, "", "")[:2] for row in picture.rows[:MOST_PAIRS]]
    wanted = [len(fitted(words, INNER, BODY, NO_LIMIT)) for row in shown for words in row]
    most = shares(wanted, MOST_ROWS)
    y = below_title(picture.title) + SMALL
    parts = [
        text(MARGIN, y, shortened(left, ROOM / 2 - GAP, SMALL), SMALL, ACCENT),
        text(WIDTH - MARGIN, y, shortened(right, ROOM / 2 - GAP, SMALL), SMALL, ACCENT, "end"),
    ]
    y += GAP
    for n, (said, answer) in enumerate(shown):
        for words, place, room in ((said, SAID, most[2 * n]), (answer, ANSWERED, most[2 * n + 1])):
            rows = fitted(words, INNER, BODY, max(room, 1))
            if rows:
                parts.append(_bubble(y, rows, place, at_right=place is ANSWERED))
                y += _high(rows) + GAP * 0.7
        y += GAP
    if len(picture.rows) > MOST_PAIRS:
        parts.append(text(MARGIN, y + SMALL, f"+{len(picture.rows) - MOST_PAIRS}", SMALL))
        y += SMALL * LEADING + GAP
    return page(picture.title, parts, y - GAP + MARGIN)


def _high(rows: Sequence[str]) -> float:
    return len(rows) * STEP + 1.2 * PADDING


def _bubble(y: float, rows: Sequence[str], colours: tuple[str, str], *, at_right: bool) -> str:
    """Return the words in a box at their side, with round corners but for the one that points there."""
    fill, ink = colours
    wide, high, far = max(width(row, BODY) for row in rows) + 2 * PADDING, _high(rows), ROUND
    x = WIDTH - MARGIN - wide if at_right else MARGIN
    left, right = (far, 0) if at_right else (0, far)
    shape = (
        f"M{x + far:.1f},{y:.1f} h{wide - 2 * far:.1f} q{far},0 {far},{far} v{high - far - right:.1f} q0,{right} {-right},{right} "
        f"h{-(wide - left - right):.1f} q{-left},0 {-left},{-left} v{-(high - far - left):.1f} q0,{-far} {far},{-far} z"
    )
    drawn = [text(x + PADDING, y + PADDING * 0.6 + BODY * 0.95 + n * STEP, row, BODY, ink) for n, row in enumerate(rows)]
    return f'<path d="{shape}" fill="{fill}"/>{"".join(drawn)}'
