"""Acts that were done with their answers, and the one form a person has open."""

from sqlalchemy import Column, Index, String, Table, UniqueConstraint

from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column

receipts = Table(
    "receipts",
    metadata,
    id_column(),
    Column("receipt", String(64), nullable=False),  # HMAC of the platform's idempotency key
    person_column(),
    sealed_column("body"),
    moment_column("sent_at", nullable=True),
    moment_column("at", index=True),
    UniqueConstraint("receipt"),
    info={"kind": "receipts", "days": 2},
)

_unsent = receipts.c.sent_at.is_(None)
Index("ix_receipts_unsent", receipts.c.at, sqlite_where=_unsent, postgresql_where=_unsent)

forms = Table(
    "forms",
    metadata,
    person_column(primary_key=True),
    sealed_column("body"),
    moment_column("at", index=True),
    info={"kind": "forms", "days": 14},
)
