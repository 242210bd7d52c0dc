"""When a prompt comes: days and a time by taps, another time typed, or so many days after a meeting. For facilitators."""

from collections.abc import Callable
from datetime import time
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.calls import Call, Community
from bot.core.errors import BadPress
from bot.core.ids import MeetingId
from bot.core.meetings import MeetingBook
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import number_in
from handlers.prompts import panel, rules, widgets
from handlers.prompts.desk import Desk
from handlers.prompts.records import Prompt

USUAL_AFTER = 3


class Timing:
    def __init__(self, desk: Desk, meetings: Callable[[Unit], MeetingBook]) -> None:
        self._desk = desk
        self._meetings = meetings

    async def when(self, call: Call, unit: Unit) -> Reply:
        found = await self._desk.pressed(call, unit)
        return self._desk.refused(call) if found is None else await self._shown(call, unit, found[0])

    async def day(self, call: Call, unit: Unit) -> Reply:
        """Turn a day of the week on or off."""
        found = await self._desk.pressed(call, unit)
        if found is None:
            return self._desk.refused(call)
        prompt = found[0]
        days = widgets.day_pressed(rules.days_of(prompt.schedule.rule), call.press.value)
        changed = replace(prompt, schedule=replace(prompt.schedule, rule=rules.weekly(days)))
        return await self._changed(call, unit, prompt, changed)

    async def hour(self, call: Call, unit: Unit) -> Reply:
        found = await self._desk.pressed(call, unit)
        if found is None:
            return self._desk.refused(call)
        prompt, community = found
        if call.press.value == widgets.OTHER:
            return Reply(form=widgets.time_form(self._desk.say(call), "timed", prompt.id, prompt.schedule.wall))
        return await self._at(call, unit, prompt, community, widgets.hour_pressed(call.press.value))

    async def timed(self, call: Call, unit: Unit) -> Reply:
        """The form's time."""
        found = await self._desk.pressed(call, unit)
        if found is None:
            return self._desk.refused(call)
        return await self._at(call, unit, *found, widgets.time_typed(call))

    async def _at(self, call: Call, unit: Unit, prompt: Prompt, community: Community, wall: time) -> Reply:
        """A time is on the clocks of the community as it is set now."""
        schedule = replace(prompt.schedule, wall=wall, zone=ZoneInfo(community.zone).key)
        return await self._changed(call, unit, prompt, replace(prompt, schedule=schedule))

    async def follow(self, call: Call, unit: Unit) -> Reply:
        """Choose a meeting to come after, or go back to days of the week."""
        found = await self._desk.pressed(call, unit)
        if found is None:
            return self._desk.refused(call)
        prompt, value = found[0], call.press.value
        if value == widgets.OFF:
            return await self._changed(call, unit, prompt, replace(prompt, series=MeetingId(""), after=0, held=()))
        every = await self._meetings(unit).of_community(prompt.community)
        fitting = [one for one in every if not one.is_over and one.options.audience is prompt.audience]
        if not value or value[:1] == "p":
            return panel.follow_screen(self._desk.say(call), prompt, fitting, number_in(value[1:]))
        chosen = [one for one in fitting if len(value) > panel.PREFIX and value[:1] == "s" and one.id.startswith(value[1:])]
        if len(chosen) != 1:
            raise BadPress(why="series")
        if chosen[0].id == prompt.series:
            return await self._shown(call, unit, prompt)
        changed = replace(prompt, series=chosen[0].id, after=prompt.after or USUAL_AFTER, held=())
        return await self._changed(call, unit, prompt, changed)

    async def after(self, call: Call, unit: Unit) -> Reply:
        """So many days after each evening."""
        found = await self._desk.pressed(call, unit)
        if found is None:
            return self._desk.refused(call)
        prompt = found[0]
        if not prompt.series or call.press.value not in map(str, range(1, rules.MOST_AFTER + 1)):
            raise BadPress(why="after")
        return await self._changed(call, unit, prompt, replace(prompt, after=int(call.press.value)))

    async def _changed(self, call: Call, unit: Unit, before: Prompt, after: Prompt) -> Reply:
        if after != before:
            await self._desk.keep(call, unit, after, moved=True)
        return await self._shown(call, unit, after)

    async def _shown(self, call: Call, unit: Unit, prompt: Prompt) -> Reply:
        return panel.when_screen(self._desk.say(call), await self._desk.look(call, unit, prompt))
