"""Laws of evenings: what is done to one is done to no other."""

from datetime import date, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis.strategies import data, sampled_from
from msgspec.structs import replace

from bot.core.calendar import Change, Pause, evening_at, evenings, next_evening, original_of
from bot.core.ids import CommunityId, MeetingId, RoomId
from bot.core.schedule import on_the_clock, starts
from tests.properties.evenings import AHEAD, HERE, TUESDAYS, change, in_pause, plans, upcoming


@given(plans())
def test_evenings_are_later_than_now_and_come_in_order_each_once(plan):
    found = plan.ahead()
    assert all(evening.starts_at > plan.now for evening in found)
    assert all((one.starts_at, one.original) < (two.starts_at, two.original) for one, two in pairwise(found))
    assert len({evening.original for evening in found}) == len(found)


@given(plans())
def test_without_changes_evenings_are_the_starts_of_the_rule(plan):
    plain = upcoming(plan.series, (), (), plan.now)
    assert [evening.starts_at for evening in plain] == list(islice(starts(plan.series.schedule, plan.now), len(plain)))
    assert all(evening.ends_at - evening.starts_at == plan.series.length for evening in plain)
    assert not any(evening.cancelled or evening.moved or evening.why or evening.host for evening in plain)


@given(data(), plans())
def test_editing_one_evening_changes_no_other(data, plan):
    before = plan.ahead()
    if not before:
        return
    one = data.draw(sampled_from(before))
    edited = data.draw(change(datetime.fromisoformat(one.original)))
    others = [change for change in plan.changes if change.original != one.original]
    after = upcoming(plan.series, [*others, edited], plan.pauses, plan.now)
    assert [evening for evening in after if evening.original != one.original] == [
        evening for evening in before if evening.original != one.original
    ]


@given(data(), plans())
def test_an_evening_is_as_it_was_edited(data, plan):
    zone = ZoneInfo(plan.series.schedule.zone)
    for found in plan.ahead():
        edited = next((change for change in plan.changes if change.original == found.original), Change(TUESDAYS, found.original))
        assert found.starts_at == on_the_clock(datetime.fromisoformat(edited.starts or found.original), zone)
        assert found.ends_at - found.starts_at == timedelta(minutes=edited.minutes or plan.series.length / timedelta(minutes=1))
        assert found.room == (edited.room or "usual")
        assert found.host == edited.host
        assert found.moved == edited.moves
        paused = in_pause(found, plan.pauses) and not found.moved
        assert found.cancelled == (edited.cancelled or paused)
        assert found.why == (edited.reason or next((p.title for p in plan.pauses if paused and in_pause(found, [p])), ""))


@given(plans())
def test_an_evening_asked_for_by_its_name_is_the_one_that_is_listed(plan):
    for found in plan.ahead():
        assert evening_at(plan.series, plan.changes, plan.pauses, found.original) == found
        off = original_of(datetime.fromisoformat(found.original) + timedelta(minutes=1))
        assert evening_at(plan.series, plan.changes, plan.pauses, off) is None


@given(plans())
def test_the_next_evening_is_the_first_that_takes_place(plan):
    ahead = next((evening for evening in plan.ahead() if not evening.cancelled), None)
    found = next_evening(plan.series, plan.changes, plan.pauses, plan.now)
    assert found == ahead or (ahead is None and found is not None and found.starts_at > plan.now + AHEAD)
    assert next_evening(replace(plan.series, cancelled_at=plan.now), plan.changes, plan.pauses, plan.now) is None


@given(plans())
def test_after_an_evening_comes_the_one_that_is_listed_behind_it(plan):
    """Computed afresh from each evening, as the next is planned when one is over, the list is the same."""
    found = plan.ahead()
    for one, two in pairwise(found):
        if one.starts_at < two.starts_at:
            assert next(evenings(plan.series, plan.changes, plan.pauses, one.starts_at)) == two


@given(plans())
def test_what_is_of_another_series_or_community_changes_nothing(plan):
    elsewhere = [replace(change, series=MeetingId("other")) for change in plan.changes]
    always = date.min, date.max
    pauses = [
        Pause("a", CommunityId("other"), *always, "Away"),
        Pause("b", HERE, *always, "Away", MeetingId("other")),
    ]
    assert upcoming(plan.series, elsewhere, pauses, plan.now) == upcoming(plan.series, (), (), plan.now)


@given(plans())
def test_a_change_of_an_evening_that_the_rule_no_longer_gives_changes_nothing(plan):
    later = (datetime.fromisoformat(change.original) + timedelta(minutes=1) for change in plan.changes)
    astray = [
        replace(change, original=original_of(wall), starts=original_of(wall + timedelta(days=2)), room=RoomId("garden"))
        for change, wall in zip(plan.changes, later, strict=True)
    ]
    assert upcoming(plan.series, astray, plan.pauses, plan.now) == upcoming(plan.series, (), plan.pauses, plan.now)
