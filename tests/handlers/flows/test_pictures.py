"""What is drawn of a flow's answers."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest

from bot.core.ports import Entry
from bot.core.replies import Picture
from bot.core.richtext import plain_block
from bot.runtime.drawing.kinds import KINDS, drawn
from content.loader import load_flows, load_texts
from handlers.flows.pictures import picture_of
from handlers.plans import week_of_answers
from tests.handlers.flows.walked import START, Walker

TEXTS = load_texts()
FLOWS = {name: flow for name, flow in load_flows().items() if flow.picture is not None}
SVG = "{http://www.w3.org/2000/svg}"
WAYS = 40  # random ways through a flow


def made(name: str, answers: dict[str, Entry], history=(), language: str = "en", voice: str = "") -> Picture | None:
    """As compose joins it: a week is drawn by plans."""
    flow, say = FLOWS[name], TEXTS.of(language)
    return picture_of(say, flow, answers, history, voice) or week_of_answers(say, flow, answers)


def words(picture: Picture | None) -> list[str]:
    svg = drawn(picture) if picture is not None else None
    assert svg is not None
    return [node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text")]


def twin(picture: Picture | None) -> str:
    assert picture is not None
    return "\n".join(plain_block(block) for block in picture.twin)


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "pt"])
@pytest.mark.parametrize("name", sorted(FLOWS))
def test_the_picture_of_every_shipped_flow_is_drawn_from_walked_answers(name, language):
    ways = (Walker(seed).walk(FLOWS[name]) for seed in range(WAYS))
    picture = next((found for way in ways if (found := made(name, way, language=language, voice="family")) is not None), None)
    assert picture is not None
    assert picture.kind in KINDS
    assert len(words(picture)) > 2


@pytest.mark.parametrize("name", sorted(FLOWS))
def test_nothing_answered_is_no_picture(name):
    assert made(name, {}) is None


def test_a_flow_that_names_no_picture_has_none():
    plain = next(flow for flow in load_flows().values() if flow.picture is None)
    assert picture_of(TEXTS.of("en"), plain, {"anything": "x"}) is None


def test_both_sides_of_a_thing_with_what_was_said_of_each_line_and_bars_of_short_and_long():
    answers: dict[str, Entry] = {"gives": ["calm"], "costs": ["sleep", "money"], "term": {"calm": "short", "money": "long"}}
    said = words(made("cba", {**answers, "weight": {"money": "4"}}))
    assert said[said.index("calm") + 1] == "Short term"
    assert said[said.index("money") + 1] == "Long term · 4/5"
    assert said[said.index("sleep") + 1] == "money"
    assert said.count("Short term") == 2  # the line's, and that of the bars
    assert "Long term" not in words(made("cba", {"gives": ["calm"]}))


def test_a_wheel_shows_the_last_one_too_and_says_it_in_words():
    before: dict[str, Entry] = {"scores": {"Health": "2", "Money": "9"}}
    picture = made("wheel", {"scores": {"Health": "5", "Work": "0", "Calm": "7"}}, [(START - timedelta(days=30), before)])
    assert picture is not None
    assert picture.points == ((5, 2), (0, -1), (7, -1))
    assert "Nov 1" in words(picture)
    assert twin(picture) == "The time before, Nov 1:\n• Health: 2"


def test_a_first_wheel_has_no_twin_of_its_own():
    picture = made("wheel", {"scores": {"Health": "5", "Work": "0", "Calm": "7"}})
    assert picture is not None
    assert picture.twin == ()


def test_a_trend_goes_over_all_that_were_kept_about_the_same():
    def kept(days: int, importance: int, about: str = "wine"):
        return START - timedelta(days=days), {"about": about, "importance": importance, "confidence": 3}

    history = [kept(60, 4), kept(40, 9, about="smoking"), kept(30, 6)]
    picture = made("rulers", {"about": "wine", "importance": 7, "confidence": 5}, history, "de")
    assert picture is not None
    assert picture.labels == ("2. Okt.", "1. Nov.", "Jetzt")
    assert [y for _, y in picture.points] == [4, 6, 7, 3, 3, 5]
    assert twin(picture).count("\n") == 3


def test_an_answer_that_is_missing_in_between_is_passed_over():
    history = [(START, {"about": "wine", "importance": 4})]
    picture = made("rulers", {"about": "wine", "importance": 7, "confidence": 5}, history)
    assert picture is not None
    assert [y for _, y in picture.points] == [4, 7, -1, 5]
    assert words(picture)


def test_ways_are_sorted_by_benefit_then_by_effort_and_the_chosen_one_is_named():
    answers: dict[str, Entry] = {
        "options": ["a way", "b way", "c way"],
        "effort": {"a way": "high", "b way": "low", "c way": "low"},
        "benefit": {"a way": "high", "b way": "low", "c way": "high"},
        "chosen": "c way",
    }
    said = words(made("solve", answers))
    assert [word for word in said if word.endswith(" way")] == ["c way", "a way", "b way"]
    assert said[said.index("c way") + 1].startswith("✓ ")


def test_what_a_voice_says_stands_before_the_answer_and_one_without_an_answer_stands_alone():
    picture = made("disarm", {"lines": ["just one", "later"], "replies": {"just one": "never one"}})
    assert picture is not None
    assert picture.rows == (("just one", "never one"), ("later", ""))


def test_a_card_leaves_out_what_was_not_answered():
    picture = made("questions", {"future": "calm evenings", "different": "sleep"})
    assert picture is not None
    assert [row[1:] for row in picture.rows] == [("calm evenings",), ("sleep",)]


def test_numbers_that_somebody_forged_are_no_error():
    assert made("wheel", {"scores": {"Health": "x", "Work": "", "Calm": "9999"}}) is not None
    assert made("passionsafter", {"expected": {"swim": "?"}, "real": 3}) is not None
