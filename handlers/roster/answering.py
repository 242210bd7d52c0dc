"""The buttons on letters: I am there, I cannot, I can host it. Roster and list decide, since letters come without a room."""

from bot.core.calls import Call
from bot.core.ids import PersonId
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import done, toast
from handlers.roster import letters
from handlers.roster.desk import Desk, Found
from handlers.roster.keeping import assign, release, stand_in
from handlers.roster.letters import SHORT, Letters
from handlers.roster.records import Role


class Answers:
    def __init__(self, desk: Desk, writes: Letters) -> None:
        self._desk = desk
        self._letters = writes

    async def there(self, call: Call, unit: Unit) -> Reply:
        found = await self._mine(call, unit)
        if isinstance(found, Reply):
            return found
        return done(self._desk.say(call), "roster.there_thanks")

    async def cannot(self, call: Call, unit: Unit) -> Reply:
        """Give it back; whoever else may host is asked by the moment that this brings about."""
        found = await self._mine(call, unit)
        if isinstance(found, Reply):
            return found
        role = found.duty.role_of(call.who)
        await release(self._desk, unit, found, call.who, call.at)
        if role is Role.CO and found.duty.host is not None:
            key = f"roster_alone_{found.series.id}_{found.original}_{call.who}"
            view = letters.news("roster.co_gone", found.evening.starts_at)
            await self._letters.send(unit, found.duty.host, key, view, call.at, found.evening.starts_at)
        return done(self._desk.say(call), "roster.cannot_host" if role is Role.HOST else "roster.cannot_co")

    async def stand(self, call: Call, unit: Unit) -> Reply:
        """The first of those who were asked hosts; the others, and who gave it back, are told."""
        say = self._desk.say(call)
        found = await self._held(call, unit)
        if found is None:
            return toast(say, "roster.no_such")
        community = found.series.community
        listed = call.place.private and await self._desk.substitutes(unit).has(community, call.who)
        if not await self._desk.is_on(call, unit, community) and not listed:
            return self._desk.refused(call)
        if not found.is_open(call.at):
            return toast(say, "roster.is_off_here" if found.evening.cancelled else "roster.is_over")
        if found.duty.host == call.who:
            return toast(say, "roster.you_host")
        if found.duty.host is not None:
            return toast(say, "roster.stand_taken")
        if await self._desk.books(unit).member(community, call.who) is not None:
            await assign(self._desk, unit, found, call.who, Role.HOST, call.at)
        else:
            await stand_in(self._desk, unit, found, call.who, call.at)
        giver = await self._giver(call, unit, found)
        await self._letters.settled(unit, found, call.who, call.at, giver)
        if giver is not None:
            me = await self._desk.books(unit).member(community, call.who)
            view = letters.news("roster.stood_in", found.evening.starts_at, me.name if me is not None else "")
            key = f"roster_stood_{call.press.subject}_{giver}_{call.who}"
            await self._letters.send(unit, giver, key, view, call.at, found.evening.ends_at)
        return done(say, "roster.stand_yours")

    async def _giver(self, call: Call, unit: Unit, found: Found) -> PersonId | None:
        """Who asked for a substitute: the button carries the beginning of their row's id."""
        mark = call.press.value
        if len(mark) != SHORT:
            return None
        members = await self._desk.books(unit).members(found.series.community)
        return next((one.person for one in members if one.id.startswith(mark) and one.person != call.who), None)

    async def _mine(self, call: Call, unit: Unit) -> Found | Reply:
        """The evening pressed, if the caller leads it; else what they are told."""
        found, say = await self._held(call, unit), self._desk.say(call)
        if found is None:
            return toast(say, "roster.no_such")
        if not await self._desk.is_on(call, unit, found.series.community):
            return self._desk.refused(call)
        if not found.is_open(call.at):
            return toast(say, "roster.is_off_here" if found.evening.cancelled else "roster.is_over")
        if call.who not in found.duty.persons:
            return toast(say, "roster.not_yours")
        return found

    async def _held(self, call: Call, unit: Unit) -> Found | None:
        found = await self._desk.planned(unit, call.press.subject)
        if found is None:
            return None
        await self._desk.books(unit).hold(*found.line)
        return await self._desk.planned(unit, call.press.subject)
