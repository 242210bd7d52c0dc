"""/calendar: a person's own calendar addresses, and the community's public ones."""

from collections.abc import Callable
from datetime import timedelta

from bot.core.calls import Call, Community
from bot.core.errors import BadInput, BadPress
from bot.core.meetings import Audience
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.screens import told
from bot.core.texts import Say, Texts
from handlers.calendars import views
from handlers.calendars.almanac import Almanac
from handlers.calendars.pages import private_path, public_path
from handlers.calendars.records import CalendarBooks, PrivateFeed, PublicFeed

GRANT = timedelta(hours=12)


class WhichCommunity(BadInput):
    """Asked in private by somebody whose community is not known."""

    text_key = "calendars.which_community"


class CalendarCommands:
    """`base`: the public address of the pages without a `/` at its end; "" when there are none."""

    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], CalendarBooks],
        almanac: Almanac,
        doors: Doors,
        base: Callable[[], str],
        new_id: Callable[[], str],
        new_token: Callable[[], str],
    ) -> None:
        self._texts = texts
        self._books = books
        self._almanac = almanac
        self._doors = doors
        self._base = base
        self._new_id = new_id
        self._new_token = new_token

    async def feeds(self, call: Call, unit: Unit) -> Reply:
        return await self._screen(call, unit, replace=False)

    async def again(self, call: Call, unit: Unit) -> Reply:
        return await self._screen(call, unit, replace=True)

    async def make(self, call: Call, unit: Unit) -> Reply:
        """Make an address and show it. Where there is one already it ends, once the person has said yes."""
        community, audience = _community(call), _audience(call)
        if not self._base():
            return told(self._say(call), "calendars.no_pages")
        before = await self._of(call, unit, audience)
        if before is not None and call.press.value != "yes":
            return views.sure(self._say(call), "calendars.renew_sure", "make", audience)
        token = self._new_token()
        plain = before.plain if before is not None else False
        feed = PrivateFeed(self._new_id(), call.who, community.id, audience, call.at, plain)
        await self._books(unit).keep_private(feed, token)
        return views.address(self._say(call), f"{self._base()}/{private_path(token)}", plain=plain)

    async def drop(self, call: Call, unit: Unit) -> Reply:
        audience = _audience(call)
        feed = await self._of(call, unit, audience)
        if feed is not None and call.press.value != "yes":
            return views.sure(self._say(call), "calendars.drop_sure", "drop", audience)
        if feed is not None:
            await self._books(unit).drop_private(feed)
        return told(self._say(call), "calendars.dropped")

    async def titles(self, call: Call, unit: Unit) -> Reply:
        """Have the private calendar show the meetings' own titles, or one neutral word."""
        feed = await self._of(call, unit, _audience(call))
        if feed is not None:
            await self._books(unit).name_plainly(feed, plain=call.press.value == "plain")
        return await self._screen(call, unit, replace=True)

    async def public(self, call: Call, unit: Unit) -> Reply:
        """Switch the community's public calendar of an audience on or off. Off ends its address for good."""
        community, audience = _community(call), _audience(call)
        if not await self._doors.may(call, unit, community.id, community.id, call.at + GRANT):
            return views.refused(self._say(call))
        books = self._books(unit)
        is_on = any(feed.audience is audience for feed in await books.public(community.id))
        if call.press.value == "on" and not is_on:
            await books.publish(PublicFeed(community.id, audience, self._new_token(), call.at))
        elif call.press.value == "off":
            await books.unpublish(community.id, audience)
        return await self._screen(call, unit, replace=True)

    async def _screen(self, call: Call, unit: Unit, *, replace: bool) -> Reply:
        community = _community(call)
        books = self._books(unit)
        private = {feed.audience: feed for feed in await books.private(call.who, community.id)}
        leads = await self._doors.may(call, unit, community.id, community.id, call.at + GRANT)
        public = {feed.audience: f"{self._base()}/{public_path(feed.token)}" for feed in await books.public(community.id)}
        there = {*await self._almanac.audiences(unit, community.id), *private, *public}
        audiences = [audience for audience in Audience if audience in there] or [Audience.PARTICIPANTS]
        shown = views.Shown(bool(self._base()), audiences, private, public, leads)
        return views.screen(self._say(call), shown, replace=replace)

    async def _of(self, call: Call, unit: Unit, audience: Audience) -> PrivateFeed | None:
        found = await self._books(unit).private(call.who, _community(call).id)
        return next((feed for feed in found if feed.audience is audience), None)

    def _say(self, call: Call) -> Say:
        return self._texts.of(call.language)


def _community(call: Call) -> Community:
    if call.community is None:
        raise WhichCommunity()
    return call.community


def _audience(call: Call) -> Audience:
    if call.press.subject not in set(Audience):
        raise BadPress(why="audience")
    return Audience(call.press.subject)
