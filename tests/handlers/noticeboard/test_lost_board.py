"""A board whose room is gone, or which the bot may not reach."""

from bot.core.happenings import What
from bot.core.ids import RoomId
from handlers.noticeboard import rules
from storage.noticeboard import Notices
from tests.handlers.directory.house import House
from tests.handlers.noticeboard.house import boards, room_of


async def test_a_board_that_cannot_be_sent_for_a_day_is_given_up(hanging: House):
    slot = f"board_{await room_of(hanging)}"
    hanging.refuses.add(slot)
    await hanging.pass_time(hours=rules.MISSES - 1)
    assert await hanging.store.transact(lambda unit: Notices(unit).board(RoomId(slot.removeprefix("board_")))) is not None
    await hanging.pass_time(hours=3)
    assert await hanging.store.transact(lambda unit: Notices(unit).board(RoomId(slot.removeprefix("board_")))) is None
    assert await hanging.store.due_queue.next_at() is None


async def test_a_room_that_comes_back_in_time_is_forgiven(hanging: House):
    slot = f"board_{await room_of(hanging)}"
    hanging.refuses.add(slot)
    await hanging.pass_time(hours=20)
    hanging.refuses.clear()
    await hanging.pass_time(hours=2)
    found = await hanging.store.transact(lambda unit: Notices(unit).board(RoomId(slot.removeprefix("board_"))))
    assert found is not None
    assert found.missed == 0


async def test_with_its_room_the_board_is_gone(hanging: House):
    await hanging.happens(What.ROOM_GONE)
    await hanging.pass_time(hours=2)
    assert len(boards(hanging)) == 1


async def test_the_bot_put_out_asks_nothing_and_let_in_again_puts_it_in_order(hanging: House):
    await hanging.happens(What.BOT_OUT)
    await hanging.pass_time(hours=10)
    assert len(boards(hanging)) == 1
    await hanging.happens(What.BOT_IN)
    await hanging.work_off()
    assert len(boards(hanging)) == 2
    await hanging.pass_time(hours=1)
    assert len(boards(hanging)) == 3
