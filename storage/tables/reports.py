"""Reports to facilitators: rows of who reports, and of who may read them."""

from sqlalchemy import Column, ForeignKey, String, Table

from handlers.reports.records import REPORT_DAYS, Body
from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column

reports = Table(
    "reports",
    metadata,
    id_column(),
    person_column(),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True),
    moment_column("at", index=True),
    Column("state", String(8), nullable=False),
    sealed_column("body"),
    info={"kind": "reports", "days": REPORT_DAYS, "sealed": {"body": Body}},
)

report_readers = Table(
    "report_readers",
    metadata,
    Column("report", String(32), ForeignKey("reports.id", ondelete="CASCADE"), primary_key=True),
    person_column(primary_key=True, index=True),
    moment_column("at", index=True),
    info={"kind": "report_letters", "days": REPORT_DAYS},
)
