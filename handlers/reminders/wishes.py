"""What a person wants of all their reminders: a pause until a day, and quiet hours on their own clocks."""

from datetime import date, timedelta

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadInput, BadPress
from bot.core.help import help_row
from bot.core.ports import Unit
from bot.core.quiet import quiet_from
from bot.core.replies import Button, Field, Form, Press, Reply, To
from bot.core.texts import Say, say_p
from handlers.reminders import rules
from handlers.reminders.desk import Desk
from handlers.reminders.listing import slot_of
from handlers.reminders.records import Wishes
from handlers.reminders.views import FEATURE

WEEKS = (1, 2, 4)
HOURS = ("21:00-07:00", "22:00-07:00", "22:00-08:00", "23:00-08:00")
NONE, OTHER, ON = "none", "other", "on"


class UnclearDay(BadInput):
    text_key = "reminders.bad_day"


class UnclearHours(BadInput):
    text_key = "reminders.bad_hours"


class WishCommands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def pause(self, call: Call, unit: Unit) -> Reply:
        """Offer how long; or pause, or go on. While they are paused, the button goes on."""
        wishes, say = await self._desk.reminders(unit).wishes(call.who), self._desk.say(call)
        value, today = call.press.value, call.at.astimezone(call.zone).date()
        if value == OTHER:
            return Reply(form=_day_form(say))
        if value in map(str, WEEKS):
            return await self._pause(call, unit, wishes, today + timedelta(weeks=int(value)))
        if value or wishes.are_paused(call.at):
            await self._keep(call, unit, replace(wishes, paused_until=None))
            return await self._desk.listed(call, unit, again=True)
        buttons = [
            Button(say.label("reminders.weeks_button", count=weeks), Press(FEATURE, "pause", "", str(weeks))) for weeks in WEEKS
        ]
        other = Button(say.label("reminders.other_day_button"), Press(FEATURE, "pause", "", OTHER))
        return self._asked(call, "pause_ask", (*buttons, other))

    async def pause_until(self, call: Call, unit: Unit) -> Reply:
        """The form's day."""
        typed = call.arguments.get("day", "")
        until = rules.parse_day(typed, call.at.astimezone(call.zone).date())
        if until is None:
            raise UnclearDay(length=len(typed))
        return await self._pause(call, unit, await self._desk.reminders(unit).wishes(call.who), until)

    async def _pause(self, call: Call, unit: Unit, wishes: Wishes, until: date) -> Reply:
        await self._keep(call, unit, replace(wishes, paused_until=rules.pause_end(until, call.zone)))
        return await self._desk.listed(call, unit, again=True)

    async def quiet(self, call: Call, unit: Unit) -> Reply:
        """Show the quiet hours, or change them."""
        wishes, say = await self._desk.reminders(unit).wishes(call.who), self._desk.say(call)
        value = call.press.value
        if value == OTHER:
            return Reply(form=_hours_form(say, str(wishes.quiet or "")))
        if value:
            wanted = None if value == NONE else quiet_from(value.replace("_", ":").replace("to", "-"))
            if wanted is None and value != NONE:
                raise BadPress(why="hours")
            await self._keep(call, unit, replace(wishes, quiet=wanted))
            return await self._desk.listed(call, unit, again=True)
        choices = [
            Button(
                f"{'✓ ' if hours == str(wishes.quiet or '') else ''}{hours}",
                Press(FEATURE, "quiet", "", hours.replace(":", "_").replace("-", "to")),
            )
            for hours in HOURS
        ]
        none = Button(f"{'' if wishes.quiet else '✓ '}{say.label('reminders.no_quiet_button')}", Press(FEATURE, "quiet", "", NONE))
        other = Button(say.label("reminders.other_hours_button"), Press(FEATURE, "quiet", "", OTHER))
        return self._asked(call, "quiet_ask", tuple(choices), (none, other))

    async def quiet_typed(self, call: Call, unit: Unit) -> Reply:
        """The form's hours."""
        typed = call.arguments.get("hours", "")
        wanted = quiet_from(typed)
        if wanted is None:
            raise UnclearHours(length=len(typed))
        wishes = await self._desk.reminders(unit).wishes(call.who)
        await self._keep(call, unit, replace(wishes, quiet=wanted))
        return await self._desk.listed(call, unit, again=True)

    async def _keep(self, call: Call, unit: Unit, wishes: Wishes) -> None:
        await self._desk.reminders(unit).keep_wishes(call.who, wishes, call.at)

    def _asked(self, call: Call, key: str, *rows: tuple[Button, ...]) -> Reply:
        """A question on the list's own message."""
        say = self._desk.say(call)
        back = (Button(say.label("common.back"), Press(FEATURE, "list")), *help_row(say))
        return Reply((say_p(say, f"reminders.{key}"),), To.PRIVATE, (*rows, back), slot=slot_of(call.who))


def _day_form(say: Say) -> Form:
    field = Field("day", say.label("reminders.day_field"), hint=say.label("reminders.day_hint"), longest=20)
    return Form(Press(FEATURE, "pause_until"), say.label("reminders.day_title"), (field,))


def _hours_form(say: Say, now: str) -> Form:
    field = Field("hours", say.label("reminders.hours_field"), hint=say.label("reminders.hours_hint"), value=now, longest=20)
    return Form(Press(FEATURE, "quiet_typed"), say.label("reminders.hours_title"), (field,))
