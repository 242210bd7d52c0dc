"""Accounts that are one person, the code that joins them, and the port for keeping both."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

import msgspec

from bot.core.ids import OccurrenceId, PersonId

CODE_LIVES = timedelta(minutes=10)
ASK_LIVES = timedelta(minutes=10)


class Linked(msgspec.Struct, frozen=True):
    """One of a person's accounts. `joined`: it came in by a code; what is saved stays with the one that did not."""

    id: str
    platform: str
    joined: bool = False


class Offer(msgspec.Struct, frozen=True):
    """A code that waits to be typed. `person` made it, and keeps what is saved."""

    person: PersonId
    at: datetime


class Ask(msgspec.Struct, frozen=True):
    """A right code was typed by `person`, who is asked whether they want to become part of `keeper`. The code is used up."""

    id: str
    keeper: PersonId
    person: PersonId
    at: datetime


class Joined(msgspec.Struct, frozen=True):
    """What came of two persons becoming one. `dropped`: rows of the second that were there once for each, of which the first's
    was kept. `rooms` and `places`: evenings whose count of people present, or of people who come, is another now."""

    dropped: int = 0
    rooms: tuple[OccurrenceId, ...] = ()
    places: tuple[OccurrenceId, ...] = ()


class LinkBook(Protocol):
    async def accounts(self, person: PersonId) -> Sequence[Linked]:
        """Return the person's accounts, those that keep what is saved first, then the oldest first."""
        ...

    async def offer(self, person: PersonId, code: str, at: datetime) -> None:
        """Keep a mark of the person's one code; an earlier one ends."""
        ...

    async def find(self, code: str, now: datetime) -> Offer | None:
        """Return what a code is for, until it has run out."""
        ...

    async def use_up(self, code: str) -> None: ...

    async def ask(self, ask: Ask) -> None:
        """Keep the person's one ask, in place of an earlier one."""
        ...

    async def asked(self, ask: str, person: PersonId, now: datetime) -> Ask | None:
        """Return an ask of the person's own, until it has run out."""
        ...

    async def withdraw(self, person: PersonId) -> None:
        """Forget the person's ask."""
        ...

    async def join(self, keeper: PersonId, other: PersonId, now: datetime) -> Joined:
        """Make the second person part of the first: all their rows, and their accounts. The second's key is deleted."""
        ...

    async def is_kept_out(self, person: PersonId, now: datetime) -> bool:
        """Whether the person is put out of a meeting just now: a new person would not be."""
        ...

    async def part(self, person: PersonId, account: str, now: datetime) -> PersonId:
        """Make an account a new person without anything saved, and return them."""
        ...
