"""The calendar file: neutral words unless own ones are chosen, and times that every clock shows right."""

from datetime import UTC, date, datetime, time, timedelta

import icalendar

from bot.core.ids import PersonId
from bot.core.replies import Press, To
from handlers.plans.calendar import calendar, has_entries
from handlers.plans.records import Action, Plan, PlanBody
from tests.handlers.plans.conftest import make_plan

FIRST = date(2026, 3, 28)  # the clocks of Europe go forward the night after


def plan_of(*actions):
    return Plan("p", PersonId("ana"), datetime(2026, 3, 28, 8, 0, tzinfo=UTC), PlanBody(FIRST, actions))


def events(made):
    return [event for event in icalendar.Calendar.from_ical(made).walk("VEVENT")]


def test_times_float_so_that_clocks_show_them_wherever_one_is():
    made = calendar(plan_of(Action("Walk", (FIRST,), time(18))), ["Appointment"])
    assert b"DTSTART:20260328T180000\r\n" in made
    assert b"VTIMEZONE" not in made
    [event] = events(made)
    assert (str(event["SUMMARY"]), event.decoded("DURATION"), str(event["CLASS"])) == (
        "Appointment",
        timedelta(minutes=30),
        "PRIVATE",
    )


def test_every_day_is_one_entry_that_repeats_seven_times():
    days = tuple(FIRST + timedelta(days=n) for n in range(7))
    [event] = events(calendar(plan_of(Action("Walk", days)), ["Walk"]))
    assert event["RRULE"].to_ical() == b"FREQ=DAILY;COUNT=7"
    assert event.decoded("DTSTART") == FIRST  # no hour: a whole day, that keeps nobody busy
    assert str(event["TRANSP"]) == "TRANSPARENT"


def test_what_has_no_day_is_not_in_it():
    plan = plan_of(Action("Walk"), Action("Call", (FIRST,)))
    assert [str(event["UID"]) for event in events(calendar(plan, ["a", "b"]))] == ["p-1@openchair"]
    assert has_entries(plan)
    assert not has_entries(plan_of(Action("Walk")))


def test_hostile_words_stay_words():
    words = "x\r\nEND:VEVENT\r\nATTACH:http://evil ; , \\ \x00"
    [event] = events(calendar(plan_of(Action(words, (FIRST,))), [words]))
    assert "ATTACH" not in event
    assert b"\x00" not in calendar(plan_of(Action(words, (FIRST,))), [words])


async def test_the_words_are_neutral_unless_own_ones_are_chosen(house, ana):
    await make_plan(ana, "Walk past the bar", days=["Wed"], hours=["7 pm"])
    await ana.press(Press("plans", "look"))
    await ana.tap("For my calendar")
    for chosen, title in (("Neutral words", "Appointment"), ("My own words", "Walk past the bar")):
        press = ana.press_of(chosen)
        screen = ana.screen
        reply = await ana.press(press)
        assert reply.file is not None
        assert (reply.file.name, reply.to) == ("week.ics", To.PRIVATE)
        assert [str(event["SUMMARY"]) for event in events(reply.file.content)] == [title]
        ana.screen = screen
    forged = await ana.press(Press("plans", "file", press.subject, "everything"))
    assert forged.file is not None
    assert b"bar" not in forged.file.content


async def test_a_plan_without_days_has_no_file(ana):
    await make_plan(ana, "Walk")
    await ana.press(Press("plans", "look"))
    assert not ana.has("For my calendar")
