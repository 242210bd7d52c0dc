"""Moments that were promised: the due table, from both of its sides."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.ids import PersonId


class Due(msgspec.Struct, frozen=True):
    """A moment that was promised. `kind` names the job (`timer.flow`, `room.open`): coarse, it stands unencrypted on disk."""

    key: str
    kind: str
    at: datetime
    subject: str


class DueBook(Protocol):
    async def add(self, due: Due, person: PersonId | None = None) -> None:
        """Promise a moment; the same key again moves it. `person`: whose it is, so that erasing them erases it."""
        ...

    async def take(self, due: Due) -> bool:
        """Strike off a claimed moment that is about to be kept. False when it was moved or dropped meanwhile: do nothing then.

        Called before the job, in the job's own transaction, so that the job may promise the same key anew.
        """
        ...

    async def drop(self, key: str) -> None: ...


class DueQueue(Protocol):
    """The timekeeper's side of the due table."""

    async def claim(self, owner: str, now: datetime, until: datetime, limit: int) -> Sequence[Due]: ...

    async def next_at(self) -> datetime | None: ...

    async def release(self, owner: str) -> None: ...
