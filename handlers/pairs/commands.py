"""/community pair: how two find each other. Each step asks both; nobody learns who the other is, or who said no."""

from collections.abc import Callable

from msgspec.structs import replace

from bot.core.calls import Call
from bot.core.codes import grouped, read_code
from bot.core.happenings import Heard
from bot.core.ids import CommunityId
from bot.core.meetings import Audience
from bot.core.misses import Misses
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.texts import Say
from bot.core.whose import zone_of
from handlers.pairs import rules, views
from handlers.pairs.keeping import Keeping
from handlers.pairs.pairing import Pairing
from handlers.pairs.records import CODE_LIVES, LOOKS, Side, SideBody, Stage

TAKEN = frozenset({Stage.ASKED, Stage.ON})


class PairCommands:
    def __init__(self, keeping: Keeping, pairing: Pairing, make: Callable[[], str]) -> None:
        self._keeping = keeping
        self._pairing = pairing
        self._make = make
        self._misses = Misses()

    async def pair(self, call: Call, unit: Unit) -> Reply:
        """`/community pair`, or with the code that somebody handed over."""
        typed = call.arguments.get("code", "") or call.arguments.get("text", "")
        return await self.entered(call, unit) if typed.strip() else await self.home(call, unit)

    async def home(self, call: Call, unit: Unit) -> Reply:
        """Show where somebody stands, whatever that is."""
        side = await self._keeping.mine(call.who, call.at, unit)
        if side is None:
            return views.explained(self._say(call))
        return await self._shown(call, unit, side)

    async def _shown(self, call: Call, unit: Unit, side: Side) -> Reply:
        say, zone = self._say(call), await zone_of(call.person, unit)
        match side.stage:
            case Stage.ON:
                return await self._pairing.shown(call, unit, side)
            case Stage.ASKED:
                return views.pending(say, side, zone)
            case Stage.AGAIN:
                return views.after(say, side)
            case _:
                return views.waits(say, side, zone)

    # By a code ----------------------------------------------------------------------------------------------------------

    async def code(self, call: Call, unit: Unit) -> Reply:
        """A new code, in place of whatever waited; it is shown once and kept nowhere. Value: as what somebody is here."""
        made = await self._new(call, unit, "code", Stage.CODE)
        if isinstance(made, Reply):
            return made
        code = self._make()
        await self._keeping.put(made, unit, code)
        return views.code(self._say(call), grouped(code), int(CODE_LIVES.total_seconds() // 3600))

    async def enter(self, call: Call, unit: Unit) -> Reply:
        return Reply(form=views.code_form(self._say(call)))

    async def entered(self, call: Call, unit: Unit) -> Reply:
        """Look for what was typed. A right code is not used up by that, but by a yes."""
        typed = call.arguments.get("code", "") or call.arguments.get("text", "")
        account, book, code = call.incoming.account, self._keeping.books(unit), read_code(typed)
        who = f"{account.platform}:{account.user}"
        if self._misses.too_many(who, call.at):
            raise rules.TooOften()
        theirs = await book.offered(code, call.at)  # what cannot be a code is looked for as well: it takes as long
        if theirs is None:
            self._misses.add(who, call.at)
        if not call.place.private:
            if theirs is not None:
                await self._keeping.drop(theirs, unit)  # others may have read it
            return replace(views.said(self._say(call), "in_room"), replace=False)
        if theirs is None:
            raise rules.BadCode()
        if theirs.person == call.who:
            raise rules.OwnCode()
        mine = await self._keeping.mine(call.who, call.at, unit)
        if mine is not None and mine.stage in TAKEN:
            return await self._shown(call, unit, mine)
        return views.entered(self._say(call), theirs)

    async def join(self, call: Call, unit: Unit) -> Reply:
        """Yes to a code. Its maker is asked then. Subject: their side, which only who typed the code knows of."""
        book = self._keeping.books(unit)
        await book.hold()
        mine = await self._keeping.mine(call.who, call.at, unit)
        if mine is not None and mine.stage in TAKEN:
            return await self._shown(call, unit, mine)
        theirs = await book.side(call.press.subject)
        audience = _audience(call)
        waits = theirs is not None and theirs.stage is Stage.CODE and theirs.until > call.at and theirs.person != call.who
        if theirs is None or not waits or audience is None:
            return views.said(self._say(call), "bad_code", views.button(self._say(call), "home", "home"))
        if theirs.body.audience is not audience:  # nor does it tell what the other is
            await self._keeping.drop(theirs, unit)
            return views.said(self._say(call), "bad_code", views.button(self._say(call), "home", "home"))
        await self._clear(call, unit)
        body = SideBody(audience)
        new = Side(self._keeping.ids(), call.who, theirs.community, call.at, Stage.ASKED, call.at, body)
        asked, other = await self._keeping.ask(new, theirs, call.at, unit, yes=True)
        await self._keeping.put_question(other, call.at, unit, "code")
        return views.pending(self._say(call), asked, await zone_of(call.person, unit))

    # By looking ---------------------------------------------------------------------------------------------------------

    async def look(self, call: Call, unit: Unit) -> Reply:
        """Wait for somebody else of the community, or find who waits already. Nobody sees a list."""
        made = await self._new(call, unit, "look", Stage.LOOKING)
        if isinstance(made, Reply):
            return made
        await self._keeping.put(made, unit)
        asked = await self._keeping.match(made, call.at, unit)
        if asked is not None:
            return replace(views.question(self._say(call), asked, "found"), replace=True)
        return await self._shown(call, unit, made)

    async def stop(self, call: Call, unit: Unit) -> Reply:
        """Wait no longer."""
        await self._keeping.books(unit).hold()
        side = await self._keeping.mine(call.who, call.at, unit)
        if side is not None and side.stage in TAKEN:
            return await self._shown(call, unit, side)
        await self._clear(call, unit)
        return views.said(self._say(call), "stopped", views.button(self._say(call), "home", "home"))

    async def _new(self, call: Call, unit: Unit, action: str, stage: Stage) -> Side | Reply:
        """Return a new side, in place of whatever waited; or the screen that comes before."""
        say, audience = self._say(call), _audience(call)
        if call.community is None:
            return views.said(say, "nowhere")
        book = self._keeping.books(unit)
        await book.hold()
        mine = await self._keeping.mine(call.who, call.at, unit)
        if mine is not None and mine.stage in TAKEN:
            return await self._shown(call, unit, mine)
        if audience is None:
            return views.audience(say, action)
        await self._clear(call, unit)
        until = call.at + (LOOKS if stage is Stage.LOOKING else CODE_LIVES)
        body = SideBody(audience, listed_until=until if stage is Stage.LOOKING else None)
        return Side(self._keeping.ids(), call.who, CommunityId(call.community.id), call.at, stage, until, body)

    async def _clear(self, call: Call, unit: Unit) -> None:
        """Take away what waited, or is over."""
        book = self._keeping.books(unit)
        old = await book.mine(call.who)
        if old is not None:
            await self._keeping.drop(old, unit)
        await book.leave(call.who)

    # Both are asked -----------------------------------------------------------------------------------------------------

    async def yes(self, call: Call, unit: Unit) -> Reply:
        """It begins when both have said it."""
        await self._keeping.books(unit).hold()
        side = await self._keeping.mine(call.who, call.at, unit)
        if side is None or side.stage is not Stage.ASKED or side.body.pair != call.press.subject:
            return await self.home(call, unit)
        say, other = self._say(call), await self._keeping.other(side, unit)
        if other is None:
            await self._keeping.put_back(replace(side, body=replace(side.body, yes=False)), call.at, unit)
            return await self.home(call, unit)
        side = replace(side, body=replace(side.body, yes=True))
        if not other.body.yes:
            await self._keeping.put(side, unit)
            return views.pending(say, side, await zone_of(call.person, unit))
        return await self._begin(call, unit, side, other)

    async def no(self, call: Call, unit: Unit) -> Reply:
        """The other is put back, and not told who or why."""
        book = self._keeping.books(unit)
        await book.hold()
        side = await self._keeping.mine(call.who, call.at, unit)
        if side is None or side.stage is not Stage.ASKED or side.body.pair != call.press.subject:
            return await self.home(call, unit)
        other = await self._keeping.other(side, unit)
        await self._keeping.drop(side, unit)
        if other is not None:
            await book.part(side.person, other.person, call.at)
            await self._keeping.put_back(other, call.at, unit)
        return views.said(self._say(call), "no_noted", views.button(self._say(call), "home", "home"))

    async def again(self, call: Call, unit: Unit) -> Reply:
        """Once more with the same person: again both must want it. Whether the other does is not told."""
        await self._keeping.books(unit).hold()
        side = await self._keeping.mine(call.who, call.at, unit)
        if side is None or side.stage is not Stage.AGAIN or side.body.pair != call.press.subject:
            return await self.home(call, unit)
        other = await self._keeping.other(side, unit)
        if other is not None and other.until > call.at and other.body.yes:
            return await self._begin(call, unit, side, other, self._keeping.ids())
        await self._keeping.put(replace(side, body=replace(side.body, yes=True)), unit)
        return views.said(self._say(call), "again_noted")

    async def _begin(self, call: Call, unit: Unit, side: Side, other: Side, pair: str = "") -> Reply:
        mine, theirs = await self._keeping.begin(side, other, call.at, unit, pair)
        await self._pairing.tell_begun(theirs, call.at, unit)
        return replace(views.begun(self._say(call), mine), replace=True)

    # Going --------------------------------------------------------------------------------------------------------------

    async def left(self, heard: Heard, unit: Unit) -> None:
        """Somebody left the whole group: what they had there ends. Leaving one of its rooms is no such thing."""
        place = heard.happening.place
        if heard.person is None or heard.community is None or place.chat != place.space or place.thread:
            return
        side = await self._keeping.books(unit).mine(heard.person.id)
        if side is not None and side.community == heard.community.id:
            await self._keeping.leave(heard.person.id, heard.at, unit)

    def _say(self, call: Call) -> Say:
        return self._keeping.telling.texts.of(call.language)


def _audience(call: Call) -> Audience | None:
    name = rules.AUDIENCES.get(call.press.value) if call.incoming.press is not None else None
    return Audience(name) if name else None
