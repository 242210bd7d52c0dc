"""What became of an answer: marked as sent, or handed to the courier. The marks never delay another answer."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec
import structlog

from bot.core.calls import Incoming, Place
from bot.core.clock import Clock
from bot.core.errors import BotError, DoorClosed, StorageUnavailable
from bot.core.ids import CommunityId, MessageRef, PersonId, RoomId
from bot.core.platform import Answer, Capabilities
from bot.core.ports import Store, Unit
from bot.core.posts import Lane, OutboxQueue, Post, ToPerson
from bot.core.replies import Reply, To
from bot.runtime.logs import failure

log = structlog.get_logger()

RESUMED = timedelta(minutes=10)  # an answer decided longer ago than this is not sent after a restart
TOO_LATE = timedelta(hours=1)  # nor does the courier keep trying longer
_IN_ROOM = "#room"


class Taken(Answer, frozen=True):
    """An answer with what is needed to keep its end. `receipt` is "" when nothing was kept of the act."""

    receipt: str = ""
    person: PersonId | None = None
    community: CommunityId | None = None


class Mark(NamedTuple):
    """An answer that arrived: as which message, and when."""

    answer: Taken
    ref: MessageRef | None
    at: datetime


def receipt_key(incoming: Incoming) -> str:
    """Return the act's key: nobody's act can have another's. It ends in a mark when it was done in a room."""
    account, mark = incoming.account, "" if incoming.place.private else _IN_ROOM
    return f"{account.platform}:{account.user}:{incoming.receipt}{mark}"


def is_private(to: To, *, in_room: bool, only_you: bool) -> bool:
    """Whether an answer is read in the person's own chat. `only_you`: the platform can show it to one person in a room."""
    return not in_room or to is To.PRIVATE or (to is To.ONLY_YOU and not only_you)


def as_post(receipt: str, person: PersonId, reply: Reply, too_late_at: datetime) -> Post:
    return Post(f"answer_{receipt}", Lane.ANSWER, ToPerson(person), reply, too_late_at=too_late_at)


class Answers:
    """`spent` is told of every answer that arrived, so that the courier sends less in that moment."""

    def __init__(
        self,
        store: Store,
        outbox: OutboxQueue,
        clock: Clock,
        capabilities: Mapping[str, Capabilities],
        spent: Callable[[Place], None] | None = None,
    ) -> None:
        self._store = store
        self._outbox = outbox
        self._clock = clock
        self._capabilities = capabilities
        self._spent = spent
        self._marks: list[Mark] = []
        self._marking: asyncio.Task[None] | None = None

    def sent(self, answer: Answer, ref: MessageRef | None) -> None:
        """Note that an answer arrived. It is written soon, many at once; a mark lost in a crash is an answer sent twice."""
        if self._spent is not None and ref is not None:  # without one it was a toast, or nothing: no message of the chat's limit
            self._spent(self._place_of(answer))
        if not isinstance(answer, Taken) or not (answer.receipt or (answer.reply.slot and ref)):
            return
        self._marks.append(Mark(answer, ref, self._clock.now()))
        if self._marking is None or self._marking.done():
            self._marking = asyncio.get_running_loop().create_task(self._mark(), name="marks of answers")

    def _place_of(self, answer: Answer) -> Place:
        """Return the chat whose limit an answer counts in: what one person sees counts in no room's."""
        place = answer.incoming.place
        if place.private or answer.reply.to is To.ROOM:
            return place
        return msgspec.structs.replace(place, chat=answer.incoming.account.user, thread="", private=True)

    async def settle(self) -> None:
        """Wait until every mark is written (a clean stop)."""
        while self._marking is not None and not self._marking.done():
            await asyncio.wait({self._marking})

    async def not_sent(self, answer: Answer, error: BotError) -> None:
        """Let the courier send what was for a private chat. A closed door stays closed; what a room missed is shown again there."""
        place, reply = answer.incoming.place, answer.reply
        log.warning("answer.not_sent", platform=place.platform, error=type(error).__name__)
        if isinstance(error, DoorClosed) or reply.fleeting or not self._private(place.platform, reply, in_room=not place.private):
            return
        receipt = receipt_key(answer.incoming)
        too_late_at = self._clock.now() + TOO_LATE

        async def hand_over(unit: Unit) -> None:
            person = answer.person if isinstance(answer, Taken) else None
            if person is None:
                found = await unit.people.find(answer.incoming.account)
                person = found.id if found else None
            if person is None:
                log.warning("answer.dropped", platform=place.platform, why="nobody")
                return
            await unit.outbox.add(as_post(receipt, person, reply, too_late_at))
            if isinstance(answer, Taken) and answer.receipt:
                await unit.receipts.mark_sent(answer.receipt)  # the outbox has it now

        try:
            await self._store.transact(hand_over)
        except StorageUnavailable:
            log.warning("answer.dropped", platform=place.platform, why="storage")

    async def resume(self, settled: timedelta) -> int:
        """Give the courier what was decided and never sent before the process ended; return how many.

        `settled`: how old an answer is that no other process can be sending any more.
        """
        now = self._clock.now()

        async def hand_over(unit: Unit) -> int:
            count = 0
            for receipt, person, reply in await unit.receipts.unsent(now - RESUMED, now - settled):
                platform = receipt.partition(":")[0]
                if self._private(platform, reply, in_room=receipt.endswith(_IN_ROOM)) and (reply.blocks or reply.file):
                    await unit.outbox.add(as_post(receipt, person, msgspec.structs.replace(reply, form=None), now + TOO_LATE))
                    count += 1
                await unit.receipts.mark_sent(receipt)
            return count

        count = await self._store.transact(hand_over)
        if count:
            log.info("answers.resumed", count=count)
        return count

    def _private(self, platform: str, reply: Reply, *, in_room: bool) -> bool:
        can = self._capabilities.get(platform)
        return is_private(reply.to, in_room=in_room, only_you=can.only_you if can else True)

    async def _mark(self) -> None:
        """Write all marks that wait, in one transaction, until none waits."""
        while self._marks:
            marks, self._marks = self._marks, []

            async def write(unit: Unit, marks: list[Mark] = marks) -> list[RoomId | None]:
                for mark in marks:
                    if mark.answer.receipt:
                        await unit.receipts.mark_sent(mark.answer.receipt)
                return [await self._room_of(mark.answer, unit) if mark.answer.reply.slot and mark.ref else None for mark in marks]

            try:
                rooms = await self._store.transact(write)
                # Together, so that they share one commit; the store takes them in this order.
                await asyncio.gather(
                    *(
                        self._outbox.remember(answer.reply.slot, None if room else answer.person, room, ref, at)
                        for (answer, ref, at), room in zip(marks, rooms, strict=True)
                        if answer.reply.slot and ref is not None and (room or self._in_private(answer))
                    )
                )
            except Exception as error:
                failure("answers.unmarked", error, count=len(marks))

    async def _room_of(self, answer: Taken, unit: Unit) -> RoomId | None:
        """Return the room whose message the answer became, if everybody there sees it."""
        place = answer.incoming.place
        if answer.reply.to is not To.ROOM or place.private or answer.community is None:
            return None
        return (await unit.rooms.find_or_make(answer.community, place)).id

    def _in_private(self, answer: Taken) -> bool:
        """Whether the answer stands in the person's own chat, where it can be edited later."""
        place = answer.incoming.place
        return answer.person is not None and self._private(place.platform, answer.reply, in_room=not place.private)
