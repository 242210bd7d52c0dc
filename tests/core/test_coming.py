"""What is coming: one audience's evenings, with what became of each."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from msgspec.structs import replace

from bot.core.calendar import Change
from bot.core.coming import ahead, coming_of
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, RoomId
from bot.core.meetings import Audience, Occurrence, Options, Series, State
from bot.core.schedule import Schedule

NOW = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)  # half past seven in Berlin
SCHEDULE = Schedule("Europe/Berlin", date(2026, 11, 1), time(19), "FREQ=WEEKLY;BYDAY=TU")
SERIES = Series(MeetingId("a" * 32), CommunityId("c" * 32), RoomId("d" * 32), "x", SCHEDULE, timedelta(minutes=60))
TONIGHT = Occurrence(
    OccurrenceId("e" * 32), SERIES.id, NOW - timedelta(minutes=30), NOW + timedelta(minutes=30), original="2026-12-01T19:00"
)


def listed(occurrence: Occurrence | None, *changes: Change, now: datetime = NOW) -> list[tuple[int, bool]]:
    planned = {(occurrence.series, occurrence.original): occurrence} if occurrence else {}
    found = ahead(SERIES, changes, (), planned, now, now + timedelta(days=8))
    return [(one.evening.starts_at.day, one.evening.cancelled) for one in found]


class Book:
    """A `ComingBook` of nothing."""

    async def of_community(self, community):
        return ()

    async def since(self, series, start):
        return ()

    async def changes(self, series):
        return ()

    async def pauses(self, community):
        return ()


def test_what_has_begun_is_listed_until_its_end_and_longer_while_its_room_is_open():
    assert listed(None) == [(1, False), (8, False)]
    late = NOW + timedelta(minutes=40)
    assert listed(replace(TONIGHT, state=State.PLANNED), now=late) == [(8, False)]
    assert listed(replace(TONIGHT, state=State.CLOSING), now=late) == [(1, False), (8, False)]


@pytest.mark.parametrize("state", [State.CLOSED, State.DEBRIEFED])
def test_what_was_closed_before_its_end_is_over(state):
    assert listed(replace(TONIGHT, state=state)) == [(8, False)]


def test_what_was_cancelled_stays_until_it_would_have_ended():
    assert listed(replace(TONIGHT, state=State.CANCELLED)) == [(1, True), (8, False)]
    assert listed(None, Change(SERIES.id, "2026-12-01T19:00", cancelled=True)) == [(1, True), (8, False)]
    assert listed(replace(TONIGHT, state=State.CANCELLED), now=NOW + timedelta(minutes=31)) == [(8, False)]


def test_an_evening_made_longer_is_listed_to_its_own_end():
    longer = Change(SERIES.id, "2026-12-01T19:00", minutes=300)
    assert listed(None, longer, now=NOW + timedelta(hours=4)) == [(1, False), (8, False)]


async def test_no_list_is_made_of_two_audiences_or_two_communities():
    family = replace(SERIES, id=MeetingId("b" * 32), options=Options(audience=Audience.FAMILY))
    elsewhere = replace(SERIES, id=MeetingId("b" * 32), community=CommunityId("0" * 32))
    for other in (family, elsewhere):
        with pytest.raises(ValueError, match="one audience of one community"):
            await coming_of(Book(), [SERIES, other], NOW, NOW + timedelta(days=1))
    assert await coming_of(Book(), [], NOW, NOW) == []
