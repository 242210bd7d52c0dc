"""A community's own check-in questions: facilitators' words, sealed under the community's key."""

from sqlalchemy import Column, ForeignKey, String, Table

from storage.tables.base import id_column, metadata, moment_column, sealed_column

own_questions = Table(
    "own_questions",
    metadata,
    id_column(),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True),
    moment_column("at"),
    sealed_column("body"),
)
