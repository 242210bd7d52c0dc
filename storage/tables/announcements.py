"""Announcements: what a series says, where, and what was said of its next evening; a community's quiet hours and its digest."""

from typing import Any

from sqlalchemy import Boolean, Column, ForeignKey, Integer, String, Table

from storage.tables.base import metadata, moment_column, sealed_column


def _of_series(**options: Any) -> Column[str]:
    return Column("series", String(32), ForeignKey("series.id", ondelete="CASCADE"), nullable=False, **options)


announce_settings = Table(
    "announce_settings",
    metadata,
    _of_series(primary_key=True),
    Column("moments", String(64), nullable=False),  # "day,soon"
    Column("discreet", Boolean, nullable=False),
    Column("home", Boolean, nullable=False),  # also in the series' own room
    Column("ping", String(24), nullable=False),  # the role called there; "" for none
)

announce_targets = Table(
    "announce_targets",
    metadata,
    _of_series(primary_key=True),
    Column("room", String(32), ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("ping", String(24), nullable=False),
    sealed_column("name"),  # what the platform calls the space of the room; sealed under the series' community
    moment_column("at"),
)

announce_codes = Table(
    "announce_codes",
    metadata,
    Column("mark", String(64), primary_key=True),  # HMAC of the code
    _of_series(index=True),
    moment_column("until"),
)

announce_plans = Table(
    "announce_plans",
    metadata,
    Column("occurrence", String(32), primary_key=True),
    _of_series(index=True),
    moment_column("starts_at"),  # as the rooms know it
    Column("room", String(32), nullable=False),
    Column("cancelled", Boolean, nullable=False),
    Column("told", Boolean, nullable=False),  # a room has heard of this evening
    Column("version", Integer, nullable=False),  # counts what rooms were told of changes
)

quiet_hours = Table(
    "quiet_hours",
    metadata,
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("hours", String(11), nullable=False),
)

digests = Table(
    "digests",
    metadata,
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("audience", String(16), primary_key=True),
    Column("weekday", Integer, nullable=False),  # from Monday = 0
    Column("wall", String(5), nullable=False),
    Column("room", String(32), ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False, index=True),
)
