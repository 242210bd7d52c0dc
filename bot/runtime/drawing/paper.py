"""What every picture is made of: ground, colours, sizes; text that is measured, wrapped and cut; the marks of several series."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from bot.core.richtext import FIRST_STRONG_ISOLATE, POP_ISOLATE, clean
from bot.runtime.drawing.glyphs import width, with_gaps

WIDTH, MARGIN, GAP, PADDING = 900, 36, 18, 22
ROOM = WIDTH - 2 * MARGIN
TITLE, BODY, SMALL = 40, 30, 26  # pixels; on a phone 360 wide, SMALL is 10
LEADING = 1.3
GROUND, BOX, INK, SOFT, FAINT = "#1d2730", "#2a3843", "#f4f6f7", "#c3cdd4", "#51626f"
ACCENT, SECOND, THIRD, DARK = "#8fd0ff", "#ffd27a", "#eef2f4", "#10181f"
LONGEST = 600  # characters of one text that are looked at
MORE = "…"
_ISOLATES = re.compile(f"([{FIRST_STRONG_ISOLATE}{POP_ISOLATE}])")  # those of `isolated` stay: a row is one paragraph of its own
_NO_XML = {0xFFFE: None, 0xFFFF: None}  # characters that no XML may hold, beyond those that are cleaned away


def page(title: str, parts: Iterable[str], height: float) -> str:
    """Return the SVG: ground, title (see `below_title`) and what is drawn."""
    drawn = "".join(
        text(MARGIN, MARGIN + TITLE * 0.85 + n * TITLE * 1.2, row, TITLE) for n, row in enumerate(fitted(title, ROOM, TITLE, 2))
    )
    size = f'width="{WIDTH}" height="{height:.0f}" viewBox="0 0 {WIDTH} {height:.0f}"'
    ground = f'<rect width="{WIDTH}" height="{height:.0f}" fill="{GROUND}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="DejaVu Sans">{ground}{drawn}{"".join(parts)}</svg>'


def below_title(title: str) -> float:
    """Return where there is room below the title."""
    rows = len(fitted(title, ROOM, TITLE, 2))
    return MARGIN + rows * TITLE * 1.2 + (GAP if rows else 0)


# Text ---------------------------------------------------------------------------------------------------------------


def text(x: float, y: float, words: str, size: float, fill: str = INK, anchor: str = "start", *, halo: bool = False) -> str:
    """Return one row of text on its base line. `halo`: it is read over lines, too."""
    said = tidy(words)
    if not said:
        return ""
    around = f' paint-order="stroke" stroke="{GROUND}" stroke-width="10" stroke-linejoin="round"' if halo else ""
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="{size:.1f}" text-anchor="{anchor}"'
    return f'<text {place} fill="{fill}"{around}>{escape(said)}</text>'


def figure(value: float) -> str:
    """Return a number as it is read, with one digit behind the point at most."""
    return f"{round(value, 1):g}"


def tidy(words: str) -> str:
    """Return a person's words in one line that can be drawn; what is beyond `LONGEST` is cut."""
    pieces = _ISOLATES.split(words[: 2 * LONGEST].translate(_NO_XML))
    said = " ".join("".join(piece if _ISOLATES.fullmatch(piece) else clean(piece) for piece in pieces).split())
    return with_gaps(said if len(said) <= LONGEST else said[:LONGEST] + MORE)


def rows_of(words: str, room: float, size: float) -> list[str]:
    """Return a text in rows that are as wide as the room at most; a word that is wider alone is broken."""
    rows, row = list[str](), ""
    for word in tidy(words).split(" "):
        rest = word
        while rest:
            joined = f"{row} {rest}" if row else rest
            if width(joined, size) <= room:
                row, rest = joined, ""
            elif row:
                rows.append(row)
                row = ""
            else:
                row, rest = _broken(rest, room, size)
    return [*rows, row] if row else rows


def fitted(words: str, room: float, size: float, most: int) -> list[str]:
    """Return at most so many rows; the last one says by "…" that there was more."""
    rows = rows_of(words, room, size)
    return rows if len(rows) <= most else [*rows[: most - 1], shortened(rows[most - 1] + MORE, room, size)]


def shortened(words: str, room: float, size: float) -> str:
    """Return a row as wide as the room at most, with "…" where something is left out."""
    words = tidy(words)
    if width(words, size) <= room:
        return words
    return _broken(words.removesuffix(MORE), room - width(MORE, size), size)[0].rstrip() + MORE


Row = tuple[bool, str]  # whether a line begins in it, and its words


def listed(lines: Sequence[str], room: float, size: float, most: int) -> list[Row]:
    """Return lines in at most so many rows (2 at least): whole lines while there is room, then one that is cut, then "+3"."""
    wrapped = [rows_of(line, room, size) for line in lines]
    most, made = max(most, 2), list[Row]()
    if sum(map(len, wrapped)) <= most:
        return [(n == 0, row) for rows in wrapped for n, row in enumerate(rows)]
    for number, rows in enumerate(wrapped):
        rest = len(wrapped) - number - 1
        left = most - len(made) - (1 if rest else 0)
        made += [(n == 0, row) for n, row in enumerate(rows[:left])]
        if len(rows) > left:
            if left > 0:
                made[-1] = (made[-1][0], shortened(made[-1][1] + MORE, room, size))
            else:
                rest += 1
            return [*made, (False, f"+{rest}")] if rest else made
    return made


def shares(wanted: Sequence[int], most: int, least: int = 2) -> list[int]:
    """Return how many rows each gets of those that it wants, `most` in all: who wants little gets it, the others share evenly."""
    level = max(wanted, default=0)
    while level > least and sum(min(want, level) for want in wanted) > most:
        level -= 1
    return [min(want, level) for want in wanted]


def _broken(word: str, room: float, size: float) -> tuple[str, str]:
    """Return as much of a long word as fits (one letter at least), and its rest."""
    end, wide = 0, 0.0
    for letter in _letters(word):
        wide += width(letter, size)
        if end and wide > room:
            break
        end += len(letter)
    return word[:end], word[end:]


def _letters(words: str) -> Iterator[str]:
    """Yield letters with the marks and joiners that belong to them."""
    held = ""
    for char in words:
        if held and unicodedata.category(char) not in ("Mn", "Me", "Cf"):
            yield held
            held = ""
        held += char
    if held:
        yield held


# Shapes -------------------------------------------------------------------------------------------------------------


def box(x: float, y: float, wide: float, high: float, fill: str = BOX, *, round: float = 14, edge: str = "", dash: str = "") -> str:  # noqa: A002
    line = f' stroke="{edge}" stroke-width="4"' if edge else ""
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    return (
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(wide, 0):.1f}" height="{max(high, 0):.1f}" rx="{round}" '
        f'fill="{fill}"{line}{dashed}/>'
    )


def rule(x1: float, y1: float, x2: float, y2: float, colour: str = FAINT, thick: float = 2) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}" stroke-width="{thick:g}"/>'


class Series:
    """How one of up to three series is told from the others: colour, dashes and shape of its points."""

    def __init__(self, number: int) -> None:
        self.colour, self.dash = ((ACCENT, ""), (SECOND, "18 12"), (THIRD, "4 12"))[number % 3]
        self._shape = number % 3

    def line(self, at: Sequence[tuple[float, float]], *, closed: bool = False, fill: str = "none") -> str:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in at)
        dash = f' stroke-dasharray="{self.dash}"' if self.dash else ""
        shape = "polygon" if closed else "polyline"
        drawn = f'fill="{fill}" stroke="{self.colour}" stroke-width="6" stroke-linejoin="round" stroke-linecap="round"'
        return f'<{shape} points="{path}" {drawn}{dash}/>'

    def point(self, x: float, y: float, size: float = 10) -> str:
        """Return a filled disc, an empty square, or an empty triangle."""
        edge = f'stroke="{self.colour}" stroke-width="5"'
        if self._shape == 0:
            return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" fill="{self.colour}" {edge}/>'
        if self._shape == 1:
            place = f'x="{x - size:.1f}" y="{y - size:.1f}" width="{2 * size:g}" height="{2 * size:g}"'
            return f'<rect {place} fill="{GROUND}" {edge}/>'
        corners = ((x, y - size * 1.2), (x - size * 1.1, y + size * 0.9), (x + size * 1.1, y + size * 0.9))
        path = " ".join(f"{a:.1f},{b:.1f}" for a, b in corners)
        return f'<polygon points="{path}" fill="{GROUND}" {edge}/>'


LEGEND = 44  # pixels of one of its rows


def legend(names: Sequence[str], y: float) -> str:
    """Return the names of series below each other, the first row's middle at `y`, each behind a piece of its line."""
    drawn = []
    for n, name in enumerate(names):
        middle, series = y + n * LEGEND, Series(n)
        drawn.append(series.line(((MARGIN + 4, middle), (MARGIN + 76, middle))) + series.point(MARGIN + 40, middle))
        drawn.append(text(MARGIN + 96, middle + SMALL * 0.36, shortened(name, ROOM - 96, SMALL), SMALL))
    return "".join(drawn)
