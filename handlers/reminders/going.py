"""Going, maybe, not: for the next evening, seen by nobody else. Others see a number, and none below five."""

from bot.core import few
from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ids import OccurrenceId
from bot.core.meetings import OVER, State
from bot.core.ports import Unit
from bot.core.replies import Reply
from handlers.reminders import views
from handlers.reminders.commands import ReminderCommands
from handlers.reminders.desk import Desk
from handlers.reminders.keeping import Keeping
from handlers.reminders.records import Evening, Going, Standing

ANSWERS = {"yes": Standing.GOING, "maybe": Standing.MAYBE, "no": Standing.NOT}


class GoingCommands:
    """The same answer from three places, which show it in their own way."""

    def __init__(self, desk: Desk, keeping: Keeping, screens: ReminderCommands) -> None:
        self._desk = desk
        self._keeping = keeping
        self._screens = screens

    async def going(self, call: Call, unit: Unit) -> Reply:
        """From an announcement, a reminder or the list of meetings: in a room, one sentence that goes by itself."""
        evening = await self._evening(call, unit)
        if (over := self._over(call, evening)) is not None:
            return over
        mine = await self._answer(call, unit, evening)
        if mine is None or call.place.private:
            return await self._screen(call, unit, evening, replace=False)
        return views.toast(self._desk.say(call), f"told_{mine.standing.value}")

    async def change(self, call: Call, unit: Unit) -> Reply:
        """From the evening's own screen, or the offer of a place: in its place."""
        evening = await self._evening(call, unit)
        if (over := self._over(call, evening)) is not None:
            return over
        await self._answer(call, unit, evening)
        return await self._screen(call, unit, evening, replace=True)

    async def mine(self, call: Call, unit: Unit) -> Reply:
        """From the meeting's screen in the list."""
        evening = await self._evening(call, unit)
        if self._over(call, evening) is None:
            await self._answer(call, unit, evening)
        return await self._screens.again_shown(call, unit, evening.series)

    async def _evening(self, call: Call, unit: Unit) -> Evening:
        evening = await self._desk.evening(unit, OccurrenceId(call.press.subject))
        if evening is None:
            raise BadPress(why="occurrence")
        return evening

    def _over(self, call: Call, evening: Evening) -> Reply | None:
        occurrence, say = evening.occurrence, self._desk.say(call)
        if occurrence.state not in OVER:
            return None
        return views.toast(say, "told_cancelled" if occurrence.state is State.CANCELLED else "told_over")

    async def _answer(self, call: Call, unit: Unit, evening: Evening) -> Going | None:
        """Note the pressed answer; a press without one only looks."""
        if not call.press.value:
            return None
        if call.press.value not in ANSWERS:
            raise BadPress(why="answer")
        return await self._keeping.answer(unit, evening, call.who, ANSWERS[call.press.value], call.at)

    async def _screen(self, call: Call, unit: Unit, evening: Evening, *, replace: bool) -> Reply:
        goings = self._desk.goings(unit)
        mine = await goings.of(evening.occurrence.id, call.who)
        heads = few.told(await goings.count(evening.occurrence.id, Standing.GOING))
        free = await self._keeping.free(unit, evening)
        say, standing = self._desk.say(call), mine.standing if mine else None
        return views.evening_screen(say, evening, standing, heads, free, call.zone, replace=replace)
