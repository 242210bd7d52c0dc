"""Flows over a real store: every kind of press, typed words, restarts, and who may touch what."""

import pytest

from bot.core.flow import mark
from bot.core.replies import NOTHING, Press
from bot.core.richtext import Heading
from tests.handlers.flows.driving import Someone, labels, text_of
from tests.handlers.flows.stocked import stock_house
from tests.stores import storage_for_tests

HOSTILE = "@everyone **x** <b>\u202eevil\u202c [a](tg://user?id=1) "


@pytest.fixture
def house(store, clock):
    return stock_house(store, clock)


async def at_note(person) -> None:
    await person.command("urge")
    await person.tap("5", "Yes", "Breathe, 1 minute", "Next", "4", "Add a note", "Done")


def flow_id(person: Someone) -> str:
    return person.press_of("Save and stop").subject


# Presses that are old, foreign or made up


async def test_two_quick_taps_on_one_button_count_once(alice):
    await alice.command("urge")
    press = alice.press_of("5")
    first, second = await alice.press(press), await alice.press(press)
    assert first == second
    assert "Are you safe" in text_of(second)


async def test_a_chip_tapped_twice_is_on(alice):
    await alice.command("surf")
    await alice.tap("3 min", "5")
    press = alice.press_of("Chest")
    assert await alice.press(press) == await alice.press(press)
    assert "✓ Chest" in labels(alice.screen)


async def test_a_foreign_flow_is_as_if_it_was_not_there(alice, bob):
    await alice.command("urge")
    foreign, missing = alice.press_of("5"), Press("flow", "answer", "0" * 32, "abcd_5")
    assert await bob.press(foreign) == await bob.press(missing)
    assert "Nothing was changed" in text_of(bob.screen)
    for action in alice.house.feature.presses:
        assert await bob.press(Press("flow", action, foreign.subject, foreign.value)) == await bob.press(missing)
    assert "Are you safe" in text_of(await alice.press(foreign))


@pytest.mark.parametrize("value", ["", "abcd_5", "_", "_5", "end", "end_5", "5", "0" * 19, f"{mark('safe')}_yes"])
@pytest.mark.parametrize("action", ["answer", "pick", "drop", "go", "back", "skip", "keep", "write"])
async def test_made_up_values_change_nothing(alice, action, value):
    before = await alice.command("urge")
    assert await alice.press(Press("flow", action, flow_id(alice), value)) == before


@pytest.mark.parametrize("value", ["11", "x", "ten", "999999999999"])
async def test_a_made_up_number_is_refused_like_a_typed_one(alice, value):
    before = await alice.command("urge")
    after = await alice.press(Press("flow", "answer", flow_id(alice), f"{mark('strength')}_{value}"[:19]))
    assert "A whole number from 0 to 10" in text_of(after)
    assert after.buttons == before.buttons


async def test_a_button_of_an_earlier_screen_shows_the_present_one(alice):
    await alice.command("urge")
    old = alice.press_of("7")
    await alice.tap("5", "Yes")
    assert "What could you try?" in text_of(await alice.press(old))


async def test_after_the_end_a_button_says_so_in_a_new_message(alice):
    await alice.command("urge")
    press = alice.press_of("5")
    await alice.tap("Discard")
    screen = await alice.press(press)
    assert (text_of(screen), screen.replace) == ("This button belongs to something that has ended. Nothing was changed.", False)


# Words


@pytest.mark.parametrize("modals", [True, False])
async def test_words_are_written_in_a_form_or_typed(house, modals):
    carol = await house.person("carol", modals=modals)
    await at_note(carol)
    assert ("Write" in labels(carol.screen)) is modals
    screen = await (carol.writes(HOSTILE) if modals else carol.types(HOSTILE))
    assert "My note: @everyone **x** <b>evil [a](tg://user?id=1)" in text_of(screen)
    assert isinstance(screen.blocks[0], Heading)


async def test_a_form_that_was_open_too_long_changes_nothing(alice):
    await at_note(alice)
    await alice.tap("Write")
    assert alice.screen.form is not None
    form = alice.screen.form.press
    await alice.types("mine")
    call = alice.call("form", press=form, arguments={"words": "other"})
    screen = await alice._do(alice.house.feature.forms["write"].run, call)
    assert "My note: mine" in text_of(screen)


@pytest.mark.parametrize("words", ["x" * 10_000, "", " \n", "\u202e"])
async def test_words_that_do_not_fit_are_not_repeated_and_can_be_tried_again(alice, words):
    await at_note(alice)
    screen = await alice.types(words)
    assert "x" * 20 not in text_of(screen)
    assert "Try again" in text_of(screen) or "shorter" in text_of(screen)
    assert "My note: fits" in text_of(await alice.types("fits"))


async def test_a_number_may_be_typed(alice):
    await alice.command("urge")
    assert "Are you safe" in text_of(await alice.types("7"))


async def test_words_go_to_the_flow_that_was_touched_last_and_waits_for_them(house, alice):
    assert await alice.types("hello") == NOTHING
    await alice.command("surf")
    await house.time_passes(seconds=1)
    await alice.command("dents")
    await house.time_passes(seconds=1)
    await alice.command("surf")
    assert "Tap one or more" in text_of(await alice.types("5"))


async def test_words_where_a_button_is_wanted_are_taken_as_that_button_or_answered_and_not_kept(house, alice):
    await alice.command("urge")
    await alice.tap("8")
    told = await alice.types("I do not know")
    assert "Are you safe right now?" in text_of(told)
    assert "Please tap one of the buttons" in text_of(told)
    assert "do not know" not in text_of(told)
    assert "What could you try?" in text_of(await alice.types(" yes"))
    await house.time_passes(hours=2)
    assert await alice.types("hello") == NOTHING


async def test_words_do_not_go_to_a_flow_that_was_stopped_or_left_long_ago(house, alice):
    await alice.command("urge")
    await alice.tap("Save and stop")
    assert await alice.types("5") == NOTHING
    await alice.tap("Go on")
    await house.time_passes(hours=25)
    assert await alice.types("5") == NOTHING


async def test_words_of_one_person_never_reach_the_flow_of_another(alice, bob):
    await alice.command("urge")
    assert await bob.types("5") == NOTHING


# Ways out


async def test_stopped_and_gone_on_with_a_fortnight_later(house, alice):
    await alice.command("urge")
    assert "Saved" in text_of(await alice.tap("5", "Save and stop"))
    await house.time_passes(days=13)
    assert "Are you safe" in text_of(await alice.command("continue"))


async def test_continue_lists_several_and_says_when_there_is_none(alice):
    assert "Nothing is waiting" in text_of(await alice.command("continue"))
    await alice.command("urge")
    await alice.command("surf")
    titles = [label.split(",")[0] for label in labels(await alice.command("continue"))]
    assert sorted(titles[:2]) == ["Riding an urge out", "Urge now"]


async def test_discard_asks_once_when_something_was_entered(alice):
    await alice.command("urge")
    assert "Delete what you entered here?" in text_of(await alice.tap("5", "Discard"))
    assert "Are you safe" in text_of(await alice.tap("No, go on"))
    assert "Deleted" in text_of(await alice.tap("Discard", "Yes, delete it"))
    assert "Nothing is waiting" in text_of(await alice.command("continue"))
    assert await alice.entries() == []


async def test_the_summary_can_be_kept_deleted_or_sent_as_a_file(alice):
    await at_note(alice)
    await alice.writes("mine\n=1+1")
    summary = alice.screen
    screen = await alice.tap("Send me a file", "Plain text")
    assert screen.file is not None
    assert screen.file.name == "notes.txt"
    assert "My note: mine" in screen.file.content.decode()
    alice.screen = summary
    assert "Deleted" in text_of(await alice.tap("Delete now"))
    assert await alice.entries() == []


async def test_kept_twice_is_kept_once(alice):
    await at_note(alice)
    await alice.tap("Skip")
    keep = alice.press_of("Keep")
    await alice.press(keep)
    await alice.press(keep)
    assert len(await alice.entries()) == 1


async def test_back_from_the_summary_shows_the_words_again(alice):
    await at_note(alice)
    await alice.writes("mine")
    screen = await alice.tap("Back")
    assert "mine" in text_of(screen)
    assert "Leave as it is" in labels(screen)
    await alice.tap("Write")
    assert alice.screen.form is not None
    assert alice.screen.form.fields[0].value == "mine"


async def test_a_changed_language_changes_the_next_screen(alice):
    await alice.command("urge")
    await alice.tap("5")
    alice.language = "de"
    assert "Was könntest du versuchen?" in text_of(await alice.tap("Yes"))


async def test_a_feature_says_what_becomes_of_its_own_flow(store, clock):
    done = []

    async def end(finished, unit):
        done.append(finished)
        return ()

    carol = await stock_house(store, clock, ends={"surf": end}).person("carol")
    await carol.command("surf")
    await carol.tap("3 min", "5", "Done", "Done", "2", "Keep")
    assert [(one.flow, one.subject, one.person, one.answers["after"]) for one in done] == [("surf", "", carol.person.id, 2)]
    assert await carol.entries() == []


async def test_a_restart_between_any_two_taps_changes_nothing(tmp_path, clock):
    taps = ["urge", "5", "Yes", "Breathe, 1 minute", "Next", "4", "Finish", "Keep"]
    screen = NOTHING
    for step, tapped in enumerate(taps):
        async with storage_for_tests(tmp_path, clock) as store:
            carol = await stock_house(store, clock).person("carol")
            carol.screen = screen
            screen = await (carol.command(tapped) if step == 0 else carol.tap(tapped))
            entries = await carol.entries()
    assert [entry["after"] for entry in entries] == [4]


async def test_no_name_of_a_tool_and_no_word_stands_on_the_disk(tmp_path, clock):
    async with storage_for_tests(tmp_path, clock) as store:
        carol = await stock_house(store, clock).person("carol")
        await carol.command("surf")
        await at_note(carol)
        await carol.writes("canarywords")
        await carol.tap("Keep")
    written = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    for word in (b"canarywords", b"surf", b"urge", b"dents", b"breathe"):
        assert word not in written
