"""What was kept of one tool is brought into another only where the person taps that, and never a relative's into their own."""

import pytest
from msgspec.structs import replace

from bot.core.flow import line_mark, mark
from bot.core.replies import Press
from storage.entries import Entries
from tests.handlers.flows.driving import labels, text_of
from tests.handlers.flows.later_house import LaterHouse, grow


@pytest.fixture
def house(store, clock, shelf):
    return LaterHouse(store, clock, shelf)


async def at_lines(person) -> None:
    await person.command("aim")
    await person.tap("Skip")


async def aim_of(house, person):
    (entry,) = [entry for entry in await house.kept(person) if entry.tool == "aim"]
    return entry


async def test_nothing_is_offered_where_nothing_was_kept(alice):
    await alice.command("aim")
    assert not [label for label in labels(alice.screen) if label.startswith("Bring")]


async def test_an_offer_shows_its_lines_and_changes_nothing(house, alice):
    await alice.command("grow")
    await grow(alice)
    await at_lines(alice)
    assert "calm" not in text_of(alice.screen)
    screen = await alice.tap("Bring in from Growing")
    assert text_of(screen).startswith("“Growing” holds these lines.")
    assert labels(screen) == ["1", "2", "Bring all in", "Back", "Help now"]
    assert "company" in text_of(screen)
    assert "calm" not in text_of(await alice.tap("Back"))


async def test_one_line_or_all_are_brought_in_by_a_tap_each_once(house, alice):
    await alice.command("grow")
    await grow(alice)
    await at_lines(alice)
    await alice.tap("Bring in from Growing", "2")
    await alice.tap("Bring in from Growing", "Bring all in", "Done")
    await alice.tap("Keep")
    assert (await aim_of(house, alice)).answers["lines"] == ["company", "calm"]


async def test_long_lines_are_shown_so_that_the_screen_fits_into_one_message_and_taken_whole(house, alice):
    written = [f"{n} " + "x" * 490 for n in range(20)]
    await alice.command("grow")
    await grow(alice, gives=("calm",))
    (entry,) = await house.kept(alice)
    await house.store.transact(lambda unit: Entries(unit).replace(replace(entry, answers={**entry.answers, "gives": written})))
    await at_lines(alice)
    screen = await alice.tap("Bring in from Growing")
    assert len(text_of(screen)) < 1900
    await alice.tap("2", "Done", "Keep")
    assert (await aim_of(house, alice)).answers["lines"] == [written[1]]


async def test_two_taps_bring_a_line_in_once(house, alice):
    await alice.command("grow")
    await grow(alice)
    await at_lines(alice)
    await alice.tap("Bring in from Growing")
    press = alice.press_of("1")
    assert text_of(await alice.press(press)) == text_of(await alice.press(press))


async def test_where_one_text_is_asked_for_only_one_is_taken(house, alice):
    await alice.command("grow")
    await grow(alice)
    await alice.command("aim")
    await alice.press(Press("flow", "bring", alice.press_of("Save and stop").subject, f"{mark('what')}_1"))
    assert labels(alice.screen) == ["1", "2", "Back", "Help now"]
    assert "calm" in text_of(await alice.tap("1"))


async def test_what_is_offered_is_what_was_kept_last_and_has_that_answer(house, alice):
    await alice.command("grow")
    await grow(alice, "wine", ("calm",))
    house.clock.move(minutes=1)
    await alice.command("grow")
    await alice.tap("A new one")
    await grow(alice, "beer", ("warmth",))
    house.clock.move(minutes=1)
    await alice.command("grow")
    await alice.tap("A new one")
    await alice.types("cards")
    await alice.tap("Skip", "Skip", "Do not pin", "Do not ask", "Skip", "Skip", "Keep")
    await at_lines(alice)
    await alice.tap("Bring in from Growing")
    assert "warmth" in text_of(alice.screen)
    assert "calm" not in text_of(alice.screen)


async def test_a_flow_about_a_kept_one_is_offered_that_ones_lines_not_the_newests(house, alice):
    await alice.command("grow")
    await grow(alice, "wine", ("calm",))
    hand = alice.press_of("Make it an aim")
    house.clock.move(minutes=1)
    await alice.command("grow")
    await alice.tap("A new one")
    await grow(alice, "beer", ("warmth",))
    await alice.press(hand)
    await alice.tap("Leave as it is", "Bring in from Growing")
    assert "calm" in text_of(alice.screen)
    assert "warmth" not in text_of(alice.screen)


async def test_what_was_tapped_there_is_brought_in_as_it_reads(house, alice):
    await alice.command("pick")
    await alice.tap("A walk", "Done", "Keep")
    await at_lines(alice)
    await alice.tap("Bring in from Picking", "1", "Done", "Keep")
    assert (await aim_of(house, alice)).answers["lines"] == ["A walk"]


async def test_a_line_that_was_deleted_meanwhile_is_not_brought_in(house, alice):
    await alice.command("grow")
    await grow(alice)
    (entry,) = await house.kept(alice)
    await at_lines(alice)
    await alice.tap("Bring in from Growing")
    press = alice.press_of("1")
    await house.store.transact(lambda unit: Entries(unit).drop(entry.id, alice.person.id))
    screen = await alice.press(press)
    assert "Which steps?" in text_of(screen)
    assert "calm" not in text_of(screen)


async def test_a_button_of_an_earlier_screen_brings_nothing_in(house, alice):
    await alice.command("grow")
    await grow(alice)
    await at_lines(alice)
    await alice.tap("Bring in from Growing")
    press = alice.press_of("1")
    await alice.tap("Back")
    await alice.types("mine")
    await alice.tap("Done")
    assert "calm" not in text_of(await alice.press(press))


@pytest.mark.parametrize("value", ["", "_", "x", "abcd_0", f"{mark('lines')}_9", f"{mark('lines')}_x", "abcd_0_all"])
@pytest.mark.parametrize("action", ["bring", "take"])
async def test_made_up_values_only_show_the_present_screen(alice, action, value):
    await alice.command("grow")
    await grow(alice)
    await at_lines(alice)
    subject = alice.press_of("Save and stop").subject
    assert "Which steps?" in text_of(await alice.press(Press("flow", action, subject, value)))


async def test_a_made_up_line_is_not_taken(alice):
    await alice.command("grow")
    await grow(alice)
    await at_lines(alice)
    subject = alice.press_of("Save and stop").subject
    screen = await alice.press(Press("flow", "take", subject, f"{mark('lines')}_0_{line_mark('made up')}"))
    assert "made up" not in text_of(screen)


async def test_nobody_is_shown_the_lines_of_another(house, alice, bob):
    await alice.command("grow")
    await grow(alice)
    await at_lines(alice)
    press = alice.press_of("Bring in from Growing")
    assert "Nothing was changed" in text_of(await bob.press(press))
    await at_lines(bob)
    assert "Bring in from Growing" not in labels(bob.screen)


async def test_a_relatives_lines_are_offered_to_the_relative_only(house, alice):
    await alice.press(Press("grow", "family"))
    await grow(alice, "his wine", ("quiet evenings",))
    await at_lines(alice)
    assert "Bring in from Growing" not in labels(alice.screen)
    await alice.press(Press("aim", "family"))
    assert "quiet evenings" in text_of(await alice.tap("Skip", "Bring in from Growing"))


async def test_after_a_restart_the_offer_is_still_there(house, alice):
    await alice.command("grow")
    await grow(alice)
    await at_lines(alice)
    await alice.tap("Bring in from Growing")
    house.restart()
    assert "company" in text_of(await alice.tap("2"))
