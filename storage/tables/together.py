"""How weeks were in a community. Who lets their number count, and the lines they shared, are theirs; a closed week is nobody's.

That somebody is a relative stands in sealed bodies only.
"""

from sqlalchemy import Boolean, Column, ForeignKey, String, Table, UniqueConstraint

from handlers.together.records import LINE_DAYS, WEEK_DAYS, YES_DAYS, LineBody, Yes
from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column


def _community() -> Column[str]:
    return Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True)


together_yes = Table(
    "together_yes",
    metadata,
    id_column(),
    person_column(),
    _community(),
    moment_column("at"),
    sealed_column("body"),
    UniqueConstraint("person", "community"),
    info={"kind": "together_yes", "days": YES_DAYS, "sealed": {"body": Yes}},
)

together_lines = Table(
    "together_lines",
    metadata,
    id_column(),
    person_column(),
    _community(),
    Column("monday", String(10), nullable=False),  # ISO date: on the community's clocks
    Column("shared", Boolean, nullable=False),
    Column("hidden", Boolean, nullable=False),
    moment_column("at", index=True),
    sealed_column("body"),
    info={"kind": "together_lines", "days": LINE_DAYS, "sealed": {"body": LineBody}},
)

together_weeks = Table(
    "together_weeks",
    metadata,
    id_column(),
    _community(),
    Column("audience", String(16), nullable=False),
    Column("monday", String(10), nullable=False),
    moment_column("at"),  # when it was closed
    sealed_column("body"),
    UniqueConstraint("community", "audience", "monday"),
    info={"days": WEEK_DAYS},
)

together_rooms = Table(
    "together_rooms",
    metadata,
    Column("room", String(32), ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True),
    _community(),
    Column("audience", String(16), nullable=False),
    moment_column("at"),
)
