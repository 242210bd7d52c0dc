"""Fixtures: a house on a real SQLite file, with figures of a past that the test writes down."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.ids import MeetingId, OccurrenceId, new_id
from bot.core.meetings import Audience, Occurrence, Options, Series, State
from bot.core.schedule import Schedule
from handlers import figures
from storage.figures import Figures
from storage.meetings import Meetings
from tests.handlers.meetings.house import House, open_house


@pytest.fixture
async def house(tmp_path, clock):
    async with open_house(tmp_path, clock, more=lambda texts: (figures.feature(texts, Figures, Meetings),)) as opened:
        yield opened


class Past:
    """A community's evenings, one after another in a month."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.series: dict[tuple[str, Audience], Series] = {}
        self.count = 0

    async def had(
        self,
        heads: int,
        month: int = 11,
        *,
        title: str = "Open evening",
        audience: Audience = Audience.PARTICIPANTS,
        state: State = State.CLOSED,
        segment: int = 3,
        self_run: bool = False,
        at: datetime | None = None,
    ) -> Occurrence:
        self.count += 1
        starts = at or datetime(2026, month, 1 + self.count % 27, 18, tzinfo=UTC)

        async def work(unit):
            community = await unit.communities.find_or_make("discord", self.house.space)
            room = await unit.rooms.find_or_make(community.id, self.house.place("", private=False))
            series = self.series.get((title, audience))
            if series is None:
                schedule = Schedule("Europe/Berlin", starts.date(), starts.time(), "FREQ=DAILY")
                length, options = timedelta(minutes=60), Options(audience=audience)
                series = Series(MeetingId(new_id()), community.id, room.id, title, schedule, length, options=options)
                self.series[title, audience] = series
                await Meetings(unit).add_series(series)
            name = f"{self.count:016}"
            evening = Occurrence(
                OccurrenceId(new_id()),
                series.id,
                starts,
                starts + series.length,
                state,
                segment,
                heads=heads,
                original=name,
                self_run=self_run,
            )
            return await Meetings(unit).plan(evening)

        return await self.house.store.transact(work)


@pytest.fixture
def past(house) -> Past:
    return Past(house)
