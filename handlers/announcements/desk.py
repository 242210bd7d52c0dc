"""What the facilitators' commands share: who may, gathering the panel, and having announcements planned anew."""

from collections.abc import Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core import few
from bot.core.calls import Call, Community, Room
from bot.core.errors import BadPress
from bot.core.ids import MeetingId, RoomId
from bot.core.meetings import Series, When
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.schedule import starts
from bot.core.texts import Say, Texts
from handlers.announcements import panel, views
from handlers.announcements.records import AnnouncementStore, EveningBook, Headcount, Target

GRANT = timedelta(hours=3)  # how long a panel works in a facilitator's private chat


class Desk:
    def __init__(
        self,
        texts: Texts,
        meetings: Callable[[Unit], EveningBook],
        books: Callable[[Unit], AnnouncementStore],
        heads: Callable[[Unit], Headcount],
        doors: Doors,
    ) -> None:
        self.texts = texts
        self.meetings = meetings
        self.books = books
        self.heads = heads
        self.doors = doors

    def say(self, call: Call) -> Say:
        return self.texts.of(call.language)

    async def pressed(self, call: Call, unit: Unit) -> tuple[Series, Community]:
        """Return the series of a press with its community. Raises BadPress for one that is not there."""
        series = await self.meetings(unit).series(MeetingId(call.press.subject))
        community = await unit.communities.get(series.community) if series else None
        if series is None or community is None:
            raise BadPress(why="series")
        return series, community

    async def may(self, call: Call, unit: Unit, series: Series) -> bool:
        """Whether the caller may settle how a series is announced."""
        return await self.doors.may(call, unit, series.id, series.community, call.at + GRANT)

    def refused(self, call: Call) -> Reply:
        return panel.told(self.say(call), "only_facilitators_private" if call.place.private else "only_facilitators")

    async def room(self, call: Call, unit: Unit, community: Community) -> Room | None:
        """Return the room of the call, if it is one of the community's."""
        found = None if call.place.private else await unit.rooms.find(call.place)
        return found if found is not None and found.community == community.id else None

    async def shown(self, call: Call, unit: Unit, series: Series, community: Community, note: str = "") -> Reply:
        """The panel as it stands now."""
        book, say = self.books(unit), self.say(call)
        settings = await book.settings(series.id)
        occurrence = await self.meetings(unit).next_of(series.id)
        start = occurrence.starts_at if occurrence else next(iter(starts(series.schedule, call.at)), None)
        local = self.texts.of(community.language)
        zone = ZoneInfo(community.zone)
        preview = views.announced(local, series, start, zone, call.at, settings) if start else None
        heads = self.heads(unit)
        shown = panel.Shown(
            series=series,
            settings=settings,
            targets=[
                (target, room)
                for target in await book.targets(series.id)
                if (room := await unit.rooms.get(target.room)) is not None
            ],
            quiet=await book.quiet(community.id),
            digest=await book.digest(community.id, series.options.audience),
            preview=preview,
            occurrence=occurrence,
            going=few.told(await heads.going(occurrence.id)) if occurrence else 0,
            waiting=few.told(await heads.waiting(occurrence.id)) if occurrence else 0,
        )
        return panel.panel(say, shown, community, note)

    async def plan_anew(self, call: Call, unit: Unit, series: Series) -> None:
        occurrence = await self.meetings(unit).next_of(series.id)
        if occurrence is not None:
            await unit.due.add(When.ANNOUNCE_PLAN.due(call.at, occurrence.id))

    async def target(self, unit: Unit, series: Series, room: RoomId) -> Target | None:
        return next((one for one in await self.books(unit).targets(series.id) if one.room == room), None)
