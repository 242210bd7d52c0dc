"""Notes for the next host, and the checklist: a `handlers.roster.records.Notes` and `Training` over one transaction."""

from datetime import datetime

from sqlalchemy import bindparam, delete, select

from bot.core import ports
from bot.core.ids import MeetingId, PersonId, new_id
from handlers.roster.records import HandoverNote, Ticks
from storage.tables.meetings import series as all_series
from storage.tables.roster import handover_notes, training
from storage.unit import concrete

_OWNER = select(all_series.c.community).where(all_series.c.id == bindparam("this"))


class NoteRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def note(self, series: MeetingId) -> HandoverNote | None:
        row = await self._unit.row(select(handover_notes).where(handover_notes.c.series == series))
        if row is None:
            return None
        words = await self._unit.open(row["owner"], "handover_notes", "words", row["id"], row["words"], str)
        return HandoverNote(series, PersonId(row["person"]), words, row["at"])

    async def keep_note(self, note: HandoverNote) -> None:
        """Store the series' one note, in place of an earlier one. Raises LookupError when the series is gone."""
        owner = await self._unit.row(_OWNER, {"this": note.series})
        if owner is None:
            raise LookupError("a note for a series that is not there")
        await self.drop_note(note.series)
        community, row = owner["community"], new_id()
        words = await self._unit.seal(community, "handover_notes", "words", row, note.words)
        values = {"id": row, "owner": community, "person": note.person, "series": note.series, "at": note.at, "words": words}
        await self._unit.run(self._unit.insert(handover_notes).values(**values))

    async def drop_note(self, series: MeetingId) -> None:
        await self._unit.run(delete(handover_notes).where(handover_notes.c.series == series))

    async def ticks(self, person: PersonId) -> Ticks:
        row = await self._unit.row(select(training.c.body).where(training.c.person == person))
        return Ticks() if row is None else await self._unit.open(person, "training", "body", person, row["body"], Ticks)

    async def keep_ticks(self, person: PersonId, ticks: Ticks, at: datetime) -> None:
        body = await self._unit.seal(person, "training", "body", person, ticks)
        insert = self._unit.insert(training).values(person=person, at=at, body=body)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["person"], set_={"at": at, "body": body}))
