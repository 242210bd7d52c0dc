"""What a facilitator is planning just now: one row, gone after two days."""

from sqlalchemy import Table

from handlers.series.drafts import Sheet
from storage.tables.base import metadata, moment_column, person_column, sealed_column

series_sheets = Table(
    "series_sheets",
    metadata,
    person_column(primary_key=True),
    moment_column("at"),
    sealed_column("body"),
    info={"kind": "series_sheets", "days": 2, "sealed": {"body": Sheet}},
)
