"""Thoughts that come back in kept ABCs: the same line or nearly; another word that matters makes another thought."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.replies import Press
from handlers.log.records import Used
from handlers.log.recurring import fold, is_nearly, recurring
from tests.handlers.flows.driving import labels, text_of

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
BUTTON = "Thoughts that came back"


def abcs(*beliefs: list[str]) -> list[Used]:
    return [Used(f"e{n}", NOON + timedelta(days=n), "abc", {"beliefs": lines}) for n, lines in enumerate(beliefs)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I must not fail", "i must not fail."),
        ("I can’t stand it!", "I can't stand it"),
        ("They never listen to me", "They never lisen to me"),
        ("It is always my own fault", "It is always my fault"),
        ("Ich muss das schaffen", "ich muß das schaffen"),
        ("Je ne vaux rien du tout", "je ne vaux rien du tôut"),
        ("No puedo más con esto", "no puedo mas con esto"),
    ],
)
def test_the_same_thought_however_it_was_typed(one, other):
    (found,) = recurring(abcs([one], [other]))
    assert (found.times, found.line, found.entry) == (2, other, "e1")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I can do this", "I can not do this"),
        ("I am good at work", "I am bad at work"),
        ("Das ist schlimm für mich", "Das ist nicht schlimm für mich"),
        ("I need 2 drinks now", "I need 3 drinks now"),
        ("I fail", "I fall"),
        ("Everybody looks at me there", "My work is worth little to them"),
        ("C’est grave pour moi", "Ce n’est pas grave pour moi"),
    ],
)
def test_another_word_that_matters_is_another_thought(one, other):
    assert recurring(abcs([one], [other])) == []


def test_twice_in_one_abc_is_once():
    assert recurring(abcs(["I must not fail", "I must not fail!"])) == []


def test_the_most_frequent_stand_first_then_the_latest():
    found = recurring(abcs(["a b c", "d e f"], ["a b c", "g h i"], ["a b c", "d e f", "g h i"]))
    assert (found[0].line, found[0].times) == ("a b c", 3)
    assert {one.line for one in found[1:]} == {"d e f", "g h i"}


def test_lines_in_which_nothing_is_to_be_read_and_other_tools_are_left_out():
    others = [Used("x", NOON, "dispute", {"beliefs": ["I must not fail"]}), Used("y", NOON, "abc", {"beliefs": "I must not fail"})]
    assert recurring([*abcs(["!!!", ""], ["!!!", "?"]), others[0]]) == []
    assert recurring(abcs(["…"], ["…"])) == []
    assert [one.times for one in recurring([*abcs(["I must not fail"]), *others])] == [2]  # a text is one line


lines = st.text(st.sampled_from("abc not 1é!"), max_size=30)


@given(st.lists(st.lists(lines, max_size=5), max_size=8))
def test_a_thought_is_never_counted_more_often_than_there_are_abcs(beliefs):
    found = recurring(abcs(*beliefs))
    assert all(2 <= one.times <= len(beliefs) for one in found)
    written = [line for some in beliefs for line in some]
    assert all(one.line in written for one in found)


@given(lines, lines)
def test_nearly_is_the_same_both_ways_and_a_line_is_the_same_as_itself(one, other):
    one, other = fold(one), fold(other)
    assert fold(one) == one
    if is_nearly(one, other):
        assert len({len(one.split()), len(other.split())}) <= 2
    if len(one.split()) >= 3:
        assert is_nearly(one, one)


# On the screen ------------------------------------------------------------------------------------------------------


async def noted(house, who, *beliefs: str, voice: str = "", days_ago: int = 0):
    return await house.kept(who, "abc", house.clock.now() - timedelta(days=days_ago), voice, beliefs=list(beliefs))


async def test_it_is_there_from_the_second_time_on_and_its_dispute_is_one_tap_away(alice, house):
    await noted(house, alice, "I must not fail", days_ago=3)
    await alice.command("progress")
    assert BUTTON not in labels(alice.screen)
    await noted(house, alice, "i must not fail", "It is too much")
    await alice.command("progress")
    assert "One thought that came back" in text_of(alice.screen)
    screen = await alice.tap(BUTTON)
    assert "1. i must not fail\nIn 2 of your ABCs, last on Dec 1, 2026" in text_of(screen)
    assert "It is too much" not in text_of(screen)
    screen = await alice.tap("i must not fail")
    assert "i must not fail" in text_of(screen)
    assert "Leave as it is" in labels(screen)
    await alice.tap("Leave as it is", "7")  # the next question is about it, and the number is taken


async def test_a_relatives_thoughts_are_not_among_them_and_nobody_elses(alice, bob, house):
    await noted(house, alice, "I must not fail", voice="family")
    await noted(house, alice, "I must not fail")
    await alice.command("progress")
    assert BUTTON not in labels(alice.screen)
    await noted(house, alice, "I must not fail")
    await bob.command("progress")
    assert BUTTON not in labels(bob.screen)
    for part in ("own", "family"):
        assert "fail" not in text_of(await bob.press(Press("progress", "part", part, "beliefs")))
    assert "fail" not in text_of(await alice.press(Press("progress", "part", "family", "beliefs")))


async def test_many_and_long_ones_fit(alice, house):
    thoughts = [f"{chr(97 + n)} thought number {n} " + "with many words " * 11 for n in range(9)]
    for days in (1, 0):
        for n in range(0, 9, 3):
            await noted(house, alice, *thoughts[n : n + 3], days_ago=days)
    await alice.command("progress")
    text = text_of(await alice.tap(BUTTON))
    assert "6. " in text
    assert len(text) < 2000
