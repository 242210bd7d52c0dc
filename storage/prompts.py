"""Check-in prompts: a `handlers.prompts.records.PromptStore` over one transaction."""

from collections.abc import Sequence
from datetime import date, time

import msgspec
from sqlalchemy import ColumnElement, bindparam, delete, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId, MeetingId, RoomId
from bot.core.meetings import Audience
from bot.core.schedule import Schedule
from handlers.prompts.records import Asking, Asks, Prompt, Standing, State
from storage.prompt_wishes import WishRows
from storage.tables.communities import rooms
from storage.tables.prompts import prompt_askings, prompts
from storage.unit import concrete

_GET = select(prompts).where(prompts.c.id == bindparam("this"))
_ASKING = select(prompt_askings).where(prompt_askings.c.id == bindparam("this"))
_NEWEST = (
    select(prompt_askings)
    .where(prompt_askings.c.prompt == bindparam("of"))
    .order_by(prompt_askings.c.at.desc(), prompt_askings.c.id)
    .limit(1)
)


class PromptBody(msgspec.Struct, frozen=True):
    """What of a prompt says whom it asks; and the title of the community's own questions."""

    audience: Audience
    asks: Asks
    title: str = ""


class PromptRows:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def keep(self, prompt: Prompt) -> None:
        values = {
            "room": prompt.room,
            "questions": prompt.questions,
            "body": await self._unit.seal(
                prompt.community, "prompts", "body", prompt.id, PromptBody(prompt.audience, prompt.asks, prompt.title)
            ),
            "zone": prompt.schedule.zone,
            "first": prompt.schedule.first.isoformat(),
            "wall": f"{prompt.schedule.wall:%H:%M}",
            "rule": prompt.schedule.rule,
            "series": prompt.series,
            "after": prompt.after,
            "held": ",".join(day.isoformat() for day in prompt.held),
            "state": prompt.state.value,
            "paused_until": prompt.paused_until,
        }
        insert = self._unit.insert(prompts).values(id=prompt.id, community=prompt.community, at=prompt.at, **values)
        await self._unit.run(insert.on_conflict_do_update(index_elements=["id"], set_=values))

    async def get(self, prompt: str) -> Prompt | None:
        row = await self._unit.row(_GET, {"this": prompt})
        return None if row is None else await self._prompt(row)

    async def drop(self, prompt: str) -> None:
        await self._unit.run(delete(prompts).where(prompts.c.id == prompt))

    async def of_community(self, community: CommunityId) -> Sequence[Prompt]:
        return await self._some(prompts.c.community == community)

    async def of_room(self, room: RoomId) -> Sequence[Prompt]:
        return await self._some(prompts.c.room == room)

    async def of_series(self, series: MeetingId) -> Sequence[Prompt]:
        return await self._some(prompts.c.series == series) if series else ()

    async def room_of(self, community: CommunityId, beginning: str) -> RoomId | None:
        query = select(rooms.c.id).where(rooms.c.community == community, rooms.c.id.startswith(beginning, autoescape=True))
        found = await self._unit.rows(query.limit(2))
        return RoomId(found[0]["id"]) if len(found) == 1 and beginning else None

    async def ask(self, asking: Asking) -> None:
        values = {"id": asking.id, "prompt": asking.prompt, "at": asking.at, "until": asking.until}
        await self._unit.run(self._unit.insert(prompt_askings).values(standing=asking.standing.value, **values))

    async def asking(self, asking: str) -> Asking | None:
        row = await self._unit.row(_ASKING, {"this": asking})
        return None if row is None else _asking(row)

    async def newest(self, prompt: str) -> Asking | None:
        row = await self._unit.row(_NEWEST, {"of": prompt})
        return None if row is None else _asking(row)

    async def stand(self, asking: str, standing: Standing) -> None:
        await self._unit.run(update(prompt_askings).where(prompt_askings.c.id == asking).values(standing=standing.value))

    async def _some(self, which: ColumnElement[bool]) -> Sequence[Prompt]:
        query = select(prompts).where(which).order_by(prompts.c.at, prompts.c.id)
        return [await self._prompt(row) for row in await self._unit.rows(query)]

    async def _prompt(self, row: RowMapping) -> Prompt:
        owner, name = CommunityId(row["community"]), row["id"]
        body = await self._unit.open(owner, "prompts", "body", name, row["body"], PromptBody)
        return Prompt(
            id=name,
            community=owner,
            room=RoomId(row["room"]),
            schedule=Schedule(row["zone"], date.fromisoformat(row["first"]), time.fromisoformat(row["wall"]), row["rule"]),
            at=row["at"],
            audience=body.audience,
            asks=body.asks,
            questions=row["questions"],
            title=body.title,
            series=MeetingId(row["series"]),
            after=row["after"],
            held=tuple(date.fromisoformat(day) for day in row["held"].split(",") if day),
            state=State(row["state"]),
            paused_until=row["paused_until"],
        )


class Prompts(PromptRows, WishRows):
    """All of it: also who wants to be asked in private."""


def _asking(row: RowMapping) -> Asking:
    return Asking(row["id"], row["prompt"], row["at"], row["until"], Standing(row["standing"]))
