"""On whose clocks, and in which language, somebody is written to: their own, else their community's."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.calls import Person
from bot.core.ports import Unit


async def zone_of(person: Person | None, unit: Unit) -> ZoneInfo:
    home = await unit.communities.get(person.home) if person is not None and person.home is not None else None
    for name in (person.zone if person is not None else "", home.zone if home is not None else ""):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):  # a zone that a new release of the zone data dropped
            continue
    return ZoneInfo("UTC")


async def language_of(person: Person, unit: Unit) -> str:
    home = await unit.communities.get(person.home) if person.home is not None else None
    return person.language or (home.language if home is not None else "")
