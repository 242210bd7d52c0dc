"""A person's export: one ZIP with JSON (complete), CSV (for tables) and a page to read."""

import csv
import html
import io
import json
import zipfile
from collections.abc import Mapping, Sequence

from bot.core import spreadsheet

Rows = Mapping[str, Sequence[Mapping[str, object]]]


def archive(rows: Rows) -> bytes:
    """Return the ZIP. File names are ours; nothing a person wrote becomes markup or a formula."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("my-data.json", json.dumps(rows, ensure_ascii=False, indent=2, default=str))
        bundle.writestr("my-data.html", page(rows))
        for kind, of_kind in rows.items():
            bundle.writestr(f"{kind}.csv", table(of_kind))
    return packed.getvalue()


def cell(value: object) -> str:
    """Return a value as a spreadsheet may read it: what could start a formula gets a leading apostrophe."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return spreadsheet.cell(text)


def table(rows: Sequence[Mapping[str, object]]) -> str:
    columns = list(dict.fromkeys(column for row in rows for column in row))
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(columns)
    writer.writerows([cell(row.get(column, "")) for column in columns] for row in rows)
    return out.getvalue()


def page(rows: Rows) -> str:
    parts = ['<!doctype html><meta charset="utf-8"><title>My data</title>']
    for kind, of_kind in rows.items():
        parts.append(f"<h1>{html.escape(kind)}</h1>")
        for row in of_kind:
            items = "".join(f"<dt>{html.escape(k)}</dt><dd>{html.escape(cell(v))}</dd>" for k, v in row.items())
            parts.append(f"<dl>{items}</dl>")
    return "\n".join(parts)
