"""Reminders, and who means to come: rows of a person. What a person chose stands in plain columns, as `/privacy` says."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table

from storage.tables.base import metadata, moment_column, person_column

reminders = Table(
    "reminders",
    metadata,
    Column("series", String(32), ForeignKey("series.id", ondelete="CASCADE"), primary_key=True),
    person_column(primary_key=True),
    moment_column("at"),
    Column("leads", String(32), nullable=False, server_default="15"),  # minutes before the start: "1440,60,15"
    Column("plain", Boolean, nullable=False, server_default="0"),  # the reminder may name the meeting
    Column("shift", String(16), nullable=False, server_default=""),  # the evening up to which they were warned of a clock change
    Index("ix_reminders_person", "person"),
    info={"kind": "reminders"},
)

reminder_settings = Table(
    "reminder_settings",
    metadata,
    person_column(primary_key=True),
    moment_column("at"),
    moment_column("paused_until", nullable=True),
    Column("quiet", String(11), nullable=False),  # "22:00-07:00"; "" for none
    moment_column("list_at", nullable=True),  # when their list was last shown in the private chat
    moment_column("missed_at", nullable=True),  # a reminder did not reach them then, and they do not know it yet
    info={"kind": "reminder_settings"},
)

goings = Table(
    "goings",
    metadata,
    Column("occurrence", String(32), primary_key=True),  # no foreign key: an evening that goes is told to those who counted on it
    person_column(primary_key=True),
    Column("standing", String(8), nullable=False),
    Column("turn", Integer, nullable=False),  # the order of those who wait
    moment_column("until", nullable=True),  # how long an offered place is kept
    moment_column("at"),
    moment_column("ends_at"),  # of the evening
    Index("ix_goings_person", "person"),
    info={"kind": "goings", "days": 1, "at": "ends_at"},
)

remind_plans = Table(
    "remind_plans",
    metadata,
    Column("occurrence", String(32), primary_key=True),
    Column("series", String(32), ForeignKey("series.id", ondelete="CASCADE"), nullable=False, index=True),
    moment_column("starts_at"),  # as people know it
    Column("cancelled", Boolean, nullable=False),
    moment_column("before"),  # the last change that people were told of
    Column("version", Integer, nullable=False),
    Column("burst", Integer, nullable=False),
    moment_column("told_at", nullable=True),
)
