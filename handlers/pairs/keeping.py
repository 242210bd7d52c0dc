"""How two come together and part: each step from one stage to the next, with its moments and what is told to whom.

Whoever says No, says nothing, ends or leaves is never named, and no reason is given. Callers hold the book first.
"""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec.structs import replace

from bot.core.ids import PersonId
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.whose import zone_of
from handlers.pairs import rules, views
from handlers.pairs.records import AGAIN, ASKS, LASTS, PairBook, Side, SideBody, Stage
from handlers.pairs.telling import KIND, Telling


class Keeping:
    def __init__(self, books: Callable[[Unit], PairBook], telling: Telling, ids: Callable[[], str]) -> None:
        self.books = books
        self.telling = telling
        self.ids = ids

    # Who is there -------------------------------------------------------------------------------------------------------

    async def mine(self, person: PersonId, now: datetime, unit: Unit) -> Side | None:
        """Return the person's side, as long as its stage lasts."""
        side = await self.books(unit).mine(person)
        return side if side is not None and side.until > now else None

    async def other(self, side: Side, unit: Unit) -> Side | None:
        """Return the other of the two; None when they are gone, or with somebody else by now."""
        other = await self.books(unit).side(side.body.other) if side.body.other else None
        same = other is not None and other.body.pair == side.body.pair and other.stage is side.stage
        return other if same else None

    # Coming together ----------------------------------------------------------------------------------------------------

    async def put(self, side: Side, unit: Unit, code: str = "") -> None:
        """Store a side, and promise the end of its stage."""
        await self.books(unit).keep(side, code)
        await self.promise_end(side, unit)

    async def promise_end(self, side: Side, unit: Unit) -> None:
        await unit.due.add(Due(until_key(side), KIND, side.until, f"until.{side.id}"), side.person)

    async def match(self, side: Side, now: datetime, unit: Unit) -> Side | None:
        """Bring somebody who looks together with who waits longest, if there is anybody; return the one who looks, asked now."""
        book, language = self.books(unit), await _language(side, unit)
        for found in await book.looking(side.community, side.body.audience, now):
            if found.person == side.person or await book.are_apart(side.person, found.person, now):
                continue
            if rules.speak_alike(language, await _language(found, unit)):
                mine, theirs = await self.ask(side, found, now, unit)
                await self.put_question(theirs, now, unit)
                return mine
        return None

    async def put_question(self, side: Side, now: datetime, unit: Unit, why: str = "found") -> None:
        await self.telling.tell(side, "word", partial(views.question, side=side, why=why), now, unit, late=ASKS)

    async def ask(self, one: Side, other: Side, now: datetime, unit: Unit, *, yes: bool = False) -> tuple[Side, Side]:
        """Put two before the same question; `yes`: the first has said it already."""
        pair = self.ids()
        mine = _asked(one, other, pair, now, yes=yes)
        theirs = _asked(other, one, pair, now, yes=False)
        for side in (mine, theirs):
            await self.put(side, unit)
        return mine, theirs

    async def begin(self, one: Side, other: Side, now: datetime, unit: Unit, pair: str = "") -> tuple[Side, Side]:
        """Both said yes: seven days begin. `pair`: a new id, where they had one before."""
        pair = pair or one.body.pair
        await self.books(unit).trace(pair, one.community, (one.person, other.person), now)
        sides = []
        for side in (one, other):
            body = replace(side.body, pair=pair, yes=False, sent_on="")
            begun = replace(side, stage=Stage.ON, until=now + LASTS, body=body)
            await self.put(begun, unit)
            await self.promise_question(begun, now, unit)
            sides.append(begun)
        return sides[0], sides[1]

    async def promise_question(self, side: Side, now: datetime, unit: Unit) -> None:
        """Promise the next question of the day, or none where none is wanted or the pair is over by then."""
        zone = await zone_of(await unit.people.get(side.person), unit)
        at = rules.next_asked(side.body.time, now, zone) if side.body.time else None
        if at is None or at >= side.until:
            await unit.due.drop(ask_key(side))
        else:
            await unit.due.add(Due(ask_key(side), KIND, at, f"ask.{side.id}"), side.person)

    # Parting ------------------------------------------------------------------------------------------------------------

    async def drop(self, side: Side, unit: Unit) -> None:
        """Delete a side with all that was sent from it and promised to it."""
        await unit.due.drop(until_key(side))
        await unit.due.drop(ask_key(side))
        await self.telling.hush(side, unit)
        await self.books(unit).drop(side.id)

    async def put_back(self, side: Side, now: datetime, unit: Unit) -> None:
        """It did not come about: who looked goes on looking, who came by a code is free again. Who had said yes is told."""
        said_yes, listed = side.body.yes, side.body.listed_until
        if listed is None or listed <= now:
            await self.drop(side, unit)
            if said_yes or listed is None:
                await self.telling.tell(side, "word", views.came_to_nothing, now, unit)
            return
        back = replace(side, stage=Stage.LOOKING, until=listed, body=SideBody(side.body.audience, listed_until=listed))
        await self.telling.hush(side, unit)
        await self.put(back, unit)
        if (found := await self.match(back, now, unit)) is not None:
            await self.put_question(found, now, unit)
        elif said_yes:
            await self.telling.tell(back, "word", views.looks_on, now, unit)

    async def end(self, side: Side, now: datetime, unit: Unit) -> None:
        """End a pair before its time: everything of it goes, and the other is told in one sentence."""
        other = await self.other(side, unit)
        await self.drop(side, unit)
        if other is not None:
            await self.books(unit).part(side.person, other.person, now)
            await self.drop(other, unit)
            await self.telling.tell(other, "word", partial(views.ended_for, pair=side.body.pair), now, unit)

    async def finish(self, side: Side, now: datetime, unit: Unit) -> None:
        """The seven days are over: everything exchanged goes; for two days both may want it once more."""
        other = await self.other(side, unit)
        if other is None:
            await self.drop(side, unit)
            await self.telling.tell(side, "word", views.over_alone, now, unit)
            return
        for one in (side, other):
            await self.telling.hush(one, unit)
            await unit.due.drop(ask_key(one))
            await self.books(unit).clear(one.id)
            body = SideBody(one.body.audience, one.body.pair, one.body.other, time=one.body.time, name=one.body.name)
            over = replace(one, stage=Stage.AGAIN, until=now + AGAIN, body=body)
            await self.put(over, unit)
            await self.telling.tell(over, "word", partial(views.over, side=over), now, unit, late=AGAIN)

    async def leave(self, person: PersonId, now: datetime, unit: Unit) -> None:
        """Somebody goes, from here or for good: nothing of theirs stays, and nobody waits for them."""
        book = self.books(unit)
        await book.hold()
        side = await book.mine(person)
        if side is None:
            return
        if side.stage is Stage.ON:
            await self.end(side, now, unit)
            return
        other = await self.other(side, unit) if side.stage is Stage.ASKED else None
        await self.drop(side, unit)
        if other is not None:
            await self.put_back(other, now, unit)


def until_key(side: Side) -> str:
    return f"pair_until_{side.id}"


def ask_key(side: Side) -> str:
    return f"pair_asks_{side.id}"


def _asked(side: Side, other: Side, pair: str, now: datetime, *, yes: bool) -> Side:
    body = replace(side.body, pair=pair, other=other.id, yes=yes)
    return replace(side, stage=Stage.ASKED, until=now + ASKS, body=body)


async def _language(side: Side, unit: Unit) -> str:
    person = await unit.people.get(side.person)
    return person.language if person is not None else ""
