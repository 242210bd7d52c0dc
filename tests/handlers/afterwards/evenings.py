"""A whole evening in a house: people come, a facilitator opens the room, and closes it."""

from collections.abc import Sequence
from datetime import timedelta

from bot.core.ids import OccurrenceId
from bot.core.meetings import Occurrence
from bot.core.replies import Press
from storage.meetings import Meetings
from tests.handlers.meetings.house import House

HOST = "kim"


async def begin(house: House, *people: str, host: str = HOST, length: int = 90, late: Sequence[str] = (), **options) -> Occurrence:
    """People say that they are here, and the meeting starts."""
    occurrence = await house.plan(timedelta(minutes=20), length, **options)
    await house.pass_time(minutes=11)
    await house.press(host, Press("meetings", "join", occurrence.id), leads=True)
    for who in people:
        await house.press(who, Press("meetings", "join", occurrence.id))
    await house.pass_time(minutes=9)
    await house.press(host, Press("meetings", "start", occurrence.id), leads=True)
    for who in late:
        await house.pass_time(minutes=7)
        await house.press(who, Press("meetings", "join", occurrence.id))
    return await present(house, occurrence)


async def end(house: House, occurrence: Occurrence, host: str = HOST) -> Occurrence:
    """The host closes the room at the planned end."""
    await house.pass_time(seconds=(occurrence.ends_at - house.clock.now()).total_seconds())
    await house.press(host, Press("meetings", "end", occurrence.id, "yes"), leads=True)
    await house.work_off()
    return await present(house, occurrence)


async def evening(house: House, *people: str, host: str = HOST, **options) -> Occurrence:
    return await end(house, await begin(house, *people, host=host, **options), host)


async def present(house: House, occurrence: Occurrence) -> Occurrence:
    found = await house.store.transact(lambda unit: Meetings(unit).occurrence(OccurrenceId(occurrence.id)))
    assert found is not None
    return found
