"""/facilitator roster: the one screen that leads to all of the corner; coming onto the roster, and leaving it."""

from bot.core.calls import Call
from bot.core.ids import CommunityId
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.richtext import one_line
from bot.core.screens import toast
from handlers.roster import views
from handlers.roster.desk import Desk, InTheRoom, is_owner
from handlers.roster.records import LONGEST_NAME, Member


class CornerCommands:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def command(self, call: Call, unit: Unit) -> Reply:
        if call.community is None or call.place.private:
            raise InTheRoom()
        if not await self._desk.may(call, unit, call.community.id):
            return self._desk.refused(call)
        return await self.shown(call, unit, call.community.id, again=False)

    async def corner(self, call: Call, unit: Unit) -> Reply:
        community = await self._desk.community_of(call, unit)
        if not await self._desk.may(call, unit, community):
            return self._desk.refused(call)
        return await self.shown(call, unit, community)

    async def shown(self, call: Call, unit: Unit, community: CommunityId, note: str = "", *, again: bool = True) -> Reply:
        roster = await self._desk.books(unit).members(community)
        is_asked = await self._desk.substitutes(unit).has(community, call.who)
        return views.corner(self._desk.say(call), community, roster, call.who, is_asked=is_asked, note=note, again=again)

    # On it, and off it --------------------------------------------------------------------------------------------------

    async def join(self, call: Call, unit: Unit) -> Reply:
        """Ask for the name under which the others know the caller."""
        community = await self._desk.community_of(call, unit)
        if not await self._desk.may(call, unit, community):
            return self._desk.refused(call)
        me = await self._desk.books(unit).member(community, call.who)
        return Reply(form=views.name_form(self._desk.say(call), community, me.name if me is not None else ""))

    async def name(self, call: Call, unit: Unit) -> Reply:
        community = await self._desk.community_of(call, unit)
        if not await self._desk.may(call, unit, community):
            return self._desk.refused(call)
        name = one_line(call.arguments.get("name", ""), LONGEST_NAME)
        if not name:
            return toast(self._desk.say(call), "roster.no_name")
        book = self._desk.books(unit)
        before = await book.member(community, call.who)
        owner = is_owner(call) or (before is not None and before.owner)
        await book.put(Member("", community, call.who, name, owner), call.at)
        return await self.shown(call, unit, community, "roster.on_now" if before is None else "roster.renamed")

    async def leave(self, call: Call, unit: Unit) -> Reply:
        """Ask first. Whoever is on the roster may leave it, also without the role."""
        community = await self._desk.community_of(call, unit)
        say = self._desk.say(call)
        if await self._desk.books(unit).member(community, call.who) is None:
            return toast(say, "roster.not_on")
        if call.press.value != "yes":
            return views.confirm_leave(say, community)
        await self._desk.ended(community, call.who, call.at, unit)
        return toast(say, "roster.left")

    async def ask_me(self, call: Call, unit: Unit) -> Reply:
        """Whether the caller is asked when a meeting has no host a quarter of an hour before: the list of substitutes."""
        community = await self._desk.community_of(call, unit)
        listed = self._desk.substitutes(unit)
        if not await self._desk.may(call, unit, community):
            if call.incoming.roles_known:
                await listed.drop(community, call.who)
            return self._desk.refused(call)
        if call.press.value == "on":
            await listed.put(community, call.who, call.at)
        else:
            await listed.drop(community, call.who)
        return await self.shown(call, unit, community)
