"""What a person is told with the next thing they ask: that a reminder did not reach them."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.ports import Unit
from bot.core.richtext import Block
from bot.core.texts import Texts, say_p
from bot.core.when import day_and_time
from handlers.reminders.records import ReminderBook


class Notes:
    def __init__(self, texts: Texts, reminders: Callable[[Unit], ReminderBook]) -> None:
        self._texts = texts
        self._reminders = reminders

    async def of(self, call: Call, unit: Unit) -> tuple[Block, ...]:
        """Return the note, once."""
        if call.person is None:
            return ()
        book = self._reminders(unit)
        wishes = await book.wishes(call.person.id)
        if wishes.missed_at is None:
            return ()
        await book.keep_wishes(call.person.id, replace(wishes, missed_at=None), call.at)
        when = day_and_time(wishes.missed_at, call.zone, call.language)
        return (say_p(self._texts.of(call.language), "reminders.missed", when=when),)
