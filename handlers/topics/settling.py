"""What a facilitator settles for topics: each week by itself, when they close, and writing without a name."""

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ports import Unit
from bot.core.replies import Reply
from handlers.topics import panel_views, rules
from handlers.topics.desk import Desk
from handlers.topics.keeper import Keeper
from handlers.topics.records import Week


class Settling:
    def __init__(self, desk: Desk, keeper: Keeper) -> None:
        self._desk = desk
        self._keeper = keeper

    async def weekly(self, call: Call, unit: Unit) -> Reply:
        """Show when the prompt of the week is opened in this room, or change it."""
        at = await self._desk.pressed(call, unit)
        if isinstance(at, Reply):
            return at
        book, value = self._desk.books(unit), call.press.value
        week = await book.week(at.room.id)
        if value == panel_views.OFF and week is not None:
            await book.drop_week(at.room.id)
            await unit.due.drop(rules.week_key(week))
            week = None
        elif value and (changed := _changed(week, value, Week(at.room.id, at.community.id))) is not None:
            await book.keep_week(changed)
            if changed.paused:
                await unit.due.drop(rules.week_key(changed))
            else:
                await unit.due.add(rules.week_due(changed, at.zone, call.at))
            week = changed
        return panel_views.weekly(self._desk.say(call), at.room.id, week)

    async def closing(self, call: Call, unit: Unit) -> Reply:
        """Show after how many days topics close, or change it: for those that are open, too."""
        at = await self._desk.pressed(call, unit)
        if isinstance(at, Reply):
            return at
        book, value = self._desk.books(unit), call.press.value
        kept = await book.rules(at.community.id)
        if value:
            if value not in map(str, rules.CLOSES):
                raise BadPress(why="days")
            kept = replace(kept, days=int(value))
            await book.keep_rules(kept)
            for topic in rules.open_ones(await book.of_community(at.community.id)):
                await unit.due.add(rules.tending(topic, kept, call.at))
        return panel_views.closing(self._desk.say(call), at.room.id, kept)

    async def unnamed(self, call: Call, unit: Unit) -> Reply:
        """Show whether members may write without their name, or change it: where topics are open, it is seen at once."""
        at = await self._desk.pressed(call, unit)
        if isinstance(at, Reply):
            return at
        book, value = self._desk.books(unit), call.press.value
        kept, can = await book.rules(at.community.id), at.room.platform in self._desk.unnamed
        if can and value in (panel_views.ON, panel_views.OFF) and kept.unnamed != (value == panel_views.ON):
            kept = replace(kept, unnamed=value == panel_views.ON)
            await book.keep_rules(kept)
            for topic in await book.of_community(at.community.id):
                await self._keeper.show(unit, await self._desk.at(unit, topic.room), topic, kept, call.at)
        return panel_views.unnamed(self._desk.say(call), at.room.id, kept, can=can)


def _changed(week: Week | None, value: str, fresh: Week) -> Week | None:
    """Return the week after a press: on, paused, going on, on another day (`d0` to `d6`) or at another hour (`h18`). A button of a
    screen from before it was turned off turns nothing on. Raises BadPress."""
    if value == panel_views.ON:
        return week or fresh
    if week is None:
        return None
    if value in (panel_views.PAUSE, panel_views.GO):
        return replace(week, paused=value == panel_views.PAUSE)
    if value in {f"d{day}" for day in range(7)}:
        return replace(week, weekday=int(value[1:]))
    if value in {f"h{hour}" for hour in rules.HOURS}:
        return replace(week, hour=int(value[1:]))
    raise BadPress(why="week")
