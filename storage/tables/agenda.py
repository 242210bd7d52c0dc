"""Agendas: what became of each item, what facilitators added, what is brought to a next evening."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint

from bot.core.agenda import AgendaItem
from handlers.agenda.records import CARRIED_DAYS
from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column


def _occurrence() -> Column[str]:
    return Column("occurrence", String(32), ForeignKey("occurrences.id", ondelete="CASCADE"), nullable=False)


agenda_points = Table(
    "agenda_points",
    metadata,
    id_column(),
    _occurrence(),
    person_column(),
    moment_column("at", index=True),  # since when it waits
    moment_column("said_at"),
    Column("number", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("becomes", String(16), nullable=False),
    sealed_column("body", nullable=True),  # where it is not what the check-in says
    UniqueConstraint("occurrence", "person"),
    info={"kind": "agenda", "at": "said_at", "days": 7, "sealed": {"body": AgendaItem}},  # three days; the last resort
)

agenda_added = Table(
    "agenda_added",
    metadata,
    id_column(),
    Column("occurrence", String(32), ForeignKey("occurrences.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True),
    moment_column("at", index=True),
    Column("number", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("becomes", String(16), nullable=False),
    sealed_column("body"),  # under the community's key
    info={"days": 7, "sealed": {"body": AgendaItem}},
)

agenda_carried = Table(
    "agenda_carried",
    metadata,
    id_column(),
    person_column(),
    Column("series", String(32), ForeignKey("series.id", ondelete="CASCADE"), nullable=False, index=True),
    moment_column("at", index=True),
    sealed_column("body"),
    UniqueConstraint("person", "series"),
    info={"kind": "agenda_carried", "days": CARRIED_DAYS, "sealed": {"body": AgendaItem}},
)
