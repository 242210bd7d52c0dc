"""What the commands of reminders share: gathering a person's list, and the evening that is ahead."""

from collections.abc import Callable
from datetime import datetime

from msgspec.structs import replace

from bot.core.calls import Call, Community
from bot.core.errors import BadPress
from bot.core.ids import MeetingId, OccurrenceId
from bot.core.meetings import OVER, Audience, Occurrence, Series
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.replies import Reply
from bot.core.texts import Say, Texts
from handlers.reminders import rules
from handlers.reminders.listing import Page, list_screen
from handlers.reminders.records import Evening, EveningBook, GoingBook, ReminderBook, Subscription

LIST_LIVES = rules.lead(7 * 24 * 60)  # a list shown longer ago is not brought up to date: nobody looks at it


class Desk:
    def __init__(
        self,
        texts: Texts,
        meetings: Callable[[Unit], EveningBook],
        reminders: Callable[[Unit], ReminderBook],
        goings: Callable[[Unit], GoingBook],
    ) -> None:
        self.texts = texts
        self.meetings = meetings
        self.reminders = reminders
        self.goings = goings

    def say(self, call: Call) -> Say:
        return self.texts.of(call.language)

    async def series(self, call: Call, unit: Unit) -> Series:
        """Return the series of a press. Raises BadPress for one that is not there."""
        found = await self.meetings(unit).series(MeetingId(call.press.subject))
        if found is None:
            raise BadPress(why="series")
        return found

    async def subscription(self, call: Call, unit: Unit, series: MeetingId) -> Subscription | None:
        return next((one for one in await self.reminders(unit).of_person(call.who) if one.series == series), None)

    async def evening(self, unit: Unit, occurrence: OccurrenceId) -> Evening | None:
        found = await self.meetings(unit).occurrence(occurrence)
        series = await self.meetings(unit).series(found.series) if found else None
        return Evening(found, series) if found and series else None

    async def ahead(self, unit: Unit, series: Series, now: datetime) -> Occurrence | None:
        """Return the series' evening that is planned and has not begun."""
        found = await self.meetings(unit).next_of(series.id)
        return found if found is not None and found.state not in OVER and found.starts_at > now else None

    async def community(self, unit: Unit, series: Series) -> Community | None:
        return await unit.communities.get(series.community)

    async def offered(self, call: Call, unit: Unit) -> list[Series]:
        """Return the meetings of the person's community that one can be reminded of."""
        found = await self.meetings(unit).of_community(call.community.id) if call.community else ()
        return [series for series in found if not series.is_over]

    async def promise(self, unit: Unit, series: Series, leads: tuple[int, ...], now: datetime) -> None:
        """The evening ahead is to bring these reminders as well."""
        occurrence = await self.meetings(unit).next_of(series.id)
        if occurrence is not None:
            for due in rules.promises(occurrence, leads, now)[0]:
                await unit.due.add(due)

    async def turn_on_later(self, unit: Unit, mine: Subscription, now: datetime) -> None:
        """Also of the series that goes on from this one; while none of its evenings was looked at yet, it goes over by itself."""
        book, later = self.reminders(unit), await self.meetings(unit).follower(mine.series)
        if later is None or later.is_over or await book.is_new(later.id):
            return
        if all(one.series != later.id for one in await book.of_person(mine.person)):
            await book.put(replace(mine, series=later.id), now)
            await self.promise(unit, later, mine.leads, now)

    async def listed(
        self,
        call: Call,
        unit: Unit,
        *,
        audience: Audience | None = None,
        number: int = 0,
        fresh: tuple[Series, datetime] | None = None,
        note: str = "",
        again: bool,
    ) -> Reply:
        """Show the person's list. `fresh`: what was turned on just now, and its next start. `again`: in place of the message that
        was pressed."""
        book, now = self.reminders(unit), call.at
        mine = await book.of_person(call.who)
        own = [found for one in mine if (found := await self.meetings(unit).series(one.series)) and not found.is_over]
        offered = await self.offered(call, unit)
        every = list({series.id: series for series in (*own, *offered)}.values())
        world = audience or await self._world(call, unit, own, offered)
        wishes = await book.wishes(call.who)
        page = Page(
            series=[series for series in every if series.options.audience is world],
            on=frozenset(series.id for series in own),
            wishes=wishes,
            audience=world,
            number=number,
            other=any(series.options.audience is not world for series in every),
            fresh=fresh[1] if fresh else None,
            stop=fresh[0].id if fresh else None,
            note=note,
            missed_at=wishes.missed_at,
            nowhere=call.community is None,
        )
        await book.keep_wishes(call.who, replace(wishes, list_at=now, missed_at=None), now)
        return list_screen(self.say(call), page, call.zone, now, call.who, replace=again)

    async def refresh(self, call: Call, unit: Unit) -> None:
        """Something changed by a press elsewhere: bring the list up to date, if the person has one that they may look at."""
        wishes = await self.reminders(unit).wishes(call.who)
        if wishes.list_at is None or call.at - wishes.list_at > LIST_LIVES:
            return
        shown = replace(await self.listed(call, unit, again=False), quiet=True)
        key = f"reminders_list_{call.who}_{call.incoming.receipt}"
        late = call.at + rules.NEWS
        await unit.outbox.add(Post(key, Lane.PRIVATE, ToPerson(call.who), shown, too_late_at=late, twice=False))

    async def _world(self, call: Call, unit: Unit, own: list[Series], offered: list[Series]) -> Audience:
        """Whose meetings the list begins with: those of the room that it was asked in, else those that the person is in."""
        room = await unit.rooms.find(call.place) if not call.place.private else None
        here = {series.options.audience for series in offered if room is not None and series.room == room.id}
        worlds = here or {series.options.audience for series in own}
        return Audience.FAMILY if worlds == {Audience.FAMILY} else Audience.PARTICIPANTS
