"""What an urge is read as, what came before a lower number, and how ratings stand beside each other."""

from datetime import UTC, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.log.helped import FIVE, helped
from handlers.log.over_time import themes, wheel
from handlers.log.records import Used
from handlers.log.rules import LETTERS, TOOLS, TRIGGERS, WAYS, Urge, urge_of, urges_of

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)

entries = st.one_of(
    st.integers(-3, 12),
    st.text(max_size=8),
    st.sampled_from([*WAYS, *TRIGGERS, "nothing", "day", "earlier"]),
    st.lists(st.sampled_from([*WAYS, *TRIGGERS, *LETTERS, "gone"]), max_size=4),
    st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=2),
)
names = st.sampled_from(
    ["before", "after", "coping", "triggers", "when", "day", "hour", "pick", "dents.pick", "lasted", "went", "note", "about"]
)
uses = st.builds(
    Used,
    st.uuids().map(str),
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from(TOOLS),
    st.dictionaries(names, entries, max_size=8),
)
urges = st.lists(
    st.builds(
        Urge,
        st.just(""),
        st.just("urge"),
        st.just(NOON),
        st.none() | st.integers(0, 10),
        st.none() | st.integers(0, 10),
        ways=st.lists(st.sampled_from([*WAYS, "nothing"]), max_size=3, unique=True).map(tuple),
        letters=st.lists(st.sampled_from(LETTERS), max_size=2, unique=True).map(tuple),
    ),
    max_size=60,
)


@given(uses.filter(lambda used: datetime(2, 1, 1, tzinfo=UTC) < used.at < datetime(9998, 1, 1, tzinfo=UTC)))
def test_any_kept_answers_are_read_without_a_fault(used):
    """Also those of an earlier version, in which an answer was of another kind."""
    urge = urge_of(used, BERLIN)
    assert urge.at <= used.at
    assert {*urge.triggers} <= {*TRIGGERS}
    assert all(number is None or 0 <= number <= 10 for number in (urge.before, urge.after))


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        ({}, NOON),
        ({"when": "now"}, NOON),
        ({"when": "earlier", "hour": "07:30"}, datetime(2026, 12, 1, 6, 30, tzinfo=UTC)),
        ({"when": "earlier", "hour": "23:30"}, NOON),  # later than now it cannot have been
        ({"when": "day", "day": "2026-11-28", "hour": "22:00"}, datetime(2026, 11, 28, 21, tzinfo=UTC)),
        ({"when": "day", "day": "2026-11-28"}, datetime(2026, 11, 28, 12, tzinfo=UTC)),
        ({"when": "day", "day": "gone", "hour": "?"}, NOON),
    ],
)
def test_an_urge_noted_later_stands_at_its_own_time(answers, at):
    assert urge_of(Used("a", NOON, "urgelog", answers), BERLIN).at == at


@pytest.mark.parametrize(
    ("kept", "hour", "at"),
    [
        # 00:30 in Berlin: the evening that has just been
        (datetime(2026, 12, 1, 23, 30, tzinfo=UTC), "22:15", datetime(2026, 12, 1, 21, 15, tzinfo=UTC)),
        (datetime(2026, 12, 1, 23, 30, tzinfo=UTC), "00:10", datetime(2026, 12, 1, 23, 10, tzinfo=UTC)),
        # 10:00 in Berlin: an hour that is still to come was not meant
        (datetime(2026, 12, 1, 9, tzinfo=UTC), "22:15", datetime(2026, 12, 1, 9, tzinfo=UTC)),
    ],
)
def test_earlier_after_midnight_is_the_evening_before(kept, hour, at):
    assert urge_of(Used("a", kept, "urgelog", {"when": "earlier", "hour": hour}), BERLIN).at == at


def test_the_hour_is_that_on_the_persons_own_clocks():
    used = Used("a", NOON, "urgelog", {"when": "day", "day": "2026-11-28", "hour": "22:00"})
    assert urge_of(used, ZoneInfo("America/New_York")).at == datetime(2026, 11, 29, 3, tzinfo=UTC)


def test_urges_stand_by_when_they_were_not_by_when_they_were_noted():
    late = Used("late", NOON, "urgelog", {"when": "day", "day": "2026-11-20", "hour": "10:00"})
    soon = Used("soon", NOON - timedelta(days=2), "urge", {})
    assert [urge.id for urge in urges_of([soon, late], BERLIN)] == ["late", "soon"]


def test_what_was_done_is_read_the_same_from_every_tool():
    assert urge_of(Used("a", NOON, "urge", {"coping": "surf"}), BERLIN).ways == ("surf",)
    assert urge_of(Used("a", NOON, "urgelog", {"coping": ["surf", "nothing"]}), BERLIN).ways == ("surf", "nothing")
    assert urge_of(Used("a", NOON, "surf", {}), BERLIN).ways == ("surf",)
    assert urge_of(Used("a", NOON, "urge", {"coping": "unsafe"}), BERLIN).ways == ()
    assert urge_of(Used("a", NOON, "urge", {"coping": "dents", "dents.pick": ["swap"]}), BERLIN).letters == ("swap",)


@given(urges)
def test_the_numbers_of_a_way_are_those_of_its_entries(noted):
    for one in helped(noted):
        way = one.way.removeprefix("letter_")
        ways = [urge.letters if one.way.startswith("letter_") else urge.ways for urge in noted]
        drops = [urge.drop for urge, said in zip(noted, ways, strict=True) if way in said and urge.drop is not None]
        assert (one.entries, one.lower, one.middle) == (len(drops), sum(drop > 0 for drop in drops), median(drops))
        assert one.is_told == (len(drops) >= FIVE)
        assert one.missing == max(0, FIVE - len(drops))


@given(urges, urges)
def test_more_entries_never_make_a_count_smaller(noted, more):
    before, after = ({one.way: one for one in helped(found)} for found in (noted, [*noted, *more]))
    assert all(after[way].entries >= one.entries and after[way].lower >= one.lower for way, one in before.items())


@given(urges)
def test_the_order_of_the_entries_changes_nothing(noted):
    assert helped(noted) == helped(noted[::-1])


@given(urges)
def test_ways_with_too_few_entries_stand_in_an_order_that_says_nothing(noted):
    few = [one.way for one in helped(noted) if not one.is_told]
    assert few == sorted(few, key=[*WAYS, *(f"letter_{letter}" for letter in LETTERS)].index)


def test_ratings_are_kept_apart_by_what_they_are_about():
    rated = [
        Used("a", NOON, "rulers", {"about": "Coffee", "importance": 3, "confidence": 4}),
        Used("b", NOON + timedelta(days=1), "changeplan", {"change": "coffee ", "importance": 7}),
        Used("c", NOON + timedelta(days=2), "rulers", {"about": "Sleep", "confidence": 1}),
        Used("d", NOON, "rulers", {"about": "Nothing rated"}),
    ]
    found = themes(rated)
    assert [theme.title for theme in found] == ["Sleep", "coffee"]
    assert [(one.importance, one.confidence) for one in found[1].ratings] == [(3, 4), (7, None)]


def test_a_wheel_stands_beside_the_one_of_last_month():
    def on(days, **scores):
        return Used(str(days), NOON + timedelta(days=days), "wheel", {"scores": {area: str(n) for area, n in scores.items()}})

    found = wheel([on(0, work=1), on(40, work=2, rest=3), on(60, work=5), on(70, work=6, fun=4)], "scores")
    assert found is not None
    assert found.before == NOON + timedelta(days=40)
    assert found.areas == (("work", 6, 2), ("fun", 4, None))
    lately = wheel([on(0, work=1), on(3, work=2)], "scores")
    assert lately is not None
    assert lately.areas == (("work", 2, 1),)
    assert wheel([on(0)], "scores") is None
