"""Each command begins its flow, or goes on with it."""

from bot.core.calls import Call
from bot.core.ports import Flows, Unit
from bot.core.replies import Reply


class UrgeCommands:
    def __init__(self, flows: Flows) -> None:
        self._flows = flows

    async def urge(self, call: Call, unit: Unit) -> Reply:
        return await self._begin("urge", call, unit)

    async def surf(self, call: Call, unit: Unit) -> Reply:
        return await self._begin("surf", call, unit)

    async def dents(self, call: Call, unit: Unit) -> Reply:
        return await self._begin("dents", call, unit)

    async def _begin(self, flow: str, call: Call, unit: Unit) -> Reply:
        assert call.person is not None
        return await self._flows.begin(flow, "", call.person, call.language, call.at, unit)
