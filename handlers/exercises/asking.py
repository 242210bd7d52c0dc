"""Whose question it is: they say so in private, get their own copy of what the group found, and decide what they take along."""

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ids import new_id
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import told
from handlers.exercises import asking_views, rules
from handlers.exercises import parts as cast
from handlers.exercises.paging import page_of, wish_of
from handlers.exercises.records import Kind, Part, Role
from handlers.exercises.stage import At, Board


class Asking:
    def __init__(self, board: Board) -> None:
        self._board = board

    async def asks(self, call: Call, unit: Unit) -> Reply:
        """Say that it is one's own question, or that it is not. One person asks; the room learns
        that somebody does, and not who."""
        at = await self._board.pressed(call, unit)
        if no := await self._board.keeps_out(call, unit, at):
            return no
        if at.exercise.kind not in (Kind.IDEAS, Kind.BOARD) or not at.exercise.topic:
            raise BadPress(why="kind")
        book, say = self._board.books(unit), self._board.say(call)
        parts = await book.parts(at.exercise.id)
        mine = cast.of(parts, call.who)
        if call.press.value == "off":
            if mine is not None:
                await book.drop_part(mine.id)
                await self._board.show_soon(unit, at.exercise, call.at)
            return told(say, "exercises.not_asking")
        if mine is None:
            if cast.would(parts, Role.ASKS):
                return told(say, "exercises.asked_already")
            await book.keep_part(cast.joined(parts, at.exercise, call.who, Role.ASKS, call.at, new_id))
            await self._board.show_soon(unit, at.exercise, call.at)
        return asking_views.asks(say, at.exercise)

    async def copy(self, call: Call, unit: Unit) -> Reply:
        found = await self._asker(call, unit, await self._board.pressed(call, unit))
        return found if isinstance(found, Reply) else await self._copy(call, unit, *found, page_of(call))

    async def take(self, call: Call, unit: Unit) -> Reply:
        """Take something along, or leave it; only the one who asked decides, and only they see it."""
        book = self._board.books(unit)
        item = await book.item(call.press.subject)
        if item is None:
            raise BadPress(why="item")
        found = await self._asker(call, unit, await self._board.pressed(call, unit, item.exercise))
        if isinstance(found, Reply):
            return found
        at, mine = found
        wish, page = wish_of(call)
        if wish is not None:
            mine = replace(mine, body=cast.taken(mine.body, item.id, wish=wish))
            await book.keep_part(mine)
        return await self._copy(call, unit, at, mine, page)

    async def _asker(self, call: Call, unit: Unit, at: At) -> tuple[At, Part] | Reply:
        """The one who asked; also after the meeting, where others' lines may reach one person, as long as they are kept."""
        mine = cast.of(await self._board.books(unit).parts(at.exercise.id), call.who)
        over = not at.exercise.is_on and not await self._board.may_reach_one(unit, at.exercise)
        if mine is None or mine.role is not Role.ASKS or not at.exercise.merges or over:
            return told(self._board.say(call), "exercises.no_copy")
        return at, mine

    async def _copy(self, call: Call, unit: Unit, at: At, mine: Part, page: int) -> Reply:
        book = self._board.books(unit)
        items = rules.shown(await book.lines(at.exercise.id), await book.items(at.exercise.id))
        stays = await self._board.may_reach_one(unit, at.exercise)
        return asking_views.copy(self._board.say(call), at.exercise, items, mine, page, stays=stays)
