"""/topic: a facilitator looks at a prompt, or writes their own, and opens it below the room."""

from bot.core.calls import Call
from bot.core.errors import BadPress
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.screens import number_in
from handlers.topics import panel_views, rules
from handlers.topics.desk import At, Desk
from handlers.topics.keeper import Keeper
from handlers.topics.records import Body, Draft


class Opening:
    def __init__(self, desk: Desk, keeper: Keeper) -> None:
        self._desk = desk
        self._keeper = keeper

    async def topic(self, call: Call, unit: Unit) -> Reply:
        """The panel of this room."""
        if call.place.private or call.community is None:
            raise rules.InARoom()
        room = await unit.rooms.find_or_make(call.community.id, call.place)
        at = At(room, call.community)
        return await self._desk.in_charge(call, unit, at) or await self.shown(call, unit, at)

    async def panel(self, call: Call, unit: Unit) -> Reply:
        at = await self._desk.pressed(call, unit)
        return at if isinstance(at, Reply) else await self.shown(call, unit, at)

    async def shown(self, call: Call, unit: Unit, at: At, note: str = "") -> Reply:
        book = self._desk.books(unit)
        shown = panel_views.Shown(
            room=at.room.id,
            number=rules.of_the_week(call.at, at.zone),
            rules=await book.rules(at.community.id),
            week=await book.week(at.room.id),
            open=len(rules.open_ones(await book.of_room(at.room.id))),
            can_unnamed=at.room.platform in self._desk.unnamed,
        )
        return panel_views.panel(self._desk.say(call), shown, note)

    async def browse(self, call: Call, unit: Unit) -> Reply:
        """The prompts by the point of the method that they are about."""
        at = await self._desk.pressed(call, unit)
        if isinstance(at, Reply):
            return at
        say, (point, _, number) = self._desk.say(call), call.press.value.partition("_")
        if not point:
            return panel_views.points(say, at.room.id)
        if point not in {f"p{one}" for one in range(1, rules.POINTS + 1)}:
            raise BadPress(why="point")
        return panel_views.prompts(say, self._desk.local(at), at.room.id, int(point[1:]), number_in(number))

    async def preview(self, call: Call, unit: Unit) -> Reply:
        at = await self._desk.pressed(call, unit)
        if isinstance(at, Reply):
            return at
        number = rules.prompt_in(call.press.value)
        return panel_views.preview(self._desk.say(call), self._desk.local(at), at.room.id, number, Body())

    async def own(self, call: Call, unit: Unit) -> Reply:
        """The form for own words; with `again`, filled in with those that wait."""
        at = await self._desk.pressed(call, unit)
        if isinstance(at, Reply):
            return at
        draft = await self._desk.books(unit).draft(call.who, at.room.id) if call.press.value else None
        body = Body(draft.title, draft.words) if draft else Body()
        return Reply(form=panel_views.own_form(self._desk.say(call), at.room.id, body))

    async def owned(self, call: Call, unit: Unit) -> Reply:
        """Own words came: they are shown before anything opens."""
        at = await self._desk.pressed(call, unit)
        if isinstance(at, Reply):
            return at
        body = rules.own_words(call.arguments.get("title", ""), call.arguments.get("words", ""))
        await self._desk.books(unit).keep_draft(call.who, at.room.id, Draft(body.text, body.title), call.at)
        return panel_views.preview(self._desk.say(call), self._desk.local(at), at.room.id, 0, body)

    async def open(self, call: Call, unit: Unit) -> Reply:
        """Open what was looked at. A second tap finds it open."""
        at = await self._desk.pressed(call, unit)
        if isinstance(at, Reply):
            return at
        book = self._desk.books(unit)
        number, body = 0, Body()
        if call.press.value == rules.OWN:
            draft = await book.draft(call.who, at.room.id)
            if draft is None:
                return await self.shown(call, unit, at, "words_gone")
            body = Body(draft.title, draft.words)
        else:
            number = rules.prompt_in(call.press.value)
        topics = rules.open_ones(await book.of_room(at.room.id))
        if rules.is_there(topics, number, body):
            return await self.shown(call, unit, at, "open_already")
        if len(topics) >= rules.MOST_OPEN:
            return await self.shown(call, unit, at, "too_many_open")
        await self._keeper.open(unit, at, number, body, call.at)
        await book.drop_draft(call.who, at.room.id)
        return await self.shown(call, unit, at, "opens")

    # What is open -----------------------------------------------------------------------------------------------------

    async def listed(self, call: Call, unit: Unit) -> Reply:
        at = await self._desk.pressed(call, unit)
        if isinstance(at, Reply):
            return at
        topics = rules.open_ones(await self._desk.books(unit).of_room(at.room.id))
        return panel_views.listed(self._desk.say(call), self._desk.local(at), at.room.id, topics)

    async def one(self, call: Call, unit: Unit) -> Reply:
        """One topic, with what was written in it without a name."""
        return await self._one(call, unit, call.press.subject)

    async def close(self, call: Call, unit: Unit) -> Reply:
        found = await self._desk.topic(call, unit, call.press.subject)
        if found is None:
            raise BadPress(why="topic")
        at = await self._desk.at(unit, found.room)
        if no := await self._desk.in_charge(call, unit, at):
            return no
        await self._keeper.close(unit, found, call.at)
        return await self.shown(call, unit, at, "is_closed")

    async def away(self, call: Call, unit: Unit) -> Reply:
        """Take away what somebody wrote without their name. It is named by its number; who wrote it is not known."""
        book = self._desk.books(unit)
        post = await book.post(call.press.subject)
        found = await self._desk.topic(call, unit, post.topic) if post else None
        if post is None or found is None:
            raise BadPress(why="post")
        if no := await self._desk.in_charge(call, unit, await self._desk.at(unit, found.room)):
            return no
        await self._keeper.take(unit, found, post, "away", call.at)
        return await self._one(call, unit, found.id, "is_away")

    async def _one(self, call: Call, unit: Unit, topic: str, note: str = "") -> Reply:
        found = await self._desk.topic(call, unit, topic)
        if found is None:
            raise BadPress(why="topic")
        at = await self._desk.at(unit, found.room)
        if no := await self._desk.in_charge(call, unit, at):
            return no
        posts = await self._desk.books(unit).posts(found.id)
        say, number = self._desk.say(call), number_in(call.press.value)
        return panel_views.one_topic(say, self._desk.local(at), found, posts, number, note)
