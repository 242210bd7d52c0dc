"""A reminder that is to come once more in ten minutes."""

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ids import OccurrenceId
from bot.core.meetings import OVER
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.when import clock_time
from handlers.reminders import rules, views
from handlers.reminders.desk import Desk
from handlers.reminders.jobs import AGAIN
from handlers.reminders.records import SNOOZE


class SnoozeCommands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def again(self, call: Call, unit: Unit) -> Reply:
        """Pressed twice, it comes once, counted from the later press."""
        evening, say = await self._desk.evening(unit, OccurrenceId(call.press.subject)), self._desk.say(call)
        if evening is None:
            raise BadPress(why="occurrence")
        if evening.occurrence.state in OVER or not rules.may_snooze(evening.occurrence.starts_at, call.at):
            return views.toast(say, "told_over")
        at = call.at + SNOOZE
        subject = f"{evening.occurrence.id}_{call.who}"
        await unit.due.add(Due(f"remind_again_{subject}", AGAIN, at, subject), call.who)
        join = (views.join_button(say, evening.series, evening.occurrence),)
        stop = (views.stop_button(say, evening.series.id),)
        return views.told(say, "told_again", join, stop, replace=True, when=clock_time(at, call.zone, call.language))
