"""Every kind of picture there is, by its name."""

from collections.abc import Callable, Mapping

from bot.core.replies import Picture
from bot.runtime.drawing.bars import bars
from bot.runtime.drawing.compare import compare
from bot.runtime.drawing.counts import counts
from bot.runtime.drawing.days import days
from bot.runtime.drawing.glyphs import is_readable
from bot.runtime.drawing.grid import grid
from bot.runtime.drawing.heat import heat
from bot.runtime.drawing.ladder import ladder
from bot.runtime.drawing.pairs import pairs
from bot.runtime.drawing.paper import LONGEST
from bot.runtime.drawing.radar import radar
from bot.runtime.drawing.reach import reach
from bot.runtime.drawing.rows import rows
from bot.runtime.drawing.table import table
from bot.runtime.drawing.trend import trend
from bot.runtime.drawing.wave import wave
from bot.runtime.drawing.week import week

KINDS: Mapping[str, Callable[[Picture], str]] = {
    "bars": bars,
    "compare": compare,
    "counts": counts,
    "days": days,
    "grid": grid,
    "heat": heat,
    "ladder": ladder,
    "pairs": pairs,
    "radar": radar,
    "reach": reach,
    "rows": rows,
    "table": table,
    "trend": trend,
    "wave": wave,
    "week": week,
}


def drawn(picture: Picture) -> str | None:
    """Return the picture as SVG; None when its kind is unknown, or its words are in a script that the font does not have."""
    kind = KINDS.get(picture.kind)
    words = (*picture.labels, *(cell for row in picture.rows for cell in row))
    if kind is None or not is_readable("".join(said[:LONGEST] for said in words)):
        return None
    return kind(picture)
