"""What comes of a kept tool: what may come next, how long it stays, lines for the kit; and what is never kept."""

from datetime import timedelta

import pytest

from bot.core.replies import Press
from storage.entries import Entries
from storage.privacy import PersonalRows, prune
from tests.handlers.flows.driving import labels, text_of
from tests.handlers.flows.later_house import LaterHouse, grow

STAY, GO = "Keep until I delete it", "Delete it after 90 days"
KEPT = [STAY, "Send me a file", "Delete it", "Help now"]


@pytest.fixture
def house(store, clock, shelf):
    return LaterHouse(store, clock, shelf)


async def days_pass(house, days: float) -> None:
    house.clock.move(days=days)
    await prune(house.store, house.clock.now())


async def held(house, person) -> dict[str, tuple[int, bool]]:
    rows = await house.store.transact(lambda unit: PersonalRows(unit).held(person.person.id, house.clock.now()))
    return {row.kind: (row.rows, row.goes_at is not None) for row in rows if row.kind.startswith(("entries", "flow_states"))}


# What comes next


async def test_what_may_come_next_is_offered_and_nothing_is_handed_over_before_the_tap(house, alice):
    await alice.command("grow")
    screen = await grow(alice)
    assert labels(screen) == ["Make it an aim", "Look closer", *KEPT]  # a strict tool is not there
    assert await house.under_way(alice) == []


async def test_with_the_tap_the_answers_are_there_in_the_shape_that_is_asked_for(house, alice):
    await alice.command("grow")
    await grow(alice, why="for my sleep")
    assert "for my sleep" in text_of(await alice.tap("Make it an aim"))
    screen = await alice.tap("Leave as it is")
    assert "company" in text_of(screen)
    await alice.tap("Done", "Keep")
    entries = {entry.tool: entry.answers for entry in await house.kept(alice)}
    assert entries["aim"] == {"what": "for my sleep", "lines": ["calm", "company"]}


async def test_it_stands_beside_one_that_is_under_way_and_two_taps_are_one(house, alice):
    await alice.command("aim")
    await alice.types("something else")
    house.clock.move(minutes=1)
    await alice.command("grow")
    await grow(alice)
    press = alice.press_of("Make it an aim")
    await alice.press(press)
    assert "for my sleep" in text_of(await alice.press(press))
    assert await house.under_way(alice) == ["aim", "aim"]
    assert "Which steps?" in text_of(await alice.command("aim"))


async def test_where_there_is_nothing_to_hand_over_nothing_is_offered(alice):
    await alice.command("grow")
    await alice.types("wine")
    await alice.tap("Skip", "Skip", "Do not pin", "Do not ask", "Skip", "Skip", "Keep")
    assert labels(alice.screen) == KEPT


async def test_old_and_foreign_buttons_say_the_same(house, alice, bob):
    await alice.command("grow")
    await grow(alice)
    for label in ("Make it an aim", STAY):
        press = alice.press_of(label)
        assert await bob.press(press) == await bob.press(Press("flow", press.action, "0" * 32, press.value))
    press = alice.press_of("Make it an aim")
    for value in ("", "grow", "nothing"):
        assert "Nothing was changed" in text_of(await alice.press(Press("flow", "hand", press.subject, value)))
    (entry,) = await house.kept(alice)
    assert await house.store.transact(lambda unit: Entries(unit).drop(entry.id, alice.person.id))
    assert "Nothing was changed" in text_of(await alice.press(press))


async def test_what_a_relative_hands_over_stays_a_relatives(house, alice):
    await alice.press(Press("grow", "family"))
    await grow(alice)
    await alice.tap("Make it an aim", "Leave as it is", "Done", "Keep")
    assert {(entry.tool, entry.voice) for entry in await house.kept(alice)} == {("grow", "family"), ("aim", "family")}


async def test_what_a_relative_wrote_is_not_handed_to_a_tool_that_is_not_for_relatives(house, alice):
    house.gates.said[alice.person.id] = ("no", house.clock.now())
    await alice.command("strict")
    await alice.types("he shouts")
    await alice.types("often")
    await alice.tap("Keep")
    assert "Grow it" in labels(alice.screen)
    assert "Score it" not in labels(alice.screen)
    hand = alice.press_of("Grow it")
    assert "Nothing was changed" in text_of(await alice.press(Press("flow", "hand", hand.subject, "score")))


# How long it stays


async def test_it_goes_after_ninety_days(house, alice):
    await alice.command("grow")
    assert "90 days" in text_of(await grow(alice))
    assert await held(house, alice) == {"entries": (1, True)}
    await days_pass(house, 90)
    assert await house.kept(alice) == []


async def test_it_stays_until_it_is_deleted_where_the_person_says_so(house, alice):
    await alice.command("grow")
    await grow(alice)
    assert "stays until you delete it" in text_of(await alice.tap(STAY))
    assert await held(house, alice) == {"entries_stay": (1, False)}
    await days_pass(house, 400)
    assert len(await house.kept(alice)) == 1
    await alice.tap(GO)
    await days_pass(house, 0)
    assert await house.kept(alice) == []


async def test_two_taps_on_one_button_are_one(house, alice):
    await alice.command("grow")
    await grow(alice)
    press = alice.press_of(STAY)
    await alice.press(press)
    await alice.press(press)
    (entry,) = await house.kept(alice)
    assert entry.stays


async def test_privacy_tells_those_that_stay_from_those_that_go(house, alice):
    await alice.command("grow")
    await grow(alice)
    await alice.tap(STAY)
    await alice.command("score")
    await alice.tap("3", "Keep")
    assert await held(house, alice) == {"entries": (1, True), "entries_stay": (1, False)}
    exported = await house.store.transact(lambda unit: PersonalRows(unit).export(alice.person.id))
    assert sorted(str(row["stays"]) for row in exported["entries"]) == ["False", "True"]
    assert all("mark" not in row for row in exported["entries"])
    await house.store.transact(lambda unit: PersonalRows(unit).erase(alice.person.id, house.clock.now()))
    assert await held(house, alice) == {}


async def test_an_unfinished_one_goes_thirty_days_after_it_was_touched(house, alice):
    await alice.command("grow")
    await days_pass(house, 29)
    await alice.command("grow")
    await alice.types("wine")
    await days_pass(house, 29)
    assert "What does it give you?" in text_of(await alice.command("continue"))
    assert "30 days" in text_of(await alice.tap("Save and stop"))
    await days_pass(house, 30)
    assert "Nothing is waiting" in text_of(await alice.command("continue"))


# What is given to the kit, and what is never kept


async def test_lines_are_pinned_only_where_the_person_said_so(house, alice):
    await alice.command("grow")
    await grow(alice)
    assert house.pinned == []
    await alice.command("grow")
    await alice.tap("A new one")
    await grow(alice, pin="Pin them")
    assert house.pinned == [("reasons", ("calm", "company"))]


async def test_what_a_relative_pins_does_not_come_into_the_persons_own_kit(house, alice):
    await alice.press(Press("grow", "family"))
    await grow(alice, pin="Pin them")
    assert house.pinned == []


@pytest.mark.parametrize("way", ["Close", None])
async def test_what_is_not_to_be_kept_is_not(house, alice, way):
    await alice.command("breath")
    await alice.tap("3")
    if way:
        await alice.tap(way)
    else:
        (mine,) = {press.subject for row in alice.screen.buttons for button in row if (press := button.press) and press.subject}
        await alice.press(Press("flow", "keep", mine, "end"))
    assert await house.kept(alice) == []
    assert await house.under_way(alice) == []


async def test_two_taps_on_keep_keep_one(house, alice):
    await alice.command("score")
    await alice.tap("3")
    press = alice.press_of("Keep")
    await alice.press(press)
    assert "Nothing was changed" in text_of(await alice.press(press))
    assert len(await house.kept(alice)) == 1


async def test_a_keep_that_fails_in_the_middle_keeps_nothing_and_loses_nothing(house, alice):
    async def fails(*_: object) -> None:
        raise LookupError

    await alice.command("grow")
    await alice.types("wine")
    await alice.types("calm")
    await alice.tap("Done", "Skip", "Pin them", "Ask me", "Skip", "Skip")
    keeper = house.flows.keeper
    before, keeper._pins = keeper._pins, fails
    with pytest.raises(LookupError):
        await alice.tap("Keep")
    keeper._pins = before
    assert await house.kept(alice) == []
    assert await house.time_passes(days=4) == []
    await alice.tap("Keep")
    assert len(await house.kept(alice)) == 1


async def test_what_was_kept_knows_its_version_and_voice(house, alice):
    await alice.command("score")
    await alice.tap("3", "Keep")
    (entry,) = await house.kept(alice)
    assert (entry.version, entry.voice, entry.stays) == (house.shelf["score"].version, "", False)
    assert house.clock.now() - entry.at < timedelta(seconds=1)
