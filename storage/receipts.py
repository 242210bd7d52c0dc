"""Acts that were done, with what was answered; and the one form a person has open."""

from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import bindparam, delete, insert, select, update

from bot.core.ids import PersonId, new_id
from bot.core.ports import PendingForm
from bot.core.replies import Reply, To
from storage.keys import NoKey
from storage.sealing import Unopenable
from storage.tables.receipts import forms, receipts
from storage.transaction import Transaction


class Answered(msgspec.Struct, frozen=True):
    """What is sealed of an act: the platform's own key of it, and the answer."""

    receipt: str
    reply: Reply


_OF = select(receipts).where(receipts.c.receipt == bindparam("this"))
_KEEP = insert(receipts)
_MARK_SENT = (
    update(receipts)
    .where(receipts.c.receipt == bindparam("this"), receipts.c.sent_at.is_(None))
    .values(sent_at=bindparam("now", type_=receipts.c.sent_at.type))
)
_FORM = select(forms).where(forms.c.person == bindparam("this"))


class Receipts:
    """A `bot.core.ports.Receipts`."""

    def __init__(self, transaction: Transaction) -> None:
        self._in = transaction

    async def of(self, receipt: str) -> Reply | None:
        row = await self._in.row(_OF, {"this": self._mark(receipt)})
        if row is None:
            return None
        answered = await self._in.open(row["person"], "receipts", "body", row["id"], row["body"], Answered)
        return answered.reply

    async def keep(self, receipt: str, person: PersonId, reply: Reply, at: datetime) -> None:
        if person in self._in.erased:
            return
        row = new_id()
        body = await self._in.seal(person, "receipts", "body", row, Answered(receipt, reply))
        await self._in.run(_KEEP, {"id": row, "receipt": self._mark(receipt), "person": person, "body": body, "at": at})

    async def mark_sent(self, receipt: str) -> None:
        await self._in.run(_MARK_SENT, {"this": self._mark(receipt), "now": self._in.house.clock.now()})

    async def unsent(self, since: datetime, until: datetime) -> Sequence[tuple[str, PersonId, Reply]]:
        then = receipts.c.at.between(since, until)
        query = select(receipts).where(receipts.c.sent_at.is_(None), then).order_by(receipts.c.at)
        found = []
        for row in await self._in.rows(query):
            person = PersonId(row["person"])
            try:
                answered = await self._in.open(person, "receipts", "body", row["id"], row["body"], Answered)
            except (NoKey, Unopenable):
                continue  # an answer that is lost must not keep the house from starting
            if answered.reply.to is not To.ROOM:
                found.append((answered.receipt, person, answered.reply))
        return found

    def _mark(self, receipt: str) -> str:
        return self._in.house.keys.index_mark("receipt", receipt)


class Forms:
    """A `bot.core.ports.Forms`."""

    def __init__(self, transaction: Transaction) -> None:
        self._in = transaction

    async def of(self, person: PersonId) -> PendingForm | None:
        row = await self._in.row(_FORM, {"this": person})
        if row is None:
            return None
        try:
            return await self._in.open(person, "forms", "body", person, row["body"], PendingForm)
        except Unopenable:
            return None  # it would take whatever the person writes, for two weeks

    async def keep(self, person: PersonId, pending: PendingForm | None) -> None:
        if pending is None:
            await self._in.run(delete(forms).where(forms.c.person == person))
            return
        row = {
            "body": await self._in.seal(person, "forms", "body", person, pending),
            "at": self._in.house.clock.now(),
        }
        await self._in.run(
            self._in.insert(forms).values(person=person, **row).on_conflict_do_update(index_elements=[forms.c.person], set_=row)
        )
