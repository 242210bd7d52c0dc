"""Who wants to be asked in private, and the one private prompt of a person that is open: a part of `storage.prompts`."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select, true, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import PersonId
from handlers.prompts.records import Open, Wish, WishBody
from storage.tables.prompts import prompt_opens, prompt_wishes
from storage.unit import concrete

_WISH = select(prompt_wishes).where(prompt_wishes.c.id == bindparam("this"))
_WISHING = (
    select(prompt_wishes)
    .where(prompt_wishes.c.prompt == bindparam("of"), prompt_wishes.c.id > bindparam("beyond"))
    .order_by(prompt_wishes.c.id)
    .limit(bindparam("most"))
)
_OPEN_OF = select(prompt_opens).where(prompt_opens.c.person == bindparam("whose"))
_OPENED = select(prompt_opens).where(prompt_opens.c.id == bindparam("this"))
_OPEN_ON = (
    select(prompt_opens)
    .where(prompt_opens.c.asking == bindparam("of"), prompt_opens.c.id > bindparam("beyond"))
    .order_by(prompt_opens.c.id)
    .limit(bindparam("most"))
)
_SENT = update(prompt_opens).where(prompt_opens.c.id == bindparam("this")).values(sent=true())


class WishRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def keep_wish(self, wish: Wish) -> None:
        body = await self._unit.seal(wish.person, "prompt_wishes", "body", wish.id, wish.body)
        if await self._unit.run(update(prompt_wishes).where(prompt_wishes.c.id == wish.id).values(body=body)):
            return
        row = {"id": wish.id, "person": wish.person, "prompt": wish.prompt or None, "at": wish.at, "body": body}
        await self._unit.run(self._unit.insert(prompt_wishes).values(**row).on_conflict_do_nothing())

    async def wish(self, wish: str) -> Wish | None:
        row = await self._unit.row(_WISH, {"this": wish})
        return None if row is None else await self._wish(row)

    async def drop_wish(self, wish: str) -> None:
        await self._unit.run(delete(prompt_wishes).where(prompt_wishes.c.id == wish))

    async def wishes_of(self, person: PersonId) -> Sequence[Wish]:
        query = select(prompt_wishes).where(prompt_wishes.c.person == person).order_by(prompt_wishes.c.at, prompt_wishes.c.id)
        return [await self._wish(row) for row in await self._unit.rows(query)]

    async def wishing(self, prompt: str, after: str, limit: int) -> Sequence[Wish]:
        rows = await self._unit.rows(_WISHING, {"of": prompt, "beyond": after, "most": limit})
        return [await self._wish(row) for row in rows]

    async def hold(self, person: PersonId) -> None:
        await self._unit.lock(f"prompts_{person}")

    async def open_of(self, person: PersonId) -> Open | None:
        row = await self._unit.row(_OPEN_OF, {"whose": person})
        return None if row is None else _open(row)

    async def opened(self, name: str) -> Open | None:
        row = await self._unit.row(_OPENED, {"this": name})
        return None if row is None else _open(row)

    async def keep_open(self, one: Open) -> None:
        values = {"id": one.id, "wish": one.wish, "asking": one.asking, "sent": one.sent, "at": one.at}
        insert = self._unit.insert(prompt_opens).values(person=one.person, **values)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["person"], set_=values))

    async def drop_open(self, name: str) -> None:
        await self._unit.run(delete(prompt_opens).where(prompt_opens.c.id == name))

    async def mark_sent(self, name: str) -> None:
        await self._unit.run(_SENT, {"this": name})

    async def open_on(self, asking: str, after: str, limit: int) -> Sequence[Open]:
        rows = await self._unit.rows(_OPEN_ON, {"of": asking, "beyond": after, "most": limit})
        return [_open(row) for row in rows]

    async def _wish(self, row: RowMapping) -> Wish:
        person = PersonId(row["person"])
        body = await self._unit.open(person, "prompt_wishes", "body", row["id"], row["body"], WishBody)
        return Wish(row["id"], person, row["at"], row["prompt"] or "", body)


def _open(row: RowMapping) -> Open:
    return Open(row["id"], PersonId(row["person"]), row["wish"], row["asking"], row["at"], row["sent"])
