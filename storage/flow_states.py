"""Flows under way."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Executable, bindparam, delete, select
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import FlowId, PersonId
from handlers.flows.records import UnderWay
from storage.tables.tools import flow_states
from storage.tools_bodies import FlowBody
from storage.transaction import Transaction
from storage.unit import concrete

_GET = select(flow_states).where(flow_states.c.id == bindparam("this"))
_FIND = select(flow_states).where(flow_states.c.mark == bindparam("this"))
_DROP = delete(flow_states).where(flow_states.c.id == bindparam("this"))


def _keep(transaction: Transaction) -> Executable:
    new = transaction.insert(flow_states)
    changed = {name: new.excluded[name] for name in ("mark", "at", "body")}
    return new.on_conflict_do_update(index_elements=[flow_states.c.id], set_=changed)


class FlowStates:
    """A `handlers.flows.records.FlowStates`."""

    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def get(self, flow: FlowId) -> UnderWay | None:
        row = await self._unit.row(_GET, {"this": flow})
        return None if row is None else await self._opened(row)

    async def find(self, person: PersonId, flow: str, subject: str) -> UnderWay | None:
        row = await self._unit.row(_FIND, {"this": self._mark(person, flow, subject)})
        return None if row is None else await self._opened(row)

    async def of_person(self, person: PersonId, since: datetime | None = None) -> Sequence[UnderWay]:
        """Return the person's unfinished flows, the last touched first; with `since`, those touched since then."""
        query = select(flow_states).where(flow_states.c.person == person).order_by(flow_states.c.at.desc(), flow_states.c.id)
        if since is not None:
            query = query.where(flow_states.c.at >= since)
        return [await self._opened(row) for row in await self._unit.rows(query)]

    async def keep(self, flow: UnderWay) -> None:
        body = FlowBody(flow.subject, flow.language, flow.state, flow.paused, flow.entry, flow.entry_at)
        row = {
            "id": flow.id,
            "person": flow.person,
            "mark": self._mark(flow.person, flow.state.flow, flow.subject),
            "at": flow.at,
            "body": await self._unit.seal(flow.person, "flow_states", "body", flow.id, body),
        }
        await self._unit.run(self._unit.made(_keep), row)

    async def drop(self, flow: FlowId) -> None:
        await self._unit.run(_DROP, {"this": flow})

    async def _opened(self, row: RowMapping) -> UnderWay:
        person = PersonId(row["person"])
        body = await self._unit.open(person, "flow_states", "body", row["id"], row["body"], FlowBody)
        return UnderWay(
            FlowId(row["id"]), person, body.subject, body.language, row["at"], body.state, body.paused, body.entry, body.entry_at
        )

    def _mark(self, person: PersonId, flow: str, subject: str) -> str:
        return self._unit.house.keys.index_mark("flow", f"{person}|{flow}|{subject}")
