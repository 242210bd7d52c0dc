"""/meetings: the community's evenings of the next two weeks. Nothing is kept of what somebody looked for."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bot.core.calls import Call, Community, Kind
from bot.core.coming import ComingBook, coming_of
from bot.core.errors import BadInput, BadPress
from bot.core.ids import CommunityId
from bot.core.meetings import OVER, Audience, Series
from bot.core.ports import Unit
from bot.core.replies import Choice, Reply
from bot.core.texts import Say, Texts
from handlers.directory import rules, views
from handlers.directory.asking import asked
from handlers.directory.completing import offered
from handlers.directory.marks import Anchor, decoded
from handlers.directory.records import DirectoryBook, Filter
from handlers.directory.rules import Listed, Reader, View

LONGEST_EVENING = timedelta(hours=12)
ENGLISH = "en"  # the words of filters are understood in it as well
_AUDIENCES = frozenset(audience.value for audience in Audience)


class NoCommunity(BadInput):
    """Asked in private by somebody whose community is not known."""

    text_key = "directory.which_community"


class DirectoryCommands:
    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], ComingBook],
        directory: Callable[[Unit], DirectoryBook],
    ) -> None:
        self._texts = texts
        self._books = books
        self._directory = directory

    async def meetings(self, call: Call, unit: Unit) -> Reply:
        """`/meetings`, alone or with words: a day, a filter, a title, or a meeting that was offered."""
        if call.community is None:
            return await self._which(call, unit)
        typed = call.arguments.get("meeting", "") or call.arguments.get("text", "")
        found = await self._books(unit).of_community(call.community.id)
        wanted = asked(typed, found, self._understood(call)) if typed.strip() else Filter()
        return await self._list(call, unit, call.community, found, wanted, None)

    async def turn(self, call: Call, unit: Unit) -> Reply:
        """A button of the list, or one elsewhere that leads to it (its value: nothing, or an audience). Without a subject it is the
        list of the presser's own community."""
        subject, value = call.press.subject, call.press.value
        wanted, anchor = (Filter(Audience(value)), None) if value in _AUDIENCES else decoded(value)
        if not subject:
            own = call.community
            return await self._which(call, unit) if own is None else await self._show(call, unit, own, wanted, anchor)
        community = await unit.communities.get(CommunityId(subject))
        elsewhere = not call.place.private and (call.community is None or call.community.id != subject)
        if community is None or elsewhere:  # the same answer for both
            raise BadPress(why="community")
        return await self._show(call, unit, community, wanted, anchor)

    async def complete(self, call: Call, typed: str, unit: Unit) -> Sequence[Choice]:
        """Offer meetings by their titles. They are opened anew each time: a title is changed, and is read so, at once."""
        if call.community is None:
            return ()
        found = [series for series in await self._books(unit).of_community(call.community.id) if not series.is_over]
        planned = await self._books(unit).since([series.id for series in found], call.at - LONGEST_EVENING)
        next_at = {one.series: one.starts_at for one in reversed(planned) if one.state not in OVER}
        return offered(typed, found, next_at, self._understood(call), call.zone)

    async def _which(self, call: Call, unit: Unit) -> Reply:
        known = await self._directory(unit).known_to(call.who)
        if not known:
            raise NoCommunity()
        if len(known) > 1:
            return views.choose_community(self._texts.of(call.language), known)
        community = await unit.communities.get(next(iter(known)))
        if community is None:
            raise NoCommunity()
        return await self._show(call, unit, community, Filter(), None)

    async def _show(self, call: Call, unit: Unit, community: Community, wanted: Filter, anchor: Anchor | None) -> Reply:
        found = await self._books(unit).of_community(community.id)
        return await self._list(call, unit, community, found, wanted, anchor)

    async def _list(
        self, call: Call, unit: Unit, community: Community, series: Sequence[Series], wanted: Filter, anchor: Anchor | None
    ) -> Reply:
        reader = Reader(call.zone, call.language, call.at, community.language)
        found = rules.find(await self._listed(unit, series, wanted, call.at), wanted, reader)
        view = View(community.id, reader, wanted, rules.page_of(found, anchor))
        reminded = await self._directory(unit).reminded_of(call.who)
        again = call.incoming.kind is Kind.PRESS and bool(call.press.value) and call.press.value not in _AUDIENCES
        return views.listing(self._texts.of(call.language), view, reminded, again=again)

    async def _listed(self, unit: Unit, series: Sequence[Series], wanted: Filter, now: datetime) -> list[Listed]:
        """The one query behind every way to ask: an audience's evenings, with how many of their places are taken."""
        named = rules.named(series, wanted)
        ahead = await coming_of(self._books(unit), named, now, rules.until(named, wanted, now))
        limited = [one.occurrence.id for one in ahead if one.occurrence is not None and one.series.options.capacity]
        taken = await self._directory(unit).taken(limited) if limited else {}
        return [Listed(one, taken.get(one.occurrence.id, 0) if one.occurrence else 0) for one in ahead]

    def _understood(self, call: Call) -> Sequence[Say]:
        return [self._texts.of(language) for language in dict.fromkeys((call.language, ENGLISH))]
