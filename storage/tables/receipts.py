"""Acts that were done with their answers, and the one form a person has open."""

from sqlalchemy import Boolean, Column, Index, String, Table, UniqueConstraint

from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column

receipts = Table(
    "receipts",
    metadata,
    id_column(),
    Column("receipt", String(64), nullable=False),  # HMAC of the platform's idempotency key
    person_column(),
    sealed_column("body"),
    Column("sent", Boolean, nullable=False),
    moment_column("at", index=True),
    UniqueConstraint("receipt"),
    info={"kind": "receipts", "days": 2},
)

Index("ix_receipts_unsent", receipts.c.at, sqlite_where=receipts.c.sent.is_(False), postgresql_where=receipts.c.sent.is_(False))

forms = Table(
    "forms",
    metadata,
    person_column(primary_key=True),
    sealed_column("body"),
    moment_column("at", index=True),
    info={"kind": "forms", "days": 14},
)
