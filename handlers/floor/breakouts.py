"""Breakouts: two to four topics for a while, each with the time at which all come back."""

from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.deeds import CloseTopic, OpenTopic
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToRoom
from bot.core.replies import Reply
from bot.core.screens import told
from handlers.floor import order_views, rules
from handlers.floor.panel import Panel
from handlers.floor.records import Order
from handlers.floor.stage import Evening, Stage


class Breakouts:
    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    async def open(self, unit: Unit, evening: Evening, order: Order, count: int, back_at: datetime, now: datetime) -> None:
        """Open the topics, each with a first message, and say so in the room in one quiet line."""
        say = self._stage.texts.of(evening.language)
        order = replace(order, breakout=order.breakout + 1, breakouts=count, back_at=back_at)
        await self._stage.books(unit).keep_order(order)
        subject = f"{evening.id}_{order.breakout}"
        zone = ZoneInfo(evening.community.zone)
        for number in range(1, count + 1):
            blocks = order_views.breakout(say, back_at, zone)
            title = say.label("floor.breakout_title", number=number)
            await unit.outbox.add(
                Post(
                    key=f"breakout_{subject}_{number}",
                    lane=Lane.ROOM,
                    to=ToRoom(evening.room),
                    deed=OpenTopic(title, blocks, order_views.breakout_buttons(say)),
                    slot=f"breakout_{subject}_{number}",
                    too_late_at=back_at,
                    failed=Due(f"floor_no_topic_{subject}", rules.NO_TOPIC, now, subject),
                )
            )
        line = order_views.breakouts_open(say, count, back_at, zone)
        await unit.outbox.add(Post(f"breakouts_{subject}", Lane.ROOM, ToRoom(evening.room), line, too_late_at=back_at))
        await unit.due.add(Due(f"floor_back_{evening.id}", rules.BACK, back_at, subject))

    async def close(self, unit: Unit, evening: Evening, now: datetime, *, quietly: bool = False) -> bool:
        """Close all that are open. False when none is. `quietly`: the meeting is over, nobody is called back."""
        book = self._stage.books(unit)
        order = await book.order(evening.id)
        if not order.breakouts:
            return False
        subject = f"{evening.id}_{order.breakout}"
        for number in range(1, order.breakouts + 1):
            slot = f"breakout_{subject}_{number}"
            await unit.outbox.add(Post(f"{slot}_close", Lane.ROOM, ToRoom(evening.room), deed=CloseTopic(), slot=slot))
        await book.keep_order(replace(order, breakouts=0, back_at=None))
        await unit.due.drop(f"floor_back_{evening.id}")
        if not quietly:
            line = order_views.breakouts_over(self._stage.texts.of(evening.language))
            too_late = rules.useless_at(evening.occurrence, now)
            await unit.outbox.add(Post(f"breakouts_{subject}_over", Lane.ROOM, ToRoom(evening.room), line, too_late_at=too_late))
        return True

    async def back(self, unit: Unit, subject: str, now: datetime) -> None:
        """The time to come back has come."""
        occurrence, number = rules.numbered(subject)
        evening = await self._stage.evening(unit, occurrence)
        if evening is not None and (await self._stage.books(unit).order(evening.id)).breakout == number:
            await self.close(unit, evening, now, quietly=not evening.occurrence.is_live)

    async def no_topic(self, unit: Unit, subject: str, now: datetime) -> None:
        """A topic could not be opened: the host is told, once."""
        occurrence, number = rules.numbered(subject)
        evening = await self._stage.evening(unit, occurrence)
        if evening is None or (await self._stage.books(unit).order(evening.id)).breakout != number:
            return
        host = await self._stage.meetings(unit).host(evening.id)
        if host is not None:
            reply = told(await self._stage.say(unit, evening, host), "floor.breakouts_not_done")
            await self._stage.tell(unit, evening, host, f"no_topic_{subject}", reply, now)


class BreakoutCommands:
    def __init__(self, stage: Stage, breakouts: Breakouts, panel: Panel) -> None:
        self._stage = stage
        self._breakouts = breakouts
        self._panel = panel

    async def choose(self, call: Call, unit: Unit) -> Reply:
        """How many, then for how long, then they open."""
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        say = self._stage.texts.of(call.language)
        if not evening.series.options.breakouts:
            return await self._panel.shown(call, unit, evening, "floor.no_breakouts")
        order = await self._stage.books(unit).order(evening.id)
        count, _, minutes = call.press.value.partition("_")
        if order.breakouts:
            return order_views.breakouts_running(say, evening.id, order, call.zone)
        if count not in map(str, rules.TOPICS):
            return order_views.how_many(say, evening.id)
        if minutes not in map(str, rules.TOPIC_MINUTES):
            return order_views.how_long(say, evening.id, int(count))
        back_at = rules.back_at(evening.occurrence, call.at, int(minutes))
        if back_at <= call.at:
            return await self._panel.shown(call, unit, evening, "floor.breakouts_too_late")
        await self._breakouts.open(unit, evening, order, int(count), back_at, call.at)
        return await self._panel.shown(call, unit, evening, "floor.breakouts_opened")

    async def close(self, call: Call, unit: Unit) -> Reply:
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        closed = await self._breakouts.close(unit, evening, call.at)
        return await self._panel.shown(call, unit, evening, "floor.breakouts_closed" if closed else "floor.already")
