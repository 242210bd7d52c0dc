"""A kept one that goes in 24 hours because the person wants that: the promise, and the moment when it comes.

The promise stands unencrypted on disk, and looks like that of a message about any tool: who keeps a plan for danger at home is not
to be told by it. So a flow is `passing`, or has messages (`follow`), and never both.
"""

from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.moments import Due
from bot.core.ports import Unit
from handlers.flows import follow, views
from handlers.flows.follow import FOLLOW
from handlers.flows.records import ToolEntry
from handlers.flows.runner import Runner

GOES_AFTER = timedelta(hours=24)


async def promise(run: Runner, entry: ToolEntry, now: datetime, unit: Unit) -> ToolEntry:
    """Let an entry go in 24 hours. Asked for twice, it goes when it was to go first."""
    if entry.goes is not None:
        return entry
    entry = replace(entry, goes=now + GOES_AFTER, stays=False)
    await run.entries(unit).replace(entry)
    assert entry.goes is not None
    await unit.due.add(Due(follow.first_key(entry.id), FOLLOW, entry.goes, follow.first_subject(entry.id)), entry.person)
    return entry


async def stay(run: Runner, entry: ToolEntry, _: datetime, unit: Unit) -> ToolEntry:
    """Take that back."""
    entry = replace(entry, goes=None)
    await run.entries(unit).replace(entry)
    await unit.due.drop(follow.first_key(entry.id))
    return entry


class GoesJobs:
    def __init__(self, runner: Runner) -> None:
        self._run = runner

    async def go(self, due: Due, now: datetime, unit: Unit) -> None:
        """Delete the entry, and what goes on with it: that holds the same words. One that is gone, or is not to go any more, wants
        nothing."""
        entry = await self._run.entries(unit).get(follow.parse_subject(due.subject)[0])
        if entry is None or entry.goes is None:
            return
        if entry.goes > now:
            await unit.due.add(Due(due.key, due.kind, entry.goes, due.subject), entry.person)
            return
        await self._run.keeper.forget(self._run.flows.get(entry.tool), entry, unit)
        for under_way in await self._run.states(unit).of_person(entry.person):
            if under_way.entry == entry.id:
                await self._run.states(unit).drop(under_way.id)
                await unit.due.drop(f"flow.{under_way.id}")
                await unit.outbox.withdraw(views.slot(under_way.id))
