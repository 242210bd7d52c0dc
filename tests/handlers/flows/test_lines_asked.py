"""Lines that are picked, put in order, and asked about one by one."""

import pytest

from bot.core.flow import line_mark, mark
from bot.core.replies import Press
from tests.handlers.flows.driving import labels, text_of
from tests.handlers.flows.stocked import stock_house

LONG = "Sleeping well through all of the night and waking without any hurry"


@pytest.fixture
def house(store, clock):
    return stock_house(store, clock)


async def sorting(person, *lines: str):
    await person.command("sort")
    await person.says(*(lines or ("one", "two", LONG)))
    return await person.tap("Done")


# Picked


async def test_lines_are_numbered_above_and_a_long_one_is_cut_on_its_button(alice):
    screen = await sorting(alice)
    assert f"1. one\n2. two\n3. {LONG}" in text_of(screen)
    assert labels(screen)[:3] == ["one", "two", "3. Sleeping well through all of the n…"]
    assert "Pick up to three." in text_of(await alice.tap(LONG))
    screen = await alice.tap("Back")
    assert "Leave as it is" in labels(screen)


@pytest.mark.parametrize("typed", ["two", " TWO ", "2", "2."])
async def test_a_line_is_picked_by_typing_it_or_its_number(alice, typed):
    await sorting(alice)
    assert "Pick up to three." in text_of(await alice.types(typed))
    await alice.tap("Back")
    assert alice.button("two").style == "main"


async def test_a_number_that_is_a_line_is_that_line(alice):
    await sorting(alice, "2", "3", "4")
    await alice.types("3")
    await alice.tap("Back")
    assert alice.button("3").style == "main"


@pytest.mark.parametrize("typed", ["none of these", "0", "4", "x" * 10_000, "\u202e", "@everyone"])
async def test_what_is_no_line_is_answered_and_not_kept(alice, typed):
    before = await sorting(alice)
    after = await alice.types(typed)
    assert after.buttons == before.buttons
    assert "tap one of the buttons" in text_of(after)


async def test_several_are_ticked_by_tap_or_word_up_to_the_most(alice):
    await sorting(alice, "one", "two", "three", "four")
    await alice.tap("Skip")
    assert "Nothing is ticked yet" in text_of(await alice.tap("Done"))
    press = alice.press_of("one")
    assert await alice.press(press) == await alice.press(press)
    await alice.types("two")
    await alice.types("4")
    screen = await alice.tap("three")
    assert "At most 3" in text_of(screen)
    assert [label for label in labels(screen) if label.startswith("✓")] == ["✓ one", "✓ two", "✓ four"]
    await alice.tap("two", "three")
    assert "✓ three" in labels(alice.screen)


async def test_twelve_lines_stand_in_three_rows(alice):
    await sorting(alice, *(f"{n} is a line that is longer than its button" for n in range(12)))
    assert [len(row) for row in alice.screen.buttons] == [4, 4, 4, 2, 3]
    assert labels(alice.screen)[11] == "12. 11 is a line th…"


@pytest.mark.parametrize("value", ["", "zzzzzz", line_mark("three"), "1", "a" * 14])
@pytest.mark.parametrize("action", ["answer", "pick", "drop"])
async def test_a_made_up_line_changes_nothing(alice, action, value):
    before = await sorting(alice)
    press = Press("flow", action, alice.press_of("Skip").subject, f"{mark('best')}_{value}")
    assert await alice.press(press) == before


async def test_a_chip_is_ticked_by_typing_it(alice):
    await alice.command("areas")
    screen = await alice.types("at WORK")
    assert "✓ At work" in labels(screen)
    assert await alice.types("at work") == screen


# Put in order


async def test_an_order_is_made_two_at_a_time_and_says_how_many_are_left(alice):
    await sorting(alice)
    screen = await alice.tap("one", "one", "two", LONG, "Done")
    assert "comparisons to go" in text_of(screen)
    await alice.ranks("two", LONG, "one")
    assert "Short or long?" in text_of(alice.screen)
    assert "two" in text_of(alice.screen)


async def test_a_comparison_tapped_twice_counts_once(alice):
    await sorting(alice)
    await alice.tap("one", "one", "two", LONG, "Done")
    press = alice.press_of("one")
    after = await alice.press(press)
    assert await alice.press(press) == after
    assert await alice.press(Press("flow", "answer", press.subject, f"{mark('rank')}_000000_a")) == after


async def test_a_comparison_is_typed_by_line_or_number(alice):
    await sorting(alice, "one", "two")
    await alice.tap("Skip", "one", "two", "Done")
    await alice.types("2")
    assert "Short or long?\ntwo" in text_of(alice.screen)
    await alice.tap("Back")
    await alice.types("ONE")
    assert "Short or long?\none" in text_of(alice.screen)


# One by one


async def asked(person):
    await sorting(person, "one", "two")
    await person.tap("Skip", "one", "two", "Done")
    await person.ranks("two", "one")


async def test_each_line_is_asked_about_and_says_which_it_is(alice):
    await asked(alice)
    assert "Short or long?\ntwo\n1 of 2" in text_of(alice.screen)
    await alice.tells("Long term")
    assert "one\n2 of 2" in text_of(alice.screen)
    await alice.tap("Back")
    assert alice.button("Long term").style == "main"


@pytest.mark.parametrize("typed", ["long term", "2"])
async def test_an_answer_about_a_line_is_typed_by_label_or_number(alice, typed):
    await asked(alice)
    await alice.types(typed)
    await alice.tap("Back")
    assert alice.button("Long term").style == "main"


async def test_a_tap_for_the_line_before_changes_nothing(alice):
    await asked(alice)
    press = alice.press_of("Short term")
    after = await alice.press(press)
    assert await alice.press(press) == after
    assert await alice.press(Press("flow", "answer", press.subject, f"{mark('term')}_1_nothing")) == after


@pytest.mark.parametrize("modals", [True, False])
async def test_numbers_and_words_about_each_line(house, modals):
    carol = await house.person("carol", modals=modals)
    await asked(carol)
    await carol.tells("Short term", "Long term", "3")
    assert "from 0 to 10" in text_of(await carol.types("11"))
    await carol.types("9")
    await carol.tells("since it @everyone \u202elasts", "since it is near")
    assert "How much:\n• one: 3\n• two: 9\nWhy:\n• two: since it @everyone lasts\n• one: since it is near" in text_of(carol.screen)


async def test_a_form_that_was_opened_for_the_line_before_changes_nothing(alice):
    await asked(alice)
    await alice.tells("Short term", "Long term", "3", "4")
    await alice.tap("Write")
    assert alice.screen.form is not None
    form = alice.screen.form
    assert form.fields[0].label == "two"
    await alice.sends(form.press, {"words": "mine"})
    screen = await alice.sends(form.press, {"words": "other"})
    assert "Why?\none" in text_of(screen)
    await alice.tap("Back")
    assert "mine" in text_of(alice.screen)


# Values that are buttons' all the way


async def test_lines_that_were_tapped_are_said_in_the_language_of_now(alice):
    await alice.command("areas")
    await alice.tap("At home", "At play", "Asleep", "Done")
    assert "1. At home\n2. At play\n3. Asleep" in text_of(alice.screen)
    alice.language = "de"
    await alice.tap("At home", "Beim Spielen", "Fertig")
    await alice.ranks("Beim Spielen", "Daheim")
    await alice.tells("4", "5")
    assert "Die Reihenfolge:\n1. Beim Spielen\n2. Daheim\nMögen:\n• Das Jetzt: 4\n• Was kommt: 5" in text_of(alice.screen)
    await alice.tap("Überspringen")
    assert "Bereiche: Daheim, Beim Spielen, Im Schlaf\nDie Reihenfolge:\n1. Beim Spielen\n2. Daheim" in text_of(alice.screen)
