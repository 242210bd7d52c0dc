"""The figures as a file for a spreadsheet: bands, never how many came to one evening. No cell begins a formula."""

from collections.abc import Mapping, Sequence

from bot.core import spreadsheet
from bot.core.texts import Say
from handlers.figures.rules import Month, Tally

COLUMNS = ("month", "meeting", "held", "cancelled", "not_held", "without_host", "people_1", "people_2", "people_3", "people_4")


def table(say: Say, months: Mapping[Month, Tally], series: Sequence[tuple[str, Tally]]) -> bytes:
    """Return the CSV: a line a month, then one for each series over all these months. UTF-8 with a mark, for spreadsheets."""
    rows = [[f"{month.year:04}-{month.month:02}", say.label("figures.all"), *_numbers(tally)] for month, tally in months.items()]
    shown = list(months)
    span = f"{shown[0].year:04}-{shown[0].month:02}/{shown[-1].year:04}-{shown[-1].month:02}" if shown else ""
    rows += [[span, title, *_numbers(tally)] for title, tally in series]
    return spreadsheet.table([say.label(f"figures.column_{name}") for name in COLUMNS], rows)


def _numbers(tally: Tally) -> list[str]:
    return [str(number) for number in (tally.held, tally.cancelled, tally.not_held, tally.no_host, *tally.bands)]
