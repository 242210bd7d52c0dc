"""The end: pages of the summary, an answer that is changed, a relative's voice, and what is not kept at all."""

import pytest

from bot.core.ports import Entry
from bot.core.replies import Press
from bot.core.richtext import Bullets, Heading, Paragraph, Strong, Text, Words, plain_block
from handlers.flows.answers import answers_as_blocks
from handlers.flows.ending import PAGE, in_pages
from tests.handlers.flows.driving import labels, text_of
from tests.handlers.flows.stocked import stock_flows, stock_house, stock_texts


@pytest.fixture
def house(store, clock):
    return stock_house(store, clock)


async def sorted_out(person, *lines: str):
    await person.command("sort")
    await person.says(*lines)
    await person.tap("Done", "Skip", lines[0], lines[1], "Done")
    await person.ranks(lines[1], lines[0])
    return await person.tells("Short term", "Long term", "1", "2", "x", "y")


async def test_a_summary_says_each_answer_with_its_name(alice):
    screen = await sorted_out(alice, "one", "two", "three")
    assert text_of(screen).splitlines()[:6] == ["What you entered", "What matters:", "• one", "• two", "• three", "In order:"]
    assert "1. two\n2. one\nHow long:\n• two: Short term\n• one: Long term\nHow much:\n• one: 1\n• two: 2" in text_of(screen)
    assert labels(screen) == ["Keep", "Delete now", "Change an answer", "Send me a file", "Back", "Help now"]


async def test_a_long_summary_has_pages_and_each_can_be_kept(alice):
    lines = [f"{n} " + "many words of a line " * 13 for n in range(12)]
    screen = await sorted_out(alice, *lines)
    seen = [text_of(screen)]
    while alice.has("Next page"):
        screen = await alice.tap("Next page")
        seen.append(text_of(screen))
        assert "Keep" in labels(screen)
    assert len(seen) > 2
    assert all(len(page) < 2000 for page in seen)
    assert all(any(page.count(f"• {n} many words") for page in seen) for n in range(12))
    assert text_of(await alice.tap("Previous page")) == seen[-2]
    await alice.tap("Keep")
    assert len(await alice.entries()) == 1


async def test_the_file_has_all_pages(alice):
    await sorted_out(alice, *(f"{n} " + "many words of a line " * 13 for n in range(12)))
    screen = await alice.tap("Send me a file", "Plain text")
    assert screen.file is not None
    assert all(f"• {n} many words" in screen.file.content.decode() for n in range(12))


async def test_an_answer_is_changed_and_the_later_ones_stay(alice):
    await sorted_out(alice, "one", "two", "three")
    screen = await alice.tap("Change an answer")
    assert labels(screen) == ["What matters", "The three", "In order", "How long", "Back", "Next page", "Help now"]
    assert labels(await alice.tap("Next page")) == ["How much", "Why", "Back", "Previous page", "Help now"]
    await alice.tap("How much")
    assert "1 of 2" in text_of(alice.screen)
    await alice.tells("9", "8")
    assert "How much:\n• one: 9\n• two: 8\nWhy:\n• two: x\n• one: y" in text_of(alice.screen)


async def test_back_from_the_list_of_answers_shows_the_summary(alice):
    before = await sorted_out(alice, "one", "two", "three")
    assert await alice.tap("Change an answer", "Back") == before


@pytest.mark.parametrize("action", ["change", "edit", "page"])
async def test_the_buttons_of_the_end_change_nothing_before_it(alice, action):
    await alice.command("sort")
    before = await alice.says("one")
    for value in ("end", "end_1", "end_x", "abcd"):
        assert await alice.press(Press("flow", action, alice.press_of("Done").subject, value)) == before


@pytest.mark.parametrize("value", ["end_99", "end_x", "end", "x"])
@pytest.mark.parametrize("action", ["page", "change", "edit"])
async def test_a_page_that_is_not_there_changes_no_answer(alice, action, value):
    before = await sorted_out(alice, "one", "two", "three")
    await alice.press(Press("flow", action, alice.press_of("Keep").subject, value))
    if action == "change":
        await alice.tap("Back")
    assert alice.screen == before


async def test_what_is_not_stored_only_closes(alice):
    await alice.command("calm")
    screen = await alice.tap("5", "Next")
    assert (text_of(screen), labels(screen)) == ("That is the end. Nothing of it is kept.", ["Close", "Help now"])
    await alice.tap("Close")
    assert await alice.entries() == []
    assert "Nothing is waiting" in text_of(await alice.command("continue"))


async def test_a_relative_is_told_in_their_own_words_where_there_are_some(house, alice):
    async def begin(unit):
        return await house.flows.begin("sort", "family", alice.person, "en", house.clock.now(), unit)

    alice.screen = await house.store.transact(begin)
    assert "What matters to you?" in text_of(alice.screen)  # not the label of the suggestion `family`
    assert alice.has("Family")
    await alice.says("one", "two")
    assert "for the two of you" in text_of(await alice.tap("Done"))
    await alice.tap("Skip", "one", "two", "Done")
    await alice.ranks("one", "two")
    await alice.tells("Soon", "Long term", "1", "2", "x", "y")
    assert "• one: Soon" in text_of(alice.screen)


def test_a_kept_one_reads_the_same_without_its_state():
    lists: dict[str, Entry] = {"things": ["one", "two"], "rank": ["two", "one"]}
    answers: dict[str, Entry] = {**lists, "best": "one", "term": {"two": "short", "one": "long"}, "old": "x"}
    blocks = answers_as_blocks(stock_texts().of("de"), stock_flows()["sort"], answers)
    assert [plain_block(block) for block in blocks] == [
        "Das Beste: one", "Der Reihe nach:", "1. two\n2. one", "Wie lang:", "• two: Kurzfristig\n• one: Langfristig",
    ]  # fmt: skip


@pytest.mark.parametrize("answer", [[], {}, "", 5, ["x"], {"a": "b"}])
def test_an_answer_of_another_kind_is_no_harm(answer):
    for flow in stock_flows().values():
        for step in flow.steps.values():
            answers_as_blocks(stock_texts().of("en"), flow, {step.save: answer} if step.save else {})


# Pages, as a pure function


def test_a_name_stays_with_what_it_names():
    name = Paragraph((Strong((Text("Name:"),)),))
    pages = in_pages([Heading((Text("Top"),)), Paragraph((Words("x" * 80),)), name, Bullets(((Words("y" * 30),),))], 100)
    assert [len(page) for page in pages] == [2, 2]
    assert pages[1][0] == name


@pytest.mark.parametrize("words", ["x" * 9000, "words " * 1500, "line\n" * 2000])
def test_words_longer_than_a_page_are_cut_and_nothing_is_lost(words):
    pages = in_pages([Paragraph((Strong((Text("Name:"),)), Text(" "), Words(words)))], PAGE)
    assert all(sum(len(plain_block(block)) for block in page) <= PAGE for page in pages)
    assert "".join("".join(plain_block(block) for page in pages for block in page).split()).removeprefix("Name:") == "".join(
        words.split()
    )
