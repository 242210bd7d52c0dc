"""Calendar feeds by marks of their addresses, which version of a series they showed, and imports that wait for their Save."""

from sqlalchemy import Column, ForeignKey, Integer, String, Table, UniqueConstraint

from handlers.calendars.records import FeedBody, Prepared
from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column

public_feeds = Table(
    "public_feeds",
    metadata,
    id_column(),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False),
    Column("audience", String(16), nullable=False),
    Column("mark", String(64), nullable=False),  # HMAC of the address' unguessable part
    sealed_column("token"),  # it is shown to whoever asks in the community
    moment_column("at"),
    UniqueConstraint("mark"),
    UniqueConstraint("community", "audience"),
)

private_feeds = Table(
    "private_feeds",
    metadata,
    id_column(),
    person_column(),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("slot", String(64), nullable=False),  # HMAC of person, community and audience: one of each
    Column("mark", String(64), nullable=False),  # HMAC of the address' unguessable part, which stands nowhere
    sealed_column("body"),
    moment_column("at"),
    UniqueConstraint("slot"),
    UniqueConstraint("mark"),
    info={"kind": "private_feeds", "sealed": {"body": FeedBody}},
)

feed_versions = Table(
    "feed_versions",
    metadata,
    Column("series", String(32), ForeignKey("series.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", String(64), nullable=False),  # HMAC of all that a calendar shows of it
    Column("number", Integer, nullable=False),
    moment_column("at"),
)

imports = Table(
    "imports",
    metadata,
    id_column(),
    person_column(),
    sealed_column("body"),
    moment_column("at", index=True),
    UniqueConstraint("person"),
    info={"kind": "imports", "days": 1, "sealed": {"body": Prepared}},
)
