"""A series whose announcements are settled in one way or another."""

from datetime import UTC, datetime

from msgspec.structs import replace

from bot.core.meetings import When
from bot.core.quiet import quiet_from
from bot.core.replies import Reply
from handlers.announcements.records import Settings
from storage.announcements import Announcements
from storage.meetings import Meetings
from tests.handlers.announcements.house import House

START = datetime(2026, 12, 3, 18, tzinfo=UTC)  # Thursday 19:00 in Berlin; it is Tuesday, 19:00 there
TITLE = "Open evening"
ELSEWHERE = {"room": "other", "space": "elsewhere"}


async def settle(house: House, series, **settings: object) -> None:
    async def work(unit):
        await Announcements(unit).keep_settings(series.id, replace(Settings(), **settings))
        occurrence = await Meetings(unit).next_of(series.id)
        assert occurrence is not None
        await unit.due.add(When.ANNOUNCE_PLAN.due(house.clock.now(), occurrence.id))

    await house.store.transact(work)
    await house.work_off()


async def quiet(house: House, hours: str) -> None:
    community = await house.community()

    async def work(unit):
        await Announcements(unit).keep_quiet(community.id, quiet_from(hours))
        for name in await Announcements(unit).ahead(community.id):
            await unit.due.add(When.ANNOUNCE_PLAN.due(house.clock.now(), name))

    await house.store.transact(work)
    await house.work_off()


async def panel(house: House, **where: object) -> Reply:
    return await house.type("fay", "/meeting announce", leads=True, **where)
