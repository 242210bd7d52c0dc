"""Evenings that are offered: a `handlers.roster.records.Swaps` over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId, MeetingId, PersonId
from handlers.roster.records import Swap, Wanted
from storage.tables.meetings import series as all_series
from storage.tables.roster import swaps
from storage.unit import concrete


class SwapRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def swap(self, swap: str) -> Swap | None:
        row = await self._unit.row(select(swaps).where(swaps.c.id == swap))
        return None if row is None else _swap(row)

    async def keep_swap(self, swap: Swap, at: datetime) -> None:
        values = {
            "asked": swap.asked,
            "wanted": swap.wanted.value,
            "for_series": swap.for_series,
            "for_original": swap.for_original,
            "until": swap.until,
        }
        new = {"id": swap.id, "person": swap.person, "series": swap.series, "original": swap.original, "at": at}
        insert = self._unit.insert(swaps).values(**new, **values)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["id"], set_=values))

    async def drop_swap(self, swap: str) -> bool:
        """False when it was gone already: of two who take it at once, one comes first."""
        return await self._unit.run(delete(swaps).where(swaps.c.id == swap)) == 1

    async def swaps_of(self, series: MeetingId, original: str) -> Sequence[Swap]:
        this = (swaps.c.series == series, swaps.c.original == original)
        return [_swap(row) for row in await self._unit.rows(select(swaps).where(*this).order_by(swaps.c.id))]

    async def drop_swaps_of(self, community: CommunityId, person: PersonId) -> None:
        there = select(all_series.c.id).where(all_series.c.community == community)
        await self._unit.run(delete(swaps).where(swaps.c.person == person, swaps.c.series.in_(there)))


def _swap(row: RowMapping) -> Swap:
    return Swap(
        id=row["id"],
        person=PersonId(row["person"]),
        series=MeetingId(row["series"]),
        original=row["original"],
        until=row["until"],
        asked=row["asked"],
        wanted=Wanted(row["wanted"]),
        for_series=None if row["for_series"] is None else MeetingId(row["for_series"]),
        for_original=row["for_original"],
    )
