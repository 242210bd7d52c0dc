"""Announcements at their moments, or the rule for when they come late; and news of an evening that was changed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from msgspec.structs import replace

from bot.core.calendar import regular_start
from bot.core.calls import Community
from bot.core.ids import CommunityId, OccurrenceId, RoomId
from bot.core.meetings import AHEAD, LIVE, Occurrence, Series, State, When
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToRoom
from bot.core.quiet import stretch
from bot.core.texts import Texts
from handlers.announcements import rules, views
from handlers.announcements.records import AnnouncementStore, EveningBook, Headcount, Moment, Said
from handlers.announcements.rooms import Hearer, hearers

log = structlog.get_logger()

TELL = "announcements.tell"
_OLD_KINDS = {When.ANNOUNCE_DAY.kind: Moment.DAY, When.ANNOUNCE_SOON.kind: Moment.SOON}  # promised by earlier versions


class AnnouncementJobs:
    def __init__(
        self,
        texts: Texts,
        meetings: Callable[[Unit], EveningBook],
        books: Callable[[Unit], AnnouncementStore],
        heads: Callable[[Unit], Headcount],
    ) -> None:
        self._texts = texts
        self._meetings = meetings
        self._books = books
        self._heads = heads

    # Promising --------------------------------------------------------------------------------------------------------

    async def plan(self, due: Due, now: datetime, unit: Unit) -> None:
        """An evening was planned, moved, changed or cancelled, or its announcements were: promise them at their new moments, or
        withdraw them; and tell rooms that know it otherwise."""
        name, book = OccurrenceId(due.subject), self._books(unit)
        said = await book.said(name)
        found = await self._evening(name, said, unit)
        if found is None:
            return
        occurrence, series = found
        if series.follows is not None and await book.is_new(series.id):
            await book.take_over(series.follows, series.id, now)
        room = occurrence.room or series.room
        by_community = await hearers(unit, book, series, room)
        if said is None:
            said = Said(name, series.id, regular_start(occurrence, series), room)  # as people who know the series expect it
        said = replace(said, series=series.id)  # it may have been an evening of the series before this one
        if change := rules.change(said, occurrence):
            said = await self._changed(unit, said, occurrence, series, by_community, change, now)
        await book.keep_said(said)
        for when in (When.ANNOUNCE_DAY, When.ANNOUNCE_SOON):
            await unit.due.drop(when.key(name))
        ahead = occurrence.state in AHEAD and series.cancelled_at is None
        settings = await book.settings(series.id)
        for community in by_community:
            quiet, zone = await book.quiet(community.id), ZoneInfo(community.zone)
            planned = rules.plan(occurrence.starts_at, settings.moments, quiet, zone) if ahead else ()
            times = {one.moment: one.at for one in planned if one.at > now}
            for moment in Moment:
                key = f"announce_{name}_{moment.value}_{community.id}"
                if moment in times:
                    await unit.due.add(Due(key, TELL, times[moment], f"{name}_{moment.value}_{community.id}"))
                else:
                    await unit.due.drop(key)

    # Telling ----------------------------------------------------------------------------------------------------------

    async def tell(self, due: Due, now: datetime, unit: Unit) -> None:
        """Tell a community's rooms; not at all once a later announcement is due, or it has begun.

        Subject: `<occurrence>_<moment>_<community>`; of earlier versions the occurrence alone, for its own community.
        """
        name, moment, where = [*due.subject.split("_"), "", ""][:3]
        if due.kind in _OLD_KINDS:
            moment = _OLD_KINDS[due.kind].value
        occurrence = await self._meetings(unit).occurrence(OccurrenceId(name))
        series = await self._meetings(unit).series(occurrence.series) if occurrence else None
        if occurrence is None or series is None or series.cancelled_at is not None:
            return
        if occurrence.state not in (AHEAD | LIVE if moment == Moment.START.value else AHEAD):
            return  # once its room is open, the card says more
        book = self._books(unit)
        by_community = await hearers(unit, book, series, occurrence.room or series.room)
        community = next((one for one in by_community if one.id == (where or series.community)), None)
        if community is None:
            return
        settings, quiet = await book.settings(series.id), await book.quiet(community.id)
        planned = rules.plan(occurrence.starts_at, settings.moments, quiet, ZoneInfo(community.zone))
        one = next((one for one in planned if one.moment.value == moment), None)
        if one is None:
            return
        if one.at > now:  # it was moved, or the quiet hours were
            await unit.due.add(replace(due, key=f"announce_{name}_{moment}_{community.id}", at=one.at))
            return
        if now >= one.until:
            log.info("announcement.late", kind=moment, seconds=int((now - one.at).total_seconds()))
            return
        if occurrence.state in AHEAD:
            await self._meetings(unit).move(occurrence, replace(occurrence, state=State.ANNOUNCED))
        heads = await self._heads(unit).going(occurrence.id)
        say = self._texts.of(community.language)
        for hearer in by_community[community]:
            reply = views.announcement(say, series, occurrence, ZoneInfo(community.zone), now, settings, heads)
            post = Post(
                key=f"announce_{moment}_{occurrence.id}_{int(occurrence.starts_at.timestamp())}_{hearer.room}",
                lane=Lane.NEWS,
                to=ToRoom(hearer.room),
                reply=replace(reply, ping=hearer.ping, quiet=reply.quiet and not hearer.ping),  # a role that is called is to hear
                too_late_at=one.until,
            )
            await unit.outbox.add(post)
        room = occurrence.room or series.room
        said = await book.said(occurrence.id) or Said(occurrence.id, series.id, occurrence.starts_at, room)
        await book.keep_said(replace(said, told=True))

    async def _changed(
        self,
        unit: Unit,
        said: Said,
        occurrence: Occurrence,
        series: Series,
        by_community: dict[Community, list[Hearer]],
        change: str,
        now: datetime,
    ) -> Said:
        """Tell every room that may count on the evening, in one living message a room: the last word stands there alone."""
        room = occurrence.room or series.room
        after = replace(
            said,
            starts_at=occurrence.starts_at,
            room=room,
            cancelled=occurrence.state is State.CANCELLED,
            version=said.version + 1,
        )
        if not rules.is_told(said, occurrence, now):
            return after
        book, settings = self._books(unit), await self._books(unit).settings(series.id)
        for community, rooms in by_community.items():
            zone = ZoneInfo(community.zone)
            first = min(said.starts_at, occurrence.starts_at)
            at = rules.news_at(now, first, await book.quiet(community.id), zone)
            silent = stretch(at, await book.quiet(community.id), zone) is not None
            say = self._texts.of(community.language)
            for place in _with_the_old(rooms, said, community, series):
                if series.cancelled_at is not None and place == series.room:
                    continue  # it hears of the series' end
                reply = views.changed(say, series, occurrence, said, change, zone, now, settings)
                post = Post(
                    key=f"evening_{occurrence.id}_{after.version}_{place}",
                    lane=Lane.NEWS,
                    to=ToRoom(place),
                    reply=replace(reply, quiet=silent, slot=f"evening_{occurrence.id}_{place}"),
                    not_before=at if at > now else None,
                    too_late_at=max(said.starts_at, occurrence.starts_at),
                )
                await unit.outbox.add(post)
        return replace(after, told=True)

    async def _evening(self, name: OccurrenceId, said: Said | None, unit: Unit) -> tuple[Occurrence, Series] | None:
        """Return the evening. One that is there no more, after an edit of its series, is as good as cancelled."""
        book = self._meetings(unit)
        occurrence = await book.occurrence(name)
        if occurrence is not None:
            series = await book.series(occurrence.series)
            return (occurrence, series) if series else None
        series = await book.series(said.series) if said else None
        if said is None or series is None:
            return None
        return Occurrence(name, series.id, said.starts_at, said.starts_at + series.length, State.CANCELLED, room=said.room), series


def _with_the_old(rooms: Sequence[Hearer], said: Said, community: Community, series: Series) -> list[RoomId]:
    """The rooms that hear, and the room where it was to be."""
    own: CommunityId = series.community
    old = [said.room] if community.id == own else []
    return list(dict.fromkeys([hearer.room for hearer in rooms] + old))
