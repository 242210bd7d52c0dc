"""One line a week of what helped: written, looked at with all who will see it, then shared by a tap; taken back at any time."""

from datetime import date

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.errors import BadInput, BadPress
from bot.core.ids import new_id
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.richtext import one_line
from bot.core.screens import done
from handlers.together import line_views, rules
from handlers.together.records import LONGEST_LINE, LONGEST_NAME, Line, LineBody
from handlers.together.seeing import At, Seeing


class NoLine(BadInput):
    """Nothing was written."""

    text_key = "together.no_line"


class LineTooLong(BadInput):
    text_key = "together.line_too_long"


class NameWanted(BadInput):
    """Where it is to be shown, words have a name."""

    text_key = "together.name_wanted"


class Sharing:
    def __init__(self, seeing: Seeing) -> None:
        self._seeing = seeing

    async def write(self, call: Call, unit: Unit) -> Reply:
        at = await self._seeing.pressed(call, unit)
        return Reply(form=line_views.form(self._seeing.say(call), at, named=self._seeing.wants_names(at.community)))

    async def written(self, call: Call, unit: Unit) -> Reply:
        """Keep it for the author alone, and show what would be shared. A draft of before is gone."""
        at = await self._seeing.pressed(call, unit)
        words, name = one_line(call.arguments.get("line", "")), one_line(call.arguments.get("name", ""), LONGEST_NAME)
        if not words:
            raise NoLine()
        if len(words) > LONGEST_LINE:
            raise LineTooLong(length=len(words))
        if not name and self._seeing.wants_names(at.community):
            raise NameWanted()
        book = self._seeing.books(unit)
        for old in await book.lines_of(call.who, at.community.id):
            if not old.shared and old.body.audience is at.audience:
                await book.drop_line(old.id)
        line = Line(new_id(), call.who, at.community.id, self._week(call, at), call.at, LineBody(words, name, at.audience))
        await book.keep_line(line)
        return line_views.draft(self._seeing.say(call), at, line, again=await self._earlier(unit, line) is not None)

    async def share(self, call: Call, unit: Unit) -> Reply:
        """The one tap by which words become others'. One line a week: a new one takes the place of the one before."""
        line, at = await self._own(call, unit)
        book = self._seeing.books(unit)
        if not line.shared:
            line = replace(line, shared=True, monday=self._week(call, at), at=call.at)
            if (earlier := await self._earlier(unit, line)) is not None:
                await book.drop_line(earlier.id)
            await book.keep_line(line)
        return line_views.shared(self._seeing.say(call), at, line)

    async def mine(self, call: Call, unit: Unit) -> Reply:
        at = await self._seeing.pressed(call, unit)
        return await self._mine(call, unit, at)

    async def take_back(self, call: Call, unit: Unit) -> Reply:
        """At any time, also when it is shown: it is gone for everybody."""
        line, at = await self._own(call, unit)
        await self._seeing.books(unit).drop_line(line.id)
        if not line.shared:
            return done(self._seeing.say(call), "together.not_shared")
        return await self._mine(call, unit, at, note="together.taken_back")

    async def _mine(self, call: Call, unit: Unit, at: At, note: str = "") -> Reply:
        lines = await self._seeing.books(unit).lines_of(call.who, at.community.id)
        mine = [line for line in lines if line.shared and line.body.audience is at.audience]
        return line_views.mine(self._seeing.say(call), at, mine, note)

    async def _own(self, call: Call, unit: Unit) -> tuple[Line, At]:
        """Return the caller's own line. Somebody else's is as one that is not there."""
        line = await self._seeing.books(unit).line(call.press.subject)
        if line is None or line.person != call.who:
            raise BadPress(why="line")
        return line, await self._seeing.at(call, unit, line.community, line.body.audience)

    async def _earlier(self, unit: Unit, line: Line) -> Line | None:
        """Return what the author has shared of the same week."""
        lines = await self._seeing.books(unit).lines_of(line.person, line.community)
        same = (one for one in lines if one.shared and one.monday == line.monday and one.body.audience is line.body.audience)
        return next((one for one in same if one.id != line.id), None)

    def _week(self, call: Call, at: At) -> date:
        return rules.monday_of(call.at, at.zone)
