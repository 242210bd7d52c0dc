"""A kept one that goes in 24 hours: asked for, taken back, once, also after a restart; and what is said of the chat."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.replies import Press
from handlers.flows.follow import FOLLOW
from storage.entries import Entries
from storage.flow_states import FlowStates
from storage.tables.due import due
from tests.handlers.flows.driving import House, labels, text_of
from tests.stores import storage_for_tests

GO, STAY = "Delete it in 24 hours", "Do not delete it after all"


async def a_plan(person, *signs: str):
    await person.command("safetyplan")
    if person.has("A new one"):
        await person.tap("A new one")
    await person.tap("Next")
    await person.says(*signs or ("a certain look",))
    await person.tap("Done")
    while not person.has("Keep it here"):
        await person.tap(next(label for label in labels(person.screen) if label in ("Skip", "Next")))
    return await person.tap("Keep it here")


async def kept(house, person):
    return await house.store.transact(lambda unit: Entries(unit).all_of(person.person.id, "safetyplan", "family"))


async def promised(house):
    async def read(unit):
        return [(row["key"], row["at"], row["kind"]) for row in await unit.rows(select(due.c.key, due.c.at, due.c.kind))]

    return await house.store.transact(read)


async def test_it_is_offered_where_the_tool_says_so_with_what_stays_in_the_chat(alice):
    screen = await a_plan(alice)
    assert labels(screen) == [GO, "Keep until I delete it", "Send me a file", "Delete it", "Help now"]
    assert "The messages in this chat stay on your device" in text_of(screen)
    await alice.command("questions")
    await alice.says("calm")
    while not alice.has("Keep"):
        await alice.tap("Skip")
    assert GO not in labels(await alice.tap("Keep"))


async def test_nothing_goes_that_was_not_asked_to_go(alice, house):
    await a_plan(alice)
    assert await promised(house) == []
    await house.time_passes(days=2)
    assert len(await kept(house, alice)) == 1


async def test_it_goes_in_24_hours_by_itself_and_nothing_is_sent(alice, house):
    await a_plan(alice)
    screen = await alice.tap(GO)
    assert STAY in labels(screen)
    assert "It is deleted on" in text_of(screen)
    assert await house.time_passes(hours=23, minutes=59) == []
    assert len(await kept(house, alice)) == 1
    assert await house.time_passes(minutes=2) == []
    assert await kept(house, alice) == []
    assert await promised(house) == []


async def test_its_moment_tells_nothing_of_the_tool(alice, house):
    await a_plan(alice)
    await alice.tap(GO)
    ((key, at, kind),) = await promised(house)
    assert kind == FOLLOW  # as of a message about any tool
    assert at == house.clock.now() + timedelta(hours=24)
    assert "safety" not in key


@pytest.mark.parametrize("other", [STAY, "Keep until I delete it"])
async def test_it_can_be_taken_back(alice, house, other):
    await a_plan(alice)
    screen = await alice.tap(GO, other)
    assert GO in labels(screen)
    assert "It is deleted on" not in text_of(screen)
    assert await promised(house) == []
    await house.time_passes(days=2)
    assert len(await kept(house, alice)) == 1


async def test_tapped_twice_it_goes_when_it_was_to_go_first(alice, house):
    await a_plan(alice)
    press = alice.press_of(GO)
    await alice.press(press)
    await house.time_passes(hours=20)
    await alice.press(press)
    await house.time_passes(hours=5)
    assert await kept(house, alice) == []


async def test_a_restart_in_between_changes_nothing(tmp_path, clock):
    (tmp_path / "again").mkdir()
    async with storage_for_tests(tmp_path / "again", clock) as opened:
        first = House(opened, clock)
        carol = await first.person("carol")
        await a_plan(carol)
        await carol.tap(GO)
    async with storage_for_tests(tmp_path / "again", clock) as opened:
        second = House(opened, clock)
        assert len(await kept(second, carol)) == 1
        await second.time_passes(hours=25)
        assert await kept(second, carol) == []


async def test_gone_on_with_it_still_goes_and_says_so(alice, house):
    await a_plan(alice)
    await alice.tap(GO)
    await house.time_passes(hours=10)
    await alice.command("safetyplan")
    go_on = next(label for label in labels(alice.screen) if label.startswith("Go on with"))
    await alice.tap(go_on, "Next", "Done")
    while not alice.has("Keep it here"):
        await alice.tap(next(label for label in labels(alice.screen) if label in ("Skip", "Next")))
    screen = await alice.tap("Keep it here")
    assert STAY in labels(screen)
    assert "It is deleted on" in text_of(screen)
    await house.time_passes(hours=15)
    assert await kept(house, alice) == []


async def test_what_goes_on_with_it_holds_the_same_words_and_goes_too(alice, house):
    await a_plan(alice)
    await alice.tap(GO)
    await alice.command("safetyplan")
    go_on = next(label for label in labels(alice.screen) if label.startswith("Go on with"))
    await alice.tap(go_on, "Next", "Save and stop")
    await house.time_passes(hours=25)
    assert await house.store.transact(lambda unit: FlowStates(unit).of_person(alice.person.id)) == []


async def test_deleted_by_hand_before_there_is_nothing_left_to_do(alice, house):
    await a_plan(alice)
    await alice.tap(GO, "Delete it", "Yes, delete it")
    assert await kept(house, alice) == []
    assert await promised(house) == []
    await house.time_passes(days=2)


async def test_only_that_one_goes(alice, house):
    await a_plan(alice, "one")
    await a_plan(alice, "two")
    await alice.tap(GO)
    await house.time_passes(hours=25)
    assert [entry.answers["signs"] for entry in await kept(house, alice)] == [["one"]]


async def test_nobody_lets_anothers_go_and_no_tool_goes_that_does_not_offer_it(alice, bob, house):
    await a_plan(alice)
    (entry,) = await kept(house, alice)
    missing = await bob.press(Press("flow", "goes", "0" * 32, "on"))
    assert await bob.press(Press("flow", "goes", entry.id, "on")) == missing
    await alice.command("questions")
    await alice.says("calm")
    while not alice.has("Keep"):
        await alice.tap("Skip")
    await alice.tap("Keep")
    subject = alice.press_of("Delete it").subject
    await alice.press(Press("flow", "goes", subject, "on"))
    assert await promised(house) == []


async def test_a_kept_one_is_found_again_to_be_looked_at_and_deleted(alice, house):
    await a_plan(alice, "a certain look")
    await alice.command("safetyplan")
    await alice.tap("Look, or delete")
    (shown,) = [label for label in labels(alice.screen) if label != "Help now"]
    assert "a certain look" in text_of(await alice.tap(shown))
    await alice.tap("Back", shown, "Delete it", "Yes, delete it")
    assert await kept(house, alice) == []
    assert "none that is kept" in text_of(await alice.tap("Back"))


async def test_the_list_of_kept_ones_is_ones_own(alice, bob, house):
    await a_plan(alice)
    screen = await bob.press(Press("flow", "shelf", "safetyplan", "family"))
    assert labels(screen) == ["Help now"]
    assert "ended" in text_of(await bob.press(Press("flow", "shelf", "no_such_tool")))
