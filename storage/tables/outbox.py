"""Messages that were promised, and the living messages (slots). Keys and slots are HMACs; bodies and references are sealed."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from storage.tables.base import metadata, moment_column, person_column, sealed_column

outbox = Table(
    "outbox",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),  # age
    Column("id", String(32), nullable=False),
    Column("key", String(64), nullable=False),
    Column("lane", Integer, nullable=False),
    Column("platform", String(16), nullable=False),
    person_column(nullable=True),
    Column("room", String(32), ForeignKey("rooms.id", ondelete="CASCADE"), index=True),
    Column("slot", String(64)),
    Column("state", String(8), nullable=False),  # waiting, sent, replaced, dropped
    Column("why", String(32), nullable=False),  # of a dropped one
    sealed_column("body", nullable=True),  # gone when sent or dropped
    moment_column("not_before"),
    moment_column("too_late_at", nullable=True),
    Column("tries", Integer, nullable=False),
    Column("seen", Boolean, nullable=False),
    Column("begun", Boolean, nullable=False, server_default="0"),
    Column("claimed_by", String(64)),
    moment_column("claimed_until", nullable=True),
    moment_column("at"),
    moment_column("done_at", nullable=True),
    UniqueConstraint("id"),
    UniqueConstraint("key"),
    info={"kind": "outbox", "days": 2, "at": "done_at"},
)

_waiting = outbox.c.state == "waiting"
Index("ix_outbox_order", outbox.c.platform, outbox.c.lane, outbox.c.seq, sqlite_where=_waiting, postgresql_where=_waiting)
_free, _claimed = _waiting & outbox.c.claimed_until.is_(None), _waiting & outbox.c.claimed_until.is_not(None)
Index("ix_outbox_next", outbox.c.platform, outbox.c.not_before, sqlite_where=_free, postgresql_where=_free)
Index("ix_outbox_claims", outbox.c.platform, outbox.c.claimed_until, sqlite_where=_claimed, postgresql_where=_claimed)
Index("ix_outbox_slots", outbox.c.slot, sqlite_where=_waiting, postgresql_where=_waiting)
Index("ix_outbox_done", outbox.c.done_at)

slots = Table(
    "slots",
    metadata,
    Column("slot", String(64), primary_key=True),
    person_column(nullable=True),
    Column("room", String(32), ForeignKey("rooms.id", ondelete="CASCADE"), index=True),
    sealed_column("ref"),
    moment_column("at", index=True),
    info={"kind": "slots", "days": 30},
)
