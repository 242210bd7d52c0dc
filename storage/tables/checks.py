"""One sealed value that only the right master key, with the right file of wrapped keys, opens."""

from sqlalchemy import Column, LargeBinary, String, Table

from storage.tables.base import metadata

checks = Table(
    "checks",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
