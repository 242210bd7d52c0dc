"""/remind: whose reminders, how long before, and in which words. Every press brings the one list up to date."""

from datetime import datetime

from msgspec.structs import replace

from bot.core import few
from bot.core.calls import Call, Kind
from bot.core.errors import BadPress
from bot.core.ids import MeetingId
from bot.core.meetings import Series
from bot.core.ports import Unit
from bot.core.replies import Button, Press, Reply
from bot.core.schedule import starts
from handlers.reminders import places, rules, views
from handlers.reminders.desk import Desk
from handlers.reminders.listing import OWN, opened, parse_page
from handlers.reminders.records import LEADS, Evening, Standing, Subscription


class ReminderCommands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def choose(self, call: Call, unit: Unit) -> Reply:
        """`/remind`: with one meeting, that is on at once; the list shows it."""
        if call.incoming.kind is Kind.PRESS:
            audience, number = parse_page(call.press.value)
            return await self._desk.listed(call, unit, audience=audience, number=number, again=True)
        found = await self._desk.offered(call, unit)
        fresh = None
        if len(found) == 1 and not await self._desk.reminders(unit).of_person(call.who):
            fresh = await self._turn_on(call, unit, found[0])
        return await self._desk.listed(call, unit, fresh=fresh, again=False)

    async def remind(self, call: Call, unit: Unit) -> Reply:
        """Turn the pressed meeting's reminders on."""
        series, say = await self._desk.series(call, unit), self._desk.say(call)
        if series.cancelled_at is not None:
            return views.told(say, "series_over", (views.coming_button(say),))
        if call.community is None:  # in private, from a room's button: this is the community they are known in
            community = await self._desk.community(unit, series)
            if community is not None and call.person is not None:
                await unit.people.save(replace(call.person, home=community.id))
                call = replace(call, community=community)
        fresh = await self._turn_on(call, unit, series)
        return await self._desk.listed(call, unit, audience=series.options.audience, fresh=fresh, again=call.press.value == OWN)

    async def _turn_on(self, call: Call, unit: Unit, series: Series) -> tuple[Series, datetime] | None:
        """Return the series with its next start, as a sample of what comes; None when it was on already, or nothing is to come."""
        mine = await self._desk.subscription(call, unit, series.id) or Subscription(series.id, call.who)
        new = await self._desk.reminders(unit).put(mine, call.at)
        await self._desk.promise(unit, series, mine.leads, call.at)
        await self._desk.turn_on_later(unit, mine, call.at)
        occurrence = await self._desk.ahead(unit, series, call.at)
        if not new:
            return None
        start = occurrence.starts_at if occurrence is not None else next(iter(starts(series.schedule, call.at)), None)
        return (series, start) if start is not None else None

    async def stop(self, call: Call, unit: Unit) -> Reply:
        """Turn a meeting's reminders off; the same answer for one that was off, or is not there."""
        await self._desk.reminders(unit).turn_off(MeetingId(call.press.subject), call.who)
        if call.press.value == OWN:
            return await self._desk.listed(call, unit, note="off", again=True)
        await self._desk.refresh(call, unit)
        say = self._desk.say(call)
        on = Button(say.label("reminders.on_button"), Press(views.FEATURE, "remind", call.press.subject))
        return views.told(say, "off", (on,), replace=True)

    async def open(self, call: Call, unit: Unit) -> Reply:
        """One meeting of the list."""
        series = await self._desk.series(call, unit)
        mine = await self._desk.subscription(call, unit, series.id)
        if mine is None:
            return await self._desk.listed(call, unit, again=True)
        return await self._opened(call, unit, series, mine)

    async def lead(self, call: Call, unit: Unit) -> Reply:
        """Turn one lead time on or off; without any, the meeting's reminders are off."""
        series = await self._desk.series(call, unit)
        mine = await self._desk.subscription(call, unit, series.id)
        if call.press.value not in map(str, LEADS):
            raise BadPress(why="lead")
        if mine is None:
            return await self._desk.listed(call, unit, again=True)
        mine = replace(mine, leads=rules.toggled(mine.leads, int(call.press.value)))
        if not mine.leads:
            await self._desk.reminders(unit).turn_off(series.id, call.who)
            return await self._desk.listed(call, unit, again=True)
        await self._desk.reminders(unit).put(mine, call.at)
        await self._desk.promise(unit, series, mine.leads, call.at)
        return await self._opened(call, unit, series, mine)

    async def naming(self, call: Call, unit: Unit) -> Reply:
        """Let reminders name the meeting, or no longer."""
        series = await self._desk.series(call, unit)
        mine = await self._desk.subscription(call, unit, series.id)
        if mine is None:
            return await self._desk.listed(call, unit, again=True)
        mine = replace(mine, plain=not mine.plain)
        await self._desk.reminders(unit).put(mine, call.at)
        return await self._opened(call, unit, series, mine)

    async def _opened(self, call: Call, unit: Unit, series: Series, mine: Subscription) -> Reply:
        say, occurrence = self._desk.say(call), await self._desk.ahead(unit, series, call.at)
        if occurrence is None:
            return opened(say, series, mine, (), (), call.who)
        goings = self._desk.goings(unit)
        going = await goings.of(occurrence.id, call.who)
        standing = going.standing if going else None
        heads = few.told(await goings.count(occurrence.id, Standing.GOING))
        free = places.free(series.options.capacity, await goings.count(occurrence.id, Standing.GOING, Standing.OFFERED))
        about = views.evening_blocks(say, Evening(occurrence, series), standing, heads, free, call.zone)
        return opened(say, series, mine, about, views.answers_row(say, occurrence.id, standing, "mine"), call.who)

    async def again_shown(self, call: Call, unit: Unit, series: Series) -> Reply:
        """The meeting's screen after an answer given on it."""
        mine = await self._desk.subscription(call, unit, series.id)
        if mine is None:
            return await self._desk.listed(call, unit, again=True)
        return await self._opened(call, unit, series, mine)
