"""A round's presses: a facilitator's, and those of each who is in it."""

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import toast
from handlers.floor import queue, round_rules, round_views
from handlers.floor.entrance import Entrance
from handlers.floor.records import Hand
from handlers.floor.round_records import At, Round, Way, line, speaker
from handlers.floor.rounds import RoundKeeper
from handlers.floor.stage import Evening, Stage

ON = "on"


class RoundCommands:
    """What a facilitator does."""

    def __init__(self, stage: Stage, rounds: RoundKeeper, turns: "TurnCommands") -> None:
        self._stage = stage
        self._rounds = rounds
        self._turns = turns

    async def round(self, call: Call, unit: Unit) -> Reply:
        """Show the round, or begin one in the way that the button names. In a meeting without a host, whoever is here may."""
        if not await self._leads(call, unit):
            return await self._turns.begin(call, unit)
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        if not call.press.value:
            return await self._shown(call, unit, evening)
        if await self._rounds.on(unit, evening) is not None:
            return await self._shown(call, unit, evening, "floor.already")
        began = await self._rounds.start(unit, evening, way_of(call), call.at)
        return await self._shown(call, unit, evening, "" if began is not None else "floor.round_nobody")

    async def next(self, call: Call, unit: Unit) -> Reply:
        """Call the next. The button names the turn it was made for: the second of two who press means the same."""
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        round_ = await self._rounds.on(unit, evening)
        if round_ is None or round_.paused_at is not None or call.press.value != str(round_.turn):
            return await self._shown(call, unit, evening, "floor.already")
        after = await self._rounds.go_on(unit, evening, round_, call.at)
        return await self._shown(call, unit, evening, "" if after.is_on else "floor.round_is_over")

    async def later(self, call: Call, unit: Unit) -> Reply:
        """Put one to the end of those still to come; if it is their turn, the next is called."""
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        book, round_ = self._stage.books(unit), await self._rounds.on(unit, evening)
        turns = await book.turns(evening.id) if round_ is not None else ()
        turn = next((one for one in turns if str(one.number) == call.press.value), None)
        if round_ is None or turn is None or turn.stands not in (At.WAITING, At.SPEAKING):
            return await self._shown(call, unit, evening, "floor.already")
        if turn.stands is At.SPEAKING:
            await self._rounds.go_on(unit, evening, round_, call.at, At.WAITING)
        else:
            await book.keep_turns([round_rules.put_last(turns, turn)], call.at)
            await self._stage.show(unit, evening, call.at)
        return await self._shown(call, unit, evening)

    async def pause(self, call: Call, unit: Unit) -> Reply:
        """Let the round stand still, or go on: the time is added."""
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        round_ = await self._rounds.on(unit, evening)
        on = call.press.value == ON
        if round_ is None or on is (round_.paused_at is not None):
            return await self._shown(call, unit, evening, "floor.already")
        round_ = replace(round_, paused_at=call.at) if on else round_rules.resumed(round_, call.at)
        await self._rounds.keep(unit, evening, round_, call.at)
        if not on and speaker(await self._stage.books(unit).turns(evening.id)) is None:
            await self._rounds.go_on(unit, evening, round_, call.at)
        return await self._shown(call, unit, evening)

    async def end(self, call: Call, unit: Unit) -> Reply:
        evening = await self._stage.in_charge(call, unit)
        if isinstance(evening, Reply):
            return evening
        round_ = await self._rounds.on(unit, evening)
        if round_ is None or call.press.value != str(round_.number):
            return await self._shown(call, unit, evening, "floor.already")
        await self._rounds.end(unit, evening, round_, call.at)
        return await self._shown(call, unit, evening, "floor.round_is_over")

    async def _leads(self, call: Call, unit: Unit) -> bool:
        """Whether the caller is to be taken for a facilitator; that they are one is asked after."""
        if call.is_facilitator:
            return True
        evening = await self._stage.pressed(call, unit)
        return await self._stage.is_led_by(unit, evening, call.who, call.at) or not evening.occurrence.self_run

    async def _shown(self, call: Call, unit: Unit, evening: Evening, note: str = "") -> Reply:
        book, say = self._stage.books(unit), self._stage.texts.of(call.language)
        round_ = await self._rounds.on(unit, evening)
        if round_ is None:
            return round_views.led(say, round_views.Led(evening.id, None), call.zone, note)
        turns = await book.turns(evening.id)
        speaking, ahead = speaker(turns), line(turns, await book.hands(evening.id), round_.way)
        names = dict[int, str]()
        for turn in ([speaking] if speaking else []) + ahead[: round_views.LINES]:
            seat = await book.seat(evening.id, turn.person)
            if seat is not None and seat.name:
                names[turn.number] = seat.name
        return round_views.led(say, round_views.Led(evening.id, round_, speaking, ahead, names), call.zone, note)


class TurnCommands:
    """What each who is in a round does."""

    def __init__(self, stage: Stage, rounds: RoundKeeper, entrance: Entrance) -> None:
        self._stage = stage
        self._rounds = rounds
        self._entrance = entrance

    async def turn(self, call: Call, unit: Unit) -> Reply:
        """Done, pass, listening today, a turn after all; then how one stands."""
        evening = await self._entrance.allowed(call, unit)
        if isinstance(evening, Reply):
            return evening
        round_, book = await self._rounds.on(unit, evening), self._stage.books(unit)
        if round_ is None:
            return toast(self._stage.texts.of(call.language), "floor.round_none")
        turn = round_rules.of(await book.turns(evening.id), call.who)
        speaks = turn is not None and turn.stands is At.SPEAKING
        wish, _, seen = call.press.value.partition("_")
        match wish:
            case round_views.DONE if speaks:
                await self._rounds.go_on(unit, evening, round_, call.at)
            case round_views.PASS if speaks:
                await self._rounds.go_on(unit, evening, round_, call.at, At.PASSED)
            case round_views.SKIP:
                await self._rounds.leave(unit, evening, call.who, At.PASSED, call.at)
            case round_views.LISTEN:
                await self._listen(call, unit, evening)
            case round_views.BACK:
                await self._back(call, unit, evening)
            case round_views.GO if seen == str(round_.turn) and await self._may_go(call, unit, evening, round_):
                await self._rounds.go_on(unit, evening, round_, call.at)
        return await self.shown(call, unit, evening)

    async def begin(self, call: Call, unit: Unit) -> Reply:
        """Begin a round where nobody hosts, or show how one stands in it."""
        evening, say = await self._entrance.allowed(call, unit), self._stage.texts.of(call.language)
        if isinstance(evening, Reply):
            return evening
        if await self._rounds.on(unit, evening) is not None:
            return await self.shown(call, unit, evening)
        if not await self._nobody_leads(call, unit, evening):
            return toast(say, "floor.round_led")
        if not call.press.value:
            return round_views.alone(say, evening.id)
        if await self._rounds.start(unit, evening, way_of(call), call.at) is None:
            return toast(say, "floor.round_nobody")
        return await self.shown(call, unit, evening)

    async def shown(self, call: Call, unit: Unit, evening: Evening) -> Reply:
        """How the caller stands in the round."""
        book, say = self._stage.books(unit), self._stage.texts.of(call.language)
        round_ = await self._rounds.on(unit, evening)
        if round_ is None:
            return toast(say, "floor.round_over")
        turns, hands = await book.turns(evening.id), await book.hands(evening.id)
        turn = round_rules.of(turns, call.who)
        seat = await book.seat(evening.id, call.who)
        scene = round_views.Mine(
            round_,
            turn,
            round_rules.before(turns, hands, round_.way, turn) if turn is not None else 0,
            (seat.name or "") if seat is not None else "",
            await self._may_go(call, unit, evening, round_),
        )
        return round_views.mine(say, scene, call.zone)

    async def _listen(self, call: Call, unit: Unit, evening: Evening) -> None:
        """Out of this round, and nobody calls on them today."""
        book = self._stage.books(unit)
        await self._rounds.leave(unit, evening, call.who, At.LISTENING, call.at)
        seat = await self._stage.present(unit, evening, call.who, call.at)
        if seat.hand is not Hand.SPEAKING:
            await self._stage.keep(unit, evening, queue.lowered(await book.seats(evening.id), seat, Hand.LISTENING), call.at)

    async def _back(self, call: Call, unit: Unit, evening: Evening) -> None:
        seat = await self._stage.present(unit, evening, call.who, call.at)
        if seat.hand is Hand.LISTENING:
            await self._stage.keep(unit, evening, [replace(seat, hand=Hand.DOWN)], call.at)
        await self._rounds.add(unit, evening, call.at, call.who)

    async def _may_go(self, call: Call, unit: Unit, evening: Evening, round_: Round) -> bool:
        """Where nobody hosts, whoever has a turn in the round may let the next begin when one takes very long, or nobody has it."""
        turns = await self._stage.books(unit).turns(evening.id)
        speaking, turn = speaker(turns), round_rules.of(turns, call.who)
        if turn is None or turn.stands is At.LEFT or (speaking is not None and speaking.person == call.who):
            return False
        stuck = speaking is None or round_rules.is_long(round_, call.at)
        return evening.occurrence.self_run and round_.paused_at is None and stuck

    async def _nobody_leads(self, call: Call, unit: Unit, evening: Evening) -> bool:
        return evening.occurrence.self_run and not await self._stage.books(unit).hosts_there(evening.id, call.at)


def way_of(call: Call) -> Way:
    """Return how the button begins a round. Raises BadPress for anything else."""
    try:
        return Way(call.press.value)
    except ValueError as error:
        raise BadPress(why="way") from error
