"""Kept tools that grow, or are looked at again: which one, in whose place, and what happens when it is gone meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from bot.core.replies import Press
from storage.entries import Entries
from tests.handlers.flows.driving import labels, text_of
from tests.handlers.flows.later_house import LaterHouse, grow, past


@pytest.fixture
def house(store, clock, shelf):
    return LaterHouse(store, clock, shelf)


async def drop(house, entry, person) -> None:
    assert await house.store.transact(lambda unit: Entries(unit).drop(entry, person.person.id))


async def test_the_first_time_nobody_is_asked_which(alice):
    assert "What is it about?" in text_of(await alice.command("grow"))


async def test_begun_again_the_person_chooses_by_its_name_the_newest_first(house, alice):
    for thing in ("wine", "beer", "cards", "sweets", "tobacco " * 5):
        house.clock.move(minutes=1)
        if "A new one" in labels(await alice.command("grow")):
            await alice.tap("A new one")
        await grow(alice, thing.strip())
    screen = await alice.command("grow")
    assert labels(screen) == [
        "Go on with tobacco tobacco tobacco…",
        "Go on with sweets",
        "Go on with cards",
        "Go on with beer",
        "A new one",
        "Look, or delete",
        "Help now",
    ]


async def test_without_a_name_it_is_known_by_its_day(house, alice):
    await alice.command("grow")
    await alice.tap("Skip")
    await alice.types("calm")
    await alice.tap("Done", "Skip", "Do not pin", "Do not ask", "Skip", "Skip", "Keep")
    assert labels(await alice.command("grow"))[0].startswith("Go on with ")
    assert str(house.clock.now().year) in labels(alice.screen)[0]


async def test_a_list_gets_longer_and_stands_in_the_place_of_the_old(house, alice):
    await alice.command("grow")
    await grow(alice)
    (first,) = await house.kept(alice)
    house.clock.move(days=40)
    await alice.command("grow")
    assert "wine" in text_of(await alice.tap("Go on with wine"))
    await alice.tap("Leave as it is")
    await alice.types("warmth")
    await past(alice, leave=4)
    await alice.tap("Skip", "Skip", "Keep")
    (entry,) = await house.kept(alice)
    assert (entry.id, entry.at, entry.answers["gives"]) == (first.id, house.clock.now(), ["calm", "company", "warmth"])
    assert entry.version == house.shelf["grow"].version


async def test_what_came_to_it_afterwards_and_that_it_stays_are_not_lost(house, alice):
    await alice.command("grow")
    await grow(alice)
    await alice.tap("Keep until I delete it")
    (entry,) = await house.kept(alice)
    entry.answers["later"] = 3
    await house.store.transact(lambda unit: Entries(unit).replace(entry))
    await alice.command("grow")
    await alice.tap("Go on with wine")
    await past(alice, leave=5)
    await alice.tap("Skip", "Skip", "Keep")
    (after,) = await house.kept(alice)
    assert (after.answers["later"], after.stays, after.id) == (3, True, entry.id)


async def test_looked_at_again_it_is_a_new_one_beside_the_old(house, alice):
    await alice.command("score")
    await alice.tap("3", "Keep")
    house.clock.move(days=1)
    await alice.command("score")
    await alice.tap(labels(alice.screen)[0])
    assert "Leave as it is" in labels(alice.screen)
    await alice.tap("7", "Keep")
    assert [entry.answers["number"] for entry in await house.kept(alice)] == [3, 7]


async def test_what_was_kept_before_stands_at_its_day_on_the_persons_clocks(house, alice):
    seen = list[datetime]()

    def draws(_say, _flow, _answers, history, _voice):
        seen.extend(at for at, _ in history)

    house.draws = draws
    house.restart()
    house.clock.at = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)  # still the 24th in New York
    alice.person = replace(alice.person, zone="America/New_York")
    await house.store.transact(lambda unit: unit.people.save(alice.person))
    await alice.command("score")
    await alice.tap("3", "Keep")
    (entry,) = await house.kept(alice)
    house.clock.move(days=1)
    await alice.command("score")
    await alice.tap("A new one", "7")
    await alice.press(Press("flow", "entry", entry.id))
    assert [f"{at:%d %H}" for at in seen] == ["24 22"]


async def test_the_unfinished_one_goes_on_first(house, alice):
    await alice.command("grow")
    await grow(alice)
    await alice.command("grow")
    await alice.tap("Go on with wine", "Leave as it is")
    assert "What does it give you?" in text_of(await alice.command("grow"))


async def test_two_taps_on_one_button_are_one(house, alice):
    await alice.command("grow")
    await grow(alice)
    await alice.command("grow")
    for label in ("Go on with wine", "A new one"):
        press = alice.press_of(label)
        await alice.press(press)
        first = await alice.tap("Save and stop")
        again = await alice.press(press)
        assert first.slot == again.slot
        await alice.command("grow")
        await alice.tap("Discard", *(["Yes, delete it"] if label.startswith("Go") else []))
        await alice.command("grow")


async def test_another_one_that_is_under_way_is_set_aside_not_lost(house, alice):
    await alice.command("grow")
    await grow(alice, "wine")
    house.clock.move(minutes=1)
    await alice.command("grow")
    await alice.tap("A new one")
    await grow(alice, "beer")
    await alice.command("grow")
    wine, beer = alice.press_of("Go on with wine"), alice.press_of("Go on with beer")
    await alice.press(wine)
    await alice.tap("Leave as it is")
    await alice.types("warmth")
    assert "beer" in text_of(await alice.press(beer))
    assert await house.under_way(alice) == ["grow", "grow"]
    assert len(labels(await alice.command("continue"))) == 3


async def test_deleted_meanwhile_it_is_kept_as_a_new_one(house, alice):
    await alice.command("grow")
    await grow(alice)
    (first,) = await house.kept(alice)
    await alice.command("grow")
    await alice.tap("Go on with wine")
    await drop(house, first.id, alice)
    await past(alice, leave=5)
    await alice.tap("Skip", "Skip", "Keep")
    (entry,) = await house.kept(alice)
    assert entry.id != first.id
    assert entry.answers["gives"] == ["calm", "company"]


async def test_changed_on_another_device_meanwhile_both_are_kept(house, alice):
    await alice.command("grow")
    await grow(alice)
    (first,) = await house.kept(alice)
    await alice.command("grow")
    await alice.tap("Go on with wine")
    changed = replace(first, at=house.clock.now() + timedelta(minutes=1), answers={**first.answers, "gives": ["sleep"]})
    await house.store.transact(lambda unit: Entries(unit).replace(changed))
    await past(alice, leave=5)
    await alice.tap("Skip", "Skip", "Keep")
    assert len(await house.kept(alice)) == 2


async def test_discarded_the_kept_one_is_as_it_was(house, alice):
    await alice.command("grow")
    await grow(alice)
    await alice.command("grow")
    await alice.tap("Go on with wine", "Leave as it is")
    await alice.types("warmth")
    assert "as it was" in text_of(await alice.tap("Discard", "Yes, delete it"))
    (entry,) = await house.kept(alice)
    assert entry.answers["gives"] == ["calm", "company"]


async def test_a_button_for_one_that_is_gone_or_somebody_elses_says_the_same(house, alice, bob):
    await alice.command("grow")
    await grow(alice)
    await alice.command("grow")
    press = alice.press_of("Go on with wine")
    foreign, missing = await bob.press(press), await bob.press(Press("flow", "reopen", "0" * 32))
    assert foreign == missing
    await drop(house, press.subject, alice)
    assert "Nothing was changed" in text_of(await alice.press(press))


async def test_after_a_restart_in_the_middle_it_is_still_that_one(house, alice):
    await alice.command("grow")
    await grow(alice)
    await alice.command("grow")
    await alice.tap("Go on with wine", "Leave as it is")
    house.restart()
    await alice.types("warmth")
    await past(alice, leave=4)
    await alice.tap("Skip", "Skip", "Keep")
    (entry,) = await house.kept(alice)
    assert entry.answers["gives"] == ["calm", "company", "warmth"]


async def test_a_relatives_and_the_persons_own_never_meet(house, alice):
    await alice.press(Press("grow", "family"))
    assert "at home" in text_of(alice.screen)
    await grow(alice, "his wine", why="for us")
    assert "What is it about?" in text_of(await alice.command("grow"))
    await grow(alice, "my beer")
    assert labels(await alice.command("grow"))[0] == "Go on with my beer"
    assert "his wine" not in str(alice.screen)
    await alice.press(Press("grow", "family"))
    assert labels(alice.screen)[0] == "Go on with his wine"
    assert "my beer" not in str(alice.screen)
    assert "at home" in text_of(await alice.tap("Go on with his wine"))
    await alice.tap("Discard", "Yes, delete it")
    await alice.press(Press("grow", "family"))
    assert "at home" in text_of(await alice.tap("A new one"))


@pytest.mark.parametrize("value", ["", "family", "x"])
@pytest.mark.parametrize("flow", ["", "nothing", "howis", "strict"])
async def test_a_made_up_new_one_is_gone(alice, flow, value):
    screen = await alice.press(Press("flow", "anew", flow, value))
    assert "Nothing was changed" in text_of(screen) or "unsafe at home" in text_of(screen)
