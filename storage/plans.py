"""Plans for seven days: a `handlers.plans.records.PlanBook` over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import PersonId
from handlers.plans.records import Plan, PlanBody
from storage.tables.plans import plans
from storage.unit import concrete

_GET = select(plans).where(plans.c.id == bindparam("this"))
_NEWEST = select(plans).where(plans.c.person == bindparam("whose")).order_by(plans.c.at.desc(), plans.c.id.desc()).limit(1)
_SINCE = (
    select(plans)
    .where(plans.c.person == bindparam("whose"), plans.c.at >= bindparam("since"))
    .order_by(plans.c.at, plans.c.id)
)  # fmt: skip
_DROP = delete(plans).where(plans.c.id == bindparam("this"))


class Plans:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def keep(self, plan: Plan) -> None:
        """Store a plan, new or changed."""
        body = await self._unit.seal(plan.person, "plans", "body", plan.id, plan.body)
        insert = self._unit.insert(plans).values(id=plan.id, person=plan.person, at=plan.at, body=body)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["id"], set_={"body": body}))

    async def get(self, plan: str) -> Plan | None:
        row = await self._unit.row(_GET, {"this": plan})
        return None if row is None else await self._opened(row)

    async def newest(self, person: PersonId) -> Plan | None:
        row = await self._unit.row(_NEWEST, {"whose": person})
        return None if row is None else await self._opened(row)

    async def of_person(self, person: PersonId, since: datetime) -> Sequence[Plan]:
        """Return the person's plans from `since` on, oldest first."""
        return [await self._opened(row) for row in await self._unit.rows(_SINCE, {"whose": person, "since": since})]

    async def drop(self, plan: str) -> None:
        await self._unit.run(_DROP, {"this": plan})

    async def _opened(self, row: RowMapping) -> Plan:
        person = PersonId(row["person"])
        body = await self._unit.open(person, "plans", "body", row["id"], row["body"], PlanBody)
        return Plan(row["id"], person, row["at"], body)
