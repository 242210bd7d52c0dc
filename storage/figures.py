"""Figures: a `handlers.figures.records.FigureBook` over one transaction, from the occurrences alone."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import select

from bot.core import ports
from bot.core.ids import CommunityId, MeetingId
from bot.core.meetings import OVER, Audience, Options, State
from handlers.figures.records import Evening
from storage.tables.meetings import occurrences, series
from storage.unit import concrete

_OVER = [state.value for state in OVER]


class Figures:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def audiences(self, community: CommunityId) -> Collection[Audience]:
        return {audience for audience in (await self._audiences(community)).values()}

    async def _audiences(self, community: CommunityId) -> Mapping[MeetingId, Audience]:
        """Series that were cancelled count as well: their evenings took place."""
        rows = await self._unit.rows(select(series.c.id, series.c.options).where(series.c.community == community))
        return {MeetingId(row["id"]): msgspec.json.decode(row["options"], type=Options).audience for row in rows}

    async def evenings(self, community: CommunityId, audience: Audience, since: datetime, until: datetime) -> Sequence[Evening]:
        of, found = occurrences.c, list[Evening]()
        audiences = await self._audiences(community)
        query = (
            select(of.series, of.starts_at, of.state, of.segment, of.self_run, of.heads)
            .join(series, series.c.id == of.series)
            .where(series.c.community == community, of.starts_at >= since, of.starts_at < until, of.state.in_(_OVER))
            .order_by(of.starts_at, of.id)
        )
        for row in await self._unit.rows(query):
            name = MeetingId(row["series"])
            if audiences.get(name) is audience:
                state, began = State(row["state"]), row["segment"] >= 0
                found.append(Evening(name, row["starts_at"], state, began, row["self_run"], row["heads"]))
        return found

    async def titles(self, series_ids: Collection[MeetingId]) -> Mapping[MeetingId, str]:
        query = select(series.c.id, series.c.community, series.c.title).where(series.c.id.in_(series_ids))
        return {
            MeetingId(row["id"]): await self._unit.open(row["community"], "series", "title", row["id"], row["title"], str)
            for row in await self._unit.rows(query)
        }
