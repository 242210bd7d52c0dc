"""Who hosts what: the next four weeks, and taking an evening, helping, every evening of a series, giving back."""

from collections.abc import Awaitable, Callable

from bot.core.calls import Call
from bot.core.coming import coming
from bot.core.ids import CommunityId, PersonId
from bot.core.meetings import Audience
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import Page, number_in, page
from handlers.roster import duty_views, rules
from handlers.roster.desk import Desk, Found
from handlers.roster.keeping import assign, give_series, release, take_series
from handlers.roster.letters import Letters
from handlers.roster.records import AHEAD, Role
from handlers.roster.views import FAMILY

PAGE = 6
Said = tuple[str, PersonId | None]
"""The key of a sentence about a press, and whom it names."""


class EveningCommands:
    def __init__(self, desk: Desk, letters: Letters) -> None:
        self._desk = desk
        self._letters = letters

    async def hosts(self, call: Call, unit: Unit) -> Reply:
        """One audience's evenings; the press's value is its letter, and a page."""
        community = await self._desk.community_of(call, unit)
        if not await self._desk.may(call, unit, community):
            return self._desk.refused(call)
        value, book = call.press.value, self._desk.evenings(unit)
        worlds = {series.options.audience for series in await book.of_community(community) if not series.is_over}
        audience = Audience.FAMILY if value[:1] == FAMILY or worlds == {Audience.FAMILY} else Audience.PARTICIPANTS
        ahead = await coming(book, community, audience, call.at, call.at + AHEAD)
        some = page(ahead, number_in(value[1:]), PAGE)
        shown = await self._desk.led(unit, some.some)
        return duty_views.listed(
            self._desk.say(call),
            community,
            audience,
            Page(shown, some.number, some.more),
            await self.names(unit, community),
            call.who,
            call.zone,
            other=bool(worlds - {audience}),
        )

    async def names(self, unit: Unit, community: CommunityId) -> dict[PersonId, str]:
        return {one.person: one.name for one in await self._desk.books(unit).members(community)}

    async def evening(self, call: Call, unit: Unit) -> Reply:
        found = await self._desk.pressed(call, unit)
        if not await self._desk.may(call, unit, (await self._desk.series(unit, call.press.subject)).community):
            return self._desk.refused(call)
        return await self.shown(call, unit, found)

    async def shown(self, call: Call, unit: Unit, found: Found | None, said: Said = ("", None)) -> Reply:
        say = self._desk.say(call)
        if found is None:
            return duty_views.gone(say)
        community, book = found.series.community, self._desk.books(unit)
        names = await self.names(unit, community)
        return duty_views.evening(
            say,
            found,
            names,
            call.who,
            call.zone,
            has_series=rules.of_series(await book.duties(found.line), found.line, Role.HOST),
            is_on=await book.member(community, call.who) is not None,
            is_open=found.is_open(call.at),
            note=said[0],
            who=duty_views.known(names, said[1]),
        )

    # What changes who hosts ---------------------------------------------------------------------------------------------

    async def take(self, call: Call, unit: Unit) -> Reply:
        return await self._change(call, unit, self._take)

    async def help(self, call: Call, unit: Unit) -> Reply:
        return await self._change(call, unit, self._help)

    async def give(self, call: Call, unit: Unit) -> Reply:
        return await self._change(call, unit, self._give)

    async def every(self, call: Call, unit: Unit) -> Reply:
        return await self._change(call, unit, self._every)

    async def no_more(self, call: Call, unit: Unit) -> Reply:
        return await self._change(call, unit, self._no_more)

    async def _change(self, call: Call, unit: Unit, act: Callable[[Call, Unit, Found], Awaitable[Said]]) -> Reply:
        """Check the right, hold the duties, and act on what is true then."""
        series = await self._desk.series(unit, call.press.subject)
        if not await self._desk.may(call, unit, series.community):
            return self._desk.refused(call)
        await self._desk.books(unit).hold(*(await self._desk.line(unit, series)))
        found = await self._desk.pressed(call, unit)
        if found is None or not found.is_open(call.at):
            return await self.shown(call, unit, found)
        if await self._desk.books(unit).member(series.community, call.who) is None:
            return await self.shown(call, unit, found)
        said = await act(call, unit, found)
        return await self.shown(call, unit, await self._desk.pressed(call, unit), said)

    async def _take(self, call: Call, unit: Unit, found: Found) -> Said:
        if await assign(self._desk, unit, found, call.who, Role.HOST, call.at):
            if found.duty.host is None:
                await self._letters.settled(unit, found, call.who, call.at)
            return "roster.taken", None
        return "roster.taken_by", found.duty.host

    async def _help(self, call: Call, unit: Unit, found: Found) -> Said:
        if found.duty.host == call.who:
            return "roster.you_host", None
        if await assign(self._desk, unit, found, call.who, Role.CO, call.at):
            return "roster.helping", None
        return "roster.helped_by", found.duty.co

    async def _give(self, call: Call, unit: Unit, found: Found) -> Said:
        done = await release(self._desk, unit, found, call.who, call.at)
        return ("roster.given" if done else "roster.not_yours"), None

    async def _every(self, call: Call, unit: Unit, found: Found) -> Said:
        has = await take_series(self._desk, unit, found, call.who, call.at)
        return ("roster.every_taken", None) if has == call.who else ("roster.every_by", has)

    async def _no_more(self, call: Call, unit: Unit, found: Found) -> Said:
        done = await give_series(self._desk, unit, found, call.who, call.at)
        return ("roster.every_given" if done else "roster.not_yours"), None
