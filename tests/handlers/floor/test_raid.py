"""Very many new accounts at once: one private offer to who hosts, and what it brings."""

import pytest
from sqlalchemy import select

from bot.core.deeds import Door, Standing
from bot.core.happenings import What
from bot.core.meetings import Admission, Options
from storage.tables.floor import arrivals
from storage.tables.people import people
from tests.handlers.floor.door import led, long_known
from tests.handlers.floor.house import House
from tests.handlers.screens import labels_of, press_of, text_of


async def test_many_strangers_in_a_minute_make_one_private_offer_and_nothing_else(house: House):
    await led(house)
    for n in range(50):
        await house.hear(What.ARRIVED, f"9{n}")
    [offer] = house.told["fay"]
    assert labels_of(offer) == ["Lock the room", "Calm room", "It is fine", "Help now"]
    assert (house.room.stands, house.room.asked, house.said) == ({}, [], [])
    assert list(house.told) == ["fay"]
    known = await house.rows(select(people))
    assert len(known) == 1


async def test_strangers_are_counted_under_a_mark_for_a_minute_each_once(house: House):
    await led(house)
    for _ in range(30):
        await house.hear(What.ARRIVED, "91")
    assert "fay" not in house.told
    rows = await house.rows(select(arrivals))
    assert len(rows) == 1
    assert "91" not in (rows[0]["mark"][:2], rows[0]["mark"])
    house.clock.move(minutes=2)
    await house.hear(What.ARRIVED, "92")
    assert len(await house.rows(select(arrivals))) == 1


async def test_the_usual_start_of_a_meeting_is_no_raid(house: House):
    await long_known(house, *(f"p{n}" for n in range(40)))
    await led(house)
    for n in range(40):
        await house.here(f"p{n}")
    for n in range(9):
        await house.here(f"new{n}")
    assert "fay" not in house.told


async def test_new_persons_who_press_and_strangers_who_arrive_count_together_and_each_once(house: House):
    await led(house)
    house.clock.move(minutes=2)
    for n in range(5):
        await house.hear(What.ARRIVED, f"9{n}")
    for n in range(5):
        await house.here(f"9{n}")  # the same five
    for n in range(4):
        await house.here(f"8{n}")
    assert "fay" not in house.told
    await house.here("84")
    assert len(house.told["fay"]) == 1


async def test_slowly_is_no_raid(house: House):
    await led(house)
    for n in range(30):
        await house.hear(What.ARRIVED, f"9{n}")
        house.clock.move(seconds=10)
    assert "fay" not in house.told


async def raided(house: House, choice: str, options: Options | None = None):
    await long_known(house, "ann", "zoe")
    await led(house, options)
    house.clock.move(minutes=2)
    await house.here("ann")
    for n in range(12):
        await house.here(f"9{n}")
    after = await house.tap("fay", press_of(house.told["fay"][-1], choice), private=True)
    await house.settle()
    return after


async def test_it_is_fine_changes_nothing_and_there_is_no_second_offer(house: House):
    await raided(house, "It is fine")
    for n in range(20):
        await house.here(f"7{n}")
    assert len(house.told["fay"]) == 1
    assert (house.room.door, house.room.stands) == (Door(), {})


@pytest.mark.parametrize("admission", list(Admission))
async def test_locked_after_the_offer_new_accounts_wait_at_the_door_and_known_people_do_not(house: House, admission):
    await raided(house, "Lock", Options(admission=admission))
    assert house.room.door == Door(locked=True)
    assert {house.room.stands_of(f"9{n}") for n in range(12)} == {Standing.WAITING}
    house.clock.move(seconds=5)
    await house.here("zoe")
    await house.here("newest")
    waits_anyway = admission is Admission.FACILITATOR
    assert house.room.stands_of("newest") is Standing.WAITING
    assert {house.room.stands_of(who) for who in ("ann", "zoe")} == {Standing.WAITING if waits_anyway else Standing.FREE}


async def test_calm_after_the_offer_is_the_calm_room(house: House):
    after = await raided(house, "Calm room")
    assert house.room.door == Door(calm=True)
    assert "Calm room" in text_of(after)
    assert house.room.stands_of("ann") is Standing.FREE
    assert house.room.stands_of("91") is Standing.WAITING
    await house.close()
    assert (house.room.door, house.room.stands) == (Door(), {})


async def test_with_no_facilitator_yet_the_offer_waits_for_one(house: House):
    await house.open()
    for n in range(12):
        await house.hear(What.ARRIVED, f"9{n}")
    assert house.told == {}
    await house.here("fay", leads=True)
    assert len(house.told["fay"]) == 1


async def test_a_raid_while_nothing_is_under_way_asks_nobody(house: House):
    await led(house)
    await house.close()
    for n in range(20):
        await house.hear(What.ARRIVED, f"9{n}")
    assert "fay" not in house.told
