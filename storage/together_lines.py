"""Lines of what helped: a `handlers.together.records.Lines` over one transaction. Each is sealed under its author's key."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId, PersonId
from bot.core.meetings import Audience
from handlers.together.records import Line, LineBody
from storage.keys import NoKey
from storage.sealing import Unopenable
from storage.tables.together import together_lines
from storage.unit import concrete

_OF = together_lines.c


class SharedLines:
    def __init__(self, unit: ports.Unit) -> None:
        self._in = concrete(unit)

    async def line(self, line: str) -> Line | None:
        row = await self._in.row(select(together_lines).where(_OF.id == line))
        return None if row is None else await self._line(row)

    async def lines_of(self, person: PersonId, community: CommunityId) -> Sequence[Line]:
        query = select(together_lines).where(_OF.person == person, _OF.community == community)
        return await self._lines(await self._in.rows(query.order_by(_OF.at.desc(), _OF.id)))

    async def shared(self, community: CommunityId, audience: Audience, monday: date) -> Sequence[Line]:
        """Of two lines of a person (who was two before) the newer one is shown."""
        query = select(together_lines).where(_OF.community == community, _OF.monday == f"{monday}", _OF.shared)
        found = await self._lines(await self._in.rows(query.order_by(_OF.at, _OF.id)))
        newest = {line.person: line for line in found if line.body.audience is audience}
        return sorted(newest.values(), key=lambda line: self._in.house.keys.index_mark("together_line", line.id))

    async def keep_line(self, line: Line) -> None:
        changing = {
            "monday": f"{line.monday}",
            "at": line.at,
            "shared": line.shared,
            "hidden": line.hidden,
            "body": await self._in.seal(line.person, "together_lines", "body", line.id, line.body),
        }
        insert = self._in.insert(together_lines).values(id=line.id, person=line.person, community=line.community, **changing)
        await self._in.run(insert.on_conflict_do_update(index_elements=[_OF.id], set_=changing))

    async def drop_line(self, line: str) -> None:
        await self._in.run(delete(together_lines).where(_OF.id == line))

    async def drop_drafts(self, community: CommunityId, before: date) -> None:
        await self._in.run(delete(together_lines).where(_OF.community == community, ~_OF.shared, _OF.monday < f"{before}"))

    async def _lines(self, rows: Sequence[RowMapping]) -> list[Line]:
        return [line for row in rows if (line := await self._line(row)) is not None]

    async def _line(self, row: RowMapping) -> Line | None:
        """None for a line whose author is gone."""
        person = PersonId(row["person"])
        try:
            body = await self._in.open(person, "together_lines", "body", row["id"], row["body"], LineBody)
        except (NoKey, Unopenable):
            return None
        place = (CommunityId(row["community"]), date.fromisoformat(row["monday"]), row["at"])
        return Line(row["id"], person, *place, body, row["shared"], row["hidden"])
