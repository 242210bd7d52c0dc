"""What is counted of a community's evenings, and the port for it. Of people there is only how many, and that only in bands."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.ids import CommunityId, MeetingId
from bot.core.meetings import Audience, State


class Evening(msgspec.Struct, frozen=True):
    """One evening that is over. `began`: it was held. `self_run`: without a host."""

    series: MeetingId
    starts_at: datetime
    state: State
    began: bool
    self_run: bool
    heads: int


class FigureBook(Protocol):
    async def audiences(self, community: CommunityId) -> Collection[Audience]:
        """Return for whom the community ever had meetings."""
        ...

    async def evenings(self, community: CommunityId, audience: Audience, since: datetime, until: datetime) -> Sequence[Evening]:
        """Return one audience's evenings that started then and are over, in the order of their starts."""
        ...

    async def titles(self, series: Collection[MeetingId]) -> Mapping[MeetingId, str]: ...
