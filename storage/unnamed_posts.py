"""What was written without a name. A row has no person: whose it is can be asked only with the person at hand, by a keyed mark."""

import hmac
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import PersonId, new_id
from handlers.topics.records import Draft, Pace, State, Unnamed
from storage.privacy import found, found_mark
from storage.sealing import Unopenable
from storage.tables.topics import topic_drafts, topic_paces, topic_posts
from storage.unit import concrete


class UnnamedPosts:
    """A `handlers.topics.records.UnnamedBook`."""

    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def post(self, post: str) -> Unnamed | None:
        row = await self._unit.row(select(topic_posts).where(topic_posts.c.id == post))
        return None if row is None else _whole(row)

    async def add_post(self, post: Unnamed, person: PersonId) -> None:
        mark = found_mark(self._unit, topic_posts, post.id, person)
        row = {"topic": post.topic, "number": post.number, "state": post.state.value, "at": post.at}
        await self._unit.run(self._unit.insert(topic_posts).values(id=post.id, mark=mark, **row))

    async def note(self, post: str, state: State) -> None:
        await self._unit.run(update(topic_posts).where(topic_posts.c.id == post).values(state=state.value))

    async def drop_post(self, post: str) -> None:
        await self._unit.run(delete(topic_posts).where(topic_posts.c.id == post))

    async def posts(self, topic: str) -> Sequence[Unnamed]:
        query = select(topic_posts).where(topic_posts.c.topic == topic).order_by(topic_posts.c.number)
        return [_whole(row) for row in await self._unit.rows(query)]

    async def is_of(self, post: str, person: PersonId) -> bool:
        row = await self._unit.row(select(topic_posts.c.mark).where(topic_posts.c.id == post))
        return row is not None and hmac.compare_digest(row["mark"], found_mark(self._unit, topic_posts, post, person))

    async def posts_of(self, person: PersonId) -> Sequence[Unnamed]:
        mine = [_whole(row) for row in await found(self._unit, topic_posts, person)]
        return sorted(mine, key=lambda post: (post.at, post.number), reverse=True)

    # What waits for its writer's tap, and how often they wrote: under their own key ------------------------------------

    async def draft(self, person: PersonId, subject: str) -> Draft | None:
        which = (topic_drafts.c.person == person, topic_drafts.c.subject == subject)
        row = await self._unit.row(select(topic_drafts).where(*which).order_by(topic_drafts.c.at.desc()))
        if row is None:
            return None
        try:
            return await self._unit.open(person, "topic_drafts", "body", row["id"], row["body"], Draft)
        except Unopenable:
            return None  # of an earlier version

    async def keep_draft(self, person: PersonId, subject: str, draft: Draft, now: datetime) -> None:
        await self.drop_draft(person, subject)
        row = new_id()
        body = await self._unit.seal(person, "topic_drafts", "body", row, draft)
        await self._unit.run(self._unit.insert(topic_drafts).values(id=row, person=person, subject=subject, at=now, body=body))

    async def drop_draft(self, person: PersonId, subject: str) -> None:
        which = (topic_drafts.c.person == person, topic_drafts.c.subject == subject)
        await self._unit.run(delete(topic_drafts).where(*which))

    async def pace(self, person: PersonId) -> Pace:
        row = await self._unit.row(select(topic_paces).where(topic_paces.c.person == person))
        if row is None:
            return Pace()
        try:
            return await self._unit.open(person, "topic_paces", "body", person, row["body"], Pace)
        except Unopenable:
            return Pace()

    async def keep_pace(self, person: PersonId, pace: Pace, now: datetime) -> None:
        row = {"at": now, "body": await self._unit.seal(person, "topic_paces", "body", person, pace)}
        insert = self._unit.insert(topic_paces).values(person=person, **row)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["person"], set_=row))


def _whole(row: RowMapping) -> Unnamed:
    return Unnamed(row["id"], row["topic"], row["number"], row["at"], State(row["state"]))
