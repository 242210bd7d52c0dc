"""What commands, presses and jobs of receipts share: telling facilitators who asks, and the person what came of it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from bot.core.ids import OccurrenceId, PersonId, new_id
from bot.core.meetings import Occurrence
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.texts import Say, Texts
from handlers.receipts import confirm_views, rules, views
from handlers.receipts.confirm_views import MOST_SHOWN, Waiting
from handlers.receipts.records import ASKED_WITHIN, Ask, Attended, EveningBook, ReceiptBook, Stand, Visit

MOST_TOLD = 5  # facilitators, where nobody hosted


class Leads(NamedTuple):
    """Who led an evening: the host, and all who were facilitators then."""

    host: PersonId | None
    granted: Sequence[PersonId]

    def for_ask_of(self, asker: PersonId) -> Sequence[PersonId]:
        """Return who may be asked: the host, else the others; never the asker."""
        if self.host is not None and self.host != asker:
            return (self.host,)
        return tuple(person for person in self.granted if person != asker)[:MOST_TOLD]


class Desk:
    def __init__(self, texts: Texts, meetings: Callable[[Unit], EveningBook], books: Callable[[Unit], ReceiptBook]) -> None:
        self.texts = texts
        self.meetings = meetings
        self.books = books

    async def waiting(self, unit: Unit, occurrence: OccurrenceId, reader: PersonId) -> Waiting:
        """Return the asks that a facilitator may answer: not their own, and of people known to have been there."""
        book, shown = self.books(unit), list[tuple[Ask, Visit]]()
        asks = [ask for ask in await book.waiting(occurrence) if ask.person != reader]
        for ask in asks:
            visit = await book.visit(occurrence, ask.person)
            if visit is not None:
                shown.append((ask, visit))
            if len(shown) == MOST_SHOWN:
                break
        return Waiting(tuple(shown), max(len(asks), len(shown)) if shown else 0)

    async def leads(self, unit: Unit, occurrence: Occurrence) -> Leads:
        book = self.meetings(unit)
        return Leads(await book.host(occurrence.id), await book.granted(occurrence.id, rules.ended_at(occurrence)))

    async def tell(
        self, unit: Unit, occurrence: Occurrence, now: datetime, but: PersonId | None = None, *, aloud: bool = False
    ) -> None:
        """Bring each facilitator's message up to date. An ask that nobody can answer is said so. `aloud`: where an ask is the only
        one, it comes as a new message: an edit makes no sound."""
        readers, leads = dict[PersonId, None](), await self.leads(unit, occurrence)
        for ask in await self.books(unit).waiting(occurrence.id):
            who = leads.for_ask_of(ask.person)
            readers.update(dict.fromkeys(who))
            if not who:
                await self.settle(unit, ask, Stand.REFUSED, now, nobody=True)
        for reader in readers:
            if reader != but:
                await self._list(unit, occurrence, reader, aloud=aloud)

    async def _list(self, unit: Unit, occurrence: Occurrence, reader: PersonId, *, aloud: bool) -> None:
        say = await self._say_to(unit, reader)
        if say is None:
            return
        found = await self.waiting(unit, occurrence.id, reader)
        reply = confirm_views.asks(say, occurrence.id, found, reader)
        if aloud and found.total == 1:
            await unit.outbox.withdraw(reply.slot)
        until = (occurrence.since or occurrence.ends_at) + ASKED_WITHIN
        key = f"receipts_asks_{occurrence.id}_{reader}_{new_id()}"
        await unit.outbox.add(Post(key, Lane.PRIVATE, ToPerson(reader), reply, too_late_at=until))

    async def settle(
        self, unit: Unit, ask: Ask, stand: Stand, now: datetime, attended: Attended | None = None, *, nobody: bool = False
    ) -> bool:
        """Store what came of an ask, and tell the person. False when somebody was faster. `nobody`: nobody could be asked."""
        if not await self.books(unit).stand(ask, stand, now):
            return False
        if attended is not None:
            await self.books(unit).confirm(attended)
        say = await self._say_to(unit, ask.person)
        if say is not None:
            told = Stand.WAITING if nobody else stand
            reply = views.outcome(say, _with(ask, told), attended)
            await unit.outbox.add(Post(f"receipts_told_{ask.id}", Lane.PRIVATE, ToPerson(ask.person), reply))
        return True

    async def _say_to(self, unit: Unit, reader: PersonId) -> Say | None:
        person = await unit.people.get(reader)
        if person is None:
            return None
        community = await unit.communities.get(person.home) if person.home is not None else None
        return self.texts.of(person.language or (community.language if community is not None else ""))


def _with(ask: Ask, stand: Stand) -> Ask:
    return Ask(ask.id, ask.occurrence, ask.person, ask.at, stand, ask.tries)
