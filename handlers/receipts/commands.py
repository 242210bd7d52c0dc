"""/receipt: a person asks that their presence be confirmed, gets a code and a paper, and takes it back when they like."""

from collections.abc import Callable
from datetime import datetime, timedelta

from bot.core.calls import Call
from bot.core.codes import grouped
from bot.core.errors import BadPress
from bot.core.ids import OccurrenceId, new_id
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import told
from bot.core.texts import Say
from handlers.receipts import rules, views
from handlers.receipts.desk import Desk
from handlers.receipts.paper import Paper
from handlers.receipts.records import KEPT_DAYS, Ask, Attended, Stand, Visit

ASK, UNANSWERED = "receipts.ask", "receipts.unanswered"  # jobs, of an evening


class ReceiptCommands:
    """`base`: the public address of the pages without a `/` at its end; "" when there are none. `paper` draws the PDF."""

    def __init__(self, desk: Desk, base: Callable[[], str], paper: Paper, new_code: Callable[[], str]) -> None:
        self._desk = desk
        self._base = base
        self._paper = paper
        self._new_code = new_code

    async def list(self, call: Call, unit: Unit) -> Reply:
        return await self._screen(call, unit, replace=False)

    async def again(self, call: Call, unit: Unit) -> Reply:
        return await self._screen(call, unit, replace=True)

    async def _screen(self, call: Call, unit: Unit, *, replace: bool) -> Reply:
        book = self._desk.books(unit)
        asks = {ask.occurrence: ask for ask in await book.asks(call.who)}
        mine = views.Mine(
            await book.attended(call.who, call.at - timedelta(days=KEPT_DAYS)),
            [ask for ask in asks.values() if ask.stand is Stand.WAITING],
            [
                visit
                for visit in await book.visits(call.who)
                if rules.may_ask(visit, call.at) and rules.may_ask_again(asks.get(visit.occurrence.id))
            ],
        )
        return views.screen(self._say(call), mine, replace=replace)

    # Asking -------------------------------------------------------------------------------------------------------------

    async def ask(self, call: Call, unit: Unit) -> Reply:
        """Show the ask as it will be read. Nothing is sent yet."""
        visit = await self._visit(call, unit)
        say = self._say(call)
        if not rules.may_ask(visit, call.at):
            return told(say, "receipts.not_now")
        before = await self._desk.books(unit).ask_of(visit.occurrence.id, call.who)
        if before is not None and not rules.may_ask_again(before):
            return views.stands(say, before)
        name = rules.shown_name(call.incoming.shown_name)
        return views.ask(say, visit, name, before.tries if before is not None else 0)

    async def send(self, call: Call, unit: Unit) -> Reply:
        """Send the ask, without a name."""
        return await self._send(call, unit, "")

    async def send_named(self, call: Call, unit: Unit) -> Reply:
        """Send the ask with the name that the person saw in it.

        An action of its own: the question of consent, which may stand before it, keeps actions and no values.
        """
        return await self._send(call, unit, rules.shown_name(call.incoming.shown_name))

    async def _send(self, call: Call, unit: Unit, name: str) -> Reply:
        visit = await self._visit(call, unit)
        book, say, occurrence = self._desk.books(unit), self._say(call), visit.occurrence
        if not rules.may_ask(visit, call.at):
            return told(say, "receipts.not_now")
        before = await book.ask_of(occurrence.id, call.who)
        if before is not None and not rules.may_ask_again(before):
            return views.stands(say, before)
        over = rules.is_over(occurrence)
        if over and not (await self._desk.leads(unit, occurrence)).for_ask_of(call.who):
            return told(say, "receipts.nobody")
        tries = before.tries + 1 if before is not None else 1
        await book.put(Ask(new_id(), occurrence.id, call.who, call.at, tries=tries, name=name))
        await unit.due.add(ask_due(occurrence.id, rules.asked_at(occurrence, call.at)))
        return views.asked(say, occurrence.id, over=over)

    async def withdraw(self, call: Call, unit: Unit) -> Reply:
        book = self._desk.books(unit)
        before = await book.ask_of(OccurrenceId(call.press.subject), call.who)
        if before is not None and before.stand is Stand.WAITING:
            await book.stand(before, Stand.WITHDRAWN, call.at)
        return await self.again(call, unit)

    async def _visit(self, call: Call, unit: Unit) -> Visit:
        visit = await self._desk.books(unit).visit(OccurrenceId(call.press.subject), call.who)
        if visit is None:
            raise BadPress(why="visit")
        return visit

    # What was confirmed -------------------------------------------------------------------------------------------------

    async def get(self, call: Call, unit: Unit) -> Reply:
        return views.attended(self._say(call), await self._mine(call, unit))

    async def code(self, call: Call, unit: Unit) -> Reply:
        """Make a code, and say it this once: it is stored only as a mark."""
        found = await self._mine(call, unit)
        return views.code(self._say(call), found, await self._made(call, unit, found), self._address())

    async def name(self, call: Call, unit: Unit) -> Reply:
        return Reply(form=views.name_form(self._say(call), await self._mine(call, unit)))

    async def paper(self, call: Call, unit: Unit) -> Reply:
        """Make a code and a PDF of it. The name is on the paper, and nowhere else."""
        found, say = await self._mine(call, unit), self._say(call)
        made = await self._made(call, unit, found)
        name = call.arguments.get("name", "")
        paper, by_hand = self._paper.draw(say, found, grouped(made), self._address(), name, call.at)
        return views.code(say, found, made, self._address(), paper, by_hand=by_hand)

    async def drop(self, call: Call, unit: Unit) -> Reply:
        found = await self._mine(call, unit)
        if call.press.value != "yes":
            return views.sure(self._say(call), found)
        await self._desk.books(unit).drop(found.id, call.who)
        return told(self._say(call), "receipts.dropped")

    async def _made(self, call: Call, unit: Unit, found: Attended) -> str:
        made = self._new_code()
        await self._desk.books(unit).add_code(found, made, call.at)
        return made

    async def _mine(self, call: Call, unit: Unit) -> Attended:
        found = await self._desk.books(unit).find(call.press.subject, call.who)
        if found is None or not rules.is_good(found, call.at):
            raise BadPress(why="attended")
        return found

    def _address(self) -> str:
        base = self._base()
        return f"{base}/verify" if base else ""

    def _say(self, call: Call) -> Say:
        return self._desk.texts.of(call.language)


def ask_due(occurrence: OccurrenceId, at: datetime) -> Due:
    return Due(f"receipts_ask_{occurrence}", ASK, at, occurrence)
