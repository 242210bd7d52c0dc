"""What a facilitator did is undone: at the end, after a crash, and when somebody returns. The row stands before the deed."""

import pytest
from sqlalchemy import delete, select

from bot.core.deeds import Door, Stand, Standing
from bot.core.happenings import What
from bot.core.meetings import Options, When
from bot.core.moments import Due
from storage.privacy import PersonalRows
from storage.tables.due import due
from storage.tables.outbox import outbox
from storage.unit import concrete
from tests.handlers.floor.house import FACILITATOR, House
from tests.handlers.screens import text_of


@pytest.fixture
async def room(house: House) -> House:
    await house.open()
    await house.here("fay", leads=True)
    await house.hosts("fay")
    await house.raise_hand("ben")
    return house


async def mute(house: House, who: str = "ben"):
    await house.press("fay", "mute", await house.number(who), roles=FACILITATOR)


async def tidy_again(house: House):
    await house.store.transact(lambda unit: unit.due.add(When.TIDY.due(house.clock.now(), house.id)))
    await house.settle()


async def test_the_row_and_the_deed_are_on_disk_together(room: House):
    await mute(room)
    [hold] = await room.holds()
    assert (hold.standing, hold.confirmed_at) == (Standing.MUTED, None)
    waiting = await room.rows(select(outbox.c.id).where(outbox.c.state == "waiting"))
    assert len(waiting) >= 1
    await room.settle()
    [hold] = await room.holds()
    assert hold.confirmed_at == room.clock.now()


async def test_a_row_is_struck_only_when_the_platform_confirmed(room: House):
    await mute(room)
    await room.settle()
    room.room.absent.add("ben")
    await room.close()
    [hold] = await room.holds()
    assert (hold.standing, hold.owed) == (Standing.FREE, True)
    assert room.room.stands_of("ben") is Standing.MUTED


async def test_who_left_muted_is_freed_when_they_return_also_days_later(room: House):
    await mute(room)
    await room.settle()
    await room.hear(What.LEFT, "ben")
    await room.close()
    await room.pass_time(days=9)
    assert room.room.stands_of("ben") is Standing.MUTED
    await room.hear(What.ARRIVED, "ben", room="another channel")
    assert room.room.stands_of("ben") is Standing.FREE
    assert await room.holds() == []


async def test_somebody_in_another_community_is_not_their_return(room: House):
    await mute(room)
    await room.settle()
    await room.hear(What.LEFT, "ben")
    await room.close()
    asked = len(room.deeds("ben"))
    await room.store.transact(lambda unit: unit.communities.find_or_make("discord", "elsewhere"))
    await room.hear(What.ARRIVED, "ben", room="their channel", space="elsewhere")
    assert len(room.deeds("ben")) == asked


async def test_who_comes_back_while_it_goes_on_stands_as_before(room: House):
    await mute(room)
    await room.settle()
    await room.hear(What.LEFT, "ben")
    room.room.stands.clear()  # the platform forgot
    await room.hear(What.ARRIVED, "ben")
    assert room.room.stands_of("ben") is Standing.MUTED


async def test_a_mute_of_somebody_away_takes_effect_when_they_come(room: House):
    room.room.absent.add("ben")
    await mute(room)
    await room.settle()
    assert "If they come back, I try again" in room.texts("fay")[-1]
    await room.hear(What.ARRIVED, "ben")
    assert room.room.stands_of("ben") is Standing.MUTED


async def test_a_removed_person_who_comes_again_is_put_out_again(room: House):
    await room.press("fay", "out", await room.number("ben"), roles=FACILITATOR)
    await room.settle()
    room.room.stands.clear()
    await room.hear(What.ARRIVED, "ben")
    assert room.room.stands_of("ben") is Standing.OUT
    assert "can come back when it is over" in text_of(await room.press("ben", "hand"))


async def test_a_deed_that_was_lost_is_asked_for_again_when_the_room_is_tidied_again(room: House):
    """As after a crash in the worst place: the rows are there, the promise to the platform is not."""
    await mute(room)
    await room.settle()
    await room.end()
    await room.work_off()
    await room.store.transact(lambda unit: concrete(unit).run(delete(outbox)))
    await room.settle()
    assert room.room.stands_of("ben") is Standing.MUTED
    await tidy_again(room)
    assert room.room.stands_of("ben") is Standing.FREE
    assert await room.holds() == []


async def test_tidying_twice_at_once_asks_no_harm(room: House):
    await mute(room)
    await room.settle()
    await room.close()
    await tidy_again(room)
    assert room.deeds("ben") == [Stand(Standing.MUTED), Stand(Standing.FREE)]


async def test_a_late_confirmation_of_the_mute_does_not_strike_the_freeing(room: House):
    await mute(room)
    room.room.absent.add("ben")
    [hold] = await room.holds()
    await room.settle()
    await room.close()
    late = Due("late", "room.stood", room.clock.now(), f"{hold.id}_{hold.asks}")
    await room.store.transact(lambda unit: unit.due.add(late))
    await room.settle()
    assert len(await room.holds()) == 1


async def test_tidying_does_nothing_while_the_meeting_goes_on(room: House):
    await mute(room)
    await room.settle()
    await tidy_again(room)
    assert room.room.stands_of("ben") is Standing.MUTED


async def test_where_the_right_was_missing_it_is_tried_again_after_an_hour(room: House):
    await mute(room)
    await room.settle()
    room.room.broken = True
    await room.close()
    assert room.room.stands_of("ben") is Standing.MUTED
    room.room.broken = False
    await room.pass_time(hours=1)
    assert room.room.stands_of("ben") is Standing.FREE


async def test_a_removal_always_has_an_end_and_a_moment_that_lifts_it(room: House):
    await room.press("fay", "out", await room.number("ben"), roles=FACILITATOR)
    await room.settle()
    end = room.room.stands["ben"].until
    assert end == room.evening.forgotten_at
    dues = await room.rows(select(due.c.at).where(due.c.kind == "room.lift"))
    assert [row["at"] for row in dues] == [end]


async def test_a_meeting_that_goes_on_past_it_keeps_the_removal(room: House):
    await room.press("fay", "out", await room.number("ben"), roles=FACILITATOR)
    await room.pass_time(minutes=121)
    end = room.room.stands["ben"].until
    assert end is not None
    assert end > room.clock.now()
    await room.close()
    await room.pass_time(minutes=10)
    assert room.room.stands_of("ben") is Standing.FREE
    assert await room.holds() == []


async def test_an_erased_facilitator_leaves_the_power_to_be_undone(room: House):
    await mute(room)
    await room.settle()
    fay = await room.person("fay")
    await room.store.transact(lambda unit: PersonalRows(unit).erase(fay, room.clock.now()))
    assert [hold.by for hold in await room.holds()] == [None]
    await room.close()
    assert room.room.stands_of("ben") is Standing.FREE


async def test_lock_and_calm_are_undone_at_the_end_and_asked_for_again_until_confirmed(house: House):
    await house.open()
    await house.here("fay", leads=True)
    await house.press("fay", "lock", "on", roles=FACILITATOR)
    await house.press("fay", "calm", "on", roles=FACILITATOR)
    await house.settle()
    assert house.room.door == Door(locked=True, calm=True)
    house.room.broken = True
    await house.close()
    house.room.broken = False
    assert house.room.door == Door(locked=True, calm=True)
    await house.pass_time(hours=1)
    assert house.room.door == Door()
    asked = len(house.room.asked)
    await tidy_again(house)
    assert len(house.room.asked) == asked


async def test_a_room_that_was_never_closed_is_not_asked_to_open(house: House):
    await house.open(Options())
    await house.close()
    assert house.room.asked == []
