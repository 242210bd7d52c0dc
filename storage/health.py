"""What `openchair doctor` asks of an open store."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select

from bot.core import ports
from storage.database import concrete
from storage.tables.checks import checks
from storage.tables.outbox import outbox

_ROW = "doctor"


class _Undo(Exception):
    """Takes a transaction back on purpose."""


async def write_and_undo(store: ports.Store) -> None:
    """Write a row and take it back. Raises StorageUnavailable when the database takes no writes."""

    async def work(unit: ports.Unit) -> None:
        unit_ = concrete(unit)
        await unit_.run(unit_.insert(checks).values(name=_ROW, value=b"").on_conflict_do_nothing(index_elements=[checks.c.name]))
        raise _Undo

    try:
        await store.transact(work)
    except _Undo:
        return


async def given_up(store: ports.Store, since: datetime) -> Sequence[tuple[str, str, int]]:
    """Return how many messages were given up for good since then, by platform and reason."""
    query = (
        select(outbox.c.platform, outbox.c.why, func.count().label("count"))
        .where(outbox.c.state == "dropped", outbox.c.done_at >= since)
        .group_by(outbox.c.platform, outbox.c.why)
        .order_by(outbox.c.platform, outbox.c.why)
    )

    async def work(unit: ports.Unit) -> Sequence[tuple[str, str, int]]:
        return [(row["platform"], row["why"], row["count"]) for row in await concrete(unit).rows(query)]

    return await store.transact(work)
