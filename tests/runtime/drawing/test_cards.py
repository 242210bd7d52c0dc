"""Pictures of words: a card, two voices, a ladder, ways to decide between, a week."""

from bot.core.replies import Picture
from bot.runtime.drawing.kinds import KINDS
from tests.runtime.drawing.frames import elements, said


def test_a_card_names_each_answer_and_marks_several_lines():
    picture = Picture("rows", "My goal", rows=(("Goal", "walk home"), ("Steps", "shoes", "ask Kim")))
    assert said(picture) == ["My goal", "Goal", "walk home", "Steps", "shoes", "ask Kim"]
    assert len(elements(KINDS["rows"](picture), "circle")) == 2


def test_lines_whose_order_counts_have_their_numbers():
    picture = Picture("rows", "t", ((0.0, 0.0),), rows=(("In my order", "calm", "health"),))
    assert said(picture) == ["t", "In my order", "1.", "calm", "2.", "health"]


def test_a_full_card_shares_its_room_and_says_what_is_left_out():
    long = " ".join(["word"] * 200)
    picture = Picture("rows", "t", rows=(("short", "yes"), *((f"field {n}", long) for n in range(9)), ("list", *["line"] * 50)))
    shown = said(picture)
    assert "yes" in shown
    assert sum(word.endswith("…") for word in shown) == 9
    assert [word for word in shown if word.startswith("+")] == ["+49"]


def test_what_one_says_stands_at_the_left_and_the_answer_at_the_right():
    picture = Picture("pairs", "t", labels=("It says", "I answer"), rows=(("just one", "never one"), ("later", "")))
    assert said(picture) == ["t", "It says", "I answer", "just one", "never one", "later"]
    left, right, third = (float(node.attrib["x"]) for node in elements(KINDS["pairs"](picture), "text")[3:])
    assert left == third < 100 < right


def test_pairs_that_are_too_many_are_counted():
    assert said(Picture("pairs", "t", labels=("a", "b"), rows=(("it", "me"),) * 12))[-1] == "+5"


def test_a_ladder_has_the_hardest_on_top_and_an_arrow_before_what_is_done():
    picture = Picture("ladder", "t", ((1, 0), (0, 1)), ("Hard", "Easy"), rows=(("tired", ""), ("payday", "go swimming")))
    assert said(picture) == ["t", "Hard", "•", "payday", "→", "go swimming", "Easy", "•", "tired"]


def test_a_step_without_lines_says_so_and_one_with_many_counts_them():
    picture = Picture("ladder", "t", tuple((0.0, float(n)) for n in range(60)), ("Hard", "Easy"), rows=(("line", ""),) * 60)
    shown = said(picture)
    assert shown[-1] == "–"
    left = next(int(word[1:]) for word in shown if word.startswith("+"))
    assert shown.count("line") + left == 60


def test_ways_have_words_and_dots_and_the_chosen_one_is_named():
    picture = Picture("grid", "t", ((1, 3), (3, 3)), ("Ways", "Effort", "Benefit", "I try"), rows=(("ask", "low", "high", "yes"),))
    assert said(picture) == ["t", "Ways", "Effort", "Benefit", "ask", "✓ I try", "low", "high"]
    filled = [node.attrib["fill"] != "none" for node in elements(KINDS["grid"](picture), "circle")]
    assert filled == [True, False, False, True, True, True]


def test_a_week_has_each_plan_on_its_day_behind_its_time():
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    picture = Picture("week", "t", ((0, 0), (2, 1), (2, 2)), days, rows=(("18:30", "walk"), ("", "call"), ("9:00", "swim")))
    assert said(picture) == ["t", "Mon", "18:30", "walk", "Tue", "Wed", "call", "9:00", "swim", "Thu", "Fri", "Sat", "Sun"]
