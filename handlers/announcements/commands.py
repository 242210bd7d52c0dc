"""/meetings and /remind."""

from collections.abc import Callable
from datetime import timedelta

from bot.core.calls import Call
from bot.core.errors import BadInput, BadPress
from bot.core.ids import MeetingId
from bot.core.meetings import MeetingBook, Series
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.replies import Reply
from bot.core.schedule import next_start
from bot.core.texts import Texts
from handlers.announcements import rules, views
from handlers.announcements.records import ReminderBook

TEST_IS_LATE = timedelta(hours=12)


class NoCommunity(BadInput):
    """Asked in private by somebody whose community is not known."""

    text_key = "announcements.which_community"


class AnnouncementCommands:
    def __init__(self, texts: Texts, meetings: Callable[[Unit], MeetingBook], reminders: Callable[[Unit], ReminderBook]) -> None:
        self._texts = texts
        self._meetings = meetings
        self._reminders = reminders

    async def coming(self, call: Call, unit: Unit) -> Reply:
        """List the community's next two weeks."""
        found = await self._of_community(call, unit)
        on = await self._reminders(unit).of_person(call.who)
        return views.coming(self._texts.of(call.language), rules.coming(found, call.at), on, call.zone)

    async def choose(self, call: Call, unit: Unit) -> Reply:
        """`/remind`: with one meeting, at once; with several, by button."""
        found = await self._of_community(call, unit)
        if len(found) == 1:
            return await self._turn_on(call, unit, found[0])
        if not found:
            return views.told(self._texts.of(call.language), "announcements.none")
        on = await self._reminders(unit).of_person(call.who)
        return views.choose(self._texts.of(call.language), found, on)

    async def remind(self, call: Call, unit: Unit) -> Reply:
        """Turn the pressed meeting's reminders on."""
        series = await self._meetings(unit).series(MeetingId(call.press.subject))
        if series is None:
            raise BadPress(why="series")
        return await self._turn_on(call, unit, series)

    async def _turn_on(self, call: Call, unit: Unit, series: Series) -> Reply:
        say = self._texts.of(call.language)
        if series.cancelled_at is not None:
            return views.told(say, "announcements.series_over")
        if not await self._reminders(unit).turn_on(series.id, call.who, call.at):
            return views.told(say, "announcements.on_already", series.id)
        message = views.test_message(say, series.id, next_start(series.schedule, call.at), call.zone)
        key = f"remind_test_{series.id}_{call.who}_{call.incoming.receipt}"
        late = call.at + TEST_IS_LATE
        await unit.outbox.add(Post(key, Lane.PRIVATE, ToPerson(call.who), message, too_late_at=late))
        return views.told(say, "announcements.on_here" if call.place.private else "announcements.on", series.id)

    async def stop(self, call: Call, unit: Unit) -> Reply:
        """Turn a meeting's reminders off; the same answer for one that was off, or is not there."""
        await self._reminders(unit).turn_off(MeetingId(call.press.subject), call.who)
        return views.told(self._texts.of(call.language), "announcements.off")

    async def _of_community(self, call: Call, unit: Unit) -> list[Series]:
        if call.community is None:
            raise NoCommunity()
        return list(await self._meetings(unit).of_community(call.community.id))
