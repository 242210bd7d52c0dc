"""What commands, presses and jobs of receipts share: telling facilitators who asks, and the person what came of it."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.core.ids import OccurrenceId, PersonId, new_id
from bot.core.meetings import Occurrence
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.texts import Say, Texts
from handlers.receipts import confirm_views, rules, views
from handlers.receipts.records import ASKED_WITHIN, Ask, Attended, EveningBook, ReceiptBook, Stand, Visit

MOST_TOLD = 5  # facilitators, where nobody hosted


class Desk:
    def __init__(self, texts: Texts, meetings: Callable[[Unit], EveningBook], books: Callable[[Unit], ReceiptBook]) -> None:
        self.texts = texts
        self.meetings = meetings
        self.books = books

    async def waiting(self, unit: Unit, occurrence: OccurrenceId, reader: PersonId) -> list[tuple[Ask, Visit]]:
        """Return the asks that a facilitator may answer: not their own, and of people known to have been there."""
        book, found = self.books(unit), list[tuple[Ask, Visit]]()
        for ask in await book.waiting(occurrence):
            visit = await book.visit(occurrence, ask.person) if ask.person != reader else None
            if visit is not None:
                found.append((ask, visit))
        return found

    async def readers(self, unit: Unit, occurrence: Occurrence, asker: PersonId | None = None) -> Sequence[PersonId]:
        """Return who may be asked: the host, else those who were facilitators that evening; never the asker."""
        book = self.meetings(unit)
        host = await book.host(occurrence.id)
        if host is not None and host != asker:
            return (host,)
        leads = await book.granted(occurrence.id, rules.ended_at(occurrence))
        return tuple(person for person in leads if person != asker)[:MOST_TOLD]

    async def tell(self, unit: Unit, occurrence: Occurrence, now: datetime, but: PersonId | None = None) -> None:
        """Bring each facilitator's message up to date. An ask that nobody can answer is said so."""
        readers: dict[PersonId, None] = {}
        for ask in await self.books(unit).waiting(occurrence.id):
            who = await self.readers(unit, occurrence, ask.person)
            if who:
                readers.update(dict.fromkeys(who))
            else:
                await self.settle(unit, ask, Stand.REFUSED, now, nobody=True)
        for reader in readers:
            if reader != but:
                await self._list(unit, occurrence, reader)

    async def _list(self, unit: Unit, occurrence: Occurrence, reader: PersonId) -> None:
        say = await self._say_to(unit, reader)
        if say is None:
            return
        reply = confirm_views.asks(say, occurrence.id, await self.waiting(unit, occurrence.id, reader), reader)
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
