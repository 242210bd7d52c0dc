"""The figures as a file for a spreadsheet: bands, never how many came to one evening. No cell begins a formula."""

import csv
import io
from collections.abc import Mapping, Sequence

from bot.core.texts import Say
from handlers.figures.rules import Month, Tally

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
COLUMNS = ("month", "meeting", "held", "cancelled", "not_held", "without_host", "people_1", "people_2", "people_3", "people_4")


def cell(text: str) -> str:
    """Return a text as a spreadsheet may read it: what could start a formula gets a leading apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def table(say: Say, months: Mapping[Month, Tally], series: Sequence[tuple[str, Tally]]) -> bytes:
    """Return the CSV: a line a month, then one for each series over all these months. UTF-8 with a mark, for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow([say.label(f"figures.column_{name}") for name in COLUMNS])
    for month, tally in months.items():
        writer.writerow([f"{month.year:04}-{month.month:02}", say.label("figures.all"), *_numbers(tally)])
    shown = list(months)
    span = f"{shown[0].year:04}-{shown[0].month:02}/{shown[-1].year:04}-{shown[-1].month:02}" if shown else ""
    for title, tally in series:
        writer.writerow([span, cell(title), *_numbers(tally)])
    return out.getvalue().encode("utf-8-sig")


def _numbers(tally: Tally) -> list[str]:
    return [str(number) for number in (tally.held, tally.cancelled, tally.not_held, tally.no_host, *tally.bands)]
