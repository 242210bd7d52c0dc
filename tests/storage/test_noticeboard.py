"""What hangs, on both databases."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select, update

from bot.core.calls import Place
from bot.core.ids import MessageRef, OccurrenceId, RoomId, new_id
from bot.core.meetings import Audience
from handlers.noticeboard.records import OVER, Board, Entry, Wish
from storage.noticeboard import Notices
from storage.privacy import prune
from storage.sealing import Unopenable
from storage.tables.noticeboard import boards, native_events
from storage.tables.outbox import slots
from storage.unit import concrete


@pytest.fixture
async def rooms(store):
    """Two rooms of one community."""

    async def work(unit):
        community = await unit.communities.find_or_make("discord", "space")
        return [
            await unit.rooms.find_or_make(community.id, Place("discord", chat, space="space", private=False)) for chat in ("a", "b")
        ]

    return await store.transact(work)


async def test_a_room_has_one_board_and_a_community_several(store, rooms, clock):
    first, second = (Board(room.id, room.community, Audience.PARTICIPANTS, "x") for room in rooms)

    async def work(unit):
        book = Notices(unit)
        await book.hang(first, clock.now())
        await book.hang(second, clock.now() + timedelta(seconds=1))
        await book.hang(replace(first, audience=Audience.FAMILY, shown="y", missed=3), clock.now() + timedelta(seconds=2))
        listed = await book.boards(first.community)
        await book.take_down(second.room)
        return listed, await book.board(first.room), await book.board(second.room), await book.board(RoomId("0" * 32))

    changed = replace(first, audience=Audience.FAMILY, shown="y", missed=3)
    assert await store.transact(work) == ([changed, second], changed, None, None)


async def test_a_communitys_wish_is_one(store, rooms):
    wish = Wish(rooms[0].community)

    async def work(unit):
        book = Notices(unit)
        await book.put_wish(wish)
        await book.put_wish(Wish(wish.community, Audience.FAMILY, discreet=False))
        found = await book.wish(wish.community)
        await book.drop_wish(wish.community)
        return found, await book.wish(wish.community)

    assert await store.transact(work) == (Wish(wish.community, Audience.FAMILY, False), None)


async def test_entries_are_kept_by_their_evening_the_earliest_first(store, rooms, clock):
    room, hour = rooms[0], timedelta(hours=1)
    late, soon = (
        Entry(OccurrenceId(new_id()), room.community, room.id, clock.now() + n * hour, clock.now() + (n + 1) * hour, "x")
        for n in (5, 2)
    )

    async def work(unit):
        book = Notices(unit)
        for entry in (late, soon, replace(late, shown=OVER, room=rooms[1].id)):
            await book.put_entry(entry)
        listed = await book.entries(room.community)
        await book.drop_entry(soon.occurrence)
        return listed, await book.entry(late.occurrence), await book.entry(soon.occurrence)

    moved = replace(late, shown=OVER, room=rooms[1].id)
    assert await store.transact(work) == ([soon, moved], moved, None)


async def test_no_digest_stands_open_on_the_disk_and_none_opens_elsewhere(store, rooms, clock):
    first, second = (Board(room.id, room.community, shown="digest") for room in rooms)

    async def work(unit):
        await Notices(unit).hang(first, clock.now())
        await Notices(unit).hang(second, clock.now())
        entry = Entry(OccurrenceId(new_id()), first.community, first.room, clock.now(), clock.now(), "digest")
        await Notices(unit).put_entry(entry)
        sealed = [row["shown"] for table in (boards, native_events) for row in await concrete(unit).rows(select(table.c.shown))]
        assert not any(b"digest" in value for value in sealed)
        await concrete(unit).run(update(boards).where(boards.c.room == second.room).values(shown=sealed[0]))
        return await Notices(unit).boards(first.community)

    with pytest.raises(Unopenable):
        await store.transact(work)


async def test_a_renewed_message_is_known_for_as_long_as_it_is_renewed(store, rooms, clock):
    for name in ("board", "other"):
        await store.outbox_queue.remember(name, None, rooms[0].id, MessageRef("m"), clock.now())
    for _ in range(3):
        clock.move(days=20)
        await store.transact(lambda unit: Notices(unit).renew("board", clock.now()))
        await prune(store, clock.now())
    assert len(await store.transact(lambda unit: concrete(unit).rows(select(slots.c.slot)))) == 1
