"""How fast messages may leave."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.runtime.limits import DISCORD, MOST_CHATS, TELEGRAM, Limiter, Rates, Slots, Window

START = datetime(2026, 12, 1, 18, tzinfo=UTC)


def seconds(at: datetime) -> float:
    return round((at - START).total_seconds(), 3)


@given(
    st.integers(1, 8),
    st.floats(0.1, 60),
    st.lists(st.floats(0, 30), min_size=1, max_size=60),
)
def test_no_stretch_of_a_windows_length_has_more_than_its_count(count, length, gaps):
    slots, now, booked = Slots(Window(count, length), margin=1), START, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        at = slots.earliest(now)
        assert at >= now
        slots.book(at)
        booked.append(at)
    assert booked == sorted(booked)
    for first, too_many in zip(booked, booked[count:], strict=False):
        assert too_many - first >= timedelta(seconds=length)


def test_a_fan_out_gets_the_whole_rate_less_what_is_held_back_for_answers():
    limiter = Limiter(TELEGRAM)
    moments = [limiter.book(f"chat {n}", group=False, now=START) for n in range(271)]
    assert seconds(moments[0]) == 0
    assert seconds(moments[270]) == 10


def test_a_fan_out_goes_evenly_so_that_being_late_on_the_way_breaks_no_limit():
    limiter = Limiter(TELEGRAM)
    moments = [limiter.book(f"chat {n}", group=False, now=START) for n in range(100)]
    gaps = {seconds(later) - seconds(earlier) for earlier, later in pairwise(moments)}
    assert all(abs(gap - 1 / 27) < 0.002 for gap in gaps)


def test_answers_are_not_delayed_and_take_their_share():
    limiter = Limiter(TELEGRAM)
    for n in range(27):
        limiter.answered(f"chat {n}", group=False, now=START)
    assert seconds(limiter.book("other", group=False, now=START)) == 1


def test_a_rush_of_answers_is_forgotten_after_a_windows_length():
    limiter = Limiter(TELEGRAM)
    for n in range(500):
        limiter.answered(f"chat {n}", group=False, now=START)
    assert seconds(limiter.book("other", group=False, now=START)) == 1


def test_answers_of_discord_are_outside_its_limit():
    limiter = Limiter(DISCORD)
    for n in range(200):
        limiter.answered(f"chat {n}", group=False, now=START)
    assert seconds(limiter.book("other", group=False, now=START)) == 0


def test_a_chat_takes_a_short_burst_and_then_one_a_second():
    limiter, now = Limiter(TELEGRAM), START
    at = []
    for _ in range(9):
        now = max(now, limiter.chat_opens("chat", group=False, now=now))
        limiter.book("chat", group=False, now=now)
        at.append(round(seconds(now)))
    assert at == [0, 0, 0, 3, 3, 3, 6, 6, 6]
    assert limiter.chat_opens("another", group=False, now=now) == now


def test_a_group_takes_twenty_a_minute():
    limiter, now = Limiter(TELEGRAM), START
    for _ in range(20):
        now = max(now, limiter.chat_opens("group", group=True, now=now))
        limiter.book("group", group=True, now=now)
    assert seconds(limiter.chat_opens("group", group=True, now=now)) >= 60


def test_a_429_shuts_the_chat_halves_the_rate_and_grows_back():
    limiter = Limiter(Rates(Window(20, 1), held_back=0.0))
    limiter.told_to_wait("chat", START + timedelta(seconds=3), START)
    assert seconds(limiter.chat_opens("chat", group=False, now=START)) == 3
    assert seconds(limiter.chat_opens("other", group=False, now=START)) == 0
    assert [seconds(limiter.book(f"{n}", group=False, now=START)) for n in range(11)][10] == 1
    much_later = START + timedelta(minutes=5)
    moments = [limiter.book(f"{n}", group=False, now=much_later) for n in range(21)]
    assert moments[0] == much_later
    assert moments[20] == much_later + timedelta(seconds=1)


def test_two_chats_told_to_wait_stop_the_platform():
    limiter = Limiter(TELEGRAM)
    for chat in ("one", "two"):
        limiter.told_to_wait(chat, START + timedelta(seconds=9), START)
    assert seconds(limiter.book("three", group=False, now=START)) == 9


def test_two_chats_told_to_wait_at_different_times_stop_nobody_else():
    limiter = Limiter(TELEGRAM)
    limiter.told_to_wait("one", START + timedelta(minutes=5), START)
    limiter.shut("down", START + timedelta(minutes=5), START)  # a chat whose message waits for another reason
    later = START + timedelta(minutes=1)
    limiter.told_to_wait("two", START + timedelta(minutes=5), later)
    assert limiter.book("three", group=False, now=later) == later


def test_chats_that_were_shut_are_forgotten():
    limiter = Limiter(TELEGRAM)
    for n in range(3 * MOST_CHATS):
        now = START + timedelta(seconds=n)
        limiter.shut(f"chat {n}", now + timedelta(seconds=5), now)
    assert len(limiter._shut) <= MOST_CHATS


def test_a_place_that_is_too_far_away_is_not_booked():
    limiter = Limiter(TELEGRAM)
    for chat in ("one", "two"):
        limiter.told_to_wait(chat, START + timedelta(seconds=9), START)
    places = [limiter.book(f"{n}", group=False, now=START, within=timedelta(seconds=5)) for n in range(3)]
    assert [seconds(at) for at in places] == [9, 9, 9]
