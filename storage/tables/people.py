"""Persons, and their accounts on platforms. Settings stand in plain columns; a platform's user id is sealed."""

from sqlalchemy import Boolean, Column, String, Table, UniqueConstraint

from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column

people = Table(
    "people",
    metadata,
    Column("person", String(32), primary_key=True),
    Column("language", String(35), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("country", String(2), nullable=False),
    Column("home", String(32)),
    moment_column("consented_at", nullable=True),
    Column("tidy", Boolean, nullable=False, server_default="0"),  # what they type is deleted from the private chat
    moment_column("at"),  # when first met
    info={"kind": "people"},
)

accounts = Table(
    "accounts",
    metadata,
    id_column(),
    person_column(),
    Column("platform", String(16), nullable=False),
    Column("mark", String(64), nullable=False),  # HMAC of platform and user id: finds, and cannot be undone without the key
    sealed_column("user"),
    moment_column("door_closed_at", nullable=True),  # the platform refused a private message, and no act came since
    moment_column("at"),
    UniqueConstraint("mark"),
    info={"kind": "accounts"},
)

tombstones = Table(
    "tombstones",
    metadata,
    Column("mark", String(64), primary_key=True),  # an erased account's; a restored backup erases it again
    moment_column("at"),
)

lost_keys = Table(
    "lost_keys",
    metadata,
    Column("owner", String(32), primary_key=True),  # erased; their key is to be deleted, if it was not already
)
