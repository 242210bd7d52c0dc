"""Brings what hangs in line with the evenings as they stand: sent when it changed, or, when mending, sent all the same.

A post names the state that is wanted. The adapter compares it with what is there: it mends what somebody changed by hand, and
makes anew what was deleted.
"""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.core.calls import Community
from bot.core.coming import Ahead, ComingBook, coming
from bot.core.deeds import NativeEvent
from bot.core.ids import OccurrenceId, RoomId, new_id
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToRoom
from bot.core.replies import Reply
from bot.core.texts import Texts
from handlers.noticeboard import rules, views
from handlers.noticeboard.records import OVER, Board, Entry, NoticeBook, Wish


class Keeper:
    """`with_events`: the platforms that have a calendar of their own."""

    def __init__(
        self,
        texts: Texts,
        meetings: Callable[[Unit], ComingBook],
        notices: Callable[[Unit], NoticeBook],
        with_events: Collection[str],
    ) -> None:
        self._texts = texts
        self._meetings = meetings
        self._notices = notices
        self._with_events = with_events

    def has_events(self, community: Community) -> bool:
        return community.platform in self._with_events

    async def refresh(self, unit: Unit, community: Community, now: datetime, *, mend: bool = False) -> bool:
        """Return whether anything hangs."""
        boards = await self._notices(unit).boards(community.id)
        wish, entries = await self._notices(unit).wish(community.id), await self._notices(unit).entries(community.id)
        for audience in dict.fromkeys(board.audience for board in boards):
            ahead = await coming(self._meetings(unit), community.id, audience, now, now + rules.AHEAD)
            reply = views.board(self._texts.of(community.language), community, audience, ahead)
            for board in boards:
                if board.audience is audience and (mend or board.shown != rules.digest(reply)):
                    await self.send(unit, board, reply, now, mend=mend)
        if wish is not None or entries:
            await self._calendar(unit, community, wish, entries, now, mend=mend)
        return bool(boards or wish is not None or entries)

    async def hang(self, unit: Unit, community: Community, board: Board, now: datetime) -> None:
        """Hang a board at once, and look after it from now on."""
        ahead = await coming(self._meetings(unit), community.id, board.audience, now, now + rules.AHEAD)
        reply = views.board(self._texts.of(community.language), community, board.audience, ahead)
        await self.send(unit, board, reply, now, mend=True)
        await unit.due.add(rules.mending(community.id, now))

    async def send(self, unit: Unit, board: Board, reply: Reply, now: datetime, *, mend: bool) -> None:
        shown = rules.digest(reply)
        await self._notices(unit).hang(replace(board, shown=shown), now)
        post = Post(
            key=f"board_{board.room}_{new_id()}",
            lane=Lane.NEWS,
            to=ToRoom(board.room),
            reply=replace(reply, slot=rules.board_slot(board.room)),
            not_before=None if mend else now + rules.CALM,
            too_late_at=now + rules.USELESS_AFTER,
            done=Due(f"board_seen_{board.room}", "housekeeping.board_seen", now, board.room) if board.missed else None,
            failed=Due(f"board_missed_{board.room}", "housekeeping.board_missed", now, board.room),
        )
        await unit.outbox.add(post)
        await self._notices(unit).renew(rules.board_slot(board.room), now)

    async def take_down(self, unit: Unit, community: Community, room: RoomId, now: datetime) -> None:
        """One sentence stays in the board's place; it is not looked after any more."""
        await self._notices(unit).take_down(room)
        post = Post(
            key=f"board_down_{room}_{new_id()}",
            lane=Lane.NEWS,
            to=ToRoom(room),
            reply=replace(views.taken_down(self._texts.of(community.language)), slot=rules.board_slot(room)),
            too_late_at=now + rules.USELESS_AFTER,
            done=Due(f"board_down_{room}", "housekeeping.board_down", now, room),
            failed=Due(f"board_down_{room}", "housekeeping.board_down", now, room),
        )
        await unit.outbox.add(post)

    # The platform's calendar ------------------------------------------------------------------------------------------

    async def _calendar(
        self, unit: Unit, community: Community, wish: Wish | None, entries: Sequence[Entry], now: datetime, *, mend: bool
    ) -> None:
        ahead: Sequence[Ahead] = ()
        if wish is not None:
            ahead = await coming(self._meetings(unit), community.id, wish.audience, now, now + rules.EVENTS_AHEAD)
        known = {entry.occurrence: entry for entry in entries}
        kept, tried = set(rules.has_begun(ahead, now)), False
        for one in rules.for_events(ahead, now):
            if wish is None or one.occurrence is None or not await self._is_there(unit, one.evening.room):
                continue
            wanted = views.event(self._texts.of(community.language), one, wish)
            kept.add(one.occurrence.id)
            entry = self._entry(community, one, one.occurrence.id, wanted)
            before = known.get(one.occurrence.id)
            if not (mend or before is None or (before.shown, before.room) != (entry.shown, entry.room)):
                continue
            if wish.missed and tried:
                continue  # one shows whether the platform lets us again; many would only be refused
            tried = True
            await self._notices(unit).put_entry(entry)
            await self._ask(unit, entry, wanted, now, again=bool(wish.missed))
        for entry in entries:
            if entry.occurrence not in kept:
                await self._take_away(unit, entry, now, mend=mend)

    @staticmethod
    def _entry(community: Community, one: Ahead, occurrence: OccurrenceId, wanted: NativeEvent) -> Entry:
        times = (one.evening.starts_at, one.evening.ends_at)
        return Entry(occurrence, community.id, one.evening.room, *times, rules.digest(wanted))

    async def _is_there(self, unit: Unit, room: RoomId) -> bool:
        """Whether the room is on a platform with a calendar."""
        found = await unit.rooms.get(room)
        return found is not None and found.platform in self._with_events

    async def _take_away(self, unit: Unit, entry: Entry, now: datetime, *, mend: bool) -> None:
        if now >= entry.ends_at + rules.FORGOTTEN:
            await self._notices(unit).drop_entry(entry.occurrence)
            await unit.outbox.withdraw(rules.event_slot(entry.occurrence))
        elif mend or entry.shown != OVER:
            await self._notices(unit).put_entry(replace(entry, shown=OVER))
            await self._ask(unit, entry, NativeEvent("", entry.starts_at, entry.ends_at, over=True), now)

    async def _ask(self, unit: Unit, entry: Entry, wanted: NativeEvent, now: datetime, *, again: bool = False) -> None:
        name, community = entry.occurrence, entry.community
        gone = Due(f"event_gone_{name}", "housekeeping.event_gone", now, name)
        seen = Due(f"events_seen_{community}", "housekeeping.events_seen", now, community)
        missed = Due(f"events_missed_{community}", "housekeeping.events_missed", now + rules.ONE_MISS, community)
        post = Post(
            key=f"event_{name}_{new_id()}",
            lane=Lane.NEWS,
            to=ToRoom(entry.room),
            deed=wanted,
            slot=rules.event_slot(name),
            too_late_at=now + rules.USELESS_AFTER if wanted.over else min(now + rules.USELESS_AFTER, wanted.starts_at),
            done=gone if wanted.over else seen if again else None,
            failed=None if wanted.over else missed,
        )
        await unit.outbox.add(post)
        await self._notices(unit).renew(post.slot, now)
