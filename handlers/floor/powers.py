"""A facilitator's powers over one person: mute, waiting room, removal (two facilitators, where there are two), the help card."""

from msgspec.structs import replace

from bot.core.calls import Call, Kind, Role
from bot.core.deeds import Standing
from bot.core.errors import BadPress
from bot.core.ids import PersonId, new_id
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import done, toast, told
from handlers.floor import order_views, rules, views
from handlers.floor.holding import Holding
from handlers.floor.panel import Panel
from handlers.floor.records import Kind as ActKind
from handlers.floor.records import Motion, Seat
from handlers.floor.stage import Evening, Stage

ALL = "all"
_FREED_FROM = {Standing.OUT: "floor.told_returned", Standing.WAITING: "floor.told_let_in"}


class PowerCommands:
    def __init__(self, stage: Stage, holding: Holding, panel: Panel) -> None:
        self._stage = stage
        self._holding = holding
        self._panel = panel

    # Steps -----------------------------------------------------------------------------------------------------------

    async def mute(self, call: Call, unit: Unit) -> Reply:
        return await self._stand(call, unit, Standing.MUTED, ActKind.MUTE, "floor.muted")

    async def wait(self, call: Call, unit: Unit) -> Reply:
        return await self._stand(call, unit, Standing.WAITING, ActKind.WAIT, "floor.sent_to_wait")

    async def free(self, call: Call, unit: Unit) -> Reply:
        """Undo whatever is in force: also a removal, or the waiting room."""
        return await self._stand(call, unit, Standing.FREE, ActKind.UNMUTE, "floor.freed")

    async def let_in(self, call: Call, unit: Unit) -> Reply:
        """Let one in, or all who wait."""
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        book = self._stage.books(unit)
        if call.press.value == ALL:
            door = evening.door(await book.order(evening.id))
            came = await book.outside(evening.id, door, call.at)
            seats = [await self._stage.seated(unit, evening, one.person, one.at) for one in came]
        else:
            seats = [await self._panel.seat_pressed(call, unit, evening)]
        for seat in seats:
            await self._let_in(call, unit, evening, seat)
        await self._stage.show(unit, evening, call.at)
        return await self._panel.waiting(call, unit, evening, "floor.let_in")

    async def remove(self, call: Call, unit: Unit) -> Reply:
        """Ask first; a yes removes, or asks the other facilitators."""
        target = await self._target(call, unit)
        if isinstance(target, Reply):
            return target
        evening, seat = target
        others = rules.seconders(await self._stage.books(unit).hosts_there(evening.id, call.at), call.who, seat.person)
        return order_views.ask_removal(self._stage.texts.of(call.language), seat, call.zone, alone=not others)

    async def out(self, call: Call, unit: Unit) -> Reply:
        """Remove for this meeting. Where another facilitator is there, it waits for them to confirm."""
        target = await self._target(call, unit)
        if isinstance(target, Reply):
            return target
        evening, seat = target
        book = self._stage.books(unit)
        before = await book.motion_on(evening.id, seat.person)
        if before is not None and before.by != call.who and call.at - before.at < rules.CONFIRM:
            return await self._confirmed(call, unit, evening, before)  # two who ask for the same have both said yes
        others = rules.seconders(await book.hosts_there(evening.id, call.at), call.who, seat.person)
        if before is not None and (not others or call.at - before.at >= rules.CONFIRM):
            await book.drop_motion(before.id)
            before = None
        if not others:
            return await self._removed(call, unit, evening, seat, hands=1)
        if before is None:
            motion = Motion(new_id(), evening.id, seat.person, call.who, call.at)
            await book.keep_motion(motion)
            await unit.due.add(Due(f"floor_motion_{motion.id}", rules.MOTION, call.at + rules.CONFIRM, motion.id))
            for other in others:
                say = await self._stage.say(unit, evening, other)
                reply = order_views.second(say, motion.id, seat, evening.community.zone)
                await self._stage.tell(unit, evening, other, f"second_{motion.id}_{other}", reply, call.at, call.at + rules.CONFIRM)
        return await self._panel.one(call, unit, evening, seat, "floor.second_asked")

    async def confirm(self, call: Call, unit: Unit) -> Reply:
        """The second facilitator agrees."""
        found = await self._motion(call, unit)
        if isinstance(found, Reply):
            return found
        evening, motion = found
        if motion.by == call.who:
            return toast(self._stage.texts.of(call.language), "floor.second_other")
        return await self._confirmed(call, unit, evening, motion)

    async def against(self, call: Call, unit: Unit) -> Reply:
        """The second facilitator does not, or the first takes it back: nothing happens."""
        found = await self._motion(call, unit)
        if isinstance(found, Reply):
            return found
        evening, motion = found
        await self._stage.books(unit).drop_motion(motion.id)
        await unit.due.drop(f"floor_motion_{motion.id}")
        if motion.by is not None and motion.by != call.who:
            say = await self._stage.say(unit, evening, motion.by)
            reply = told(say, "floor.second_no")
            await self._stage.tell(unit, evening, motion.by, f"against_{motion.id}", reply, call.at)
        return done(self._stage.texts.of(call.language), "floor.not_removed")

    async def card(self, call: Call, unit: Unit) -> Reply:
        """Send one person the way to help. Nobody is named to them, and nothing is kept of it."""
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        seat = await self._panel.seat_pressed(call, unit, evening)
        say = await self._stage.say(unit, evening, seat.person)
        await self._stage.tell(unit, evening, seat.person, f"card_{new_id()}", views.help_card(say), call.at)
        return await self._panel.one(call, unit, evening, seat, "floor.card_sent")

    # Their parts -----------------------------------------------------------------------------------------------------

    async def _stand(self, call: Call, unit: Unit, standing: Standing, kind: ActKind, note: str) -> Reply:
        target = await self._target(call, unit)
        if isinstance(target, Reply):
            return target
        evening, seat = target
        book = self._stage.books(unit)
        before = await book.hold_of(evening.id, seat.person)
        if before is not None and before.standing is Standing.OUT and standing is not Standing.FREE:
            return await self._panel.one(call, unit, evening, seat, "floor.already")
        if standing is Standing.WAITING:
            await book.keep_seat(replace(seat, let_in_at=None))
        why = _FREED_FROM.get(before.standing, "") if before is not None and standing is Standing.FREE else ""
        if not await self._holding.put(unit, evening, seat.person, standing, call.at, call.who, why):
            return await self._panel.one(call, unit, evening, seat, "floor.already")
        if standing is Standing.FREE:
            await book.keep_seat(replace(seat, let_in_at=call.at))
            kind = ActKind.RETURN if before is not None and before.standing is not Standing.MUTED else kind
        await self._holding.note(unit, evening, kind, call.who, call.at)
        return await self._panel.one(call, unit, evening, seat, note)

    async def _let_in(self, call: Call, unit: Unit, evening: Evening, seat: Seat) -> None:
        book = self._stage.books(unit)
        hold = await book.hold_of(evening.id, seat.person)
        if hold is not None and hold.is_on and hold.standing is not Standing.WAITING:
            return  # who was removed or muted does not come in by this way
        await book.keep_seat(replace(seat, let_in_at=call.at))
        await self._holding.put(unit, evening, seat.person, Standing.FREE, call.at, call.who, "floor.told_let_in")

    async def _removed(self, call: Call, unit: Unit, evening: Evening, seat: Seat, hands: int) -> Reply:
        if not await self._holding.put(unit, evening, seat.person, Standing.OUT, call.at, call.who):
            return await self._panel.one(call, unit, evening, seat, "floor.already")
        await self._holding.note(unit, evening, ActKind.REMOVE, call.who, call.at, hands)
        return await self._panel.one(call, unit, evening, seat, "floor.removed_alone" if hands == 1 else "floor.removed")

    async def _confirmed(self, call: Call, unit: Unit, evening: Evening, motion: Motion) -> Reply:
        book = self._stage.books(unit)
        refusal = await self._refusal(call, unit, evening, motion.person)
        if refusal:
            return toast(self._stage.texts.of(call.language), refusal)
        await book.drop_motion(motion.id)
        await unit.due.drop(f"floor_motion_{motion.id}")
        seat = await self._stage.seated(unit, evening, motion.person, call.at)
        if motion.by is not None:
            say = await self._stage.say(unit, evening, motion.by)
            await self._stage.tell(unit, evening, motion.by, f"agreed_{motion.id}", told(say, "floor.removed"), call.at)
        return await self._removed(call, unit, evening, seat, hands=2)

    async def _motion(self, call: Call, unit: Unit) -> tuple[Evening, Motion] | Reply:
        """The removal that waits, for a facilitator of its evening who is not the one it is about."""
        motion = await self._stage.books(unit).motion(call.press.subject)
        evening = await self._stage.evening(unit, motion.occurrence) if motion else None
        say = self._stage.texts.of(call.language)
        if motion is None or evening is None:
            return toast(say, "floor.second_over")
        until = evening.occurrence.ends_at + rules.GRANT
        try:
            allowed = await self._stage.doors.may(call, unit, evening.id, evening.community.id, until)
        except BadPress:
            return toast(say, "floor.second_over")  # somebody of elsewhere: as if it were not there
        if not allowed:
            return views.refused(say, call.place.private)
        if motion.person == call.who:
            raise BadPress(why="motion")
        if not evening.occurrence.is_live or call.at - motion.at >= rules.CONFIRM:
            return toast(say, "floor.second_over")
        return evening, motion

    async def _target(self, call: Call, unit: Unit) -> tuple[Evening, Seat] | Reply:
        """Whom a facilitator means, if they may act on them; else what they are told."""
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        if call.incoming.kind is Kind.COMMAND:
            account = rules.mentioned(call.place.platform, call.arguments.get("member", ""))
            if account is None:
                return await self._panel.listed(call, unit, evening, "floor.choose")
            # Somebody the house does not know yet can be named too: without a row of theirs nothing could be undone.
            person = await unit.people.make(account, call.at, None)
            seat = await self._stage.seated(unit, evening, person.id, call.at)
        else:
            seat = await self._panel.seat_pressed(call, unit, evening)
        if not (refusal := await self._refusal(call, unit, evening, seat.person)):
            return evening, seat
        say = self._stage.texts.of(call.language)
        return told(say, refusal) if call.incoming.kind is Kind.COMMAND else toast(say, refusal)

    async def _refusal(self, call: Call, unit: Unit, evening: Evening, person: PersonId) -> str:
        """The key of why the caller may not act on a person; "" when they may."""
        if person == call.who:
            return "floor.not_yourself"
        led = await self._stage.books(unit).leads(evening.subjects, person, call.at)
        return "floor.not_a_facilitator" if led and Role.OWNER not in call.incoming.roles else ""
