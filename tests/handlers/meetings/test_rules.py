from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from msgspec.structs import replace

from bot.core.ids import MeetingId, OccurrenceId
from bot.core.meetings import Occurrence, State, room_moments
from handlers.meetings import rules, times
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
    assert times.planned_end(working, OUTLINE) == minutes(75)
    assert times.planned_end(replace(working, since=minutes(5)), OUTLINE) == minutes(52)
    assert times.planned_end(CLOSING, OUTLINE) == minutes(90)


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


def test_the_room_promises_its_moments_from_the_question_who_hosts_to_the_close():
    assert {due.kind: due.at for due in room_moments(PLANNED)} == {
        "room.duty": minutes(-24 * 60),
        "room.claim": minutes(-15),
        "room.open": minutes(-10),
        "room.start": minutes(0),
        "room.closing": minutes(75),
        "room.close": minutes(120),
    }


def test_paused_time_is_added_to_the_segment_and_never_taken_from_the_check_out():
    paused = rules.pause(OPEN, 0, minutes(2))
    assert rules.pause(paused, 0, minutes(3)) is paused
    assert not times.is_up(paused, OUTLINE, minutes(60))
    resumed = rules.resume(paused, 0, minutes(12))
    assert times.planned_end(resumed, OUTLINE) == minutes(5 + 10)
    assert rules.resume(resumed, 0, minutes(13)) is resumed
    long_ago = rules.resume(paused, 0, minutes(74))
    assert times.planned_end(long_ago, OUTLINE) == minutes(75)
    assert rules.check_out(paused, OUTLINE, minutes(75)).state is State.CLOSING
    assert rules.check_out(paused, OUTLINE, minutes(75)).paused_at is None
    assert rules.pause(CLOSING, 5, minutes(80)) is CLOSING


def test_five_minutes_more_are_counted_from_now_when_the_time_is_up():
    assert times.planned_end(rules.extend(OPEN, OUTLINE, (0, 0), minutes(3)), OUTLINE) == minutes(10)
    assert times.planned_end(rules.extend(OPEN, OUTLINE, (0, 0), minutes(9)), OUTLINE) == minutes(14)


def test_the_second_of_two_who_ask_for_five_minutes_at_once_changes_nothing():
    longer = rules.extend(OPEN, OUTLINE, (0, 0), minutes(3))
    assert rules.extend(longer, OUTLINE, (0, 0), minutes(3)) is longer
    assert rules.extend(longer, OUTLINE, (0, longer.extra), minutes(3)).extra == 10


def test_no_more_minutes_are_given_out_of_the_check_out():
    working = replace(OPEN, segment=3, since=minutes(50))
    assert rules.extend(working, OUTLINE, (3, 0), minutes(70)) is working
    short = replace(OPEN, segment=4, since=minutes(70))  # pass the hat, three minutes
    assert times.planned_end(rules.extend(short, OUTLINE, (4, 0), minutes(72)), OUTLINE) == minutes(75)


def test_past_its_end_a_meeting_stays_a_quarter_of_an_hour_twice_and_then_closes():
    assert rules.stay(CLOSING, OUTLINE, (5, 0), minutes(89)) is CLOSING
    once = rules.stay(CLOSING, OUTLINE, (5, 0), minutes(91))
    assert rules.stay(once, OUTLINE, (5, 0), minutes(91)) is once
    twice = rules.stay(once, OUTLINE, (5, 15), minutes(104))
    assert rules.stay(twice, OUTLINE, (5, 30), minutes(119)) is twice
    assert [times.close_at(o) for o in (CLOSING, once, twice)] == [minutes(120), minutes(135), minutes(150)]


def test_without_a_host_a_meeting_goes_on_when_a_segments_time_is_up():
    alone = rules.start(LOBBY, OUTLINE, START, self_run=True)
    assert rules.go_on(alone, OUTLINE, minutes(4)) is alone
    following = rules.go_on(alone, OUTLINE, minutes(5))
    assert (following.segment, following.self_run) == (1, True)
    assert rules.go_on(rules.hosted(following), OUTLINE, minutes(60)).segment == 1


@pytest.mark.parametrize("value", ["", "x", "-1", "99999", "0_0_0", "0_x", "²", "1__2"])
def test_a_button_value_that_is_not_ours_names_no_segment_of_any_meeting(value):
    assert rules.seen_in(value) == (-2, -2) or value == "99999"
    assert rules.segment_seen(value) == -2


def test_an_outline_that_keeps_more_for_its_end_gets_it():
    outline = Outline("90", (Segment("welcome", 60), Segment("plan", 10, True), Segment("closing", 20, True)))
    assert times.closing_at(PLANNED, outline) == minutes(60)
    closing = rules.check_out(OPEN, outline, minutes(60))
    assert (closing.segment, times.planned_end(closing, outline)) == (1, minutes(70))
    last = rules.next_segment(closing, outline, 1, minutes(68))
    assert (last.state, times.planned_end(last, outline)) == (State.CLOSING, minutes(90))


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
        {"outline": "60", "segments": [{"key": "welcome", "minutes": 5, "words": "hello"}]},
    ],
)
def test_a_broken_outline_is_refused_by_name(loaded):
    with pytest.raises(msgspec.ValidationError):
        outline_from(loaded)


def test_an_outline_without_a_protected_part_closes_with_its_last():
    assert Outline("60", (Segment("welcome", 30), Segment("working", 30))).closing == 1
