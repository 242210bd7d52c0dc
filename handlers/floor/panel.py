"""The facilitators' order panel: who speaks, who waits, the door; then people one by one. Shown to facilitators only."""

from bot.core.calls import Call, Role
from bot.core.errors import BadPress
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import number_in
from bot.core.screens import page as page_of
from handlers.floor import order_views, queue
from handlers.floor.arrivals import Arrivals
from handlers.floor.records import Seat
from handlers.floor.stage import Evening, Stage

PAGE = 6  # people on one screen: Discord has room for five rows, two of them are ways on


class Panel:
    def __init__(self, stage: Stage, arrivals: Arrivals) -> None:
        self._stage = stage
        self._arrivals = arrivals

    # Screens ---------------------------------------------------------------------------------------------------------

    async def order(self, call: Call, unit: Unit) -> Reply:
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        await self._arrivals.settle(unit, evening, call.at)
        return await self.shown(call, unit, evening)

    async def people(self, call: Call, unit: Unit) -> Reply:
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        return await self.listed(call, unit, evening, page=number_in(call.press.value))

    async def who(self, call: Call, unit: Unit) -> Reply:
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        return await self.one(call, unit, evening, await self.seat_pressed(call, unit, evening))

    async def outside(self, call: Call, unit: Unit) -> Reply:
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        return await self.waiting(call, unit, evening, page=number_in(call.press.value))

    # What they show, also after a step -------------------------------------------------------------------------------

    async def shown(self, call: Call, unit: Unit, evening: Evening, note: str = "", about: Seat | None = None) -> Reply:
        """The order panel as things stand now. `note`: the key of a sentence about the last press."""
        book, say = self._stage.books(unit), self._stage.texts.of(call.language)
        seats, order = await book.seats(evening.id), await book.order(evening.id)
        door = evening.door(order)
        outside = len(await book.outside(evening.id, door, call.at))
        is_owner = Role.OWNER in call.incoming.roles
        review = len(await book.to_review(evening.community.id)) if is_owner else 0
        scene = order_views.Scene(
            evening.id,
            order,
            queue.speaker(seats),
            tuple(queue.waiting(seats)),
            outside,
            lobby=door.lobby,
            breakouts=evening.series.options.breakouts,
            to_review=review,
        )
        return order_views.panel(say, scene, call.zone, note, about)

    async def listed(self, call: Call, unit: Unit, evening: Evening, note: str = "", page: int = 0) -> Reply:
        seats = [seat for seat in await self._stage.books(unit).seats(evening.id) if seat.person != call.who]
        say = self._stage.texts.of(call.language)
        some, page, more = page_of(seats, page, PAGE)
        return order_views.people(say, evening.id, some, page, call.zone, more=more, note=note)

    async def one(self, call: Call, unit: Unit, evening: Evening, seat: Seat, note: str = "") -> Reply:
        book, say = self._stage.books(unit), self._stage.texts.of(call.language)
        seat = await book.seat(evening.id, seat.person) or seat
        hold = await book.hold_of(evening.id, seat.person)
        outside = await book.outside(evening.id, evening.door(await book.order(evening.id)), call.at)
        is_outside = any(one.person == seat.person for one in outside)
        motion = await book.motion_on(evening.id, seat.person)
        standing = hold.standing if hold is not None and hold.is_on else None
        return order_views.person(say, seat, standing, call.zone, outside=is_outside, asked=motion is not None, note=note)

    async def waiting(self, call: Call, unit: Unit, evening: Evening, note: str = "", page: int = 0) -> Reply:
        book, say = self._stage.books(unit), self._stage.texts.of(call.language)
        door = evening.door(await book.order(evening.id))
        found, page, more = page_of(await book.outside(evening.id, door, call.at), page, PAGE)
        seats = [await self._stage.seated(unit, evening, one.person, one.at) for one in found]
        return order_views.waiting(say, evening.id, seats, page, call.zone, more=more, note=note)

    async def seat_pressed(self, call: Call, unit: Unit, evening: Evening) -> Seat:
        """The seat that the button's value numbers. Raises BadPress when there is none."""
        seat = await self._stage.books(unit).seat_numbered(evening.id, _number(call))
        if seat is None:
            raise BadPress(why="seat")
        return seat


def _number(call: Call) -> int:
    """Return the number of a seat; none that anybody has for anything else."""
    value = call.press.value
    return int(value) if value.isascii() and value.isdigit() and len(value) < 6 else -1
