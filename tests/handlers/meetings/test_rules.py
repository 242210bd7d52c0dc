from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from bot.core.ids import MeetingId, OccurrenceId
from bot.core.meetings import Occurrence, State
from handlers.meetings import rules
from handlers.meetings.records import Outline, Segment, outline_from
from tests.handlers.meetings.house import OUTLINES

START = datetime(2026, 12, 1, 18, tzinfo=UTC)
OUTLINE = OUTLINES["90"]
PLANNED = Occurrence(OccurrenceId("a" * 32), MeetingId("b" * 32), START, START + timedelta(minutes=90))
LOBBY = replace(PLANNED, state=State.LOBBY)
OPEN = replace(PLANNED, state=State.OPEN, segment=0, since=START)
CLOSING = replace(PLANNED, state=State.CLOSING, segment=5, since=START)
CLOSED = replace(PLANNED, state=State.CLOSED)
CANCELLED = replace(PLANNED, state=State.CANCELLED)
EVERY = [PLANNED, replace(PLANNED, state=State.ANNOUNCED), LOBBY, OPEN, CLOSING, CLOSED, CANCELLED]


def minutes(count: float) -> datetime:
    return START + timedelta(minutes=count)


@pytest.mark.parametrize(
    ("event", "moves"),
    [
        (lambda o: rules.lobby(o, minutes(-10)), {"planned": "lobby", "announced": "lobby"}),
        (lambda o: rules.start(o, OUTLINE, START), {"lobby": "open"}),
        (lambda o: rules.next_segment(o, OUTLINE, 0, START), {"open": "open"}),
        (lambda o: rules.check_out(o, OUTLINE, minutes(75)), {"open": "closing"}),
        (
            lambda o: rules.close(o, 3, minutes(90)),
            {"planned": "closed", "announced": "closed", "lobby": "closed", "open": "closed", "closing": "closed"},
        ),
        (lambda o: rules.cancel(o, START), {"planned": "cancelled", "announced": "cancelled", "lobby": "cancelled"}),
    ],
)
def test_an_event_moves_only_the_states_it_is_for(event, moves):
    for before in EVERY:
        after = event(before)
        if before.state.value in moves:
            assert after.state.value == moves[before.state.value]
        else:
            assert after is before


def test_segments_follow_each_other_to_the_check_out_and_no_further():
    occurrence, states = rules.start(LOBBY, OUTLINE, START), []
    for seen in range(8):
        states.append((occurrence.segment, occurrence.state))
        occurrence = rules.next_segment(occurrence, OUTLINE, seen, minutes(seen))
    assert states[:6] == [(n, State.OPEN) for n in range(5)] + [(5, State.CLOSING)]
    assert states[5:] == [(5, State.CLOSING)] * 3


def test_the_second_of_two_facilitators_who_press_at_once_changes_nothing():
    first = rules.next_segment(OPEN, OUTLINE, 0, START)
    assert rules.next_segment(first, OUTLINE, 0, START) is first


def test_a_late_start_leaves_time_for_the_check_out():
    assert rules.start(LOBBY, OUTLINE, minutes(74)).segment == 0
    assert rules.start(LOBBY, OUTLINE, minutes(75)).state is State.CLOSING


def test_no_segment_is_promised_the_time_of_the_check_out():
    working = replace(OPEN, segment=3, since=minutes(50))
    assert rules.planned_end(working, OUTLINE) == minutes(75)
    assert rules.planned_end(replace(working, since=minutes(5)), OUTLINE) == minutes(52)
    assert rules.planned_end(CLOSING, OUTLINE) == minutes(90)


def test_a_check_in_is_started_once_and_only_in_a_meeting_under_way():
    assert rules.start_checkin(LOBBY) is LOBBY
    running = rules.start_checkin(OPEN)
    assert running.checkin
    assert rules.start_checkin(running) is running
    assert not rules.close(running, 1, START).checkin


@pytest.mark.parametrize(
    ("occurrence", "at", "may"),
    [
        (PLANNED, -16, False),
        (PLANNED, -15, True),
        (LOBBY, -10, True),
        (OPEN, 30, True),
        (CLOSING, 89, True),
        (CLOSED, 91, False),
        (CANCELLED, -5, False),
        (PLANNED, 120, False),
    ],
)
def test_people_may_join_from_a_quarter_of_an_hour_before_to_the_end(occurrence, at, may):
    assert rules.may_join(occurrence, minutes(at)) is may


def test_an_evening_that_went_by_does_not_open():
    assert rules.lobby(PLANNED, minutes(119)).state is State.LOBBY
    assert rules.lobby(PLANNED, minutes(120)) is PLANNED


def test_a_new_occurrence_promises_its_moments_but_no_news_that_is_past():
    far = {due.kind: due.at for due in rules.moments(PLANNED, minutes(-60 * 48))}
    assert far == {
        "room.announce_day": minutes(-60 * 24),
        "room.announce_soon": minutes(-15),
        "room.remind": minutes(-15),
        "room.open": minutes(-10),
        "room.closing": minutes(75),
        "room.close": minutes(120),
    }
    near = {due.kind for due in rules.moments(PLANNED, minutes(-5))}
    assert near == {"room.open", "room.closing", "room.close"}


@pytest.mark.parametrize("length", ["60", "90"])
def test_a_shipped_outline_is_as_long_as_its_meeting_and_ends_with_the_check_out(length):
    outline = OUTLINES[length]
    assert outline.outline == length
    assert outline.minutes == int(length)
    assert outline.segments[outline.closing] == outline.segments[-1] == Segment("closing", 15, protected=True)


@pytest.mark.parametrize(
    "loaded",
    [
        {},
        {"outline": "60", "segments": []},
        {"outline": "60", "segments": [{"key": "welcome"}]},
        {"outline": "60", "segments": [{"key": "welcome", "minutes": "5"}]},
        {"outline": "60", "segments": [{"key": "welcome", "minutes": 5, "script": "hello"}]},
    ],
)
def test_a_broken_outline_is_refused_by_name(loaded):
    with pytest.raises(msgspec.ValidationError):
        outline_from(loaded)


def test_an_outline_without_a_protected_part_closes_with_its_last():
    assert Outline("60", (Segment("welcome", 30), Segment("working", 30))).closing == 1
