"""A list of one's own lines: written, typed, tapped from suggestions, taken out again."""

import pytest

from bot.core.flow import line_mark, mark
from bot.core.replies import Press
from tests.handlers.flows.driving import labels, text_of
from tests.handlers.flows.stocked import stock_house

HOSTILE = ["@everyone **x** <b>", "\u202eevil\u202c", "🎉", "[a](tg://user?id=1)", "\u3164", "=1+1"]


@pytest.fixture
def house(store, clock):
    return stock_house(store, clock)


@pytest.mark.parametrize("modals", [True, False])
async def test_lines_are_numbered_in_the_order_they_came_in(house, modals):
    carol = await house.person("carol", modals=modals)
    await carol.command("sort")
    await carol.says("one", "two\nthree")
    await carol.tap("Family")
    assert "1. one\n2. two\n3. three\n4. Family" in text_of(carol.screen)


async def test_a_suggestion_is_a_line_in_the_persons_language_and_no_suggestion_any_more(alice):
    alice.language = "de"
    await alice.command("sort")
    await alice.tap("Gesundheit")
    assert "1. Gesundheit" in text_of(alice.screen)
    assert "Gesundheit" not in labels(alice.screen)
    alice.language = "en"
    await alice.tap("Geld")
    assert "1. Gesundheit\n2. Money" in text_of(alice.screen)
    assert "Health" in labels(alice.screen)


async def test_a_suggestion_typed_by_hand_is_no_suggestion_any_more(alice):
    await alice.command("sort")
    assert "Health" not in labels(await alice.types("health"))


@pytest.mark.parametrize("modals", [True, False])
async def test_every_suggestion_can_be_reached_and_the_page_stays(house, modals):
    carol = await house.person("carol", modals=modals)
    await carol.command("sort")
    await carol.says("first")
    seen = set(labels(carol.screen))
    for _ in range(3):
        seen |= set(labels(await carol.tap("More suggestions")))
    assert {"Family", "Health", "Nature", "Home", "Play"} <= seen
    while not carol.has("Play"):
        await carol.tap("More suggestions")
    await carol.tap("Play")
    assert not carol.has("Family")


async def test_a_suggestion_tapped_twice_is_one_line(alice):
    await alice.command("sort")
    press = alice.press_of("Family")
    assert await alice.press(press) == await alice.press(press)
    assert text_of(alice.screen).count("Family") == 1


@pytest.mark.parametrize("modals", [True, False])
async def test_a_line_is_taken_out_from_a_screen_of_its_own(house, modals):
    carol = await house.person("carol", modals=modals)
    await carol.command("sort")
    await carol.says("one", "two")
    screen = await carol.tap("Take a line out")
    assert labels(screen) == ["one", "two", "Back", "Help now"]
    assert "1. one\n2. two" in text_of(await carol.tap("Back"))
    await carol.tap("Take a line out")
    press = carol.press_of("one")
    assert await carol.press(press) == await carol.press(press)
    assert "1. two" in text_of(carol.screen)
    await carol.tap("Take a line out", "two")
    assert "Skip" in labels(carol.screen)
    assert "Done" not in labels(carol.screen)


async def test_lines_of_any_kind_stay_words_and_each_has_a_button(alice):
    await alice.command("sort")
    await alice.says(*HOSTILE)
    screen = await alice.tap("Take a line out")
    assert "1. @everyone **x** <b>\n2. evil\n3. 🎉" in text_of(screen)
    assert labels(screen)[:3] == ["@everyone **x** <b>", "evil", "🎉"]
    assert "5" in labels(screen)  # nothing is to be seen in this line


async def test_too_much_is_refused_without_repeating_it(alice):
    await alice.command("sort")
    await alice.says("one")
    screen = await alice.types("x" * 10_000)
    assert "xx" not in text_of(screen)
    assert "longer than 300" in text_of(screen)
    assert "1. one" in text_of(screen)
    assert "room for 12 lines" in text_of(await alice.types("\n".join(f"line {n}" for n in range(12))))


async def test_twelve_long_lines_still_fit_into_one_message(alice):
    await alice.command("sort")
    await alice.says(*(f"{n} " + "long words " * 26 for n in range(12)))
    assert len(text_of(alice.screen)) < 1800
    await alice.tap("Take a line out")
    assert len(text_of(alice.screen)) < 1800


@pytest.mark.parametrize("action", ["chip", "lines", "out", "more", "bring", "page", "change", "edit", "take"])
@pytest.mark.parametrize("value", ["", "_", "abcd", f"{mark('things')}_none", f"{mark('best')}_family", "end_99", "end", "9" * 18])
async def test_made_up_values_change_nothing(alice, action, value):
    await alice.command("sort")
    before = await alice.says("one")
    flow = alice.press_of("Done").subject
    await alice.press(Press("flow", action, flow, value))
    assert await alice.press(Press("flow", "resume", flow)) == before


async def test_a_button_to_take_out_a_line_of_another_step_changes_nothing(alice):
    await alice.command("sort")
    await alice.says("one")
    await alice.tap("Done")
    flow = alice.press_of("Skip").subject
    screen = await alice.press(Press("flow", "out", flow, f"{mark('things')}_{line_mark('one')}"))
    assert "Which one is the best?" in text_of(screen)
    assert "1. one" in text_of(screen)


async def test_what_was_answered_in_another_tool_is_offered(store, clock):
    async def known(_person, _subject, _unit):
        return ("Ann",)

    carol = await stock_house(store, clock, facts={"areas.areas": known, "meet.who": known}).person("carol")
    await carol.command("sort")
    assert [label for label in labels(carol.screen) if label.startswith("Bring")] == [
        "Bring in from Areas",
        "Bring in from Meeting somebody",
    ]
    assert carol.press_of("Bring in from Meeting somebody").value == f"{mark('things')}_1"


@pytest.mark.parametrize("modals", [True, False])
async def test_lines_are_written_while_a_timer_runs(house, modals):
    carol = await house.person("carol", modals=modals)
    await carol.command("storm")
    await carol.says("a kite", "a boat\na raft")
    assert "1. a kite\n2. a boat\n3. a raft" in text_of(carol.screen)
    await carol.tap("Take a line out", "a boat")
    assert "1. a kite\n2. a raft" in text_of(carol.screen)
    await house.time_passes(seconds=50)
    assert "Odd ones too." in text_of(await carol.says("a hat"))
    await carol.tap("Done", "a hat")
    assert "Ideas:\n• a kite\n• a raft\n• a hat\nThe one: a hat" in text_of(carol.screen)
