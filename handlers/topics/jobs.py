"""What comes of topics with time: opened, or not; each week's; closed by the community's rule; a room that is gone."""

from datetime import datetime

import structlog

from bot.core.errors import BadPress
from bot.core.happenings import Heard
from bot.core.ids import RoomId
from bot.core.moments import Due
from bot.core.ports import Unit
from handlers.topics import rules
from handlers.topics.desk import At, Desk
from handlers.topics.keeper import Keeper
from handlers.topics.records import Body, Stage, State

log = structlog.get_logger()


class TopicJobs:
    def __init__(self, desk: Desk, keeper: Keeper) -> None:
        self._desk = desk
        self._keeper = keeper

    async def opened(self, due: Due, now: datetime, unit: Unit) -> None:
        await self._stands(due, Stage.BELOW, now, unit)

    async def not_opened(self, due: Due, now: datetime, unit: Unit) -> None:
        """No topic can be below this room, or not by the bot: a card stands for it."""
        await self._stands(due, Stage.CARD, now, unit)

    async def _stands(self, due: Due, stage: Stage, now: datetime, unit: Unit) -> None:
        topic = await self._desk.books(unit).topic(due.subject)
        if topic is not None and topic.stage is Stage.NEW:
            await self._keeper.stands(unit, topic, stage, now)

    async def lost(self, due: Due, now: datetime, unit: Unit) -> None:
        """Not even a card can be sent: the room is no more, or takes nothing."""
        topic = await self._desk.books(unit).topic(due.subject)
        if topic is not None:
            log.info("topics.room_lost", why="unsent")
            await self._keeper.lose(unit, await self._desk.at(unit, topic.room), now)

    async def room_gone(self, heard: Heard, unit: Unit) -> None:
        if heard.room is not None and heard.community is not None:
            await self._keeper.lose(unit, At(heard.room, heard.community), heard.at)

    async def tend(self, due: Due, now: datetime, unit: Unit) -> None:
        """Close a topic whose days are over; of another, let its messages be known for longer."""
        book = self._desk.books(unit)
        topic = await book.topic(due.subject)
        if topic is None:
            return
        kept = await book.rules(topic.community)
        ends = rules.closes_at(topic, kept)
        if ends is not None and ends <= now:
            await self._keeper.close(unit, topic, now)
            return
        posts = [rules.post_slot(post.id) for post in await book.posts(topic.id)]
        await book.renew([rules.topic_slot(topic.id), rules.door_slot(topic.id), *posts], now)
        await unit.due.add(rules.tending(topic, kept, now))

    async def week(self, due: Due, now: datetime, unit: Unit) -> None:
        """Open the prompt of the week. The last week's is closed: one at a time; after weeks of downtime it is one, too."""
        book = self._desk.books(unit)
        week = await book.week(RoomId(due.subject))
        if week is None or week.paused:
            return
        try:
            at = await self._desk.at(unit, week.room)
        except BadPress:  # the room went meanwhile
            await book.drop_week(week.room)
            return
        await unit.due.add(rules.week_due(week, at.zone, now))
        number, topics = rules.of_the_week(now, at.zone), rules.open_ones(await book.of_room(week.room))
        if not rules.is_time(week, at.zone, now) or rules.is_there(topics, number, Body()):
            return
        for topic in topics:
            if topic.weekly:
                await self._keeper.close(unit, topic, now)
        await self._keeper.open(unit, at, number, Body(), now, weekly=True)

    async def closing(self, due: Due, now: datetime, unit: Unit) -> None:
        """One of the things in a closing topic is out of sight, or out of reach: the next one."""
        topic = await self._desk.books(unit).topic(due.subject)
        if topic is not None:
            await self._keeper.go_on_closing(unit, topic, now)

    async def posted(self, due: Due, now: datetime, unit: Unit) -> None:
        await self._desk.books(unit).note(due.subject, State.UP)

    async def not_posted(self, due: Due, now: datetime, unit: Unit) -> None:
        await self._desk.books(unit).note(due.subject, State.LOST)
