"""A small house with prompts, flows and check-ins over the real store, and what tests do in it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from msgspec.structs import replace

from bot.core.calls import Account
from bot.core.features import FlowEnd
from bot.core.happenings import Happening, What
from bot.core.ids import CommunityId, MessageRef, PersonId, RoomId, new_id
from bot.core.meetings import State, When
from bot.core.posts import Claimed
from bot.core.quiet import Quiet
from bot.core.replies import NOTHING, Press, Reply
from bot.core.staff import Colleague
from bot.runtime.dispatch import Dispatch
from content.loader import load_flows, load_texts
from handlers import checkin, flows, prompts
from handlers.prompts.records import Asking, Open, Prompt, Wish
from handlers.reminders.records import Wishes
from storage.checkin import CheckIns
from storage.entries import Entries
from storage.flow_states import FlowStates
from storage.meetings import Meetings
from storage.prompts import Prompts
from tests.fakes import HeldClock
from tests.handlers.announcements.house import CAN
from tests.handlers.announcements.house import House as Small
from tests.handlers.screens import labels_of, press_of, text_of
from tests.stores import storage_for_tests

MORNING = datetime(2026, 12, 1, 8, tzinfo=UTC)  # a Tuesday, 9:00 in Berlin


@dataclass
class House(Small):
    """`wishes`: when persons do not want to be written to; `quiet`: when rooms are not; `own`: questions of the community's own."""

    wishes: dict[str, Wishes] = field(default_factory=dict)
    quiet: Quiet | None = None
    own: list[tuple[str, str]] = field(default_factory=list)
    roster: list[PersonId] = field(default_factory=list)
    gone: set[RoomId] = field(default_factory=set)
    dropped: list[Claimed] = field(default_factory=list)

    # What it is built with --------------------------------------------------------------------------------------------

    async def peace(self, person, unit):
        return self.wishes.get(person, Wishes(quiet=None))

    async def quiet_of(self, community, unit):
        return self.quiet

    async def own_of(self, community, unit) -> Sequence[tuple[str, str]]:
        return self.own

    def staff(self, unit):
        house = self

        class Listed:
            async def of(self, community: CommunityId) -> Sequence[Colleague]:
                return [Colleague(one, "Kim") for one in house.roster]

            async def has(self, community: CommunityId, person: PersonId) -> bool:
                return person in house.roster

        return Listed()

    # Acts ---------------------------------------------------------------------------------------------------------------

    async def act(self, *args: object, **more: object) -> Reply:
        """Nobody acts faster than they may."""
        self.clock.move(seconds=4)
        return await super().act(*args, **more)  # type: ignore[arg-type]  # as the parent's

    async def taps(self, who: str, reply: Reply, *labels: str, **where: object) -> Reply:
        """Tap buttons by their labels, one screen after another."""
        for label in labels:
            reply = await self.press(who, press_of(reply, label), **where)
        return reply

    async def leads(self, *labels: str, **where: object) -> Reply:
        """A facilitator sends the command in the room, and taps."""
        reply = await self.type("kim", "/community prompts", leads=True, **where)
        return await self.taps("kim", reply, *labels, leads=True, **where)

    async def made(self, *labels: str, **where: object) -> Prompt:
        """A prompt that is started after some taps on its panel."""
        await self.leads("New check-in", *labels, "Start", **where)
        return (await self.all_prompts())[-1]

    async def asked_every_day(self, **where: object) -> Prompt:
        reply = await self.leads("New check-in", "Time", **where)
        for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat"):
            reply = await self.taps("kim", reply, day, leads=True, **where)
        await self.taps("kim", reply, "Back", "Start", leads=True, **where)
        return (await self.all_prompts())[-1]

    async def wants(self, who: str, prompt: Prompt) -> Reply:
        await self.settle(who, consented_at=self.clock.now())
        return await self.press(who, Press("prompts", "join", prompt.id))

    async def own_every_day(self, who: str, zone: str = "Europe/Berlin") -> Wish:
        """Somebody is asked each evening at six on their own clocks."""
        await self.settle(who, consented_at=self.clock.now(), zone=zone)
        reply = await self.type(who, "/prompts", private=True)
        reply = await self.taps(who, reply, "At my own times", "Time", private=True)
        for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat"):
            reply = await self.taps(who, reply, day, private=True)
        await self.taps(who, reply, "Back", "Start", private=True)
        return (await self.wishes_of(who))[0]

    async def checks_in(self, who: str, asked: Reply, button: str = "Begin") -> None:
        """Go through the check-in that a message opens, skipping everything."""
        reply = await self.press(who, press_of(asked, button), private=True)
        for _ in range(20):
            if "Save" in labels_of(reply):
                await self.taps(who, reply, "Save", private=True)
                return
            label = "Skip" if "Skip" in labels_of(reply) else next(name for name in labels_of(reply) if name != "Help now")
            reply = await self.taps(who, reply, label, private=True)
        raise AssertionError("the check-in does not end")

    async def room_goes(self, chat: str = "room") -> None:
        room = await self.room(chat)
        self.gone.add(room.id)
        place = replace_place(self.platform, chat)
        await self.dispatch.heard(Happening(What.ROOM_GONE, f"gone{chat}", place, self.clock.now()))
        await self.work_off()

    async def evening_held(self, series) -> None:
        """An evening of a series is held and closed."""
        occurrence = await self.ahead(series)
        await self.pass_to(occurrence.ends_at)

        async def work(unit):
            closed = replace(occurrence, state=State.CLOSED)
            assert await Meetings(unit).move(occurrence, closed)
            await unit.due.add(When.PROMPTS.due(self.clock.now(), occurrence.id))

        await self.store.transact(work)
        await self.work_off()

    async def deliver(self) -> int:
        """As the parent's, and rooms that are gone take nothing."""
        queue, now, count = self.store.outbox_queue, self.clock.now(), 0
        for platform in CAN:
            while batch := await queue.claim("test", platform, now, now + timedelta(minutes=1), 64):
                for claimed in batch:
                    count += 1
                    late = claimed.post.too_late_at
                    why = (
                        "late"
                        if late is not None and now >= late
                        else "door_closed"
                        if claimed.account in self.closed
                        else "room_gone"
                        if claimed.room is not None and claimed.room.id in self.gone
                        else ""
                    )
                    if why:
                        await queue.drop(claimed, why)
                        self.dropped.append(claimed)
                    else:
                        ref = claimed.edit or MessageRef(f"m{len(self.sent)}")
                        await queue.mark_sent(claimed, ref, now)
                        self.sent.append(claimed)
        return count

    # What is there ------------------------------------------------------------------------------------------------------

    async def all_prompts(self) -> Sequence[Prompt]:
        community = await self.community()
        return await self.store.transact(lambda unit: Prompts(unit).of_community(community.id))

    async def prompt(self, prompt: Prompt) -> Prompt | None:
        return await self.store.transact(lambda unit: Prompts(unit).get(prompt.id))

    async def newest(self, prompt: Prompt) -> Asking | None:
        return await self.store.transact(lambda unit: Prompts(unit).newest(prompt.id))

    async def wishes_of(self, who: str) -> Sequence[Wish]:
        person = await self.person(who)
        return await self.store.transact(lambda unit: Prompts(unit).wishes_of(person.id))

    async def open_of(self, who: str) -> Open | None:
        person = await self.person(who)
        return await self.store.transact(lambda unit: Prompts(unit).open_of(person.id))

    def cards(self, chat: str = "room") -> list[str]:
        """What stands in the room: each card once, as it is now."""
        standing = {claimed.post.place: text_of(claimed.post.reply) for claimed in self.sent if claimed.room is not None}
        return list(standing.values())

    def open_cards(self) -> list[str]:
        standing = {claimed.post.place: claimed.post.reply for claimed in self.sent if claimed.room is not None}
        return [text_of(reply) for reply in standing.values() if reply.buttons]

    def open_for(self, who: str) -> list[Reply]:
        """The private prompts of somebody that can still be begun."""
        standing = {claimed.post.place: claimed.post.reply for claimed in self.to(who) if claimed.post.place}
        return [reply for reply in standing.values() if "Begin" in labels_of(reply)]

    def last_for(self, who: str) -> Reply:
        return self.to(who)[-1].post.reply


def replace_place(platform: str, chat: str):
    from bot.core.calls import Place

    return Place(platform, chat, space="space", private=False)


@asynccontextmanager
async def open_house(tmp_path: Path, clock: HeldClock, platform: str = "discord") -> AsyncIterator[House]:
    texts, shipped = load_texts(), load_flows()
    clock.at = MORNING
    async with storage_for_tests(tmp_path, clock) as store:
        house = House(store, clock, None, (), platform)  # type: ignore[arg-type]  # it is built below
        ends: dict[str, FlowEnd] = {}
        facts = {"meeting": checkin.in_a_meeting}
        flow_feature, running = flows.feature(texts, shipped, FlowStates, Entries, ends, facts, new_id)
        checking = checkin.feature(
            texts, CheckIns, Meetings, Meetings, running, followed=prompts.answered(texts, Prompts, house.peace)
        )
        asking = prompts.feature(
            texts, Prompts, Meetings, Meetings, running, house.own_of, house.quiet_of, house.peace, house.staff
        )
        ends.update(checking.flow_ends)
        house.features = (asking, flow_feature, checking)
        house.dispatch = Dispatch(
            store,
            store.outbox_queue,
            house.features,
            texts,
            clock,
            zone="Europe/Berlin",
            language="en",
            country="DE",
            gate=lambda call: NOTHING,
            help_now=lambda call: NOTHING,
            capabilities=CAN,
        )
        yield house
        await house.dispatch.settle()


__all__ = ["Account", "House", "open_house"]
