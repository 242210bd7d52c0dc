"""Who is in the room: admission, the waiting room, lock and calm."""

import pytest

from bot.core.calls import Account
from bot.core.deeds import Door, Stand, Standing
from bot.core.happenings import What
from bot.core.meetings import Admission, Options
from storage.meetings import Meetings
from tests.handlers.floor.door import LOBBY, led
from tests.handlers.floor.house import FACILITATOR, House
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of


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
    assert len([label for label in labels_of(waiting) if label.startswith("Let in: No.")]) == 2
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
