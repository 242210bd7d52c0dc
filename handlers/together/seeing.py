"""Whose picture is asked for, and whether the caller may see it: what every act of this feature begins with."""

from collections.abc import Callable, Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.calls import Call, Community
from bot.core.errors import BadPress
from bot.core.ids import CommunityId
from bot.core.meetings import Audience
from bot.core.ports import Unit
from bot.core.rights import Doors
from bot.core.texts import Say, Texts
from handlers.together import rules
from handlers.together.records import TogetherBook


class At(NamedTuple):
    """One audience of one community: its picture and lines meet no other's."""

    community: Community
    audience: Audience

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.community.zone)


class Seeing:
    """`unnamed`: the platforms where a line may be shown without a name."""

    def __init__(self, texts: Texts, books: Callable[[Unit], TogetherBook], doors: Doors, unnamed: frozenset[str]) -> None:
        self._texts = texts
        self.books = books
        self._doors = doors
        self._unnamed = unnamed

    async def place(self, unit: Unit, name: str, audience: Audience | None) -> At:
        """Return the place, whoever asks. Raises BadPress where there is none."""
        community = await unit.communities.get(CommunityId(name))
        if community is None or audience is None:
            raise BadPress(why="together")
        return At(community, audience)

    async def at(self, call: Call, unit: Unit, name: str, audience: Audience | None) -> At:
        """Return the place, for members: whoever acts in the community's room, is at home there, or was at its meetings. Raises
        BadPress for anybody else, the same as for a community that is not there."""
        at = await self.place(unit, name, audience)
        inside = call.community is not None and call.community.id == at.community.id
        if not inside and not await self.books(unit).is_known(call.who, at.community.id):
            raise BadPress(why="together")
        return at

    async def pressed(self, call: Call, unit: Unit) -> At:
        """Return what a button or form names by community and audience."""
        return await self.at(call, unit, call.press.subject, rules.audience_of(call.press.action))

    async def leads(self, call: Call, unit: Unit, at: At) -> bool:
        """Whether the caller is a facilitator there. A role seen leaves a grant for their private chat."""
        return await self._doors.may(call, unit, at.community.id, at.community.id, call.at + rules.GRANT)

    async def audiences(self, unit: Unit, community: Community) -> Sequence[Audience]:
        """Return for whom the community has meetings; for participants, where it has none yet."""
        there = await self.books(unit).audiences(community.id)
        return [audience for audience in Audience if audience in there] or [Audience.PARTICIPANTS]

    def wants_names(self, community: Community) -> bool:
        return community.platform not in self._unnamed

    def say(self, call: Call) -> Say:
        return self._texts.of(call.language)
