"""The order of a room: seats and names (sealed under their person), powers in force, and the record of acts. No words but names."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column


def _occurrence() -> Column[str]:
    return Column("occurrence", String(32), ForeignKey("occurrences.id", ondelete="CASCADE"), nullable=False)


def _facilitator() -> Column[str]:
    """Who asked for it, to be told; forgotten with them, while the row stays."""
    return Column("asked_by", String(32), ForeignKey("people.person", ondelete="SET NULL"), index=True)


seats = Table(
    "seats",
    metadata,
    id_column(),
    _occurrence(),
    person_column(),
    Column("number", Integer, nullable=False),
    moment_column("at", index=True),
    sealed_column("name", nullable=True),
    Column("hand", String(16), nullable=False),
    Column("place", Integer, nullable=False),
    Column("turns", Integer, nullable=False),
    Column("ticket", Integer, nullable=False),
    Column("sits_out", Integer, nullable=False),
    Column("raised", Boolean, nullable=False),
    moment_column("in_voice_since", nullable=True),
    moment_column("let_in_at", nullable=True),
    moment_column("left_at", nullable=True),
    UniqueConstraint("occurrence", "person"),
    info={"kind": "seats", "days": 2, "sealed": {"name": str}},  # housekeeping deletes them a day after the end; the last resort
)

orders = Table(
    "orders",
    metadata,
    Column("occurrence", String(32), ForeignKey("occurrences.id", ondelete="CASCADE"), primary_key=True),
    Column("turn", Integer, nullable=False),
    moment_column("since", nullable=True),
    moment_column("until", nullable=True),
    Column("numbers", Integer, nullable=False),
    Column("tickets", Integer, nullable=False),
    Column("lobby", Boolean),
    moment_column("inside_until", nullable=True),
    moment_column("raid_at", nullable=True),
    moment_column("offered_at", nullable=True),
    Column("locked", Boolean, nullable=False),
    Column("calm", Boolean, nullable=False),
    Column("door", Integer, nullable=False),
    Column("door_owed", Boolean, nullable=False),
    Column("breakout", Integer, nullable=False),
    Column("breakouts", Integer, nullable=False),
    moment_column("back_at", nullable=True),
)

rounds = Table(
    "rounds",
    metadata,
    Column("occurrence", String(32), ForeignKey("occurrences.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("way", String(16), nullable=False),
    moment_column("at"),
    Column("turn", Integer, nullable=False),
    moment_column("since", nullable=True),
    moment_column("until", nullable=True),
    moment_column("paused_at", nullable=True),
    moment_column("ended_at", nullable=True),
)

round_turns = Table(
    "round_turns",
    metadata,
    id_column(),
    _occurrence(),
    person_column(),
    moment_column("at", index=True),
    Column("number", Integer, nullable=False),
    Column("place", Integer, nullable=False),
    Column("stands", String(16), nullable=False),
    Column("later", Boolean, nullable=False),
    UniqueConstraint("occurrence", "person"),
    info={"kind": "round_turns", "days": 1},  # they go when the round is over; the last resort
)

standings = Table(
    "standings",
    metadata,
    id_column(),
    _occurrence(),
    person_column(),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("room", String(32), ForeignKey("rooms.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("standing", String(16), nullable=False),
    _facilitator(),
    moment_column("at", index=True),  # when it was asked for
    moment_column("confirmed_at", nullable=True),
    moment_column("until", nullable=True),
    Column("asks", Integer, nullable=False),
    Column("owed", Boolean, nullable=False),
    UniqueConstraint("occurrence", "person"),
    info={"kind": "standings", "days": 180},  # struck when undone; a person who never returns is forgotten with the acts
)

motions = Table(
    "motions",
    metadata,
    id_column(),
    _occurrence(),
    person_column(),
    _facilitator(),
    moment_column("at", index=True),
    UniqueConstraint("occurrence", "person"),
    info={"kind": "motions", "days": 1},  # two minutes; the last resort
)

acts = Table(
    "acts",
    metadata,
    id_column(),
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), nullable=False),
    Column("occurrence", String(32), nullable=False),
    moment_column("at", index=True),
    Column("kind", String(16), nullable=False),
    Column("hands", Integer, nullable=False),
    moment_column("review_by", nullable=True),
    moment_column("reviewed_at", nullable=True),
    Column("mark", String(64), nullable=False),  # HMAC of the act and who did it, until reviewed: nobody reviews their own
    Index("ix_acts_community", "community", "at"),
    info={"days": 180},
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("community", String(32), ForeignKey("communities.id", ondelete="CASCADE"), primary_key=True),
    Column("mark", String(64), primary_key=True),  # HMAC of platform and user id, as of accounts; deleted after a minute
    moment_column("at", index=True),
    info={"days": 1},
)
