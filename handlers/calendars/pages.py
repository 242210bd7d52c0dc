"""`/calendar/...`: feeds and the pages that offer them. Whatever is not there, revoked or somebody else's is the same answer."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from bot.core.calls import Community
from bot.core.errors import BadPress
from bot.core.ids import CommunityId, MeetingId
from bot.core.pages import Asked, Page
from bot.core.ports import Unit
from bot.core.texts import Texts
from handlers.calendars import documents
from handlers.calendars.almanac import Almanac, with_followers
from handlers.calendars.records import CalendarBooks, Followed, PrivateFeed, PublicFeed
from handlers.calendars.wording import private_wording, public_wording

NAME = "calendar"
PRIVATE, PUBLIC = "p", "c"
CALENDAR = "text/calendar; charset=utf-8"
KEPT = 900  # seconds that a cache may keep a public feed
LONGEST_TOKEN = 64


def private_path(token: str) -> str:
    return f"{NAME}/{PRIVATE}/{token}"


def public_path(token: str, series: MeetingId | None = None) -> str:
    return f"{NAME}/{PUBLIC}/{token}" + (f"/{series}" if series else "")


class CalendarPages:
    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], CalendarBooks],
        almanac: Almanac,
        followed: Followed,
        now: Callable[[], datetime],
    ) -> None:
        self._texts = texts
        self._books = books
        self._almanac = almanac
        self._followed = followed
        self._now = now

    async def serve(self, asked: Asked, unit: Unit) -> Page:
        """Raises BadPress for everything that is not there."""
        is_file = asked.rest.endswith(".ics")
        kind, _, token = asked.rest.removesuffix(".ics").partition("/")
        token, _, series = token.partition("/")
        token = token[:LONGEST_TOKEN]
        books = self._books(unit)
        if kind == PRIVATE and not series and (private := await books.find_private(token)) is not None:
            return await self._private(asked, private, token, unit, is_file=is_file)
        if kind == PUBLIC and (public := await books.find_public(token)) is not None:
            return await self._public(asked, public, MeetingId(series), unit, is_file=is_file)
        raise BadPress(why="feed")

    async def _private(self, asked: Asked, feed: PrivateFeed, token: str, unit: Unit, *, is_file: bool) -> Page:
        if not is_file:
            say = self._texts.of(asked.language)
            return Page(documents.subscribe(say, asked.base, private_path(token), key="calendars.page_private"))
        community = await self._community(feed.community, unit)
        person = await unit.people.get(feed.person)
        language = person.language if person is not None and person.language else community.language
        found = await self._almanac.meetings(unit, feed.community, feed.audience)
        followed = set(await self._followed(unit, feed.person))
        mine = [series for series in found if series.id in followed] or found
        wording = private_wording(self._texts.of(language), plain=feed.plain)
        return _calendar(await self._almanac.file(unit, mine, community, wording, self._now()), "dates.ics", keep=0)

    async def _public(self, asked: Asked, feed: PublicFeed, series: MeetingId, unit: Unit, *, is_file: bool) -> Page:
        community = await self._community(feed.community, unit)
        found = await self._almanac.meetings(unit, feed.community, feed.audience)
        if series:
            found = with_followers(found, series)
            if not found:
                raise BadPress(why="series")
        if not is_file:
            if series:
                raise BadPress(why="page")
            single = [(one, public_path(feed.token, one.id)) for one in found]
            say = self._texts.of(asked.language)
            body = documents.subscribe(say, asked.base, public_path(feed.token), key="calendars.page_public", meetings=single)
            return Page(body)
        wording = public_wording(self._texts.of(community.language))
        return _calendar(await self._almanac.file(unit, found, community, wording, self._now()), "meetings.ics", keep=KEPT)

    async def _community(self, community: CommunityId, unit: Unit) -> Community:
        found = await unit.communities.get(community)
        if found is None:
            raise BadPress(why="community")
        return found


def _calendar(body: bytes, name: str, *, keep: int) -> Page:
    return Page(body, CALENDAR, file_name=name, keep=keep, etag=hashlib.sha256(body).hexdigest()[:32])
