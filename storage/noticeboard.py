"""What hangs: a `handlers.noticeboard.records.NoticeBook` over one transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId, OccurrenceId, RoomId
from bot.core.meetings import Audience
from handlers.noticeboard.records import Board, Entry, Wish
from storage.outbox import slot_mark
from storage.tables.noticeboard import boards, event_wishes, native_events
from storage.tables.outbox import slots
from storage.unit import concrete

_BOARDS = select(boards).where(boards.c.community == bindparam("this")).order_by(boards.c.at, boards.c.room)
_BOARD = select(boards).where(boards.c.room == bindparam("this"))
_WISH = select(event_wishes).where(event_wishes.c.community == bindparam("this"))
_ENTRIES = (
    select(native_events)
    .where(native_events.c.community == bindparam("this"))
    .order_by(native_events.c.starts_at, native_events.c.occurrence)
)
_ENTRY = select(native_events).where(native_events.c.occurrence == bindparam("this"))


class Notices:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    async def boards(self, community: CommunityId) -> Sequence[Board]:
        """Return the community's boards, in the order in which they were hung."""
        return [await self._board(row) for row in await self._unit.rows(_BOARDS, {"this": community})]

    async def board(self, room: RoomId) -> Board | None:
        row = await self._unit.row(_BOARD, {"this": room})
        return None if row is None else await self._board(row)

    async def hang(self, board: Board, at: datetime) -> None:
        """Store a board whole, in place of the room's earlier one; that it hangs since then stays."""
        shown = await self._unit.seal(board.community, "boards", "shown", board.room, board.shown)
        row = {"audience": board.audience.value, "shown": shown, "missed": board.missed}
        insert = self._unit.insert(boards).values(room=board.room, community=board.community, at=at, **row)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[boards.c.room], set_=row))

    async def take_down(self, room: RoomId) -> None:
        await self._unit.run(delete(boards).where(boards.c.room == room))

    async def _board(self, row: RowMapping) -> Board:
        community = CommunityId(row["community"])
        shown = await self._unit.open(community, "boards", "shown", row["room"], row["shown"], str)
        return Board(RoomId(row["room"]), community, Audience(row["audience"]), shown, row["missed"])

    # The platform's calendar ------------------------------------------------------------------------------------------

    async def wish(self, community: CommunityId) -> Wish | None:
        row = await self._unit.row(_WISH, {"this": community})
        return (
            None if row is None else Wish(CommunityId(row["community"]), Audience(row["audience"]), row["discreet"], row["missed"])
        )

    async def put_wish(self, wish: Wish) -> None:
        row = {"audience": wish.audience.value, "discreet": wish.discreet, "missed": wish.missed}
        insert = self._unit.insert(event_wishes).values(community=wish.community, **row)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[event_wishes.c.community], set_=row))

    async def drop_wish(self, community: CommunityId) -> None:
        await self._unit.run(delete(event_wishes).where(event_wishes.c.community == community))

    async def entries(self, community: CommunityId) -> Sequence[Entry]:
        return [await self._entry(row) for row in await self._unit.rows(_ENTRIES, {"this": community})]

    async def entry(self, occurrence: OccurrenceId) -> Entry | None:
        row = await self._unit.row(_ENTRY, {"this": occurrence})
        return None if row is None else await self._entry(row)

    async def put_entry(self, entry: Entry) -> None:
        shown = await self._unit.seal(entry.community, "native_events", "shown", entry.occurrence, entry.shown)
        row = {"room": entry.room, "starts_at": entry.starts_at, "ends_at": entry.ends_at, "shown": shown}
        insert = self._unit.insert(native_events).values(occurrence=entry.occurrence, community=entry.community, **row)
        await self._unit.run(insert.on_conflict_do_update(index_elements=[native_events.c.occurrence], set_=row))

    async def drop_entry(self, occurrence: OccurrenceId) -> None:
        await self._unit.run(delete(native_events).where(native_events.c.occurrence == occurrence))

    async def _entry(self, row: RowMapping) -> Entry:
        community, occurrence = CommunityId(row["community"]), OccurrenceId(row["occurrence"])
        shown = await self._unit.open(community, "native_events", "shown", occurrence, row["shown"], str)
        return Entry(occurrence, community, RoomId(row["room"]), row["starts_at"], row["ends_at"], shown)

    async def renew(self, slot: str, now: datetime) -> None:
        """Let the slot's message be known for longer than its usual days."""
        await self._unit.run(update(slots).where(slots.c.slot == slot_mark(self._unit, slot)).values(at=now))
