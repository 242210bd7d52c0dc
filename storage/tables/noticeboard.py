"""What hangs in rooms and in platforms' own calendars; nothing of a person. Digests are sealed: titles could be guessed by them."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from storage.tables.base import metadata, moment_column, sealed_column

boards = Table(
    "boards",
    metadata,
    Column("room", String(32), ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("audience", String(16), nullable=False),
    sealed_column("shown"),
    Column("missed", Integer, nullable=False),
    moment_column("at"),  # when it was hung
)

event_wishes = Table(
    "event_wishes",
    metadata,
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("audience", String(16), nullable=False),
    Column("discreet", Boolean, nullable=False),
    Column("missed", Integer, nullable=False),
)

native_events = Table(
    "native_events",
    metadata,
    Column("occurrence", String(32), primary_key=True),  # no foreign key: of an evening that is gone, the entry is to be taken away
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("room", String(32), ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False, index=True),
    moment_column("starts_at"),
    moment_column("ends_at"),
    sealed_column("shown"),
)
