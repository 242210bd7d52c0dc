"""A community's own version of a format, and the port for keeping it."""

from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.ids import CommunityId
from bot.core.outlines import Outline, OwnOutlines


class OwnFormat(msgspec.Struct, frozen=True):
    """`outline` is in force, unless it is None. `draft` was read from a file, and waits for a yes."""

    outline: Outline | None
    at: datetime
    draft: Outline | None = None


class Formats(OwnOutlines, Protocol):
    """Names, lengths and scripts are a facilitator's words: sealed under the community's key."""

    async def of(self, community: CommunityId, name: str) -> OwnFormat | None: ...

    async def names(self, community: CommunityId) -> frozenset[str]:
        """Return the formats of which the community has its own version in force."""
        ...

    async def keep(self, community: CommunityId, name: str, own: OwnFormat) -> None: ...

    async def restore(self, community: CommunityId, name: str) -> bool:
        """Delete the community's version; the shipped one is in force again. False when there was none."""
        ...
