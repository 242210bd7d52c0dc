"""The facilitators' corner: who is on the roster, who hosts what, offers to swap, notes for the next host, and a checklist.

A name and the ticks are sealed under their person's key, a note under its community's.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Table, UniqueConstraint
from sqlalchemy import literal_column as literal

from handlers.roster.records import NOTE_DAYS, SEEN_DAYS, TICKS_DAYS, Role, Ticks
from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column

roster = Table(
    "roster",
    metadata,
    id_column(),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False),
    person_column(),
    moment_column("at"),  # when they were last seen to be a facilitator
    sealed_column("name"),
    Column("leads", Boolean, nullable=False),  # they had an owner's role then
    UniqueConstraint("community", "person"),
    info={"kind": "roster", "days": SEEN_DAYS, "sealed": {"name": str}},
)

duties = Table(
    "duties",
    metadata,
    Column("series", String(32), ForeignKey("series.id", ondelete="CASCADE"), primary_key=True),
    Column("original", String(16), primary_key=True),  # "" for every evening
    Column("role", String(8), primary_key=True),  # host, co; not_host, not_co: not this one
    person_column(primary_key=True, index=True),
    moment_column("at"),
    moment_column("until"),
    info={"kind": "duties", "days": 1, "at": "until"},
)
# Written out, not as parameters: it is the same in the migration. One host an evening, and one who helps.
_has = duties.c.role.in_([literal(f"'{role.value}'") for role in Role])
Index("ix_duties_once", duties.c.series, duties.c.original, duties.c.role, unique=True, sqlite_where=_has, postgresql_where=_has)

swaps = Table(
    "swaps",
    metadata,
    id_column(),
    person_column(),
    Column("series", String(32), ForeignKey("series.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("original", String(16), nullable=False),
    Column("asked", String(32), ForeignKey("roster.id", ondelete="CASCADE"), nullable=True, index=True),  # null: everybody
    Column("wanted", String(8), nullable=False),
    Column("for_series", String(32), ForeignKey("series.id", ondelete="CASCADE"), nullable=True),
    Column("for_original", String(16), nullable=False),
    moment_column("at"),
    moment_column("until"),  # the evening's start
    info={"kind": "swaps", "days": 1, "at": "until"},
)

handover_notes = Table(
    "handover_notes",
    metadata,
    id_column(),
    Column("owner", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True),  # under whose key
    person_column(),  # who wrote it, and may take it back
    Column("series", String(32), ForeignKey("series.id", ondelete="CASCADE"), nullable=False, unique=True),
    moment_column("at"),
    sealed_column("words"),
    info={"kind": "handover_notes", "days": NOTE_DAYS, "sealed": {"words": str}},
)

training = Table(
    "training",
    metadata,
    person_column(primary_key=True),
    moment_column("at"),
    sealed_column("body"),
    info={"kind": "training", "days": TICKS_DAYS, "sealed": {"body": Ticks}},
)
