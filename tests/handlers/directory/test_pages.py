"""Paging, one message turned by its buttons: a page is named by its first evening, so nothing that changes shifts it."""

from datetime import date, time

import pytest

from bot.core.replies import DATA_BYTES, Press, deep_link
from tests.handlers.directory.house import House, lines_of, titles_of
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of

ONCE = "FREQ=WEEKLY;COUNT=1;BYDAY="  # one evening within two weeks
FIRST = date(2026, 11, 30)


async def many(house: House, count: int) -> None:
    for n in range(count):
        await house.make(f"Evening {n:02}", ONCE + "WE", time(6 + n), first=FIRST)


@pytest.fixture
async def twelve(house: House) -> House:
    await many(house, 12)
    return house


async def test_five_evenings_a_page_forwards_and_back(twelve: House):
    seen, screens = [], [await twelve.type("ann", "/meetings")]
    while "Later" in labels_of(screens[-1]):
        screens.append(await twelve.tap("ann", screens[-1], "Later"))
    seen = [titles_of(screen) for screen in screens]
    assert [len(page) for page in seen] == [5, 5, 2]
    assert [title for page in seen for title in page] == [f"Evening {n:02}" for n in range(12)]
    assert "6 to 10 of 12" in text_of(screens[1])
    back = await twelve.tap("ann", screens[2], "Earlier")
    assert titles_of(back) == seen[1]
    assert titles_of(await twelve.tap("ann", back, "Earlier")) == seen[0]
    assert all(screen.replace for screen in screens[1:])


async def test_a_page_stays_where_it_is_when_what_came_before_it_changes(twelve: House):
    first = await twelve.type("ann", "/meetings")
    later = press_of(first, "Later")
    second = titles_of(await twelve.press("ann", later))
    await twelve.make("A new one", ONCE + "WE", time(5), first=FIRST)
    assert titles_of(await twelve.press("ann", later)) == second
    twelve.clock.at = twelve.clock.at.replace(day=2, hour=8)  # some are over by now
    assert titles_of(await twelve.press("ann", later)) == second


async def test_a_page_whose_evenings_are_over_becomes_the_last_one(twelve: House):
    later = press_of(await twelve.type("ann", "/meetings"), "Later")
    twelve.clock.at = twelve.clock.at.replace(day=3)
    assert "No meeting is planned" in text_of(await twelve.press("ann", later))
    await twelve.make("Another", ONCE + "FR", first=FIRST)
    assert titles_of(await twelve.press("ann", later)) == ["Another"]


async def test_evenings_of_the_same_minute_are_all_there_once(house: House):
    for n in range(23):
        await house.make(f"Evening {n:02}", ONCE + "WE", first=FIRST)
    screen, seen = await house.type("ann", "/meetings"), []
    seen += titles_of(screen)
    while "Later" in labels_of(screen):
        screen = await house.tap("ann", screen, "Later")
        seen += titles_of(screen)
    assert sorted(seen) == [f"Evening {n:02}" for n in range(23)]


async def test_filters_and_words_go_along_from_page_to_page(twelve: House):
    for n in range(7):
        await twelve.make(f"Quiet hour {n}", ONCE + "TH", time(6 + n), first=FIRST, beginners=True)
    first = await twelve.type("ann", "/meetings quiet hour")
    first = await twelve.tap("ann", first, "For people who are new")
    second = await twelve.tap("ann", first, "Later")
    assert titles_of(first) + titles_of(second) == [f"Quiet hour {n}" for n in range(7)]
    assert "✓ For people who are new" in labels_of(second)
    assert len(titles_of(await twelve.tap("ann", second, "Show all"))) == 5


async def test_every_button_fits_the_narrowest_platform_also_as_a_link(twelve: House):
    screen = await twelve.tap("ann", await twelve.type("ann", "/meetings evening"), "Later")
    for button in buttons_of(screen):
        assert button.press is not None
        assert len(button.press.data()) <= DATA_BYTES
        assert len(deep_link(button.press)) <= 64
    assert all(len(row) <= 5 for row in screen.buttons)
    assert len(screen.buttons) <= 5


@pytest.mark.parametrize("value", ["x", "0", "zz__", "0_", "0__123", "0_abcde1234567", "00_____________", "v9_"])
async def test_a_button_that_nobody_made_changes_nothing(house: House, value: str):
    community = await house.community()
    await house.make("Open evening")
    assert "I no longer know this button." in text_of(await house.press("ann", Press("directory", "list", community.id, value)))


async def test_any_button_that_could_be_made_is_answered_by_a_list(house: House):
    community = await house.community()
    await house.make("Open evening")
    for value in ("", "0__", "v6_", "0_zzzzz", "0_00000", "0__zzzzzzzz", "0__00000000", "participants", "family"):
        assert "Meetings" in text_of(await house.press("ann", Press("directory", "list", community.id, value)))


async def test_another_community_is_as_if_it_were_not_there(house: House):
    house.space = "elsewhere"
    other = await house.community()
    await house.make("Secret evening")
    house.space = "space"
    await house.make("Open evening")
    for subject in (other.id, "0" * 32, "x"):
        told = await house.press("ann", Press("directory", "list", subject))
        assert "I no longer know this button." in text_of(told)


async def test_in_private_the_list_is_of_the_persons_community(house: House):
    unknown = await house.type("ann", "/meetings", private=True)
    assert "I do not know which community you mean." in text_of(unknown)
    await house.make("Open evening")
    first = await house.type("ann", "/meetings")
    assert "Open evening" in text_of(await house.type("ann", "/meetings", private=True))
    assert titles_of(await house.tap("ann", first, "Still has room", private=True)) == ["Open evening", "Open evening"]


async def test_in_private_somebody_of_two_communities_chooses_by_a_meeting_they_know(house: House):
    here = await house.make("Open evening")
    house.space = "elsewhere"
    there = await house.make("Far evening")
    await house.remind("ann", here)
    only = await house.type("ann", "/meetings", private=True)
    assert titles_of(only)[0] == "Open evening"
    await house.remind("ann", there)
    choice = await house.type("ann", "/meetings", private=True)
    assert sorted(labels_of(choice)) == ["Far evening", "Help now", "Open evening"]
    assert titles_of(await house.tap("ann", choice, "Far evening", private=True))[0] == "Far evening"


async def test_a_list_asked_for_in_a_telegram_group_is_turned_in_the_private_chat(telegram_house: House):
    house = telegram_house
    await house.make("Home evening")
    await house.type("ann", "/meetings")  # this is their home
    house.space = "elsewhere"
    await many(house, 7)
    listed = await house.type("ann", "/meetings", room="there")
    assert titles_of(await house.tap("ann", listed, "Later", private=True)) == ["Evening 05", "Evening 06"]


async def test_a_clock_change_between_two_evenings_shifts_only_the_reader(house: House):
    """Berlin's clocks go forward on 28 March 2027, those of New York on the 14th."""
    house.clock.at = house.clock.at.replace(year=2027, month=3, day=9)
    await house.make("Open evening")
    await house.settle("ann", zone="America/New_York")
    times = [line.partition(" your time")[0][-8:].strip() for line in lines_of(await house.type("ann", "/meetings"))]
    assert times == ["1:00 PM", "2:00 PM"]
