"""Pairs for a week. Each side is its person's; who is with whom stands only in what is sealed."""

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint

from handlers.pairs.records import APART_DAYS, TRACED_DAYS, NoteBody, SideBody
from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column


def _community() -> Column[str]:
    return Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True)


pair_sides = Table(
    "pair_sides",
    metadata,
    id_column(),
    person_column(index=False),
    _community(),
    Column("stage", String(8), nullable=False),
    Column("slot", String(64), nullable=True, index=True),  # who may be found by whom: a mark of community and audience
    Column("mark", String(64), nullable=True),  # of a code, which stands nowhere
    moment_column("at"),
    moment_column("until", index=True),
    sealed_column("body"),
    UniqueConstraint("person"),
    UniqueConstraint("mark"),
    info={"kind": "pair_sides", "days": 1, "at": "until", "sealed": {"body": SideBody}},  # the last resort
)

pair_notes = Table(
    "pair_notes",
    metadata,
    id_column(),
    Column("side", String(32), ForeignKey("pair_sides.id", ondelete="CASCADE"), nullable=False),
    person_column(),
    Column("day", String(10), nullable=False),
    moment_column("at"),
    moment_column("until", index=True),
    sealed_column("body"),
    UniqueConstraint("side", "day"),
    info={"kind": "pair_notes", "days": 1, "at": "until", "sealed": {"body": NoteBody}},  # the last resort: they go with the pair
)

pair_marks = Table(
    "pair_marks",
    metadata,
    Column("mark", String(64), primary_key=True),  # of two who are not to be brought together again; it names neither
    moment_column("at", index=True),
    info={"days": APART_DAYS},
)

pair_traces = Table(
    "pair_traces",
    metadata,
    Column("mark", String(64), primary_key=True),  # of a pair, for its reports: and of each of the two, who hear nothing of one
    _community(),
    moment_column("at", index=True),
    info={"days": TRACED_DAYS},
)
