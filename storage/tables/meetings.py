"""Meetings: series, what is different about single evenings, occurrences, and who is there just now.

A facilitator's words (titles, reasons) and a link are sealed under the community's key.
"""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy import literal_column as literal

from bot.core.meetings import OVER
from handlers.series.records import CHANGE_DAYS
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
    moment_column("ended_at", nullable=True),
    Column("options", Text, nullable=False, server_default="{}"),  # JSON, without the link
    sealed_column("link", nullable=True),
    Column("follows", String(32), ForeignKey("series.id", ondelete="SET NULL"), nullable=True, index=True),
)

series_changes = Table(
    "series_changes",
    metadata,
    Column("series", String(32), ForeignKey("series.id", ondelete="CASCADE"), primary_key=True),
    Column("original", String(16), primary_key=True),
    Column("starts", String(16), nullable=True),  # wall-clock time in the series' zone
    Column("minutes", Integer, nullable=True),
    Column("room", String(32), ForeignKey("rooms.id", ondelete="SET NULL"), nullable=True),
    Column("cancelled", Boolean, nullable=False),
    sealed_column("reason", nullable=True),
    moment_column("until"),  # a day after the evening, by any clock
    info={"days": CHANGE_DAYS, "at": "until"},
)

stand_ins = Table(
    "stand_ins",
    metadata,
    Column("series", String(32), primary_key=True),
    Column("original", String(16), primary_key=True),
    person_column(),
    moment_column("until"),
    ForeignKeyConstraint(["series", "original"], ["series_changes.series", "series_changes.original"], ondelete="CASCADE"),
    info={"kind": "stand_ins", "days": 1, "at": "until"},  # apart from the change, which stays when the person goes
)

series_pauses = Table(
    "series_pauses",
    metadata,
    id_column(),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("series", String(32), ForeignKey("series.id", ondelete="CASCADE"), nullable=True, index=True),
    Column("first", String(10), nullable=False),  # ISO dates on the calendar of each series' own zone
    Column("last", String(10), nullable=False),
    sealed_column("title"),
    moment_column("until"),
    info={"days": CHANGE_DAYS, "at": "until"},
)

occurrences = Table(
    "occurrences",
    metadata,
    id_column(),
    Column("series", String(32), ForeignKey("series.id", ondelete="CASCADE"), nullable=False),
    Column("original", String(16), nullable=True),  # null only between the first revision and the second
    Column("room", String(32), ForeignKey("rooms.id", ondelete="SET NULL"), nullable=True),  # null: the series' room
    moment_column("starts_at"),
    moment_column("ends_at"),
    Column("state", String(16), nullable=False),
    Column("segment", Integer, nullable=False),
    moment_column("since", nullable=True),
    moment_column("paused_at", nullable=True),
    Column("extra", Integer, nullable=False, server_default="0"),
    Column("self_run", Boolean, nullable=False, server_default="0"),
    Column("checkin", Boolean, nullable=False),
    Column("heads", Integer, nullable=False),
    sealed_column("reason", nullable=True),
    UniqueConstraint("series", "original"),
    Index("ix_occurrences_times", "series", "starts_at"),
)
# Written out, not as parameters: a database uses a partial index only for a query that says the same.
is_not_over = occurrences.c.state.not_in([literal(f"'{state.value}'") for state in sorted(OVER)])
for _name, _column in (("unfinished", occurrences.c.series), ("rooms", occurrences.c.room)):
    Index(f"ix_occurrences_{_name}", _column, occurrences.c.starts_at, sqlite_where=is_not_over, postgresql_where=is_not_over)

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
    Column("subject", String(32), primary_key=True),  # an occurrence, a series, a room or a community
    person_column(primary_key=True),
    moment_column("until"),
    Column("hosting", Boolean, nullable=False),
    Index("ix_hosts_person", "person"),
    info={"kind": "hosts", "days": 1, "at": "until"},
)
