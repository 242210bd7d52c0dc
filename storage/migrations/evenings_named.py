"""Part of revision 0002: occurrences of before get the name and the room that new ones are stored with. Stays as it is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

_SERIES = sa.table("series", sa.column("id"), sa.column("room"), sa.column("zone"))
_OCCURRENCES = sa.table(
    "occurrences",
    sa.column("id"),
    sa.column("series"),
    sa.column("original"),
    sa.column("room"),
    sa.column("starts_at", sa.DateTime(timezone=True)),
)


def name_evenings(connection: sa.Connection) -> None:
    """Give each evening the wall-clock start that it has in its series' zone as `original`, and its series' room."""
    evenings = _OCCURRENCES.c
    query = sa.select(evenings.id, evenings.starts_at, _SERIES.c.zone, _SERIES.c.room).where(
        evenings.series == _SERIES.c.id, evenings.original.is_(None)
    )
    rows = [
        {"this": row.id, "named": _wall(row.starts_at, row.zone), "there": row.room} for row in connection.execute(query).fetchall()
    ]
    if rows:
        named: dict[str, object] = {"original": sa.bindparam("named"), "room": sa.bindparam("there")}
        connection.execute(sa.update(_OCCURRENCES).where(evenings.id == sa.bindparam("this")).values(named), rows)


def _wall(starts_at: datetime, zone: str) -> str:
    aware = starts_at if starts_at.tzinfo else starts_at.replace(tzinfo=UTC)
    return aware.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat(timespec="minutes")
