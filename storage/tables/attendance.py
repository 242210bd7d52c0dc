"""Presence that was asked to be confirmed, and that was: without a name. A code stands here only as a mark of it."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint

from handlers.receipts.records import ASK_DAYS, KEPT_DAYS, AskBody, Present
from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column

receipt_asks = Table(
    "receipt_asks",
    metadata,
    id_column(),
    Column("occurrence", String(32), ForeignKey("occurrences.id", ondelete="CASCADE"), nullable=False),
    person_column(),
    Column("stand", String(16), nullable=False),
    Column("tries", Integer, nullable=False),
    sealed_column("body"),
    moment_column("at", index=True),
    UniqueConstraint("occurrence", "person"),
    info={"kind": "receipt_asks", "days": ASK_DAYS, "sealed": {"body": AskBody}},
)

attendances = Table(
    "attendances",
    metadata,
    id_column(),
    person_column(),
    sealed_column("body"),
    moment_column("at", index=True),  # when it was confirmed; the evening itself is not named
    info={"kind": "attendances", "days": KEPT_DAYS, "sealed": {"body": Present}},
)

attendance_codes = Table(
    "attendance_codes",
    metadata,
    Column("mark", String(64), primary_key=True),  # HMAC of a code, which stands nowhere
    Column("attendance", String(32), ForeignKey("attendances.id", ondelete="CASCADE"), nullable=False, index=True),
    person_column(),
    moment_column("at"),
    info={"kind": "attendance_codes", "days": KEPT_DAYS},
)
