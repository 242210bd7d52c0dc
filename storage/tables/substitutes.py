"""Facilitators who may be asked to stand in. A row is renewed whenever its person is seen to be one; else it goes by itself."""

from sqlalchemy import Column, ForeignKey, String, Table

from storage.tables.base import metadata, moment_column, person_column

substitutes = Table(
    "substitutes",
    metadata,
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    person_column(primary_key=True, index=True),
    moment_column("at"),  # when they were last seen to be a facilitator
    info={"kind": "substitutes", "days": 90},
)
