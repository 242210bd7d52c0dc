"""A community's own formats: a `handlers.formats.records.Formats` over one transaction."""

from sqlalchemy import delete, select

from bot.core import ports
from bot.core.ids import CommunityId, new_id
from bot.core.outlines import Outline
from handlers.formats.records import OwnFormat
from storage.tables.formats import own_formats
from storage.unit import concrete


class FormatRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def own(self, community: CommunityId, name: str) -> Outline | None:
        found = await self.of(community, name)
        return found.outline if found is not None else None

    async def of(self, community: CommunityId, name: str) -> OwnFormat | None:
        mine = (own_formats.c.community == community, own_formats.c.name == name)
        row = await self._unit.row(select(own_formats).where(*mine))
        if row is None:
            return None
        body = await self._open(community, "body", row["id"], row["body"])
        draft = await self._open(community, "draft", row["id"], row["draft"])
        return OwnFormat(body, row["at"], draft)

    async def names(self, community: CommunityId) -> frozenset[str]:
        query = select(own_formats.c.name).where(own_formats.c.community == community, own_formats.c.body.is_not(None))
        return frozenset(row["name"] for row in await self._unit.rows(query))

    async def keep(self, community: CommunityId, name: str, own: OwnFormat) -> None:
        """Replace the whole row: what is sealed is bound to the row's own id."""
        await self.restore(community, name)
        row = new_id()
        await self._unit.run(
            self._unit.insert(own_formats).values(
                id=row,
                community=community,
                name=name,
                body=await self._seal(community, "body", row, own.outline),
                draft=await self._seal(community, "draft", row, own.draft),
                at=own.at,
            )
        )

    async def restore(self, community: CommunityId, name: str) -> bool:
        mine = (own_formats.c.community == community, own_formats.c.name == name)
        return await self._unit.run(delete(own_formats).where(*mine)) > 0

    async def _seal(self, community: str, column: str, row: str, outline: Outline | None) -> bytes | None:
        return None if outline is None else await self._unit.seal(community, "own_formats", column, row, outline)

    async def _open(self, community: str, column: str, row: str, sealed: bytes | None) -> Outline | None:
        return None if sealed is None else await self._unit.open(community, "own_formats", column, row, sealed, Outline)
