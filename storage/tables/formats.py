"""A community's own outlines: a facilitator's words, sealed under the community's key."""

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint

from storage.tables.base import id_column, metadata, moment_column, sealed_column

own_formats = Table(
    "own_formats",
    metadata,
    id_column(),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False),
    Column("name", String(24), nullable=False),  # of the shipped format that it stands in for
    sealed_column("body", nullable=True),  # null: only a draft is there
    sealed_column("draft", nullable=True),
    moment_column("at"),
    UniqueConstraint("community", "name"),
)
