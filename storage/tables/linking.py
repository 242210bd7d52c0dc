"""Linking accounts: codes as marks, what was asked of a code, and which accounts came in by one."""

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint

from storage.tables.base import id_column, metadata, moment_column, person_column

link_codes = Table(
    "link_codes",
    metadata,
    person_column(primary_key=True),
    Column("mark", String(64), nullable=False),  # HMAC of the code, which stands nowhere
    moment_column("at", index=True),
    UniqueConstraint("mark"),
    info={"kind": "link_codes", "days": 1},  # ten minutes; the last resort
)

link_asks = Table(
    "link_asks",
    metadata,
    id_column(),
    person_column(),
    Column("keeper", String(32), ForeignKey("people.person", ondelete="CASCADE"), nullable=False, index=True),
    moment_column("at", index=True),
    UniqueConstraint("person"),
    info={"kind": "link_asks", "days": 1},
)

links = Table(
    "links",
    metadata,
    Column("account", String(32), ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True),
    person_column(),
    moment_column("at"),
    info={"kind": "links"},
)
