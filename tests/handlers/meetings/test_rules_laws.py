"""Laws of the room: whatever is pressed, in whatever order, at whatever time, these hold."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.core.ids import MeetingId, OccurrenceId
from bot.core.meetings import AHEAD, CHECK_OUT, Occurrence, State
from bot.core.outlines import Outline, Segment, shared
from handlers.meetings import rules, times
from tests.handlers.meetings.house import OUTLINES

START = datetime(2026, 12, 1, 18, tzinfo=UTC)
MOST_STAYS = 2  # presses of a quarter of an hour past the end
RANK = {state: rank for rank, state in enumerate((State.PLANNED, State.ANNOUNCED, State.LOBBY, State.OPEN, State.CLOSING))}
RANK |= {State.CLOSED: 5, State.DEBRIEFED: 6, State.CANCELLED: 6}
EVENTS = (
    "lobby", "start", "self_start", "next", "old_next", "go_on", "check_out", "pause", "resume", "more", "more_again", "stay",
    "checkin", "host", "close", "cancel",
)  # fmt: skip
segments = st.builds(
    Segment,
    st.sampled_from(("welcome", "checkin", "working", "own_1")),
    st.integers(1, 60),
)
outlines = st.one_of(
    st.sampled_from(list(OUTLINES.values())),
    st.builds(
        lambda free, kept: Outline("own", (*free, Segment("closing", kept, protected=True))),
        st.lists(segments, min_size=1, max_size=8),
        st.integers(15, 40),
    ),
)
acts = st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(0, 30 * 60)), max_size=40)


def do(event: str, o: Occurrence, outline: Outline, now: datetime) -> Occurrence:
    seen, both = o.segment, (o.segment, o.extra)
    match event:
        case "lobby":
            return rules.lobby(o, now)
        case "start" | "self_start":
            return rules.start(o, outline, now, self_run=event == "self_start")
        case "next":
            return rules.next_segment(o, outline, seen, now)
        case "old_next":
            return rules.next_segment(o, outline, seen - 1, now)
        case "go_on":
            return rules.go_on(o, outline, now)
        case "check_out":
            return rules.check_out(o, outline, now)
        case "pause":
            return rules.pause(o, seen, now)
        case "resume":
            return rules.resume(o, seen, now)
        case "more":
            return rules.extend(o, outline, both, now)
        case "more_again":
            longer = rules.extend(o, outline, both, now)
            assert longer is o or rules.extend(longer, outline, both, now) is longer
            return longer
        case "stay":
            return rules.stay(o, outline, both, now)
        case "checkin":
            return rules.start_checkin(o)
        case "host":
            return rules.hosted(o)
        case "close":
            return rules.close(o, 3, now)
        case _:  # its series calls it off
            return replace(o, state=State.CANCELLED, since=now) if o.state in (*AHEAD, State.LOBBY) else o


@settings(deadline=None)
@given(outlines, st.integers(20, 240), acts)
def test_whatever_is_pressed_a_meeting_never_goes_back_and_its_check_out_is_kept(outline, minutes, pressed):
    outline = outline.fitted(minutes)
    o = Occurrence(OccurrenceId("a" * 32), MeetingId("b" * 32), START, START + timedelta(minutes=minutes))
    now, stays = START - timedelta(minutes=20), 0
    for event, seconds in pressed:
        now += timedelta(seconds=seconds)
        if o.state is State.OPEN and now >= times.closing_at(o, outline):
            o = rules.check_out(o, outline, now)  # its moment came: the timekeeper's part
        after = do(event, o, outline, now)
        assert RANK[after.state] >= RANK[o.state]
        assert after.segment >= o.segment
        if o.state in (State.CLOSED, State.CANCELLED):
            assert after is o
        if after.state is State.OPEN:
            assert after.segment < outline.closing
            assert times.planned_end(after, outline) <= times.closing_at(after, outline) <= after.ends_at - CHECK_OUT
            assert now < times.closing_at(after, outline)
        else:
            assert after.paused_at is None
        if after.state is State.CLOSING:
            assert after.segment >= outline.closing
        stays += event == "stay" and after is not o
        assert stays <= MOST_STAYS
        assert times.close_at(after) <= after.forgotten_at + MOST_STAYS * rules.STAY
        following = times.next_moment(after, outline)
        assert following is None or after.state in rules.UNDER_WAY
        o = after


@settings(deadline=None)
@given(outlines, st.integers(16, 300))
def test_a_fitted_outline_is_as_long_as_its_meeting_and_keeps_its_end(outline, minutes):
    fitted = outline.fitted(minutes)
    kept = sum(segment.minutes for segment in outline.segments if segment.protected)
    assert [segment.key for segment in fitted.segments] == [segment.key for segment in outline.segments]
    assert sum(segment.minutes for segment in fitted.segments if segment.protected) == kept
    assert fitted.minutes == max(minutes, kept)
    assert all(segment.minutes >= 0 for segment in fitted.segments)
    if minutes - kept >= len(outline.segments):
        assert all(segment.minutes >= 1 for segment in fitted.segments)
    assert outline.fitted(outline.minutes) == outline


@settings(deadline=None)
@given(st.lists(st.integers(1, 90), min_size=1, max_size=12), st.integers(0, 300))
def test_minutes_are_shared_whole_and_in_proportion(parts, whole):
    found = shared(parts, whole)
    assert sum(found) == whole
    for given_part, part in zip(parts, found, strict=True):
        assert abs(part - whole * given_part / sum(parts)) <= len(parts)


def test_a_pause_that_nobody_ends_is_ended_by_the_check_out():
    outline = OUTLINES["90"]
    lobby = Occurrence(OccurrenceId("a" * 32), MeetingId("b" * 32), START, START + timedelta(minutes=90), State.LOBBY)
    paused = rules.pause(rules.start(lobby, outline, START), 0, START)
    assert times.next_moment(paused, outline) is None
    closing = rules.check_out(paused, outline, times.closing_at(paused, outline))
    assert (closing.state, closing.paused_at) == (State.CLOSING, None)
