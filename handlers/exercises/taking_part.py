"""What everybody in the meeting may do in private: write, tap, take back, read, vote."""

from datetime import timedelta

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ids import new_id
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.richtext import Words
from bot.core.screens import told
from handlers.exercises import parts as cast
from handlers.exercises import rehearsal_views, rules, views
from handlers.exercises.paging import marked_of, page_of, wish_of
from handlers.exercises.records import Kind, Line, Role, Stage, Vote
from handlers.exercises.stage import At, Board


class TakingPart:
    def __init__(self, board: Board) -> None:
        self._board = board

    # Own lines -------------------------------------------------------------------------------------------------------

    async def write(self, call: Call, unit: Unit) -> Reply:
        """Open the form at once; whoever wrote before, and whoever may tap, sees their own lines first."""
        at = await self._here(call, unit)
        if isinstance(at, Reply):
            return at
        if not rules.may_write(at.exercise):
            return await self._mine(call, unit, at)
        if await self._plays(unit, at, call):
            return told(self._board.say(call), "exercises.others_write_for_you")
        mine = await self._board.books(unit).lines_of(at.exercise.id, call.who)
        if call.press.value != "more" and (mine or at.exercise.kind is Kind.HELPED):
            return await self._mine(call, unit, at)
        return Reply(form=views.form(self._board.say(call), at.exercise))

    async def lines(self, call: Call, unit: Unit) -> Reply:
        """Keep what was typed: all of it, or none."""
        at = await self._here(call, unit)
        if isinstance(at, Reply):
            return at
        if not rules.may_write(at.exercise):
            return await self._mine(call, unit, at, note="exercises.too_late")
        if await self._plays(unit, at, call):
            return told(self._board.say(call), "exercises.others_write_for_you")
        book, exercise = self._board.books(unit), at.exercise
        names = rules.BOXES[exercise.kind]
        typed = {box: rules.lines_from(call.arguments.get(name, "")) for box, name in enumerate(names)}
        new = rules.new_lines(exercise.kind, await book.lines_of(exercise.id, call.who), typed)
        for place, (box, words) in enumerate(new):
            written = call.at + timedelta(microseconds=place)  # lines of one form keep their order
            await book.add_line(Line(new_id(), exercise.id, call.who, box, words, written))
        if new:
            await self._board.show_soon(unit, exercise, call.at)
        return await self._mine(call, unit, at, note="exercises.saved" if new else "exercises.saved_nothing")

    async def chip(self, call: Call, unit: Unit) -> Reply:
        """Tap something that often helps; a second tap of the same changes nothing."""
        at = await self._here(call, unit)
        if isinstance(at, Reply):
            return at
        book, exercise, chip = self._board.books(unit), at.exercise, call.press.value
        if not rules.may_write(exercise) or exercise.kind is not Kind.HELPED or chip not in rules.CHIPS:
            return await self._mine(call, unit, at)
        tapped = [line.chip for line in await book.lines_of(exercise.id, call.who) if line.chip]
        if chip not in tapped and len(tapped) >= rules.MOST_CHIPS:
            return await self._mine(call, unit, at, note="exercises.chips_full")
        if chip not in tapped:
            await book.add_line(Line(new_id(), exercise.id, call.who, 0, "", call.at, chip))
            await self._board.show_soon(unit, exercise, call.at)
        return await self._mine(call, unit, at)

    async def mine(self, call: Call, unit: Unit) -> Reply:
        """Show the person's own lines, also after the exercise, for as long as they are kept."""
        return await self._mine(call, unit, await self._board.pressed(call, unit), page_of(call))

    async def withdraw(self, call: Call, unit: Unit) -> Reply:
        """Take an own line back, at any time; the room's message follows at once if it was there."""
        at, book = await self._board.pressed(call, unit), self._board.books(unit)
        mark, page = marked_of(call)
        found = [line for line in await book.lines_of(at.exercise.id, call.who) if mark and line.id.startswith(mark)]
        for line in found:
            await book.withdraw(line.id)
        if at.exercise.is_on and any(line.item for line in found):
            await self._board.show(unit, at, call.at)
        elif at.exercise.is_on and found:
            await self._board.show_soon(unit, at.exercise, call.at)
        return await self._mine(call, unit, at, page, "exercises.taken_back" if found else "")

    async def agree(self, call: Call, unit: Unit) -> Reply:
        """Let the one who plays see the lines on this screen by themselves, or take that back. What was written since the screen
        was made is not meant: it is shown first."""
        at = await self._here(call, unit)
        if isinstance(at, Reply):
            return at
        book = self._board.books(unit)
        waiting = [line for line in await book.lines_of(at.exercise.id, call.who) if not line.item]
        wish, _ = wish_of(call)
        seen = call.press.value.partition("_")[2] == cast.seen(waiting)
        if wish is not None and (not wish or (seen and await self._reached(unit, at, call))):
            for line in waiting:
                await book.agree(line.id, agreed=wish)
        return await self._mine(call, unit, at)

    async def _plays(self, unit: Unit, at: At, call: Call) -> bool:
        """Whether the caller is the one who plays, for whom the others write."""
        player = cast.has(await self._board.books(unit).parts(at.exercise.id), Role.PLAYS)
        return player is not None and player.person == call.who

    async def _reached(self, unit: Unit, at: At, call: Call) -> Words | str:
        """How the one is called whom lines may reach by themselves; "" where they may not."""
        player = cast.has(await self._board.books(unit).parts(at.exercise.id), Role.PLAYS)
        if player is None or not await self._board.may_reach_one(unit, at.exercise):
            return ""
        return rehearsal_views.called(self._board.say(call), player)

    # What the room has -----------------------------------------------------------------------------------------------

    async def read(self, call: Call, unit: Unit) -> Reply:
        at = await self._here(call, unit)
        if isinstance(at, Reply):
            return at
        return views.read(self._board.say(call), at.exercise, await self._shown(unit, at), page_of(call))

    # Votes -----------------------------------------------------------------------------------------------------------

    async def ballot(self, call: Call, unit: Unit) -> Reply:
        at = await self._here(call, unit)
        return at if isinstance(at, Reply) else await self._ballot(call, unit, at, page_of(call))

    async def vote(self, call: Call, unit: Unit) -> Reply:
        """Give a vote to an item, or take it back."""
        book = self._board.books(unit)
        item = await book.item(call.press.subject)
        if item is None:
            raise BadPress(why="item")
        at = await self._here(call, unit, item.exercise)
        if isinstance(at, Reply):
            return at
        (wish, page), note = wish_of(call), ""
        if at.exercise.stage is Stage.VOTING and wish is not None:
            given = await book.votes_of(at.exercise.id, call.who)
            if not wish and item.id in given:
                await book.take_vote(Vote(call.who, item.id))
                await self._board.show_soon(unit, at.exercise, call.at)
            elif wish and rules.may_vote(given, await self._shown(unit, at), item.id):
                await book.vote(at.exercise.id, Vote(call.who, item.id), call.at)
                await self._board.show_soon(unit, at.exercise, call.at)
            elif wish and item.id not in given:
                note = "exercises.votes_full"
        return await self._ballot(call, unit, at, page, note)

    # What they show --------------------------------------------------------------------------------------------------

    async def _here(self, call: Call, unit: Unit, exercise: str = "") -> At | Reply:
        at = await self._board.pressed(call, unit, exercise)
        return await self._board.keeps_out(call, unit, at) or at

    async def _shown(self, unit: Unit, at: At) -> list[rules.Shown]:
        book = self._board.books(unit)
        return rules.shown(await book.lines(at.exercise.id), await book.items(at.exercise.id))

    async def _mine(self, call: Call, unit: Unit, at: At, page: int = 0, note: str = "") -> Reply:
        book = self._board.books(unit)
        lines = await book.lines_of(at.exercise.id, call.who)
        hidden = frozenset(item.id for item in await book.items(at.exercise.id) if item.hidden)
        is_open = at.exercise.is_on and at.evening.occurrence.is_live
        plays = await self._reached(unit, at, call)
        return views.mine(self._board.say(call), at.exercise, lines, hidden, page, note, is_open=is_open, plays=plays)

    async def _ballot(self, call: Call, unit: Unit, at: At, page: int, note: str = "") -> Reply:
        if at.exercise.stage is not Stage.VOTING:
            return told(self._board.say(call), "exercises.vote_over")
        items = await self._shown(unit, at)
        if not items:
            return told(self._board.say(call), "exercises.nothing_left")
        given = await self._board.books(unit).votes_of(at.exercise.id, call.who)
        return views.ballot(self._board.say(call), at.exercise, items, given, page, note)
