"""What the commands share: who may, the room of a press, and who is told when a room is lost."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core.calls import Call, Community, Room
from bot.core.errors import BadPress
from bot.core.ids import RoomId
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.screens import told
from bot.core.staff import StaffOf
from bot.core.texts import Say, Texts
from bot.core.whose import PeaceOf, heard_at, language_of, zone_named, zone_of
from handlers.topics import panel_views, rules
from handlers.topics.records import Stage, Topic, TopicStore


class At(NamedTuple):
    room: Room
    community: Community

    @property
    def zone(self) -> ZoneInfo:
        return zone_named(self.community.zone) or ZoneInfo("UTC")


class Desk:
    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], TopicStore],
        doors: Doors,
        staff: StaffOf,
        peace: PeaceOf,
        unnamed: frozenset[str],
    ) -> None:
        self.texts = texts
        self.books = books
        self.unnamed = unnamed
        self._doors = doors
        self._staff = staff
        self._peace = peace

    def say(self, call: Call) -> Say:
        return self.texts.of(call.language)

    def local(self, at: At) -> Say:
        """What stands in a room is in the community's language."""
        return self.texts.of(at.community.language)

    async def at(self, unit: Unit, room: RoomId | str) -> At:
        """Return a room with its community. Raises BadPress for one that is not there."""
        found = await unit.rooms.get(RoomId(room))
        community = await unit.communities.get(found.community) if found else None
        if found is None or community is None:
            raise BadPress(why="room")
        return At(found, community)

    async def in_charge(self, call: Call, unit: Unit, at: At) -> Reply | None:
        """Return the kind no for somebody who is no facilitator, as far as the place tells; None for one who is."""
        if await self._doors.may(call, unit, at.room.id, at.community.id, call.at + rules.GRANT):
            return None
        key = "only_facilitators_private" if call.place.private else "only_facilitators"
        return told(self.say(call), f"topics.{key}")

    async def pressed(self, call: Call, unit: Unit) -> At | Reply:
        """Return the room of a facilitator's press, or the kind no."""
        at = await self.at(unit, call.press.subject)
        return await self.in_charge(call, unit, at) or at

    async def topic(self, call: Call, unit: Unit, topic: str) -> Topic | None:
        """Return the topic with this id, while it is open. One of another community is as if it were not there."""
        found = await self.books(unit).topic(topic)
        if found is None or found.stage is Stage.CLOSING:
            return None
        elsewhere = not call.place.private and (call.community is None or found.community != call.community.id)
        return None if elsewhere else found

    async def tell_staff(self, unit: Unit, at: At, now: datetime) -> None:
        """Tell the roster, once, that a room of topics is lost."""
        for colleague in await self._staff(unit).of(at.community.id):
            person = await unit.people.get(colleague.person)
            peace = await self._peace(colleague.person, unit)
            if person is None or (peace is not None and peace.are_paused(now)):
                continue
            say = self.texts.of(await language_of(person, unit))
            zone = await zone_of(person, unit)
            await unit.outbox.add(
                Post(
                    key=f"topic_room_lost_{at.room.id}_{person.id}",
                    lane=Lane.PRIVATE,
                    to=ToPerson(person.id),
                    reply=panel_views.room_lost(say),
                    not_before=heard_at(peace, zone, now),
                    too_late_at=now + rules.NEWS,
                )
            )
