"""Meetings: series, occurrences, and who is there just now. A title is sealed under the community's key."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column

series = Table(
    "series",
    metadata,
    id_column(),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("room", String(32), ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False, index=True),
    sealed_column("title"),
    Column("zone", String(64), nullable=False),
    Column("first", String(10), nullable=False),  # ISO date and wall-clock time: they have no zone of their own
    Column("wall", String(8), nullable=False),
    Column("rule", String(200), nullable=False),
    Column("minutes", Integer, nullable=False),
    moment_column("at"),  # when made
    moment_column("cancelled_at", nullable=True),
)

occurrences = Table(
    "occurrences",
    metadata,
    id_column(),
    Column("series", String(32), ForeignKey("series.id", ondelete="CASCADE"), nullable=False),
    moment_column("starts_at"),
    moment_column("ends_at"),
    Column("state", String(16), nullable=False),
    Column("segment", Integer, nullable=False),
    moment_column("since", nullable=True),
    Column("checkin", Boolean, nullable=False),
    Column("heads", Integer, nullable=False),
    UniqueConstraint("series", "starts_at"),
)
_ahead = occurrences.c.state.not_in(["closed", "cancelled"])
Index("ix_occurrences_ahead", occurrences.c.series, occurrences.c.starts_at, sqlite_where=_ahead, postgresql_where=_ahead)

presences = Table(
    "presences",
    metadata,
    Column("occurrence", String(32), ForeignKey("occurrences.id", ondelete="CASCADE"), primary_key=True),
    person_column(primary_key=True),
    moment_column("at"),
    Index("ix_presences_person", "person"),
    info={"kind": "presences", "days": 2},  # housekeeping deletes them a day after the end; this is the last resort
)

hosts = Table(
    "hosts",
    metadata,
    Column("subject", String(32), primary_key=True),  # an occurrence, a series or a room
    person_column(primary_key=True),
    moment_column("until"),
    Column("hosting", Boolean, nullable=False),
    Index("ix_hosts_person", "person"),
    info={"kind": "hosts", "days": 1, "at": "until"},
)
