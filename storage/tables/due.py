"""Moments that were promised. Nothing here is sealed: the timekeeper's keys and kinds are coarse."""

from sqlalchemy import Column, Index, Integer, String, Table

from storage.tables.base import metadata, moment_column, person_column

due = Table(
    "due",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("kind", String(64), nullable=False),
    moment_column("at", index=True),
    Column("subject", String(200), nullable=False),
    person_column(nullable=True),
    Column("claimed_by", String(64)),
    moment_column("claimed_until", nullable=True),
    Column("tries", Integer, nullable=False),
    info={"kind": "due"},
)

_claimed = due.c.claimed_until.is_not(None)
Index("ix_due_claims", due.c.claimed_until, sqlite_where=_claimed, postgresql_where=_claimed)
