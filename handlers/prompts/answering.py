"""Presses on cards and private prompts: they open the newest asking. An opening writes nothing about the asking."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.meetings import Audience
from bot.core.ports import Flows, Unit
from bot.core.prompting import prompted
from bot.core.replies import Reply
from bot.core.texts import Texts
from handlers.prompts import rules, views
from handlers.prompts.private import Private
from handlers.prompts.records import Asks, PromptStore


class Answering:
    def __init__(self, texts: Texts, books: Callable[[Unit], PromptStore], flows: Flows, private: Private) -> None:
        self._texts = texts
        self._books = books
        self._flows = flows
        self._private = private

    async def open(self, call: Call, unit: Unit) -> Reply:
        """Open the check-in that is asked now, also from an old card."""
        book, pressed = self._books(unit), call.press.subject
        one = await book.open_of(call.who)
        asking = await book.asking(pressed)
        prompt = await book.get(asking.prompt) if asking is not None else None
        if prompt is not None:
            newest = await book.newest(prompt.id)
            if newest is not None and rules.is_open(newest, call.at):
                return await self._begin(call, unit, prompt.asks, prompted(newest.id, prompt.questions))
        if one is not None and (prompt is None or one.asking == pressed):
            waits = await book.asking(one.asking)
            theirs = await book.get(waits.prompt) if waits is not None else None
            if theirs is not None:
                return await self._begin(call, unit, theirs.asks, prompted(one.asking, theirs.questions))
            wish = await book.wish(one.wish)
            if wish is not None and not wish.prompt:
                return await self._begin(call, unit, wish.body.asks, prompted(one.asking))
        return views.over(self._texts.of(call.language), prompt.audience if prompt is not None else Audience.PARTICIPANTS)

    async def alone(self, call: Call, unit: Unit) -> Reply:
        """A check-in for oneself, that no prompt asked for."""
        if call.press.value not in (Asks.STANDARD, Asks.SHORT, Asks.FAMILY):
            raise BadPress(why="questions")
        return await self._begin(call, unit, Asks(call.press.value), "")

    async def passed(self, call: Call, unit: Unit) -> Reply:
        """Not this time."""
        one = await self._books(unit).open_of(call.who)
        if one is None or one.asking != call.press.subject:
            return views.over(self._texts.of(call.language))
        return await self._private.passed(one, call.at, unit)

    async def _begin(self, call: Call, unit: Unit, asks: Asks, subject: str) -> Reply:
        assert call.person is not None
        reply = await self._flows.begin(asks.flow, subject, call.person, call.language, call.at, unit)
        return replace(reply, replace=False) if subject else reply  # the prompt's own message is edited once it is answered
