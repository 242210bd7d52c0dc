"""Taking a meeting on: "I host" in the room, Claim in private, and the list of those who may be asked."""

from collections.abc import Callable

from bot.core.calls import Call, Kind
from bot.core.errors import BadInput, BadPress
from bot.core.ids import CommunityId
from bot.core.meetings import OVER, Occurrence, When
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.screens import toast
from handlers.meetings import letters, rules
from handlers.meetings.hosting import is_here, is_hosted
from handlers.meetings.records import Substitutes
from handlers.meetings.scene import Scene
from handlers.meetings.steps import Steps


class WhichCommunity(BadInput):
    """Asked in private by somebody whose community is not known."""

    text_key = "meetings.which_community"


class StandingIn:
    def __init__(self, steps: Steps, doors: Doors, substitutes: Callable[[Unit], Substitutes]) -> None:
        self._steps = steps
        self._doors = doors
        self._books = steps.books
        self._hosting = steps.hosting
        self._substitutes = substitutes

    async def host(self, call: Call, unit: Unit) -> Reply:
        """A facilitator hosts, in place of whoever did: also when that person's connection is lost."""
        return await self._steps.take(call, unit, self._host)

    async def _host(self, call: Call, unit: Unit, scene: Scene) -> tuple[Occurrence, str]:
        if not rules.may_host(scene.occurrence, call.at):
            return scene.occurrence, "" if scene.occurrence.state in OVER else "meetings.host_early"
        return await self._take(call, unit, scene), ""

    async def claim(self, call: Call, unit: Unit) -> Reply:
        """The first of those who were asked hosts; the others are told that somebody does."""
        say, book = self._steps.texts.of(call.language), self._books(unit)
        occurrence = await self._steps.pressed(call, unit)
        await book.move(occurrence, occurrence)  # its row is held from here on: of two who claim at once, one comes first
        scene = await self._steps.scene(call, unit, occurrence)
        if not await self._may_claim(call, unit, scene):
            return self._steps.refused(call)
        host = await book.host(occurrence.id)
        if host is not None and host != call.who and await is_here(book, occurrence, (host,)):
            return toast(say, "meetings.claim_taken")
        if not rules.may_host(occurrence, call.at):
            return await self._steps.shown(call, unit, occurrence)
        await book.grant(occurrence.id, call.who, occurrence.ends_at + rules.GRANT)
        after = await self._take(call, unit, scene)
        await self._steps.stage.change(unit, occurrence, after, call.at)
        return await self._steps.shown(call, unit, after, "meetings.claimed")

    async def _may_claim(self, call: Call, unit: Unit, scene: Scene) -> bool:
        community = scene.series.community
        if call.place.private and await self._substitutes(unit).has(community, call.who):
            return True
        occurrence = scene.occurrence
        return await self._doors.may(call, unit, occurrence.id, community, occurrence.ends_at + rules.GRANT)

    async def _take(self, call: Call, unit: Unit, scene: Scene) -> Occurrence:
        occurrence, book = scene.occurrence, self._books(unit)
        if not await is_hosted(book, occurrence, call.at):
            await self._hosting.settled(unit, scene, call.who)
        await book.take(occurrence.id, call.who)
        if rules.may_join(occurrence, call.at, rules.COMES_EARLY):  # earlier it is a promise, which they have yet to keep
            await book.join(occurrence.id, call.who, call.at)
        if occurrence.is_live:
            await unit.due.add(When.CARD.due(call.at, occurrence.id))
        return rules.hosted(occurrence)

    # The list --------------------------------------------------------------------------------------------------------

    async def substitute(self, call: Call, unit: Unit) -> Reply:
        """Show whether the caller is on the community's list of substitutes; a press puts them on it or takes them off."""
        wish = call.press.value if call.incoming.kind is Kind.PRESS else ""
        community = CommunityId(call.press.subject) if wish else call.community.id if call.community else None
        if community is None:
            raise WhichCommunity()
        say, listed = self._steps.texts.of(call.language), self._substitutes(unit)
        if wish == "off":
            await listed.drop(community, call.who)
            return letters.substitute(say, community, is_on=False, changed=True)
        if await unit.communities.get(community) is None:
            raise BadPress(why="community")
        if not await self._doors.may(call, unit, community, community, call.at + rules.GRANT):
            if not call.incoming.roles_known:
                return self._steps.refused(call)
            await listed.drop(community, call.who)
            if call.community is not None and call.community.id == community and not call.place.private:
                await self._hosting.tell_role(call, unit, community)
            return self._steps.refused(call)
        if wish == "on" or await listed.has(community, call.who):
            await listed.put(community, call.who, call.at)
        return letters.substitute(say, community, is_on=await listed.has(community, call.who), changed=wish == "on")
