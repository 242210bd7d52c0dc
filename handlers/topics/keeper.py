"""Opens topics, shows them as they stand, and closes them: for a facilitator, for the week, and for what comes of either."""

from datetime import datetime

from msgspec.structs import replace

from bot.core.deeds import CloseTopic
from bot.core.ids import new_id
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToRoom
from bot.core.replies import Reply
from handlers.topics import rules, views
from handlers.topics.desk import At, Desk
from handlers.topics.records import Body, Rules, Stage, State, Topic, Unnamed


class Keeper:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def open(self, unit: Unit, at: At, number: int, body: Body, now: datetime, *, weekly: bool = False) -> Topic:
        """Open a topic below the room; where that cannot be, the room gets a card (`not_opened`)."""
        book = self._desk.books(unit)
        topic = Topic(new_id(), at.community.id, at.room.id, number, now, weekly=weekly, body=body)
        await book.keep(topic)
        await unit.due.add(rules.tending(topic, await book.rules(at.community.id), now))
        await unit.outbox.add(
            Post(
                key=f"topic_{topic.id}",
                lane=Lane.ROOM,
                to=ToRoom(at.room.id),
                deed=views.opening(self._desk.local(at), topic),
                slot=rules.topic_slot(topic.id),
                done=Due(f"topic_opened_{topic.id}", rules.OPENED, now, topic.id),
                failed=Due(f"topic_not_opened_{topic.id}", rules.NOT_OPENED, now, topic.id),
            )
        )
        return topic

    async def stands(self, unit: Unit, topic: Topic, stage: Stage, now: datetime) -> None:
        """It is there, below the room or as a card."""
        topic = replace(topic, stage=stage)
        await self._desk.books(unit).keep(topic)
        at = await self._desk.at(unit, topic.room)
        kept = await self._desk.books(unit).rules(topic.community)
        if stage is Stage.CARD or self._takes_words(topic, kept, at):
            await self.show(unit, at, topic, kept, now)

    async def show(self, unit: Unit, at: At, topic: Topic, kept: Rules, now: datetime) -> None:
        """Bring what hangs of a topic in line with the community's rules."""
        say, opens = self._desk.local(at), self._takes_words(topic, kept, at)
        if topic.stage is Stage.CARD:
            await self._put(unit, topic, views.card(say, topic, takes_words=opens), now, failed=rules.LOST)
        elif topic.stage is Stage.BELOW:
            await self._put(unit, topic, views.door(say, topic, is_open=opens), now)

    async def close(self, unit: Unit, topic: Topic, now: datetime) -> None:
        """Take from sight what was written in it without a name, since afterwards nobody could take it back any more; then
        close it, and forget it with all that is known of that."""
        if topic.stage is Stage.CLOSING:
            return
        await unit.due.drop(rules.tend_key(topic.id))
        if topic.stage is not Stage.CARD:
            topic = replace(topic, stage=Stage.CLOSING)
            await self._desk.books(unit).keep(topic)
            await self.go_on_closing(unit, topic, now)
            return
        # A card locks nothing: all of it is promised at once.
        for post in await self._desk.books(unit).posts(topic.id):
            await self.take(unit, topic, post, "closed", now)
        say = self._desk.local(await self._desk.at(unit, topic.room))
        await self._put(unit, topic, views.card_closed(say, topic), now)
        await self.forget(unit, topic)

    async def go_on_closing(self, unit: Unit, topic: Topic, now: datetime) -> None:
        """Take the next thing from sight; when none is left, close. One after the other, since nothing may come after the lock."""
        for post in await self._desk.books(unit).posts(topic.id):
            following = Due(f"topic_closing_{post.id}", rules.CLOSING, now, topic.id)
            if await self.take(unit, topic, post, "closed", now, following):
                return
        slot, key = rules.topic_slot(topic.id), f"topic_{topic.id}_close"
        await unit.outbox.add(Post(key, Lane.ROOM, ToRoom(topic.room), deed=CloseTopic(), slot=slot))
        await self.forget(unit, topic)

    async def forget(self, unit: Unit, topic: Topic) -> None:
        await self._desk.books(unit).drop(topic.id)
        await unit.due.drop(rules.tend_key(topic.id))

    async def lose(self, unit: Unit, at: At, now: datetime) -> None:
        """The room is no more, or takes nothing: what was in it is forgotten, the weeks end, and the roster hears of it once."""
        book = self._desk.books(unit)
        week, topics = await book.week(at.room.id), await book.of_room(at.room.id)
        for topic in topics:
            await self.forget(unit, topic)
        if week is not None:
            await book.drop_week(at.room.id)
            await unit.due.drop(rules.week_key(week))
        if week is not None or topics:
            await self._desk.tell_staff(unit, at, now)

    # Without a name ---------------------------------------------------------------------------------------------------

    async def post(self, unit: Unit, at: At, topic: Topic, post: Unnamed, words: str, now: datetime) -> None:
        """Send what somebody wrote into the topic. The words are in this message alone."""
        await unit.outbox.add(
            Post(
                key=f"topic_post_{post.id}",
                lane=Lane.ROOM,
                to=ToRoom(at.room.id),
                reply=views.unnamed(self._desk.local(at), post.id, post.number, words),
                too_late_at=now + rules.ARRIVES,
                twice=False,
                done=Due(f"topic_posted_{post.id}", rules.POSTED, now, post.id),
                failed=Due(f"topic_not_posted_{post.id}", rules.NOT_POSTED, now, post.id),
                within=_within(topic),
            )
        )

    async def take(self, unit: Unit, topic: Topic, post: Unnamed, why: str, now: datetime, following: Due | None = None) -> bool:
        """Take a post away: in its place stands that it was, and nothing is known of it any more. What still waits is not sent.
        Return whether there was anything to take, after which comes `following`, however that goes."""
        at = await self._desk.at(unit, topic.room)
        await self._desk.books(unit).drop_post(post.id)
        if post.state is State.LOST:
            return False
        reply = views.taken(self._desk.local(at), post.id, why)
        key = f"topic_post_{post.id}_gone"
        to = ToRoom(at.room.id)
        await unit.outbox.add(Post(key, Lane.ROOM, to, reply, done=following, failed=following, within=_within(topic)))
        return True

    async def _put(self, unit: Unit, topic: Topic, reply: Reply, now: datetime, *, failed: str = "") -> None:
        lost = Due(f"topic_lost_{topic.id}", failed, now, topic.id) if failed else None
        within = _within(topic)
        await unit.outbox.add(Post(f"topic_put_{new_id()}", Lane.ROOM, ToRoom(topic.room), reply, failed=lost, within=within))

    def _takes_words(self, topic: Topic, kept: Rules, at: At) -> bool:
        return rules.takes_words(topic, kept, at.room.platform, self._desk.unnamed)


def _within(topic: Topic) -> str:
    return rules.topic_slot(topic.id) if topic.stage in (Stage.BELOW, Stage.CLOSING) else ""
