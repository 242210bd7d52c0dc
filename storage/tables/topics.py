"""Topics between meetings. Titles are sealed under the community's key, drafts under their writer's.

A post without a name has no person: only its mark, another for each post, tells whether it is a given person's (`finds`).
"""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from handlers.topics.records import Draft, Pace
from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column


def _community(*, primary_key: bool = False) -> Column[str]:
    other = ForeignKey("communities.id", ondelete="CASCADE")
    return Column("community", String(32), other, primary_key=primary_key, nullable=False, index=not primary_key)


topics = Table(
    "topics",
    metadata,
    id_column(),
    _community(),
    Column("room", String(32), ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("stage", String(8), nullable=False),
    Column("weekly", Boolean, nullable=False),
    Column("posts", Integer, nullable=False),
    moment_column("opened_at"),
    sealed_column("body"),
)

topic_posts = Table(
    "topic_posts",
    metadata,
    id_column(),
    Column("topic", String(32), ForeignKey("topics.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("mark", String(64), nullable=False),
    Column("state", String(8), nullable=False),
    moment_column("at"),  # in whole hours: a minute would tell who wrote just then
    info={"kind": "topic_posts", "finds": "topic_post"},
)

topic_rules = Table(
    "topic_rules",
    metadata,
    _community(primary_key=True),
    Column("days", Integer, nullable=False),
    Column("unnamed", Boolean, nullable=False),
)

topic_weeks = Table(
    "topic_weeks",
    metadata,
    Column("room", String(32), ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True),
    _community(),
    Column("weekday", Integer, nullable=False),
    Column("hour", Integer, nullable=False),
    Column("paused", Boolean, nullable=False),
)

topic_drafts = Table(
    "topic_drafts",
    metadata,
    id_column(),
    person_column(),
    Column("subject", String(32), nullable=False),  # the topic that it is for, or the room of a topic that is being made
    moment_column("at", index=True),
    sealed_column("body"),
    info={"kind": "topic_drafts", "days": 2, "sealed": {"body": Draft}},
)

topic_paces = Table(
    "topic_paces",
    metadata,
    person_column(primary_key=True),
    moment_column("at", index=True),
    sealed_column("body"),
    info={"kind": "topic_paces", "days": 2, "sealed": {"body": Pace}},
)
