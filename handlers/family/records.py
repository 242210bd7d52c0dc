"""What is kept of the question before a family tool: only until when a clear no holds. Of any other answer, nothing."""

from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.core.ids import PersonId

HOLDS = timedelta(days=30)


class Pass(msgspec.Struct, frozen=True):
    until: datetime


class PassBook(Protocol):
    async def of(self, person: PersonId) -> Pass | None: ...

    async def keep(self, person: PersonId, given: Pass, at: datetime) -> None: ...

    async def drop(self, person: PersonId) -> None: ...
