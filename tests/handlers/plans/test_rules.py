"""From answers to a plan: its days are the next of their name, its moments are right across a clock change."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.core.ids import PersonId
from handlers.plans import rules
from handlers.plans.records import Action, Plan, PlanBody
from handlers.plans.rules import Note

BERLIN = ZoneInfo("Europe/Berlin")
TUESDAY = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)  # 18:00 in Berlin


def body(answers, now=TUESDAY, zone=BERLIN):
    return rules.body_of(answers, now, zone)


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        ("wed", "h9", [date(2026, 12, 2)]),
        ("mon", "h9", [date(2026, 12, 7)]),
        ("tue", "h19", [date(2026, 12, 1)]),  # today, and still to come
        ("tue", "h17", [date(2026, 12, 8)]),  # today's is over
        ("tue", "any", [date(2026, 12, 1)]),
        ("daily", "h19", [date(2026, 12, n) for n in range(1, 8)]),
        ("daily", "h9", [date(2026, 12, n) for n in range(2, 9)]),
        ("someday", "h9", []),
    ],
)
def test_a_day_is_the_next_of_its_name(day, hour, expected):
    [action] = body({"thing": ["Walk"], "day": {"Walk": day}, "hour": {"Walk": hour}}).actions
    assert list(action.days) == expected


def test_a_day_is_the_persons_own_and_not_that_of_utc():
    late = datetime(2026, 12, 1, 23, 30, tzinfo=UTC)  # Wednesday in Berlin
    made = body({"thing": ["Walk"], "day": {"Walk": "wed"}, "hour": {"Walk": "any"}}, late)
    assert (made.first, made.actions[0].days) == (date(2026, 12, 2), (date(2026, 12, 2),))


def test_what_was_left_out_is_left_open():
    made = body({"thing": ["Walk"]})
    assert made == PlanBody(date(2026, 12, 1), (Action("Walk"),))
    assert rules.notes(made) == ()


def test_forged_answers_make_no_plan_of_their_own():
    hostile = {"thing": [str(n) for n in range(9)], "hour": {"0": "h99", "1": "hx"}, "day": {"0": "mon", "1": "mon"}, "sure": 99}
    made = body({**hostile, "remind": "always", "who": ["x"]})
    assert [action.at for action in made.actions] == [None, None, None]
    assert (made.sure, made.reminds, made.asks, made.helper) == (None, False, False, "")


def test_an_if_then_has_both_halves():
    made = body({"thing": ["Walk"], "gaps": ["rain", "guests"], "then": {"rain": "the mall", "gone": "x"}})
    assert made.gaps == (("rain", "the mall"), ("guests", ""))
    assert rules.ifthens(made.gaps) == ("rain → the mall",)


def test_two_things_at_one_time_are_one_note():
    day = date(2026, 12, 2)
    made = PlanBody(day, (Action("a", (day,), time(9)), Action("b", (day,)), Action("c", (day,), time(7))))
    assert rules.notes(made) == (Note(day, time(7)), Note(day, time(9)))


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (date(2026, 3, 28), 19, datetime(2026, 3, 28, 18, 0, tzinfo=UTC)),
        (date(2026, 3, 29), 19, datetime(2026, 3, 29, 17, 0, tzinfo=UTC)),  # the clocks went forward that night
        (date(2026, 10, 25), 19, datetime(2026, 10, 25, 18, 0, tzinfo=UTC)),
    ],
)
def test_nineteen_stays_nineteen_when_the_clocks_change(day, hour, expected):
    assert rules.moment(Note(day, time(hour)), BERLIN) == expected


def test_a_check_in_asks_from_the_next_day_on_and_not_for_ever():
    plan = Plan("p", PersonId("ana"), TUESDAY, PlanBody(TUESDAY.date(), (Action("Walk"),)))
    asked = [rules.is_asked_about(plan, TUESDAY.replace(day=day)) for day in (1, 2, 21, 23)]
    assert asked == [False, True, True, False]
    again = rules.reviewed(plan, {"went": {"Walk": "partly", "Else": "done", "x": "y"}}, TUESDAY)
    assert again.body.review is not None
    assert again.body.review.went == {"Walk": "partly"}
    assert not rules.is_asked_about(again, TUESDAY.replace(day=2))
