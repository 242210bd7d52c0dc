"""On whose clocks, and in whose language: a person's own, else their community's."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.core.calls import Person
from bot.core.ids import PersonId
from bot.core.ports import Unit


async def zone_of(person: Person | None, unit: Unit) -> ZoneInfo:
    """Return the zone on whose clocks a person lives: their own, else their community's."""
    home = await unit.communities.get(person.home) if person is not None and person.home is not None else None
    for name in (person.zone if person is not None else "", home.zone if home is not None else ""):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):  # a zone that a new release of the zone data dropped
            continue
    return ZoneInfo("UTC")


async def language_of(person: PersonId, unit: Unit) -> str:
    """Return in which language a person is written to: their own, else their community's."""
    found = await unit.people.get(person)
    home = await unit.communities.get(found.home) if found is not None and found.home is not None else None
    return (found.language if found is not None else "") or (home.language if home is not None else "")
