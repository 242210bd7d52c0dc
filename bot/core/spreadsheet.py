"""Tables for spreadsheets: no cell begins a formula, whatever somebody wrote."""

from collections.abc import Iterable, Sequence

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(text: str) -> str:
    """Return a text as a spreadsheet may read it: what could start a formula gets a leading apostrophe."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the CSV (RFC 4180), every cell quoted. UTF-8 with a mark, by which spreadsheets know it."""
    return "".join(f"{','.join(_quoted(cell(value)) for value in row)}\r\n" for row in (columns, *rows)).encode("utf-8-sig")


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
