"""Who hosts, and who is asked when no facilitator is here: the substitutes, in private."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from msgspec.structs import replace

from bot.core.calls import Call, Role
from bot.core.ids import CommunityId, PersonId
from bot.core.meetings import SOON, Occurrence, Series
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.replies import Reply
from bot.core.texts import Say, Texts
from handlers.meetings import letters, rules
from handlers.meetings.records import RoomStore, Substitutes
from handlers.meetings.scene import Scene

log = structlog.get_logger()
AT_ONCE = 200
MOST_TOLD = 20  # people who are asked, or told of a lost room
RoleSeen = Callable[[CommunityId, PersonId, datetime, Unit, Role | None], Awaitable[None]]
"""A person acted in a community's room with this role, the highest they have; or without any."""


async def is_hosted(book: RoomStore, occurrence: Occurrence, now: datetime) -> bool:
    """Whether a facilitator said that they are here. Who promised earlier to host, or was put down for it, has yet to say so."""
    return await is_here(book, occurrence, await book.granted(occurrence.id, now))


async def is_here(book: RoomStore, occurrence: Occurrence, people: Collection[PersonId]) -> bool:
    """Whether one of these said that they are here."""
    after, wanted = "", frozenset(people)
    while wanted and (here := await book.some(occurrence.id, after, AT_ONCE)):
        if wanted.intersection(here):
            return True
        after = here[-1]
    return False


class Hosting:
    """`seen`: who else wants to hear what an act in the room tells of a person's role."""

    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], RoomStore],
        substitutes: Callable[[Unit], Substitutes],
        seen: RoleSeen | None = None,
    ) -> None:
        self._texts = texts
        self._books = books
        self._substitutes = substitutes
        self._seen = seen

    async def noticed(self, call: Call, unit: Unit, occurrence: Occurrence, series: Series) -> bool:
        """Note what an act in the room tells of a person's role: it leaves a grant, or takes it back, and with it their place on
        the list of substitutes. Return whether they may act as a facilitator."""
        book, community = self._books(unit), series.community
        if call.place.private or call.community is None or call.community.id != community:
            return await book.may(occurrence.id, call.who, call.at)
        if not call.incoming.roles_known:
            return False
        await self.tell_role(call, unit, community)
        if call.is_facilitator:
            await book.grant(occurrence.id, call.who, occurrence.ends_at + rules.GRANT)
            if await self._substitutes(unit).has(community, call.who):
                await self._substitutes(unit).put(community, call.who, call.at)
            return True
        await book.drop(occurrence.id, call.who)
        await self._substitutes(unit).drop(community, call.who)
        return False

    async def tell_role(self, call: Call, unit: Unit, community: CommunityId) -> None:
        if self._seen is not None:
            roles = call.incoming.roles
            role = Role.OWNER if Role.OWNER in roles else next(iter(roles), None)
            await self._seen(community, call.who, call.at, unit, role)

    async def ask(self, unit: Unit, scene: Scene) -> None:
        """Ask everyone who may stand in, each once, with one button."""
        asked = await self._asked(unit, scene)
        log.info("meeting.host_wanted", count=len(asked))
        for person in asked:
            await self._tell(unit, scene, person, "claim_ask", letters.claim_asked)

    async def settled(self, unit: Unit, scene: Scene, by: PersonId) -> None:
        """Somebody took the meeting on: who was asked need not think about it any more."""
        if scene.at < scene.occurrence.starts_at - SOON:
            return  # nobody was asked yet
        for person in await self._asked(unit, scene):
            if person != by:
                await self._tell(unit, scene, person, "claim_done", letters.claim_settled)

    async def lost(self, unit: Unit, scene: Scene) -> None:
        """The room cannot be written to: tell the one who hosts, else those who lately proved that they could, once."""
        book, occurrence = self._books(unit), scene.occurrence
        host = await book.host(occurrence.id)
        proved = [*await book.granted(occurrence.id, scene.at), *await book.granted(scene.series.id, scene.at)]
        told = [host] if host is not None else list(dict.fromkeys((*proved, *await self._asked(unit, scene))))
        for person in told[:MOST_TOLD]:
            await self._tell(unit, scene, person, "room_lost", letters.room_lost)

    async def _asked(self, unit: Unit, scene: Scene) -> Sequence[PersonId]:
        """Who is put down for the evening, and the substitutes of the community."""
        host = await self._books(unit).host(scene.occurrence.id)
        listed = await self._substitutes(unit).of(scene.community.id)
        return tuple(dict.fromkeys((*((host,) if host is not None else ()), *listed)))[:MOST_TOLD]

    async def _tell(self, unit: Unit, scene: Scene, to: PersonId, what: str, view: Callable[[Say, Scene, ZoneInfo], Reply]) -> None:
        person = await unit.people.get(to)
        if person is None:
            return
        say = self._texts.of(person.language or scene.community.language)
        zone = ZoneInfo(person.zone) if person.zone else scene.zone
        occurrence = scene.occurrence
        start = int(occurrence.starts_at.timestamp())  # an evening that is moved is asked for anew
        key, reply = f"{what}_{occurrence.id}_{to}_{start}", view(say, scene, zone)
        if reply.slot:
            reply = replace(reply, slot=f"{reply.slot}_{to}")
        await unit.outbox.add(Post(key, Lane.PRIVATE, ToPerson(to), reply, too_late_at=occurrence.ends_at))
