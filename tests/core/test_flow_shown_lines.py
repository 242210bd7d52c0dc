"""Lines that a fact provides can be shown, and then asked about."""

from bot.core.flow import END, Each, Flow, Show
from bot.core.flow_state import SUMMARY, Back, Choose, Go
from bot.core.flow_view import answers_on_way
from tests.core.somebody import Person

REVIEW = Flow(
    "review",
    "plan",
    {
        "plan": Show(name="plan", next="went", lines="plan", save="actions"),
        "went": Each(name="went", next=END, save="went", of=("actions",), ask="choice", options=("done", "no")),
    },
    "v1",
)


def test_what_was_shown_is_asked_about_line_by_line():
    person = Person(REVIEW, {"plan": ("walk", "call")})
    assert person.last.view.lines == ("walk", "call")
    person.does(Go("plan"))
    assert (person.last.view.items, person.last.view.item) == (("walk", "call"), "walk")
    person.does(Choose("went", "0_done"), Choose("went", "1_no"))
    assert person.at == SUMMARY
    assert answers_on_way(REVIEW, person.state) == {"actions": ["walk", "call"], "went": {"walk": "done", "call": "no"}}


def test_what_has_changed_meanwhile_is_asked_about_as_it_is_now():
    person = Person(REVIEW, {"plan": ("walk",)})
    person.does(Go("plan"), Choose("went", "0_done"), Back(SUMMARY), Back("went"))
    person.facts = {"plan": ("walk", "rest")}
    person.does(Go("plan"))
    assert person.last.view.item == "rest"


def test_where_there_is_nothing_nobody_is_asked():
    person = Person(REVIEW)
    person.does(Go("plan"))
    assert person.at == SUMMARY
