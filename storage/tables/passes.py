"""Until when a person's clear no holds (handlers/family). The table's name says nothing of what it is about."""

from sqlalchemy import Table

from handlers.family.records import Pass
from storage.tables.base import metadata, moment_column, person_column, sealed_column

passes = Table(
    "passes",
    metadata,
    person_column(primary_key=True),
    moment_column("at", index=True),
    sealed_column("body"),
    info={"kind": "passes", "days": 30, "sealed": {"body": Pass}},
)
