"""Writing in a topic without one's name: the words are seen before they go, and can be taken back by who wrote them."""

from datetime import datetime

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ids import PersonId, new_id
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import number_in
from handlers.topics import rules, views, writing_views
from handlers.topics.desk import At, Desk
from handlers.topics.keeper import Keeper
from handlers.topics.records import Draft, Topic


class Writing:
    def __init__(self, desk: Desk, keeper: Keeper) -> None:
        self._desk = desk
        self._keeper = keeper

    async def write(self, call: Call, unit: Unit) -> Reply:
        """The form; words that wait for a tap since an earlier time are shown first."""
        found = await self._open(call, unit)
        if isinstance(found, Reply):
            return found
        topic, at = found
        draft = await self._desk.books(unit).draft(call.who, topic.id)
        if draft is not None and not call.press.value:
            return replace(self._asked(call, at, topic, draft), replace=False)
        if no := await self._too_often(call, unit):
            return no
        return Reply(form=writing_views.form(self._desk.say(call), topic, draft))

    async def written(self, call: Call, unit: Unit) -> Reply:
        found = await self._open(call, unit)
        if isinstance(found, Reply):
            return found
        topic, at = found
        draft = Draft(rules.written(call.arguments.get("words", "")))
        await self._desk.books(unit).keep_draft(call.who, topic.id, draft, call.at)
        return self._asked(call, at, topic, draft)

    def _asked(self, call: Call, at: At, topic: Topic, draft: Draft) -> Reply:
        return writing_views.asked(self._desk.say(call), self._desk.local(at), topic, draft)

    async def post(self, call: Call, unit: Unit) -> Reply:
        """The tap that sends the words, once."""
        found = await self._open(call, unit)
        if isinstance(found, Reply):
            return found
        topic, at = found
        book, say = self._desk.books(unit), self._desk.say(call)
        draft = await book.draft(call.who, topic.id)
        if draft is None:
            return writing_views.said(say, "nothing_waits")
        if no := await self._too_often(call, unit):
            return no
        await book.drop_draft(call.who, topic.id)
        await book.keep_pace(call.who, rules.paced(await book.pace(call.who), call.at), rules.whole_hour(call.at))
        post = rules.numbered(topic, new_id(), call.at)
        await book.add_post(post, call.who)
        await book.keep(replace(topic, posts=post.number))
        await self._keeper.post(unit, at, topic, post, draft.words, call.at)
        return writing_views.posted(say, post.id)

    async def discard(self, call: Call, unit: Unit) -> Reply:
        await self._desk.books(unit).drop_draft(call.who, call.press.subject)
        return writing_views.said(self._desk.say(call), "discarded")

    async def mine(self, call: Call, unit: Unit) -> Reply:
        """What the caller wrote, as far as it stands; seen by them alone."""
        book, say = self._desk.books(unit), self._desk.say(call)
        titles = [
            (views.title_of(say, topic.number, topic.body), post)
            for post in await book.posts_of(call.who)
            if (topic := await book.topic(post.topic)) is not None
        ]
        return writing_views.mine(say, titles, number_in(call.press.value))

    async def back(self, call: Call, unit: Unit) -> Reply:
        """Take back what the caller wrote. What is not theirs is as if it were not there."""
        book = self._desk.books(unit)
        post = await book.post(call.press.subject)
        if post is None or not await book.is_of(post.id, call.who) or (topic := await book.topic(post.topic)) is None:
            raise BadPress(why="post")
        await self._keeper.take(unit, topic, post, "back", call.at)
        return writing_views.said(self._desk.say(call), "is_back")

    async def leaves(self, person: PersonId, now: datetime, unit: Unit) -> None:
        """Who goes takes back all they wrote."""
        book = self._desk.books(unit)
        for post in await book.posts_of(person):
            if (topic := await book.topic(post.topic)) is not None:
                await self._keeper.take(unit, topic, post, "back", now)

    async def _open(self, call: Call, unit: Unit) -> tuple[Topic, At] | Reply:
        """Return the topic of a press while it takes words without a name, or the kind no."""
        topic = await self._desk.topic(call, unit, call.press.subject)
        if topic is None:
            return writing_views.said(self._desk.say(call), "no_topic", replace=False)
        at = await self._desk.at(unit, topic.room)
        kept = await self._desk.books(unit).rules(topic.community)
        if not rules.takes_words(topic, kept, at.room.platform, self._desk.unnamed):
            return writing_views.said(self._desk.say(call), "not_without_name", replace=False)
        return topic, at

    async def _too_often(self, call: Call, unit: Unit) -> Reply | None:
        why = rules.too_often(await self._desk.books(unit).pace(call.who), call.at)
        return writing_views.said(self._desk.say(call), f"too_often_{why}", replace=False) if why else None
