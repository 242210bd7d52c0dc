"""Who is in the room: admission, the waiting room, lock and calm; and the one offer when very many new accounts come."""

import pytest
from sqlalchemy import select

from bot.core.calls import Account
from bot.core.deeds import Door, Stand, Standing
from bot.core.happenings import What
from bot.core.meetings import Admission, Options
from storage.meetings import Meetings
from storage.tables.floor import arrivals
from storage.tables.people import people
from tests.handlers.floor.house import FACILITATOR, House, buttons_of, labels_of, press_of, text_of

LOBBY = Options(admission=Admission.FACILITATOR)


async def led(house: House, options: Options | None = None) -> House:
    await house.open(options)
    await house.here("fay", leads=True)
    await house.hosts("fay")
    return house


async def long_known(house: House, *who: str) -> None:
    """The house met them long ago."""
    await house.consent(*who)
    house.clock.move(hours=1)


async def test_where_a_facilitator_lets_in_whoever_comes_waits_and_is_told(house: House):
    await led(house, LOBBY)
    await house.here("ann")
    assert (await house.view()).outside == 1
    assert house.room.stands_of("ann") is Standing.WAITING
    assert house.texts("ann") == ["You are in the waiting room. A facilitator lets you in soon."]
    assert "You are in the waiting room" in text_of(await house.press("ann", "hand"))
    assert house.texts("fay") == []


async def test_they_are_let_in_one_by_one_named_by_when_they_came(house: House):
    await led(house, LOBBY)
    await house.here("ann")
    await house.here("ben")
    panel = await house.press("fay", "order", roles=FACILITATOR)
    assert "2 people are in the waiting room" in text_of(panel)
    waiting = await house.tap("fay", press_of(panel, "Waiting room", last=True), roles=FACILITATOR)
    ann = f"Let in: No. {await house.number('ann')}, came"
    assert len([label for label in labels_of(waiting) if label.startswith("Let in: Nr.")]) == 2
    await house.tap("fay", press_of(waiting, ann), roles=FACILITATOR)
    await house.settle()
    assert (house.room.stands_of("ann"), house.room.stands_of("ben")) == (Standing.FREE, Standing.WAITING)
    assert house.texts("ann")[-1] == "You are in. Welcome."
    assert (await house.view()).outside == 1
    assert "Show a name" in labels_of(await house.press("ann", "hand"))


async def test_or_all_at_once_and_who_comes_later_waits_again(house: House):
    await led(house, LOBBY)
    for who in ("ann", "ben", "cas"):
        await house.here(who)
    after = await house.press("fay", "letin", "all", roles=FACILITATOR)
    await house.settle()
    assert "Nobody is in the waiting room" in text_of(after)
    assert (house.room.stands, (await house.view()).outside) == ({}, 0)
    await house.here("dan")
    assert (await house.view()).outside == 1


async def test_a_facilitator_never_waits(house: House):
    await led(house, LOBBY)
    await house.hear(What.ARRIVED, "fay")
    assert house.room.stands == {}


async def test_a_facilitator_who_came_before_their_role_was_seen_is_let_in_with_it(house: House):
    await house.open(LOBBY)
    await house.consent("fay")
    await house.hear(What.ARRIVED, "fay")
    assert house.room.stands_of("fay") is Standing.WAITING
    await house.press("fay", "order", roles=FACILITATOR)
    await house.settle()
    assert (house.room.stands, (await house.view()).outside) == ({}, 0)


async def test_who_arrives_in_voice_waits_too(house: House):
    await led(house, LOBBY)
    await house.consent("ann")
    await house.hear(What.ARRIVED, "ann")
    assert house.room.stands_of("ann") is Standing.WAITING
    assert (await house.view()).outside == 1


async def test_let_in_stays_let_in_through_a_lost_connection(house: House):
    await led(house, LOBBY)
    await house.here("ann")
    await house.press("fay", "letin", "all", roles=FACILITATOR)
    await house.settle()
    await house.hear(What.LEFT, "ann")
    await house.hear(What.ARRIVED, "ann")
    assert house.room.stands_of("ann") is Standing.FREE


@pytest.mark.parametrize("admission", [Admission.OPEN, Admission.BUTTON])
async def test_elsewhere_nobody_waits(house: House, admission):
    await led(house, Options(admission=admission))
    await house.here("ann")
    assert (house.room.stands, (await house.view()).outside) == ({}, 0)


async def test_the_waiting_room_turned_on_holds_only_those_who_come_then(house: House):
    await led(house)
    await house.here("ann")
    house.clock.move(seconds=1)
    panel = await house.press("fay", "order", roles=FACILITATOR)
    on = await house.tap("fay", press_of(panel, "Waiting room on"), roles=FACILITATOR)
    assert "who comes now waits there" in text_of(on)
    house.clock.move(seconds=1)
    await house.here("ben")
    assert (house.room.stands_of("ann"), house.room.stands_of("ben")) == (Standing.FREE, Standing.WAITING)
    await house.tap("fay", press_of(on, "Waiting room off"), roles=FACILITATOR)
    house.clock.move(seconds=1)
    await house.here("cas")
    assert (house.room.stands_of("ben"), house.room.stands_of("cas")) == (Standing.WAITING, Standing.FREE)
    await house.close()
    assert house.room.stands == {}


async def test_lock_and_unlock_from_the_panel_or_by_command(house: House):
    await led(house)
    panel = await house.press("fay", "order", roles=FACILITATOR)
    locked = await house.tap("fay", press_of(panel, "Lock the room"), roles=FACILITATOR)
    await house.settle()
    assert house.room.door == Door(locked=True)
    assert (await house.view()).locked
    assert "Unlock" in labels_of(locked)
    await house.type("fay", "/meeting lock", roles=FACILITATOR)
    await house.settle()
    assert house.room.door == Door()


async def test_a_hand_is_no_way_into_a_locked_room(house: House):
    await led(house)
    await house.here("ann")
    await house.press("fay", "lock", "on", roles=FACILITATOR)
    assert "The room is locked just now" in text_of(await house.press("new", "hand"))
    assert "Show a name" in labels_of(await house.press("ann", "hand"))
    assert "Show a name" in labels_of(await house.press("fay", "hand", roles=FACILITATOR))


async def test_pressing_lock_twice_locks_once(house: House):
    await led(house)
    for _ in range(2):
        await house.press("fay", "lock", "on", roles=FACILITATOR)
        await house.settle()
    assert len(house.room.asked) == 1


async def test_calm_room_is_one_tap_for_everything(house: House):
    await led(house)
    house.clock.move(seconds=1)
    await house.type("fay", "/meeting calm", roles=FACILITATOR)
    house.clock.move(seconds=1)
    await house.here("ann")
    assert house.room.door == Door(calm=True)
    assert house.room.stands_of("ann") is Standing.WAITING
    assert (await house.view()).calm
    await house.press("fay", "calm", "off", roles=FACILITATOR)
    await house.settle()
    assert house.room.door == Door()


async def test_what_the_platform_did_not_do_the_host_is_told(house: House):
    await led(house)
    house.room.broken = True
    await house.press("fay", "lock", "on", roles=FACILITATOR)
    await house.settle()
    assert "I could not change the room" in house.texts("fay")[-1]


# A raid ------------------------------------------------------------------------------------------------------------------


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


async def test_three_hundred_who_come_at_once_into_a_waiting_room_stand_there_once_each(house: House):
    await led(house, LOBBY)
    await house.store.transact(lambda unit: many_join(house, unit, 300))
    await house.here("last")
    deeds = [deed for _, deed in house.room.asked]
    assert deeds == [Stand(Standing.WAITING)] * 301
    assert (await house.view()).outside == 301
    first = await house.press("fay", "outside", roles=FACILITATOR)
    assert len([button for button in buttons_of(first) if button.label.startswith("Let in:")]) == 6


async def many_join(house: House, unit, count: int) -> None:
    for n in range(count):
        person = await unit.people.make(Account("discord", f"p{n}"), house.clock.now(), None)
        await Meetings(unit).join(house.id, person.id, house.clock.now())
