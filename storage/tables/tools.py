"""Flows under way, and tools that were used to their end. Which tool it is stands in the sealed body only."""

from sqlalchemy import Boolean, Column, Index, String, Table, UniqueConstraint

from handlers.flows.records import ENTRY_DAYS, KEPT_DAYS
from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column
from storage.tools_bodies import EntryBody, FlowBody

flow_states = Table(
    "flow_states",
    metadata,
    id_column(),
    person_column(),
    Column("mark", String(64), nullable=False),  # HMAC of person, flow and subject: one of each at a time
    moment_column("at", index=True),
    sealed_column("body"),
    UniqueConstraint("mark"),
    info={"kind": "flow_states", "days": KEPT_DAYS, "sealed": {"body": FlowBody}},
)

entries = Table(
    "entries",
    metadata,
    id_column(),
    person_column(),
    Column("mark", String(64)),  # HMAC of person, tool and voice; null in rows of earlier versions
    moment_column("at", index=True),
    Column("stays", Boolean, nullable=False, server_default="0"),  # until the person deletes it
    sealed_column("body"),
    info={"kind": "entries", "days": ENTRY_DAYS, "stays": "stays", "sealed": {"body": EntryBody}},
)
Index("ix_entries_mark", entries.c.mark, entries.c.at)
_UNMARKED = entries.c.mark.is_(None)
Index("ix_entries_unmarked", entries.c.person, sqlite_where=_UNMARKED, postgresql_where=_UNMARKED)  # soon nobody has any
