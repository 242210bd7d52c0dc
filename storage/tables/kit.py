"""A person's kit: one row, kept until they delete it."""

from sqlalchemy import Table

from handlers.kit.records import Kit
from storage.tables.base import metadata, moment_column, person_column, sealed_column

kits = Table(
    "kits",
    metadata,
    person_column(primary_key=True),
    moment_column("at"),
    sealed_column("body"),
    info={"kind": "kits", "sealed": {"body": Kit}},
)
