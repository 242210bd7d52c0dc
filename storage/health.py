"""What `openchair doctor` asks of an open store."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot.core import ports
from storage.database import concrete
from storage.tables.checks import checks
from storage.tables.outbox import outbox

GIVEN_UP_IS_KEPT = timedelta(days=outbox.info["days"])
_ROW = "doctor"
_GIVEN_UP = "SELECT platform, why, count(*) FROM outbox WHERE state = 'dropped' AND done_at >= ? GROUP BY 1, 2 ORDER BY 1, 2"


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


async def given_up(store: ports.Store, now: datetime) -> Sequence[tuple[str, str, int]]:
    """Return how many messages were given up for good while that is kept, by platform and reason."""
    query = (
        select(outbox.c.platform, outbox.c.why, func.count().label("count"))
        .where(outbox.c.state == "dropped", outbox.c.done_at >= now - GIVEN_UP_IS_KEPT)
        .group_by(outbox.c.platform, outbox.c.why)
        .order_by(outbox.c.platform, outbox.c.why)
    )

    async def work(unit: ports.Unit) -> Sequence[tuple[str, str, int]]:
        return [(row["platform"], row["why"], row["count"]) for row in await concrete(unit).rows(query)]

    return await store.transact(work)


def given_up_in(file: Path, now: datetime) -> Sequence[tuple[str, str, int]]:
    """Return the same of a file that a running bot has open; reading it holds up nobody. Raises sqlite3.Error."""
    since = (now - GIVEN_UP_IS_KEPT).astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
        return [(platform, why, count) for platform, why, count in connection.execute(_GIVEN_UP, (since,))]
