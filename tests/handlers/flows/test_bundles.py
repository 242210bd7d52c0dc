"""What was asked about the lines of a list stands with them in the summary: no line is read twice where once will do."""

import pytest

from bot.core.richtext import plain_block
from content.loader import load_flows, load_texts
from handlers.flows.answers import answers_as_blocks

FLOWS, TEXTS = load_flows(), load_texts(strict=False)


def read(flow: str, answers, language="en") -> list[str]:
    return [plain_block(block) for block in answers_as_blocks(TEXTS.of(language), FLOWS[flow], answers)]


def test_a_choice_about_each_line_stands_behind_the_line():
    said = read("triggers", {"outside": ["Tom", "Cash"], "times": ["Friday"], "rank": {"Tom": "high", "Friday": "low"}})
    assert said == ["People, places, things:", "• Tom – High\n• Cash", "Times:", "• Friday – Low"]


def test_two_choices_stand_behind_it_when_they_cannot_be_taken_for_one_another():
    said = read("plan", {"thing": ["Swim", "Rest"], "day": {"Swim": "mon", "Rest": "daily"}, "hour": {"Swim": "h7"}})
    assert said == ["What I want to do:", "• Swim – Mon, 7 am\n• Rest – Every day"]


def test_two_choices_with_the_same_words_each_have_their_name():
    both = {"Swim": "low"}
    said = read("solve", {"options": ["Swim"], "effort": both, "benefit": both})
    assert said == ["Effort:", "• Swim: Little", "Benefit:", "• Swim: Little"]


def test_a_list_is_left_out_when_each_line_comes_with_its_number_or_words():
    assert read("wheel", {"areas": ["Work", "Home"], "scores": {"Work": "3", "Home": "4"}}) == [
        "How content I am:", "• Work: 3\n• Home: 4",
    ]  # fmt: skip


def test_a_list_of_which_a_line_has_no_number_stays():
    said = read("wheel", {"areas": ["Work", "Home"], "scores": {"Work": "3"}})
    assert said == ["The areas of my life:", "• Work\n• Home", "How content I am:", "• Work: 3"]


def test_lines_that_were_ranked_are_read_in_their_order_only():
    said = read("values", {"mine": ["Work", "Home"], "top": ["Home", "Work"]})
    assert said == ["In my order:", "1. Home\n2. Work"]


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt"])
def test_a_question_has_no_colon_behind_it(language):
    said = read("solve", {"check": {"mine": "yes", "now": "no"}}, language)
    assert "?:" not in said[1].replace("\u202f", "").replace("\u00a0", "")
    assert "? " in said[1]
