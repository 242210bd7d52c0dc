"""/facilitator questions: a facilitator makes and changes a community's own check-in questions. Rights at each act."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from msgspec.structs import replace

from bot.core.calls import Call, Community
from bot.core.errors import BadInput, BadPress
from bot.core.flow_own import HowAsked
from bot.core.ids import CommunityId
from bot.core.ports import Flows, Unit
from bot.core.prompting import prompted
from bot.core.replies import Press, Reply
from bot.core.rights import Doors
from bot.core.texts import Say, Texts
from handlers.ownquestions import rules, views
from handlers.ownquestions.records import QuestionBook, QuestionSet, SetBody

GRANT = timedelta(hours=3)
PREVIEW = "ownpreview"
OfSet = Callable[[Call, Unit, QuestionSet], Awaitable[Reply]]


class InTheRoom(BadInput):
    """Asked where no community is."""

    text_key = "ownquestions.in_room"


class QuestionCommands:
    def __init__(
        self, texts: Texts, books: Callable[[Unit], QuestionBook], doors: Doors, flows: Flows, ids: Callable[[], str]
    ) -> None:
        self._texts = texts
        self._books = books
        self._doors = doors
        self._flows = flows
        self._ids = ids

    # The community's sets -------------------------------------------------------------------------------------------------

    async def command(self, call: Call, unit: Unit) -> Reply:
        if call.community is None or call.place.private:
            raise InTheRoom()
        return await self._sets(call, unit, call.community)

    async def list(self, call: Call, unit: Unit) -> Reply:
        return await self._sets(call, unit, await self._community(call, unit))

    async def _sets(self, call: Call, unit: Unit, community: Community) -> Reply:
        if not await self._may(call, unit, community.id):
            return views.refused(self._say(call))
        return views.sets(self._say(call), community.id, await self._books(unit).of(community.id))

    async def new(self, call: Call, unit: Unit) -> Reply:
        """Ask for the title of a new set. Subject: the community."""
        community = await self._community(call, unit)
        if not await self._may(call, unit, community.id):
            return views.refused(self._say(call))
        rules.room_for_one(await self._books(unit).of(community.id))
        return views.title_form(self._say(call), Press("ownquestions", "made", community.id))

    async def made(self, call: Call, unit: Unit) -> Reply:
        community = await self._community(call, unit)
        if not await self._may(call, unit, community.id):
            return views.refused(self._say(call))
        book = self._books(unit)
        rules.room_for_one(await book.of(community.id))
        one = QuestionSet(self._ids(), community.id, call.at, SetBody(rules.title_of(call.arguments.get("title", ""))))
        await book.keep(one)
        return views.shown(self._say(call), one)

    # One of them ----------------------------------------------------------------------------------------------------------

    async def show(self, call: Call, unit: Unit, one: QuestionSet) -> Reply:
        return views.shown(self._say(call), one)

    async def rename(self, call: Call, unit: Unit, one: QuestionSet) -> Reply:
        return views.title_form(self._say(call), Press("ownquestions", "renamed", one.id), one.body.title)

    async def renamed(self, call: Call, unit: Unit, one: QuestionSet) -> Reply:
        return await self._keep(call, unit, one, rules.renamed(one.body, rules.title_of(call.arguments.get("title", ""))))

    async def delete(self, call: Call, unit: Unit, one: QuestionSet) -> Reply:
        return views.ask_delete(self._say(call), one)

    async def drop(self, call: Call, unit: Unit, one: QuestionSet) -> Reply:
        book = self._books(unit)
        await book.drop(one.id)
        return views.sets(self._say(call), one.community, await book.of(one.community), "ownquestions.deleted")

    async def preview(self, call: Call, unit: Unit, one: QuestionSet) -> Reply:
        """Begin the questions as a member gets them. Of a set that was changed since it is another preview."""
        if not one.body.questions or call.person is None:
            return views.shown(self._say(call), one)
        subject = prompted(f"v{one.body.version}", one.id)
        return await self._flows.begin(PREVIEW, subject, call.person, call.language, call.at, unit)

    # Its questions --------------------------------------------------------------------------------------------------------

    async def add(self, call: Call, unit: Unit, one: QuestionSet) -> Reply:
        """Ask for a new question. Value: how it is to be asked."""
        how = self._how(call)
        return views.question_form(self._say(call), Press("ownquestions", "added", one.id, how), how)

    async def added(self, call: Call, unit: Unit, one: QuestionSet) -> Reply:
        given = call.arguments
        question = rules.question_of(self._how(call), given.get("words", ""), given.get("answers", ""))
        return await self._keep(call, unit, one, rules.added(one.body, question))

    async def question(self, call: Call, unit: Unit, one: QuestionSet) -> Reply:
        """Show what may be done with a question. Value: its mark."""
        place = rules.place_of(one.body, call.press.value)
        return views.question(self._say(call), one, place) if place is not None else self._changed_since(call, one)

    async def change(self, call: Call, unit: Unit, one: QuestionSet) -> Reply:
        place = rules.place_of(one.body, call.press.value)
        if place is None:
            return self._changed_since(call, one)
        found = one.body.questions[place]
        press = Press("ownquestions", "changed", one.id, rules.mark_of(found))
        return views.question_form(self._say(call), press, found.how, found)

    async def changed(self, call: Call, unit: Unit, one: QuestionSet) -> Reply:
        place, given = rules.place_of(one.body, call.press.value), call.arguments
        if place is None:
            return self._changed_since(call, one)
        question = rules.question_of(one.body.questions[place].how, given.get("words", ""), given.get("answers", ""))
        return await self._keep(call, unit, one, rules.changed(one.body, place, question))

    async def up(self, call: Call, unit: Unit, one: QuestionSet) -> Reply:
        place = rules.place_of(one.body, call.press.value)
        if place is None:
            return self._changed_since(call, one)
        return await self._keep(call, unit, one, rules.moved_up(one.body, place))

    async def out(self, call: Call, unit: Unit, one: QuestionSet) -> Reply:
        place = rules.place_of(one.body, call.press.value)
        if place is None:
            return self._changed_since(call, one)
        return await self._keep(call, unit, one, rules.without(one.body, place))

    async def _keep(self, call: Call, unit: Unit, one: QuestionSet, body: SetBody) -> Reply:
        one = replace(one, body=body)
        await self._books(unit).keep(one)
        return views.shown(self._say(call), one, "ownquestions.saved")

    def _changed_since(self, call: Call, one: QuestionSet) -> Reply:
        return views.shown(self._say(call), one, "ownquestions.changed_since")

    def _how(self, call: Call) -> HowAsked:
        try:
            return HowAsked(call.press.value)
        except ValueError:
            raise BadPress(why="how") from None

    # What is meant, and by whom -------------------------------------------------------------------------------------------

    def of_set(self, then: OfSet) -> Callable[[Call, Unit], Awaitable[Reply]]:
        """Return the handler of something that is done with a set, which the subject names; one of elsewhere is as if not there."""

        async def handle(call: Call, unit: Unit) -> Reply:
            one = await self._books(unit).get(call.press.subject) if call.press.subject else None
            if one is None:
                raise BadPress(why="questions")
            if not await self._may(call, unit, one.community):
                return views.refused(self._say(call))
            return await then(call, unit, one)

        return handle

    async def _may(self, call: Call, unit: Unit, community: CommunityId) -> bool:
        return await self._doors.may(call, unit, community, community, call.at + GRANT)

    async def _community(self, call: Call, unit: Unit) -> Community:
        community = await unit.communities.get(CommunityId(call.press.subject))
        if community is None:
            raise BadPress(why="community")
        return community

    def _say(self, call: Call) -> Say:
        return self._texts.of(call.language)
