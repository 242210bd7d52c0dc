"""Plans for seven days, with how they went. Whether there are notes about one stands in the sealed body only."""

from sqlalchemy import Table

from handlers.plans.records import KEPT_DAYS, PlanBody
from storage.tables.base import id_column, metadata, moment_column, person_column, sealed_column

plans = Table(
    "plans",
    metadata,
    id_column(),
    person_column(),
    moment_column("at", index=True),
    sealed_column("body"),
    info={"kind": "plans", "days": KEPT_DAYS, "sealed": {"body": PlanBody}},
)
