"""Group exercises: lines sealed under their authors' keys, topics under the community's. All of it goes a day after the evening."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table, UniqueConstraint

from handlers.exercises.records import LineBody, PartBody
from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column


def _exercise() -> Column[str]:
    return Column("exercise", String(32), ForeignKey("exercises.id", ondelete="CASCADE"), nullable=False, index=True)


def _item(*, primary_key: bool = False) -> Column[str]:
    other = ForeignKey("exercise_items.id", ondelete="CASCADE")
    return Column("item", String(32), other, primary_key=primary_key, nullable=not primary_key, index=True)


exercises = Table(
    "exercises",
    metadata,
    id_column(),
    Column("occurrence", String(32), ForeignKey("occurrences.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("room", String(32), ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    moment_column("at", index=True),
    sealed_column("topic"),
    Column("stage", String(16), nullable=False),
    Column("merges", Integer, nullable=False),
    Column("lines", Integer, nullable=False),
    moment_column("asked_at", nullable=True),
    Column("script", String(16), nullable=False, server_default=""),
    Column("round", Integer, nullable=False, server_default="0"),
    moment_column("until", nullable=True),
    info={"days": 3},  # the last resort: housekeeping deletes them a day after the end
)

exercise_items = Table(
    "exercise_items",
    metadata,
    id_column(),
    _exercise(),
    Column("number", Integer, nullable=False),
    Column("hidden", Boolean, nullable=False),
    Column("votes", Integer),
    Column("place", Integer),
)

exercise_lines = Table(
    "exercise_lines",
    metadata,
    id_column(),
    _exercise(),
    person_column(),
    Column("box", Integer, nullable=False),
    sealed_column("body"),
    moment_column("at", index=True),
    _item(),
    Column("agreed", Boolean, nullable=False, server_default="0"),
    info={"kind": "exercise_lines", "days": 3, "sealed": {"body": LineBody}},
)

exercise_votes = Table(
    "exercise_votes",
    metadata,
    person_column(primary_key=True),
    _item(primary_key=True),
    _exercise(),
    moment_column("at", index=True),
    info={"kind": "exercise_votes", "days": 3},  # deleted when the vote is over
)

exercise_parts = Table(
    "exercise_parts",
    metadata,
    id_column(),
    _exercise(),
    person_column(),
    Column("number", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("given", Boolean, nullable=False),
    sealed_column("body"),
    moment_column("at", index=True),
    UniqueConstraint("exercise", "person"),
    info={"kind": "exercise_parts", "days": 3, "sealed": {"body": PartBody}},
)
