"""Persons and their accounts."""

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.engine import RowMapping

from bot.core.calls import Account, Person
from bot.core.ids import CommunityId, PersonId, new_id
from storage.tables.people import accounts, people
from storage.transaction import Transaction

_DOORS = (accounts.c.door_closed_at.is_not(None), accounts.c.at, accounts.c.id)
_FIND = select(people, accounts.c.door_closed_at).join(accounts).where(accounts.c.mark == bindparam("this"))
_OPEN = update(accounts).where(accounts.c.mark == bindparam("this")).values(door_closed_at=None)
_GET = select(people).where(people.c.person == bindparam("this"))
_DOOR = select(accounts.c.platform).where(accounts.c.person == bindparam("this")).order_by(*_DOORS).limit(1)

_OPEN_DOOR = (
    select(accounts.c.platform)
    .where(accounts.c.person == bindparam("this"), accounts.c.door_closed_at.is_(None))
    .order_by(accounts.c.at, accounts.c.id)
    .limit(1)
)


class People:
    """A `bot.core.ports.People`."""

    def __init__(self, transaction: Transaction) -> None:
        self._in = transaction

    async def find(self, account: Account) -> Person | None:
        """Return the account's person. Whoever acts from an account has its door open again."""
        mark = self._mark(account)
        if (row := await self._in.row(_FIND, {"this": mark})) is None:
            return None
        if row[accounts.c.door_closed_at] is not None:
            await self._in.run(_OPEN, {"this": mark})
        return _person(row)

    async def make(self, account: Account, at: datetime, home: CommunityId | None) -> Person:
        if (known := await self.find(account)) is not None:
            return known
        person = Person(PersonId(new_id()), home=home)
        self._in.make_key(person.id)
        await self._in.run(
            self._in.insert(people).values(person=person.id, language="", zone="", country="", home=home, consented_at=None, at=at)
        )
        row = new_id()
        await self._in.run(
            self._in.insert(accounts).values(
                id=row,
                person=person.id,
                platform=account.platform,
                mark=self._mark(account),
                user=await self._in.seal(person.id, "accounts", "user", row, account.user),
                door_closed_at=None,
                at=at,
            )
        )
        return person

    async def get(self, person: PersonId) -> Person | None:
        row = await self._in.row(_GET, {"this": person})
        return None if row is None else _person(row)

    async def save(self, person: Person) -> None:
        await self._in.run(
            update(people)
            .where(people.c.person == person.id)
            .values(
                language=person.language,
                zone=person.zone,
                country=person.country,
                home=person.home,
                consented_at=person.consented_at,
                tidy=person.tidy,
            )
        )

    async def door(self, person: PersonId) -> str | None:
        """Return the platform on which the person is written to: where the door is open, else the oldest; None for nobody."""
        row = await self._in.row(_DOOR, {"this": person})
        return None if row is None else str(row["platform"])

    async def open_door(self, person: PersonId) -> str | None:
        """Return a platform on which the person can be written to; None when every door is closed."""
        row = await self._in.row(_OPEN_DOOR, {"this": person})
        return None if row is None else str(row["platform"])

    async def accounts(self, person: PersonId) -> list[Account]:
        """Return the person's accounts, those whose door is open first, then the oldest first."""
        query = select(accounts).where(accounts.c.person == person).order_by(*_DOORS)
        return [
            Account(row["platform"], await self._in.open(person, "accounts", "user", row["id"], row["user"], str))
            for row in await self._in.rows(query)
        ]

    def _mark(self, account: Account) -> str:
        return self._in.house.keys.account_mark(account.platform, account.user)


def _person(row: RowMapping) -> Person:
    return Person(
        PersonId(row[people.c.person]),
        language=row[people.c.language],
        zone=row[people.c.zone],
        country=row[people.c.country],
        home=row[people.c.home],
        consented_at=row[people.c.consented_at],
        tidy=row[people.c.tidy],
    )
