"""The evening after: who was at a community's meetings before, and how an evening went. No words are in it."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table

from handlers.afterwards.records import DEBRIEF_DAYS, MET_DAYS
from storage.tables.base import metadata, moment_column, person_column

met = Table(
    "met",
    metadata,
    person_column(primary_key=True),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("quiet", Boolean, nullable=False),
    moment_column("at"),  # the last evening
    Index("ix_met_community", "community"),
    info={"kind": "met", "days": MET_DAYS},
)

debriefs = Table(
    "debriefs",
    metadata,
    Column("occurrence", String(32), ForeignKey("occurrences.id", ondelete="CASCADE"), primary_key=True),
    Column("went", String(8), nullable=False),
    Column("note", String(8), nullable=False),
    moment_column("at"),
    info={"days": DEBRIEF_DAYS},
)
