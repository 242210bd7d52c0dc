"""What commands and jobs of the room's order share: whose evening, by what right, and how a change is written."""

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec.structs import replace

from bot.core.calls import Call, Kind
from bot.core.errors import BadInput, BadPress
from bot.core.held import Held, held
from bot.core.ids import OccurrenceId, PersonId
from bot.core.meetings import When
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson, ToRoom
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.screens import toast, told
from bot.core.texts import Say, Texts
from handlers.floor import rules, views
from handlers.floor.records import Door, Evenings, FloorStore, Order, Seat


class NoMeetingHere(BadInput):
    """A step was typed where no meeting is under way."""

    text_key = "floor.none_here"


class CallInTheRoom(BadInput):
    text_key = "floor.in_the_room"


class Evening(Held, frozen=True):
    """With who may lead in it, and who waits at its door."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """What a facilitator's grant may be for, to count for this evening."""
        return (self.id, self.series.id, self.room, self.community.id)

    def door(self, order: Order) -> Door:
        return order.who_waits(self.series.options.admission)


class Stage:
    def __init__(self, texts: Texts, books: Callable[[Unit], FloorStore], meetings: Callable[[Unit], Evenings]) -> None:
        self.texts = texts
        self.books = books
        self.meetings = meetings
        self.doors = Doors(meetings)

    # Whose evening, by what right ------------------------------------------------------------------------------------

    async def evening(self, unit: Unit, occurrence: OccurrenceId | str) -> Evening | None:
        """Return the evening; None when it, its series or its community is gone."""
        found = await held(self.meetings(unit), unit, occurrence)
        return Evening(found.occurrence, found.series, found.community) if found is not None else None

    async def pressed(self, call: Call, unit: Unit) -> Evening:
        evening = await self.evening(unit, call.press.subject)
        if evening is None:
            raise BadPress(why="occurrence")
        return evening

    async def meant(self, call: Call, unit: Unit) -> Evening:
        """The evening of the button or form, or for a typed command the one under way in the room."""
        if call.incoming.kind is not Kind.COMMAND:
            return await self.pressed(call, unit)
        if call.place.private or call.community is None:
            raise CallInTheRoom
        room = await unit.rooms.find(call.place)
        found = await self.meetings(unit).in_room(room.id) if room else None
        evening = await self.evening(unit, found.id) if found else None
        if evening is None:
            raise NoMeetingHere
        return evening

    async def in_charge(self, call: Call, unit: Unit) -> Evening | Reply:
        """The evening meant, which is under way, for a facilitator of it; else what the caller is told. Asked at every act."""
        evening, say = await self.meant(call, unit), self.texts.of(call.language)
        until = evening.occurrence.ends_at + rules.GRANT
        if not await self.doors.may(call, unit, evening.id, evening.community.id, until):
            return views.refused(say, call.place.private)
        if evening.occurrence.is_live:
            return evening
        typed = call.incoming.kind is Kind.COMMAND  # then no screen beside it leads to help
        return told(say, "floor.not_open") if typed else toast(say, "floor.not_open")

    async def is_led_by(self, unit: Unit, evening: Evening, person: PersonId, now: datetime) -> bool:
        return await self.books(unit).leads(evening.subjects, person, now)

    # Writing ---------------------------------------------------------------------------------------------------------

    async def seated(self, unit: Unit, evening: Evening, person: PersonId, at: datetime) -> Seat:
        """Return the person's seat, made if they have none."""
        book = self.books(unit)
        if (seat := await book.seat(evening.id, person)) is not None:
            return seat
        order = await book.order(evening.id)
        order = replace(order, numbers=order.numbers + 1)
        await book.keep_order(order)
        seat = Seat(evening.id, person, order.numbers, at)
        await book.keep_seat(seat)
        return seat

    async def present(self, unit: Unit, evening: Evening, person: PersonId, at: datetime) -> Seat:
        """Return the seat of somebody who does something in the room: if they had left, they are back."""
        seat = await self.seated(unit, evening, person, at)
        if seat.left_at is None:
            return seat
        seat = replace(seat, left_at=None)
        await self.books(unit).keep_seat(seat)
        return seat

    async def keep(self, unit: Unit, evening: Evening, seats: Iterable[Seat], now: datetime) -> None:
        """Store changed seats, and let the card follow."""
        for seat in seats:
            await self.books(unit).keep_seat(seat)
        await self.show(unit, evening, now)

    async def show(self, unit: Unit, evening: Evening, now: datetime) -> None:
        """Ask for a fresh card; however many changes of one moment are one edit."""
        if evening.occurrence.is_live:
            await unit.due.add(When.CARD.due(now, evening.id))

    async def say(self, unit: Unit, evening: Evening, person: PersonId) -> Say:
        """Return the texts that a message to the person is written in."""
        known = await unit.people.get(person)
        return self.texts.of((known.language if known else "") or evening.community.language)

    async def tell(
        self, unit: Unit, evening: Evening, person: PersonId, key: str, reply: Reply, now: datetime, until: datetime | None = None
    ) -> None:
        """Write to the person alone, soon: it is of use until then, or while the meeting lasts."""
        too_late_at = until or rules.useless_at(evening.occurrence, now)
        await unit.outbox.add(Post(key, Lane.ROOM, ToPerson(person), reply, too_late_at=too_late_at))

    async def ask_door(self, unit: Unit, evening: Evening, order: Order, now: datetime) -> None:
        """Store how the room is to be, then ask the platform for it: the row first, so that it is undone also after a crash."""
        order = replace(order, door=order.door + 1, door_owed=True)
        await self.books(unit).keep_order(order)
        await unit.outbox.add(rules.door_post(order, ToRoom(evening.room), now))
        await self.show(unit, evening, now)
