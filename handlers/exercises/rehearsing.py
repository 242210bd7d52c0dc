"""A rehearsal: what a facilitator begins and gives, and what everybody may do in it. Rights at each act."""

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ids import new_id
from bot.core.meetings import State
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.richtext import one_line
from bot.core.screens import told
from handlers.exercises import parts as cast
from handlers.exercises import rehearsal_views, rules
from handlers.exercises.leading import Leading
from handlers.exercises.paging import page_of
from handlers.exercises.play import Play
from handlers.exercises.records import Kind, Part, Role, Stage
from handlers.exercises.stage import At, Board

JOINED = (Role.PLAYS, Role.OFFERS, Role.WATCHES)


class Rehearsing:
    def __init__(self, board: Board, leading: Leading, play: Play) -> None:
        self._board = board
        self._leading = leading
        self._play = play

    # A facilitator ---------------------------------------------------------------------------------------------------

    async def give(self, call: Call, unit: Unit) -> Reply:
        """Give a role to one of those who would have it."""
        book = self._board.books(unit)
        part = await book.part(call.press.subject)
        if part is None or part.role not in (Role.PLAYS, Role.OFFERS):
            raise BadPress(why="part")
        at = await self._leading.at(call, unit, part.exercise)
        if isinstance(at, Reply):
            return at
        if at.exercise.stage is Stage.WRITING:
            for changed in cast.given(await book.parts(at.exercise.id), part):
                await book.keep_part(changed)
        return await self._leading.controls(call, unit, at)

    async def play(self, call: Call, unit: Unit) -> Reply:
        at = await self._led(call, unit)
        if isinstance(at, Reply):
            return at
        if at.exercise.stage is not Stage.WRITING:
            return await self._leading.controls(call, unit, at)
        if at.evening.occurrence.state is not State.OPEN:
            return told(self._board.say(call), "exercises.not_now")
        begun = await self._play.begin(unit, at, call.at)
        if begun is None:
            return await self._leading.controls(call, unit, at, "exercises.role_free")
        return await self._leading.controls(call, unit, begun)

    async def swap(self, call: Call, unit: Unit) -> Reply:
        """Change the two. The button names the round, so that two who press mean one swap."""
        at = await self._led(call, unit)
        if isinstance(at, Reply):
            return at
        if at.exercise.stage is Stage.PLAYING and call.press.value == str(at.exercise.round):
            if await self._play.is_broken(unit, at, call.at):
                at = await self._play.stop(unit, at, call.at)
            else:
                at = await self._play.swap(unit, at, call.at)
        return await self._leading.controls(call, unit, at)

    # Whoever plays, and a facilitator --------------------------------------------------------------------------------

    async def stop(self, call: Call, unit: Unit) -> Reply:
        """End what is played, at once and without asking: by either of the two, or a facilitator."""
        at = await self._rehearsal(call, unit)
        mine = cast.of(await self._board.books(unit).parts(at.exercise.id), call.who)
        if mine is None or not mine.given:
            led = await self._leading.at(call, unit)
            if isinstance(led, Reply):
                return led
            if at.exercise.stage is Stage.PLAYING:
                led = await self._play.stop(unit, at, call.at)
            return await self._leading.controls(call, unit, led)
        if at.exercise.stage is Stage.PLAYING:
            await self._play.stop(unit, at, call.at)
        return told(self._board.say(call), "exercises.stopped" if at.exercise.is_on else "exercises.ended")

    # Everybody -------------------------------------------------------------------------------------------------------

    async def join(self, call: Call, unit: Unit) -> Reply:
        """Say what one would be. To watch from within a role is to leave it: it is not played without them."""
        at, role = await self._here(call, unit), next((one for one in JOINED if one.value == call.press.value), None)
        if isinstance(at, Reply):
            return at
        book, say = self._board.books(unit), self._board.say(call)
        parts = await book.parts(at.exercise.id)
        mine = cast.of(parts, call.who)
        if at.exercise.stage is Stage.TALKING or role is None:
            return told(say, "exercises.played_already")
        playing = at.exercise.stage is Stage.PLAYING
        if playing and mine is not None and mine.given:
            if role is Role.WATCHES:
                await self._play.stop(unit, at, call.at)
                return told(say, "exercises.stopped")
            return rehearsal_views.part(say, at.exercise, parts, mine)
        if playing and role is not Role.WATCHES:
            return told(say, "exercises.roles_taken")
        if role is not Role.WATCHES and (shut := await book.shut_by(at.evening.id, call.who, call.at)):
            return told(say, f"exercises.shut_{shut}")
        wanted = cast.joined(parts, at.exercise, call.who, role, call.at, new_id)
        if wanted != mine:
            await book.keep_part(wanted)
            await self._board.show_soon(unit, at.exercise, call.at)
        return rehearsal_views.part(say, at.exercise, await book.parts(at.exercise.id), wanted)

    async def part(self, call: Call, unit: Unit) -> Reply:
        at = await self._here(call, unit)
        if isinstance(at, Reply):
            return at
        say = self._board.say(call)
        if at.exercise.stage is Stage.TALKING:
            return told(say, "exercises.played_already")
        parts = await self._board.books(unit).parts(at.exercise.id)
        return rehearsal_views.part(say, at.exercise, parts, cast.of(parts, call.who))

    async def name(self, call: Call, unit: Unit) -> Reply:
        """Ask for the name to be shown, filled in with what the platform shows already; kept only when it is sent."""
        found = await self._with_part(call, unit)
        if isinstance(found, Reply):
            return found
        at, mine = found
        shown = mine.body.name or one_line(call.incoming.shown_name, cast.LONGEST_NAME)
        return Reply(form=rehearsal_views.name_form(self._board.say(call), at.exercise, shown))

    async def named(self, call: Call, unit: Unit) -> Reply:
        """Keep the name for this exercise. An empty one is none."""
        found = await self._with_part(call, unit)
        if isinstance(found, Reply):
            return found
        at, mine = found
        book = self._board.books(unit)
        name = one_line(call.arguments.get("name", ""), cast.LONGEST_NAME)
        mine = replace(mine, body=replace(mine.body, name=name))
        await book.keep_part(mine)
        await self._board.show_soon(unit, at.exercise, call.at)
        return rehearsal_views.part(self._board.say(call), at.exercise, await book.parts(at.exercise.id), mine)

    # The card of the one who played ----------------------------------------------------------------------------------

    async def card(self, call: Call, unit: Unit) -> Reply:
        found = await self._player(call, unit)
        return found if isinstance(found, Reply) else await self._card(call, unit, *found, page_of(call))

    async def few(self, call: Call, unit: Unit) -> Reply:
        """Show the one who played what came to them alone."""
        found = await self._player(call, unit)
        if isinstance(found, Reply):
            return found
        at, mine = found
        lines = cast.for_one(await self._board.books(unit).lines(at.exercise.id), mine.person)
        reaches = await self._board.may_reach_one(unit, at.exercise)
        return rehearsal_views.few(self._board.say(call), at.exercise, lines if reaches else ())

    async def note(self, call: Call, unit: Unit) -> Reply:
        found = await self._player(call, unit)
        if isinstance(found, Reply):
            return found
        return Reply(form=rehearsal_views.note_form(self._board.say(call), found[0].exercise, found[1]))

    async def noted(self, call: Call, unit: Unit) -> Reply:
        """Keep what they take along."""
        found = await self._player(call, unit)
        if isinstance(found, Reply):
            return found
        at, mine = found
        best, leave = (one_line(call.arguments.get(name, ""), cast.LONGEST_BEST) for name in ("best", "leave"))
        mine = replace(mine, body=replace(mine.body, best=best, leave=leave))
        await self._board.books(unit).keep_part(mine)
        return await self._card(call, unit, at, mine)

    # What they show --------------------------------------------------------------------------------------------------

    async def _rehearsal(self, call: Call, unit: Unit) -> At:
        at = await self._board.pressed(call, unit)
        if at.exercise.kind is not Kind.REHEARSAL:
            raise BadPress(why="kind")
        return at

    async def _led(self, call: Call, unit: Unit) -> At | Reply:
        """The rehearsal pressed, for a facilitator of its meeting."""
        await self._rehearsal(call, unit)
        return await self._leading.at(call, unit)

    async def _here(self, call: Call, unit: Unit) -> At | Reply:
        at = await self._rehearsal(call, unit)
        return await self._board.keeps_out(call, unit, at) or at

    async def _with_part(self, call: Call, unit: Unit) -> tuple[At, Part] | Reply:
        """The caller's own role, while a name for it is of use."""
        at = await self._here(call, unit)
        if isinstance(at, Reply):
            return at
        mine = cast.of(await self._board.books(unit).parts(at.exercise.id), call.who)
        if mine is None or mine.role is Role.WATCHES or at.exercise.stage is Stage.TALKING:
            return told(self._board.say(call), "exercises.played_already")
        return at, mine

    async def _player(self, call: Call, unit: Unit) -> tuple[At, Part] | Reply:
        """The one whose moment was played, once it was; also after the meeting, as long as their card is kept."""
        at = await self._rehearsal(call, unit)
        mine = cast.of(await self._board.books(unit).parts(at.exercise.id), call.who)
        over = at.exercise.stage in (Stage.TALKING, Stage.ENDED)
        if mine is None or mine.role is not Role.PLAYS or not mine.given or not over:
            return told(self._board.say(call), "exercises.no_card")
        return at, mine

    async def _card(self, call: Call, unit: Unit, at: At, mine: Part, page: int = 0) -> Reply:
        book = self._board.books(unit)
        lines = await book.lines(at.exercise.id)
        reaches = await self._board.may_reach_one(unit, at.exercise)
        items = rules.shown(lines, await book.items(at.exercise.id)) if reaches or at.exercise.is_on else []
        few = cast.for_one(lines, mine.person) if reaches else ()
        return rehearsal_views.card(self._board.say(call), at.exercise, mine, items, few, page)
