import pytest

from bot.core.agenda import AgendaItem
from handlers.checkin.records import CheckInBody
from handlers.checkin.rules import agenda_of, body_of, rating_of


@pytest.mark.parametrize("answer", [0, 7, 10])
def test_a_rating_is_a_whole_number_from_0_to_10(answer):
    assert rating_of(answer) == answer


@pytest.mark.parametrize("answer", [None, -1, 11, "7", "", ["7"]])
def test_anything_else_is_a_step_that_was_left_out(answer):
    assert rating_of(answer) is None


def test_words_are_cleaned_and_held_to_their_limit():
    body = body_of("checkin", {"rating": 3, "success": " slept\u0000 well\u202e ", "challenge": "x" * 10_000})
    assert body == CheckInBody(3, "slept well", "x" * 500)


@pytest.mark.parametrize(
    ("answers", "item"),
    [
        ({}, AgendaItem()),
        ({"topic": "no", "named": "with", "name": "Ann"}, AgendaItem()),
        ({"topic": "made_up"}, AgendaItem()),
        ({"topic": "urge"}, AgendaItem("urge")),
        ({"topic": "urge", "named": "without", "name": "Ann"}, AgendaItem("urge")),
        ({"topic": "urge", "named": "with", "name": " Ann\n B "}, AgendaItem("urge", "Ann B")),
        ({"topic": "urge", "named": "with"}, AgendaItem("urge")),
    ],
)
def test_a_name_is_shown_only_with_a_topic_and_only_if_ticked(answers, item):
    assert agenda_of(answers) == item
