"""Those who lead a community's meetings: they came onto its roster, or were seen there with a role. For letters that only they may
have."""

from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec

from bot.core.ids import CommunityId, PersonId
from bot.core.ports import Unit


class Colleague(msgspec.Struct, frozen=True):
    """`name`: the one they chose to be known by among facilitators, "" for who is not on the list. `owner`: they had an owner's
    role when they were last seen; a role that ended is noticed at their next act in a room."""

    person: PersonId
    name: str
    owner: bool = False


class Staff(Protocol):
    async def of(self, community: CommunityId) -> Sequence[Colleague]:
        """Return the community's roster by the order of names."""
        ...

    async def has(self, community: CommunityId, person: PersonId) -> bool: ...


StaffOf = Callable[[Unit], Staff]


class NoStaff:
    """A house without a roster: nobody is on it."""

    async def of(self, community: CommunityId) -> Sequence[Colleague]:
        return ()

    async def has(self, community: CommunityId, person: PersonId) -> bool:
        return False


def no_staff(_unit: Unit) -> Staff:
    return NoStaff()
