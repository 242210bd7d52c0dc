"""A facilitator's powers over the room: waiting room, lock, calm; and the owners' look at what was done."""

from collections.abc import Callable

from bot.core.calls import Call, Kind, Role
from bot.core.errors import NotAllowed
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import done
from handlers.floor import order_views, rules
from handlers.floor.arrivals import Arrivals
from handlers.floor.holding import Holding
from handlers.floor.panel import Panel
from handlers.floor.records import Kind as ActKind
from handlers.floor.records import Order
from handlers.floor.stage import Evening, Stage

ON, OFF = "on", "off"
SHOWN_ACTS = 10


class RoomCommands:
    def __init__(self, stage: Stage, holding: Holding, panel: Panel, arrivals: Arrivals) -> None:
        self._stage = stage
        self._holding = holding
        self._panel = panel
        self._arrivals = arrivals

    async def lobby(self, call: Call, unit: Unit) -> Reply:
        """The waiting room for those who come from now on; off, who waits in it stays until let in."""
        return await self._turned(call, unit, lambda order, on: rules.lobby(order, call.at, on=on), ActKind.LOBBY)

    async def lock(self, call: Call, unit: Unit) -> Reply:
        return await self._turned(call, unit, lambda order, on: rules.locked(order, on=on), ActKind.LOCK)

    async def calm(self, call: Call, unit: Unit) -> Reply:
        return await self._turned(call, unit, lambda order, on: rules.calm(order, call.at, on=on), ActKind.CALM)

    async def raid(self, call: Call, unit: Unit) -> Reply:
        """Take up the offer after many new accounts came, or say that it is fine."""
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        say = self._stage.texts.of(call.language)
        if call.press.value not in (ActKind.LOCK.value, ActKind.CALM.value):
            return done(say, "floor.raid_fine")
        order = self._arrivals.guarded(await self._stage.books(unit).order(evening.id), call.at)
        kind = ActKind(call.press.value)
        order = rules.locked(order, on=True) if kind is ActKind.LOCK else rules.calm(order, call.at, on=True)
        await self._changed(call, unit, evening, order, kind)
        await self._arrivals.settle(unit, evening, call.at)
        return await self._panel.shown(call, unit, evening, f"floor.raid_{call.press.value}")

    async def acts(self, call: Call, unit: Unit) -> Reply:
        """What facilitators did lately; for owners alone."""
        community = call.community
        if community is None or Role.OWNER not in call.incoming.roles:
            raise NotAllowed(name="acts")
        book, say = self._stage.books(unit), self._stage.texts.of(call.language)
        note = ""
        if call.incoming.kind is Kind.PRESS and call.press.subject:
            seen = await book.review(call.press.subject, community.id, call.who, call.at)
            note = "floor.reviewed" if seen else "floor.review_other"
        found = await book.acts(community.id, SHOWN_ACTS)
        review = await book.to_review(community.id)
        return order_views.acts(say, found, review, call.zone, note)

    async def _turned(self, call: Call, unit: Unit, change: Callable[[Order, bool], Order], kind: ActKind) -> Reply:
        """Turn something of the room on or off. A typed command turns it on, and off when it is on."""
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        before = await self._stage.books(unit).order(evening.id)
        on = call.press.value == ON if call.incoming.kind is Kind.PRESS else not _is_on(evening, before, kind)
        after = change(before, on)
        if _is_on(evening, before, kind) is on:
            return await self._panel.shown(call, unit, evening)
        await self._changed(call, unit, evening, after, kind if on else ActKind.OPEN)
        return await self._panel.shown(call, unit, evening, f"floor.{kind.value}_{ON if on else OFF}")

    async def _changed(self, call: Call, unit: Unit, evening: Evening, after: Order, kind: ActKind) -> None:
        before = await self._stage.books(unit).order(evening.id)
        if (before.locked, before.calm) != (after.locked, after.calm):
            await self._stage.ask_door(unit, evening, after, call.at)
        else:
            await self._stage.books(unit).keep_order(after)
            await self._stage.show(unit, evening, call.at)
        await self._holding.note(unit, evening, kind, call.who, call.at)


def _is_on(evening: Evening, order: Order, kind: ActKind) -> bool:
    match kind:
        case ActKind.LOCK:
            return order.locked
        case ActKind.CALM:
            return order.calm
        case _:
            return evening.door(order).lobby
