"""Accounts that are one person: a `handlers.linking.records.LinkBook` over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select

from bot.core import ports
from bot.core.deeds import Standing
from bot.core.ids import PersonId
from handlers.linking.records import ASK_LIVES, CODE_LIVES, Ask, Joined, Linked, Offer
from storage.linking_join import join
from storage.linking_part import part
from storage.tables.floor import standings
from storage.tables.linking import link_asks, link_codes, links
from storage.tables.people import accounts
from storage.unit import concrete


class Links:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def accounts(self, person: PersonId) -> Sequence[Linked]:
        query = (
            select(accounts.c.id, accounts.c.platform, links.c.account)
            .outerjoin(links, links.c.account == accounts.c.id)
            .where(accounts.c.person == person)
            .order_by(links.c.account.is_not(None), accounts.c.at, accounts.c.id)
        )
        return [Linked(row["id"], row["platform"], row["account"] is not None) for row in await self._unit.rows(query)]

    # Codes --------------------------------------------------------------------------------------------------------------

    async def offer(self, person: PersonId, code: str, at: datetime) -> None:
        row = {"mark": self._mark(code), "at": at}
        insert = self._unit.insert(link_codes).values(person=person, **row)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[link_codes.c.person], set_=row))

    async def find(self, code: str, now: datetime) -> Offer | None:
        row = await self._unit.row(select(link_codes).where(link_codes.c.mark == self._mark(code)))
        if row is None or now >= row["at"] + CODE_LIVES:
            return None
        return Offer(PersonId(row["person"]), row["at"])

    async def use_up(self, code: str) -> None:
        await self._unit.run(delete(link_codes).where(link_codes.c.mark == self._mark(code)))

    def _mark(self, code: str) -> str:
        return self._unit.house.keys.token_mark(f"link {code}")

    # Asks ---------------------------------------------------------------------------------------------------------------

    async def ask(self, ask: Ask) -> None:
        await self.withdraw(ask.person)
        row = {"id": ask.id, "keeper": ask.keeper, "person": ask.person, "at": ask.at}
        await self._unit.run(self._unit.insert(link_asks).values(**row))

    async def asked(self, ask: str, person: PersonId, now: datetime) -> Ask | None:
        row = await self._unit.row(select(link_asks).where(link_asks.c.id == ask, link_asks.c.person == person))
        if row is None or now >= row["at"] + ASK_LIVES:
            return None
        return Ask(row["id"], PersonId(row["keeper"]), PersonId(row["person"]), row["at"])

    async def withdraw(self, person: PersonId) -> None:
        await self._unit.run(delete(link_asks).where(link_asks.c.person == person))

    # One, and two again -------------------------------------------------------------------------------------------------

    async def join(self, keeper: PersonId, other: PersonId, now: datetime) -> Joined:
        return await join(self._unit, keeper, other, now)

    async def is_kept_out(self, person: PersonId, now: datetime) -> bool:
        out = (standings.c.person == person, standings.c.standing == Standing.OUT.value)
        row = await self._unit.row(select(standings.c.id).where(*out, or_(standings.c.until.is_(None), standings.c.until > now)))
        return row is not None

    async def part(self, person: PersonId, account: str, now: datetime) -> PersonId:
        return await part(self._unit, person, account, now)
