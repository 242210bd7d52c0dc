"""Topics and their rules: a `handlers.topics.records.TopicStore`. What was written in them stands in `unnamed_posts`."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.engine import RowMapping

from bot.core.ids import CommunityId, RoomId
from handlers.topics.records import Body, Rules, Stage, Topic, Week
from storage.outbox import slot_mark
from storage.tables.outbox import slots as slots_table
from storage.tables.topics import topic_rules, topic_weeks, topics
from storage.unnamed_posts import UnnamedPosts


class Topics(UnnamedPosts):
    async def topic(self, topic: str) -> Topic | None:
        found = await self._topics(topics.c.id == topic)
        return found[0] if found else None

    async def keep(self, topic: Topic) -> None:
        row = {
            "number": topic.number,
            "stage": topic.stage.value,
            "weekly": topic.weekly,
            "posts": topic.posts,
            "opened_at": topic.opened_at,
            "body": await self._unit.seal(topic.community, "topics", "body", topic.id, topic.body),
        }
        insert = self._unit.insert(topics).values(id=topic.id, community=topic.community, room=topic.room, **row)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["id"], set_=row))

    async def drop(self, topic: str) -> None:
        await self._unit.run(delete(topics).where(topics.c.id == topic))

    async def of_room(self, room: RoomId) -> Sequence[Topic]:
        return await self._topics(topics.c.room == room)

    async def of_community(self, community: CommunityId) -> Sequence[Topic]:
        return await self._topics(topics.c.community == community)

    async def _topics(self, which: ColumnElement[bool]) -> list[Topic]:
        query = select(topics).where(which).order_by(topics.c.opened_at.desc(), topics.c.id)
        return [await self._whole(row) for row in await self._unit.rows(query)]

    async def _whole(self, row: RowMapping) -> Topic:
        return Topic(
            row["id"],
            CommunityId(row["community"]),
            RoomId(row["room"]),
            row["number"],
            row["opened_at"],
            Stage(row["stage"]),
            row["weekly"],
            row["posts"],
            await self._unit.open(row["community"], "topics", "body", row["id"], row["body"], Body),
        )

    async def rules(self, community: CommunityId) -> Rules:
        row = await self._unit.row(select(topic_rules).where(topic_rules.c.community == community))
        return Rules(community) if row is None else Rules(community, row["days"], row["unnamed"])

    async def keep_rules(self, rules: Rules) -> None:
        row = {"days": rules.days, "unnamed": rules.unnamed}
        insert = self._unit.insert(topic_rules).values(community=rules.community, **row)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["community"], set_=row))

    async def week(self, room: RoomId) -> Week | None:
        row = await self._unit.row(select(topic_weeks).where(topic_weeks.c.room == room))
        return None if row is None else Week(room, CommunityId(row["community"]), row["weekday"], row["hour"], row["paused"])

    async def keep_week(self, week: Week) -> None:
        row = {"weekday": week.weekday, "hour": week.hour, "paused": week.paused}
        insert = self._unit.insert(topic_weeks).values(room=week.room, community=week.community, **row)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["room"], set_=row))

    async def drop_week(self, room: RoomId) -> None:
        await self._unit.run(delete(topic_weeks).where(topic_weeks.c.room == room))

    async def renew(self, slots: Sequence[str], now: datetime) -> None:
        for first in range(0, len(slots), 500):
            marks = [slot_mark(self._unit, slot) for slot in slots[first : first + 500]]
            await self._unit.run(update(slots_table).where(slots_table.c.slot.in_(marks)).values(at=now))
