"""Communities, and their rooms."""

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint

from storage.tables.base import id_column, metadata

communities = Table(
    "communities",
    metadata,
    id_column(),
    Column("platform", String(16), nullable=False),
    Column("space", String(64), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("language", String(35), nullable=False),
    Column("country", String(2), nullable=False),
    UniqueConstraint("platform", "space"),
)

rooms = Table(
    "rooms",
    metadata,
    id_column(),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("platform", String(16), nullable=False),
    Column("chat", String(64), nullable=False),
    Column("thread", String(64), nullable=False),
    UniqueConstraint("platform", "chat", "thread"),
)
