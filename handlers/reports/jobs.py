"""Three days without an answer: the owners are reminded, and who reported is told where else to turn."""

from datetime import datetime

from bot.core.moments import Due
from bot.core.ports import Unit
from handlers.reports import rules, views
from handlers.reports.desk import Desk
from handlers.reports.records import State


class ReportJobs:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def waits(self, due: Due, now: datetime, unit: Unit) -> None:
        """Subject: the report."""
        book = self._desk.books(unit)
        report = await book.get(due.subject)
        if report is None or report.state is not State.OPEN:
            return
        roster, holders = await self._desk.staff(unit).of(report.community), await book.readers(report.id)
        for reader in rules.reminded(roster, holders):
            letter = views.letter(await self._desk.say_to(reader, unit), report.id, "reports.letter_waits")
            await unit.outbox.withdraw(f"report_{report.id}_{reader}")  # an edit would not be heard
            await self._desk.letter(report, reader, letter, now, unit, "waits")
        say = await self._desk.say_to(report.person, unit)
        await self._desk.tell(report, "waits", views.no_answer_yet(say, self._desk.contact), unit)
