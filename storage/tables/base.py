"""The one `MetaData`, and the columns that tables share.

A table with a `person` column says in `info` what it holds, for `/privacy`, `/export`, `/erase` and retention:
`kind` (a plain word; the table's name if absent), `days` (how long a row is kept; absent: as long as the person), `at` (the
moment column from which the days count; "at" if absent), `stays` (the column that says which rows are kept until the person
deletes them). A row's values are sealed for its `id`, or for its primary key if there is no such column. Tables have no
Python-side defaults: repositories give every value.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, ForeignKey, LargeBinary, MetaData, String
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment: UTC on disk, aware and in UTC when read. Refuses a naive one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a zone cannot be stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def id_column() -> Column[str]:
    """The primary key `id`: made with `bot.core.ids.new_id()` before the insert, because sealing needs it."""
    return Column("id", String(32), primary_key=True)


def person_column(**options: Any) -> Column[str]:
    """The column `person`: whose row it is; it goes when the person goes. Not null unless `nullable=True`."""
    options.setdefault("nullable", False)
    options.setdefault("index", not options.get("primary_key", False))
    return Column("person", String(32), ForeignKey("people.person", ondelete="CASCADE"), **options)


def moment_column(name: str, **options: Any) -> Column[datetime]:
    """An aware moment. Not null unless `nullable=True`."""
    options.setdefault("nullable", False)
    return Column(name, UtcMoment, **options)


def sealed_column(name: str, **options: Any) -> Column[bytes]:
    """What `Unit.seal` returned. Not null unless `nullable=True`."""
    options.setdefault("nullable", False)
    return Column(name, LargeBinary, **options)
