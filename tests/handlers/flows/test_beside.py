"""A kept one beside an earlier one, and a line of a kept one taken to another tool."""

from datetime import timedelta

from bot.core.flow import line_mark
from bot.core.ids import new_id
from bot.core.replies import Press
from handlers.flows.records import ToolEntry
from storage.entries import Entries
from tests.handlers.flows.driving import labels, text_of

BESIDE = "Beside the last time"


async def kept(house, who, tool, days_ago=0, voice="", **answers):
    entry = ToolEntry(new_id(), who.person.id, house.clock.now() - timedelta(days=days_ago), tool, answers, voice)
    await house.store.transact(lambda unit: Entries(unit).add(entry))
    return entry.id


async def asked(person, *words: str):
    """Go through the five questions."""
    await person.command("questions")
    for word in words:
        await person.says(word)
        if person.has("Done"):
            await person.tap("Done")
    return await person.tap("Keep")


async def test_the_first_time_there_is_nothing_to_put_beside_it(alice):
    assert BESIDE not in labels(await asked(alice, "a garden", "little", "torn", "dig", "a bed less weeds"))


async def test_the_second_time_each_question_has_both_answers_in_words_and_as_a_card(alice, house):
    await asked(alice, "a garden", "little", "torn", "dig", "a bed less weeds")
    await house.time_passes(days=30)
    await asked(alice, "a big garden", "some", "fine", "sow", "it grows")
    screen = await alice.tap(BESIDE)
    text = text_of(screen)
    assert "What I want:\n• Dec 1, 2026: a garden\n• Dec 31, 2026: a big garden" in text
    assert "How I feel about that:\n• Dec 1, 2026: torn\n• Dec 31, 2026: fine" in text
    assert screen.picture is not None
    assert screen.picture.kind == "rows"
    assert screen.picture.rows[0] == ("What I want", "Dec 1, 2026: a garden", "Dec 31, 2026: a big garden")
    assert len(screen.picture.rows) == 5


async def test_a_question_that_was_skipped_once_is_there_with_a_dash(alice, house):
    await kept(house, alice, "questions", 9, future="a garden")
    entry = await kept(house, alice, "questions", now="nothing yet")
    text = text_of(await alice.press(Press("flow", "compare", entry)))
    assert "a garden\n• Dec 1, 2026: –" in text
    assert "–\n• Dec 1, 2026: nothing yet" in text


async def test_older_ones_are_a_tap_away_and_long_answers_have_pages(alice, house):
    for n in range(4):
        await kept(house, alice, "questions", 40 - 10 * n, **{name: f"{name} {n} " + "word " * 55 for name in ("future", "now")})
    entry = await kept(house, alice, "questions", future="now " * 70, now="now " * 70, different="now " * 50, nearer="now " * 70)
    await alice.press(Press("flow", "compare", entry))
    assert "future 3" in text_of(alice.screen)
    assert "future 2" in text_of(await alice.tap("One that is older"))
    await alice.tap("One that is older", "One that is older")
    assert "future 0" in text_of(alice.screen)
    assert "One that is older" not in labels(alice.screen)
    assert len(text_of(alice.screen)) < 2000
    assert "Page 2" in text_of(await alice.tap("Next page"))
    assert "future 1" in text_of(await alice.tap("One that is newer"))


async def test_a_wrong_number_shows_the_nearest_and_anothers_is_as_if_it_was_not_there(alice, bob, house):
    await kept(house, alice, "questions", 9, future="a garden")
    entry = await kept(house, alice, "questions", future="a sea")
    for value in ("", "99_99", "x", "_1"):
        assert "a garden" in text_of(await alice.press(Press("flow", "compare", entry, value)))
    assert await bob.press(Press("flow", "compare", entry)) == await bob.press(Press("flow", "compare", "0" * 32))


async def test_when_the_earlier_one_was_deleted_meanwhile_the_last_screen_comes_again(alice, house):
    first = await kept(house, alice, "questions", 9, future="a garden")
    entry = await kept(house, alice, "questions", future="a sea")
    await house.store.transact(lambda unit: Entries(unit).drop(first, alice.person.id))
    screen = await alice.press(Press("flow", "compare", entry))
    assert BESIDE not in labels(screen)
    assert "Delete it" in labels(screen)


# One line to another tool -------------------------------------------------------------------------------------------


def to_dispute(entry: str, line: str) -> Press:
    return Press("flow", "line", entry, f"dispute_{line_mark(line)}")


async def test_a_line_begins_the_tool_that_would_offer_it_with_it_as_the_answer(alice, house):
    entry = await kept(house, alice, "abc", beliefs=["I must not fail", "It is too much"])
    screen = await alice.press(to_dispute(entry, "It is too much"))
    assert "It is too much" in text_of(screen)
    assert "I must not fail" not in text_of(screen)
    assert "Leave as it is" in labels(screen)


async def test_another_line_begins_anew_and_the_first_waits(alice, house):
    entry = await kept(house, alice, "abc", beliefs=["I must not fail", "It is too much"])
    await alice.press(to_dispute(entry, "It is too much"))
    await alice.press(to_dispute(entry, "It is too much"))
    screen = await alice.press(to_dispute(entry, "I must not fail"))
    assert "I must not fail" in text_of(screen)
    await alice.command("continue")
    assert len([label for label in labels(alice.screen) if label != "Help now"]) == 2


async def test_no_tool_takes_a_line_that_it_would_not_offer(alice, bob, house):
    entry = await kept(house, alice, "abc", event="I must not fail", beliefs=["It is too much"])
    relative = await kept(house, alice, "abc", 0, "family", beliefs=["It is too much"])
    gone = text_of(await alice.press(Press("flow", "line", "0" * 32, "dispute_000000")))
    for press in (
        to_dispute(entry, "I must not fail"),  # of another answer
        to_dispute(entry, "not written"),
        Press("flow", "line", entry, f"wheel_{line_mark('It is too much')}"),
        Press("flow", "line", entry, f"nothing_{line_mark('It is too much')}"),
        Press("flow", "line", entry, ""),
        to_dispute(relative, "It is too much"),  # it would end among what is the person's own
    ):
        assert text_of(await alice.press(press)) == gone
    assert text_of(await bob.press(to_dispute(entry, "It is too much"))) == gone
