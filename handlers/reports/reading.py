"""Who reads: the facilitators whom a report reached. They see no name; their answer reaches who reported."""

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadPress, NotAllowed
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.richtext import clean
from bot.core.screens import number_in
from handlers.reports import rules, views
from handlers.reports.desk import Desk, due_key
from handlers.reports.records import LONGEST_WORDS, MOST_LISTED, Answer, Report, State
from handlers.reports.reporting import NoWords


class ReadingCommands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def letters(self, call: Call, unit: Unit) -> Reply:
        """What reached the caller, of the communities on whose roster they still are."""
        found = await self._desk.books(unit).letters(call.who, MOST_LISTED)
        staff, places = self._desk.staff(unit), {report.community for report in found}
        still = {place for place in places if await staff.has(place, call.who)}
        theirs = [report for report in found if report.community in still]
        return views.letters(self._desk.say(call), theirs, number_in(call.press.value))

    async def read(self, call: Call, unit: Unit) -> Reply:
        return self._shown(call, await self._theirs(call, unit))

    async def answer(self, call: Call, unit: Unit) -> Reply:
        """One of the ready answers."""
        report = await self._theirs(call, unit)
        if call.press.value not in rules.READY:
            raise BadPress(why="answer")
        return await self._answer(call, unit, report, Answer(ready=call.press.value))

    async def write(self, call: Call, unit: Unit) -> Reply:
        report = await self._theirs(call, unit)
        if not report.is_live or not rules.may_answer(report):
            return self._shown(call, report)
        return Reply(form=views.answer_form(self._desk.say(call), report))

    async def answer_typed(self, call: Call, unit: Unit) -> Reply:
        report, typed = await self._theirs(call, unit), clean(call.arguments.get("words", "")).strip()
        if not report.is_live:
            return self._shown(call, report)
        if not typed or len(typed) > LONGEST_WORDS:
            raise NoWords(length=len(typed))
        return views.answer_over(self._desk.say(call), await self._desk.changed(report, unit, answer_draft=typed))

    async def answer_own(self, call: Call, unit: Unit) -> Reply:
        report = await self._theirs(call, unit)
        if not report.body.answer_draft:
            return self._shown(call, report)
        return await self._answer(call, unit, report, Answer(words=report.body.answer_draft))

    async def _answer(self, call: Call, unit: Unit, report: Report, answer: Answer) -> Reply:
        """Send it to who reported. The same again is none; settled or full, nothing is sent."""
        if not report.is_live or not rules.may_answer(report) or answer in report.body.answers:
            return self._shown(call, report)
        answers = (*report.body.answers, answer)
        report = await self._desk.changed(replace(report, state=State.ANSWERED), unit, answers=answers, answer_draft="")
        await unit.due.drop(due_key(report.id))
        say = await self._desk.say_to(report.person, unit)
        await self._desk.tell(report, str(len(answers)), views.answer_came(say, report.id), unit)
        return self._shown(call, report, "reports.answer_sent")

    async def settle(self, call: Call, unit: Unit) -> Reply:
        """Nothing more is to be done. Who reported sees it where they look."""
        report = await self._theirs(call, unit)
        if report.is_live:
            report = replace(report, state=State.SETTLED)
            await self._desk.books(unit).keep(report)
            await unit.due.drop(due_key(report.id))
        return self._shown(call, report)

    def _shown(self, call: Call, report: Report, note: str = "") -> Reply:
        return views.read(self._desk.say(call), report, call.zone, note)

    async def _theirs(self, call: Call, unit: Unit) -> Report:
        """A report that reached the caller, who is on the roster still. Without that its rights have ended, on old buttons too."""
        book = self._desk.books(unit)
        report = await book.get(call.press.subject)
        if report is None or report.state is State.BACK or call.who not in await book.readers(report.id):
            raise BadPress(why="report")
        if not await self._desk.staff(unit).has(report.community, call.who):
            raise NotAllowed(name="report")
        return report
