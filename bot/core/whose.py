"""On whose clocks, in whose language, and when not somebody is written to who did not ask just now."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.calls import Community, Person
from bot.core.ids import PersonId
from bot.core.ports import Unit
from bot.core.quiet import Quiet, after_quiet


class Peace(Protocol):
    """When a person does not want to be written to."""

    @property
    def quiet(self) -> Quiet | None: ...

    def are_paused(self, now: datetime) -> bool: ...


PeaceOf = Callable[[PersonId, Unit], Awaitable[Peace | None]]


async def no_wishes(_person: PersonId, _unit: Unit) -> Peace | None:
    """Nobody said when they do not want to be written to."""
    return None


def heard_at(peace: Peace | None, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when somebody may hear of something: now, or when their quiet hours end. `zone`: on whose clocks those are."""
    return after_quiet(now, peace.quiet if peace is not None else None, zone)


def zone_named(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError):  # a zone that a new release of the zone data dropped
        return None


async def zone_of(person: Person | None, unit: Unit) -> ZoneInfo:
    """Return the zone on whose clocks a person lives: their own, else their community's, else the host's."""
    own = zone_named(person.zone) if person is not None else None
    if own is not None:
        return own
    home = await _home(person, unit)
    theirs = zone_named(home.zone) if home is not None else None
    return theirs or zone_named(unit.communities.host_zone) or ZoneInfo("UTC")


async def language_of(person: Person | None, unit: Unit) -> str:
    """Return in which language a person is written to: their own, else their community's; "" when neither is known."""
    if person is not None and person.language:
        return person.language
    home = await _home(person, unit)
    return home.language if home is not None else ""


async def _home(person: Person | None, unit: Unit) -> Community | None:
    return await unit.communities.get(person.home) if person is not None and person.home is not None else None
