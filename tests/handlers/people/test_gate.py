"""The yes of the gate carries what the person wanted."""

from datetime import UTC, datetime

import pytest

from bot.core.calls import Account, Incoming, Kind, Place
from bot.core.replies import Press, parse_press
from handlers.people.gate import unwrapped, wanted


def incoming(kind: Kind, name: str = "", press: Press | None = None) -> Incoming:
    return Incoming(kind, "r", Account("web", "ana"), Place("web", "c"), datetime(2026, 12, 1, tzinfo=UTC), name=name, press=press)


@pytest.mark.parametrize(
    ("kind", "name", "press"),
    [
        (Kind.COMMAND, "urge", None),
        (Kind.COMMAND, "meeting_create", None),
        (Kind.PRESS, "", Press("checkin", "open", "a" * 32)),
        (Kind.PRESS, "", Press("urge", "start")),
    ],
)
def test_the_act_comes_back_as_it_was(kind, name, press):
    carried = wanted(incoming(kind, name, press))
    again = unwrapped(incoming(Kind.PRESS, press=parse_press(carried.data())))
    assert again is not None
    assert (again.kind, again.name, again.press) == (kind, name, press)


def test_an_act_too_long_for_a_button_is_asked_about_all_the_same_and_not_carried():
    carried = wanted(incoming(Kind.PRESS, press=Press("a" * 24, "b" * 24, "c" * 12)))
    assert carried == Press("people", "agree")


@pytest.mark.parametrize("value", ["", "c_", "x_urge", "p_", "p_urge", "c"])
def test_a_forged_yes_carries_nothing(value):
    assert unwrapped(incoming(Kind.PRESS, press=Press("people", "agree", "", value))) is None


@pytest.mark.parametrize("name", ["@everyone", "x" * 200, "../..", "urge:now", ""])
def test_a_hostile_name_is_not_carried(name):
    assert wanted(incoming(Kind.COMMAND, name)).value == ""
