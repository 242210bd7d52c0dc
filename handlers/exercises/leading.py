"""A facilitator's steps: choose an exercise, bring lines together, hide one, start and end a vote, end it. Rights at each act."""

from datetime import timedelta

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.held import Held
from bot.core.ids import new_id
from bot.core.meetings import State
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.richtext import one_line
from bot.core.screens import told
from handlers.exercises import leading_views, rehearsal_views, rules, views
from handlers.exercises import parts as cast
from handlers.exercises.paging import page_of, wish_of
from handlers.exercises.play import Play
from handlers.exercises.records import LONGEST_TOPIC, Exercise, Kind, Stage
from handlers.exercises.stage import At, Board

YES = "yes"


class Leading:
    def __init__(self, board: Board, play: Play) -> None:
        self._board = board
        self._play = play

    # Beginning -------------------------------------------------------------------------------------------------------

    async def open(self, call: Call, unit: Unit) -> Reply:
        """Show the exercise that is on, or what there is to choose from."""
        evening = await self._board.meant(call, unit)
        return await self._not_now(call, unit, evening) or leading_views.choose(self._board.say(call), evening.id)

    async def topic(self, call: Call, unit: Unit) -> Reply:
        """Ask what it is to be about; what helped needs no topic, and begins."""
        evening, kind = await self._board.meant(call, unit), _kind(call)
        if no := await self._not_now(call, unit, evening):
            return no
        if kind is None:
            return leading_views.choose(self._board.say(call), evening.id)
        if kind is Kind.HELPED:
            return await self._begin(call, unit, evening, kind, "")
        if kind is Kind.REHEARSAL:
            return rehearsal_views.situations(self._board.say(call), evening.id)
        return Reply(form=views.topic_form(self._board.say(call), evening.id, kind))

    async def script(self, call: Call, unit: Unit) -> Reply:
        """Begin a rehearsal of a stock situation, or ask for one in own words."""
        evening, script = await self._board.meant(call, unit), call.press.value
        if no := await self._not_now(call, unit, evening):
            return no
        if script in cast.SCRIPTS:
            return await self._begin(call, unit, evening, Kind.REHEARSAL, "", script)
        if script == cast.OWN:
            return Reply(form=views.topic_form(self._board.say(call), evening.id, Kind.REHEARSAL))
        return rehearsal_views.situations(self._board.say(call), evening.id)

    async def begin(self, call: Call, unit: Unit) -> Reply:
        evening, kind = await self._board.meant(call, unit), _kind(call)
        if no := await self._not_now(call, unit, evening):
            return no
        if kind is None:
            return leading_views.choose(self._board.say(call), evening.id)
        topic = one_line(call.arguments.get("topic", ""), LONGEST_TOPIC)
        if kind is Kind.REHEARSAL and not topic:
            return rehearsal_views.situations(self._board.say(call), evening.id)
        return await self._begin(call, unit, evening, kind, topic)

    async def _not_now(self, call: Call, unit: Unit, evening: Held) -> Reply | None:
        """What stands before a new exercise: no right, no meeting, no working time, or one that is on."""
        if no := await self._board.refusal(call, unit, evening):
            return no
        running = await self._board.books(unit).running(evening.id)
        if running is not None:
            return await self.controls(call, unit, At(running, evening))
        if evening.occurrence.state is not State.OPEN:
            return told(self._board.say(call), "exercises.not_now")
        return None

    async def _begin(self, call: Call, unit: Unit, evening: Held, kind: Kind, topic: str, script: str = "") -> Reply:
        until = call.at + timedelta(minutes=rules.MINUTES[-1]) if kind is Kind.IDEAS else None
        exercise = Exercise(
            new_id(), evening.id, evening.community.id, evening.room, kind, call.at, topic, script=script, until=until
        )
        await self._play.time(unit, exercise)
        at = At(exercise, evening)
        exercise = await self._board.show(unit, at, call.at)
        await self._board.look_again(unit, evening, call.at)
        await self._board.forget_later(unit, evening, max(evening.occurrence.ends_at, call.at))
        return await self.controls(call, unit, At(exercise, evening), "exercises.begun")

    # Steps -----------------------------------------------------------------------------------------------------------

    async def control(self, call: Call, unit: Unit) -> Reply:
        at = await self.at(call, unit)
        return at if isinstance(at, Reply) else await self.controls(call, unit, at)

    async def timer(self, call: Call, unit: Unit) -> Reply:
        """Let the gentle timer run anew, or stop it at once. Whoever is late may still write."""
        at = await self.at(call, unit)
        if isinstance(at, Reply):
            return at
        exercise, wish = at.exercise, call.press.value
        minutes = next((one for one in rules.MINUTES if str(one) == wish), None)
        if (
            exercise.kind is not Kind.IDEAS
            or exercise.stage is not Stage.WRITING
            or exercise.merges
            or not (minutes or wish == "off")
        ):
            return await self.controls(call, unit, at)
        until = call.at + timedelta(minutes=minutes) if minutes else None
        exercise = replace(exercise, until=until)
        await self._play.time(unit, exercise)
        at = At(await self._board.show(unit, replace(at, exercise=exercise), call.at), at.evening)
        return await self.controls(call, unit, at)

    async def merge(self, call: Call, unit: Unit) -> Reply:
        """Bring together what waits, after asking. The yes carries how often that was done: a second tap means the same once."""
        at = await self.at(call, unit)
        if isinstance(at, Reply):
            return at
        book, exercise = self._board.books(unit), at.exercise
        counts = await book.counts(exercise.id)
        if not rules.may_merge(exercise, counts):
            return await self.controls(call, unit, at)
        seen = f"after_{exercise.merges}"
        if call.press.value != seen:
            return leading_views.ask(self._board.say(call), exercise, "merge", seen, count=counts.waiting)
        lines, items = rules.merged(exercise, await book.lines(exercise.id), await book.items(exercise.id), new_id)
        if not lines:
            return await self.controls(call, unit, at)
        for item in items:
            await book.keep_item(item)
        for line in lines:
            await book.merge(line.id, line.item)
        at = At(await self._board.show(unit, _with(at, merges=exercise.merges + 1), call.at), at.evening)
        return await self.controls(call, unit, at, "exercises.now_in_the_room")

    async def poll(self, call: Call, unit: Unit) -> Reply:
        """Start the vote; from then on nothing new is brought together."""
        at = await self.at(call, unit)
        if isinstance(at, Reply):
            return at
        if at.exercise.kind is not Kind.IDEAS or at.exercise.stage is not Stage.WRITING or not at.exercise.merges:
            return await self.controls(call, unit, at)
        if call.press.value != YES:
            return leading_views.ask(self._board.say(call), at.exercise, "poll", YES)
        at = At(await self._board.show(unit, _with(at, stage=Stage.VOTING), call.at), at.evening)
        return await self.controls(call, unit, at)

    async def count(self, call: Call, unit: Unit) -> Reply:
        """End the vote, once and for all: a second count would be the difference of one vote. Who voted for what is deleted."""
        at = await self.at(call, unit)
        if isinstance(at, Reply):
            return at
        if at.exercise.stage is not Stage.VOTING:
            return await self.controls(call, unit, at)
        book, exercise = self._board.books(unit), at.exercise
        if call.press.value != YES:
            voters = await book.voters(exercise.id)
            return leading_views.ask(self._board.say(call), exercise, "count", YES, count=voters)
        items = rules.shown(await book.lines(exercise.id), await book.items(exercise.id))
        for item in rules.counted(items, await book.votes(exercise.id)):
            await book.keep_item(item)
        await book.forget_votes(exercise.id)
        at = At(await self._board.show(unit, _with(at, stage=Stage.VOTED), call.at), at.evening)
        return await self.controls(call, unit, at)

    async def end(self, call: Call, unit: Unit) -> Reply:
        at = await self.at(call, unit)
        if isinstance(at, Reply):
            return at
        if call.press.value != YES:
            return leading_views.ask(self._board.say(call), at.exercise, "end", YES)
        await self._board.end(unit, at, call.at)
        return leading_views.ended(self._board.say(call), at.exercise)

    # Hiding ----------------------------------------------------------------------------------------------------------

    async def listed(self, call: Call, unit: Unit) -> Reply:
        at = await self.at(call, unit)
        return at if isinstance(at, Reply) else await self._listed(call, unit, at, page_of(call))

    async def hide(self, call: Call, unit: Unit) -> Reply:
        """Hide an item from the room, or show it again; at once."""
        book = self._board.books(unit)
        item = await book.item(call.press.subject)
        if item is None:
            raise BadPress(why="item")
        at = await self.at(call, unit, item.exercise)
        if isinstance(at, Reply):
            return at
        wish, page = wish_of(call)
        if wish is not None and wish != item.hidden:
            await book.keep_item(replace(item, hidden=wish))
            at = At(await self._board.show(unit, at, call.at), at.evening)
        return await self._listed(call, unit, at, page)

    async def _listed(self, call: Call, unit: Unit, at: At, page: int) -> Reply:
        book = self._board.books(unit)
        items = rules.shown(await book.lines(at.exercise.id), await book.items(at.exercise.id), hidden=True)
        return leading_views.listed(self._board.say(call), at.exercise, items, page)

    # What they show --------------------------------------------------------------------------------------------------

    async def at(self, call: Call, unit: Unit, exercise: str = "") -> At | Reply:
        """The exercise pressed, which is on, for a facilitator of its meeting; else what the caller is told."""
        at = await self._board.pressed(call, unit, exercise)
        if no := await self._board.refusal(call, unit, at.evening):
            return no
        return at if at.exercise.is_on else told(self._board.say(call), "exercises.ended")

    async def controls(self, call: Call, unit: Unit, at: At, note: str = "") -> Reply:
        book, exercise = self._board.books(unit), at.exercise
        counts, voters = await book.counts(exercise.id), await book.voters(exercise.id)
        if exercise.kind is Kind.REHEARSAL:
            parts = await book.parts(exercise.id)
            return rehearsal_views.control(self._board.say(call), exercise, parts, counts, note)
        has_items = bool(exercise.merges)
        return leading_views.control(self._board.say(call), exercise, counts, voters, has_items=has_items, note=note)


def _kind(call: Call) -> Kind | None:
    return next((kind for kind in Kind if kind.value == call.press.value), None)


def _with(at: At, *, merges: int | None = None, stage: Stage | None = None) -> At:
    exercise = at.exercise
    changed = replace(exercise, merges=exercise.merges if merges is None else merges, stage=stage or exercise.stage)
    return replace(at, exercise=changed)
