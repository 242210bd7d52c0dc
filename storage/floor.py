"""The order of a room: a `handlers.floor.records.FloorStore` over one transaction."""

from collections.abc import Sequence

from msgspec.structs import asdict
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.engine import RowMapping

from bot.core.deeds import Standing
from bot.core.ids import OccurrenceId, PersonId, new_id
from bot.core.meetings import Admission, FloorView, RoundView
from handlers.floor.records import Hand, Order, Outside, Seat
from handlers.floor.round_records import line, speaker
from storage.floor_door import DoorBook
from storage.floor_powers import PowerBook
from storage.floor_rounds import RoundBook
from storage.keys import NoKey
from storage.meetings import Meetings
from storage.sealing import Unopenable
from storage.tables.floor import motions, orders, round_turns, rounds, seats
from storage.tables.meetings import presences

_MAY_CHANGE = ("hand", "place", "turns", "ticket", "sits_out", "raised", "in_voice_since", "let_in_at", "left_at")


class FloorBook(PowerBook, DoorBook, RoundBook):
    async def order(self, occurrence: OccurrenceId) -> Order:
        """Return how the room is kept; a plain one where nothing was said yet."""
        row = await self._unit.row(select(orders).where(orders.c.occurrence == occurrence))
        return Order(occurrence) if row is None else Order(**{column.name: row[column] for column in orders.c})

    async def keep_order(self, order: Order) -> None:
        row = asdict(order)
        insert = self._unit.insert(orders).values(**row)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[orders.c.occurrence], set_=row))

    async def seats(self, occurrence: OccurrenceId) -> Sequence[Seat]:
        query = select(seats).where(seats.c.occurrence == occurrence).order_by(seats.c.number)
        return [await self._seat(row) for row in await self._unit.rows(query)]

    async def seat(self, occurrence: OccurrenceId, person: PersonId) -> Seat | None:
        return await self._one(occurrence, seats.c.person == person)

    async def seat_numbered(self, occurrence: OccurrenceId, number: int) -> Seat | None:
        return await self._one(occurrence, seats.c.number == number)

    async def _one(self, occurrence: OccurrenceId, which: ColumnElement[bool]) -> Seat | None:
        row = await self._unit.row(select(seats).where(seats.c.occurrence == occurrence, which))
        return None if row is None else await self._seat(row)

    async def keep_seat(self, seat: Seat) -> None:
        """Store a seat whole. A name is sealed under its person."""
        found = await self._unit.row(select(seats.c.id).where(seats.c.occurrence == seat.occurrence, seats.c.person == seat.person))
        row = str(found["id"]) if found is not None else new_id()
        name = None if seat.name is None else await self._unit.seal(seat.person, "seats", "name", row, seat.name)
        changing = {each: getattr(seat, each) for each in _MAY_CHANGE} | {"hand": seat.hand.value, "name": name}
        fixed = {"id": row, "occurrence": seat.occurrence, "person": seat.person, "number": seat.number, "at": seat.at}
        insert = self._unit.insert(seats).values(**fixed, **changing)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[seats.c.id], set_=changing))

    async def forget(self, occurrence: OccurrenceId) -> None:
        """Delete seats, order, motions and round of an evening."""
        for table in (seats, orders, motions, round_turns, rounds):
            await self._unit.run(delete(table).where(table.c.occurrence == occurrence))

    async def view(self, occurrence: OccurrenceId) -> FloorView:
        """Return what the room's card may show: names that their owners chose to show, else "" for each."""
        order = await self.order(occurrence)
        about = (seats.c.occurrence == occurrence, seats.c.hand.in_([Hand.UP.value, Hand.SPEAKING.value]))
        query = select(seats).where(*about).order_by(seats.c.place, seats.c.number)
        found = [await self._seat(row) for row in await self._unit.rows(query)]
        speaker = next((seat for seat in found if seat.hand is Hand.SPEAKING), None)
        return FloorView(
            is_speaking=speaker is not None,
            speaker=(speaker.name or "") if speaker else "",
            until=order.until if speaker else None,
            waiting=tuple(seat.name or "" for seat in found if seat.hand is Hand.UP),
            outside=len(await self._outside(order)),
            locked=order.locked,
            calm=order.calm,
            round=await self._round_view(occurrence),
        )

    async def _round_view(self, occurrence: OccurrenceId) -> RoundView | None:
        round_ = await self.round(occurrence)
        if round_ is None or not round_.is_on:
            return None
        turns = await self.turns(occurrence)
        ahead = line(turns, await self.hands(occurrence), round_.way)
        speaks = speaker(turns)
        return RoundView(
            is_speaking=speaks is not None,
            speaker=await self._shown(occurrence, speaks.person) if speaks is not None else "",
            until=round_.until,
            following=await self._shown(occurrence, ahead[0].person) if ahead else "",
            to_come=len(ahead),
            paused=round_.paused_at is not None,
        )

    async def _shown(self, occurrence: OccurrenceId, person: PersonId) -> str:
        seat = await self.seat(occurrence, person)
        return (seat.name or "") if seat is not None else ""

    async def lets_in(self, occurrence: OccurrenceId, person: PersonId) -> bool:
        """Whether somebody who says that they are here may be: not put out, nor new to a locked room."""
        hold = await self.hold_of(occurrence, person)
        if hold is not None and hold.standing is Standing.OUT:
            return False
        if not (await self.order(occurrence)).locked:
            return True
        here = select(presences.c.person).where(presences.c.occurrence == occurrence, presences.c.person == person)
        return await self._unit.row(here) is not None

    async def waits(self, occurrence: OccurrenceId, person: PersonId) -> bool:
        return any(each.person == person for each in await self._outside(await self.order(occurrence)))

    async def _outside(self, order: Order) -> Sequence[Outside]:
        door = order.who_waits(await self._admission(order.occurrence) if order.lobby is None else Admission.OPEN)
        return await self.outside(order.occurrence, door, self._unit.house.clock.now())

    async def _admission(self, occurrence: OccurrenceId) -> Admission:
        book = Meetings(self._unit)
        found = await book.occurrence(occurrence)
        series = await book.series(found.series) if found else None
        return series.options.admission if series else Admission.OPEN

    async def _seat(self, row: RowMapping) -> Seat:
        person, name = PersonId(row["person"]), row["name"]
        if name is not None:
            try:
                name = await self._unit.open(person, "seats", "name", row["id"], name, str)
            except (NoKey, Unopenable):
                name = ""  # a seat is of use without its name
        return Seat(
            OccurrenceId(row["occurrence"]),
            person,
            row["number"],
            row["at"],
            name,
            Hand(row["hand"]),
            row["place"],
            row["turns"],
            row["ticket"],
            row["sits_out"],
            row["raised"],
            row["in_voice_since"],
            row["let_in_at"],
            row["left_at"],
        )
