"""Check-ins: rows of a person."""

from sqlalchemy import Column, Index, String, Table

from bot.core.agenda import AgendaItem
from handlers.checkin.records import CheckInBody
from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column

checkins = Table(
    "checkins",
    metadata,
    id_column(),
    person_column(),
    Column("occurrence", String(32), nullable=False),  # "" for one outside a meeting
    moment_column("at"),
    sealed_column("body"),
    sealed_column("agenda"),  # apart from the body: the room's card opens no more than this
    info={"kind": "checkins", "days": 30, "sealed": {"body": CheckInBody, "agenda": AgendaItem}},
)
_in_a_meeting = checkins.c.occurrence != ""
Index(
    "ix_checkins_occurrence",
    checkins.c.occurrence,
    checkins.c.person,
    unique=True,
    sqlite_where=_in_a_meeting,
    postgresql_where=_in_a_meeting,
)
