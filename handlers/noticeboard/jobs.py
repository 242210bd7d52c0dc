"""Keeping what hangs up to date: when evenings change, and every hour."""

from collections.abc import Callable
from datetime import datetime

import structlog
from msgspec.structs import replace

from bot.core.happenings import Heard
from bot.core.ids import CommunityId, OccurrenceId, RoomId
from bot.core.moments import Due
from bot.core.ports import Unit
from handlers.noticeboard import rules
from handlers.noticeboard.keeper import Keeper
from handlers.noticeboard.records import OVER, NoticeBook

log = structlog.get_logger()


class NoticeJobs:
    def __init__(self, keeper: Keeper, notices: Callable[[Unit], NoticeBook]) -> None:
        self._keeper = keeper
        self._notices = notices

    async def changed(self, due: Due, now: datetime, unit: Unit) -> None:
        """Evenings of a community changed: however many did, it is looked at once."""
        community = await unit.communities.get(CommunityId(due.subject))
        if community is not None:
            await self._keeper.refresh(unit, community, now)

    async def mend(self, due: Due, now: datetime, unit: Unit) -> None:
        """Ask for everything as it is wanted, and look again in an hour, as long as anything hangs."""
        community = await unit.communities.get(CommunityId(due.subject))
        if community is not None and await self._keeper.refresh(unit, community, now, mend=True):
            await unit.due.add(rules.mending(community.id, now))

    async def seen(self, due: Due, now: datetime, unit: Unit) -> None:
        """A board that could not be sent for a while was sent."""
        board = await self._notices(unit).board(RoomId(due.subject))
        if board is not None:
            await self._notices(unit).hang(replace(board, missed=0), now)

    async def missed(self, due: Due, now: datetime, unit: Unit) -> None:
        """A board could not be sent. After a day of that it is given up: nobody is served by asking a platform for ever."""
        board = await self._notices(unit).board(RoomId(due.subject))
        if board is None:
            return
        if board.missed + 1 < rules.MISSES:
            await self._notices(unit).hang(replace(board, missed=board.missed + 1, shown=""), now)
            return
        await self._notices(unit).take_down(board.room)
        await unit.outbox.withdraw(rules.board_slot(board.room))
        log.info("noticeboard.given_up", why="room")

    async def down(self, due: Due, now: datetime, unit: Unit) -> None:
        """The last edit of a board is done: a later one in the room is a new message, unless it hangs again already."""
        if await self._notices(unit).board(RoomId(due.subject)) is None:
            await unit.outbox.withdraw(rules.board_slot(RoomId(due.subject)))

    async def event_gone(self, due: Due, now: datetime, unit: Unit) -> None:
        """An entry was taken away; it is forgotten, unless the evening takes place again after all."""
        entry = await self._notices(unit).entry(OccurrenceId(due.subject))
        if entry is not None and entry.shown == OVER:
            await self._notices(unit).drop_entry(entry.occurrence)
            await unit.outbox.withdraw(rules.event_slot(entry.occurrence))

    async def events_seen(self, due: Due, now: datetime, unit: Unit) -> None:
        """The calendar can be written to again: what was held back is put in."""
        wish = await self._notices(unit).wish(CommunityId(due.subject))
        if wish is not None:
            await self._notices(unit).put_wish(replace(wish, missed=0))
            await unit.due.add(replace(rules.mending(wish.community, now), at=now))

    async def events_missed(self, due: Due, now: datetime, unit: Unit) -> None:
        """The calendar could not be written to. After a day of that it is given up."""
        wish = await self._notices(unit).wish(CommunityId(due.subject))
        if wish is None:
            return
        if wish.missed + 1 < rules.MISSES:
            await self._notices(unit).put_wish(replace(wish, missed=wish.missed + 1))
            return
        await self._notices(unit).drop_wish(wish.community)
        log.info("noticeboard.given_up", why="calendar")

    # Happenings -------------------------------------------------------------------------------------------------------

    async def room_gone(self, heard: Heard, unit: Unit) -> None:
        if heard.room is not None and await self._notices(unit).board(heard.room.id) is not None:
            await self._notices(unit).take_down(heard.room.id)
            await unit.outbox.withdraw(rules.board_slot(heard.room.id))

    async def bot_out(self, heard: Heard, unit: Unit) -> None:
        """Removed: nothing can be mended."""
        if heard.community is not None:
            await unit.due.drop(rules.mend_key(heard.community.id))

    async def bot_in(self, heard: Heard, unit: Unit) -> None:
        """Back again: what hung is put in order."""
        if heard.community is None:
            return
        book, community = self._notices(unit), heard.community.id
        if await book.boards(community) or await book.wish(community) is not None:
            await unit.due.add(replace(rules.mending(community, heard.at), at=heard.at))
