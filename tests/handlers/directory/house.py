"""A small house around the real store, with the list of meetings and what hangs: series are there, people act, time passes."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from msgspec import convert
from msgspec.structs import replace

from bot.core.calendar import Change, Pause, next_evening
from bot.core.calls import Account, Community, Incoming, Kind, Place, Role
from bot.core.features import Feature
from bot.core.happenings import Happening, What
from bot.core.ids import MeetingId, MessageRef, OccurrenceId, PersonId, new_id
from bot.core.meetings import Occurrence, Options, Series, State, When
from bot.core.platform import Capabilities
from bot.core.posts import Claimed
from bot.core.replies import NOTHING, Choice, Press, Reply
from bot.core.richtext import Bullets, plain
from bot.core.schedule import Schedule
from bot.runtime.dispatch import Dispatch
from bot.runtime.timekeeper import jobs_of
from content.loader import load_texts
from handlers import directory, noticeboard
from handlers.noticeboard.rules import mend_key
from storage.database import Store
from storage.directory import Directories
from storage.meetings import Meetings
from storage.noticeboard import Notices
from storage.tables.reminders import goings, reminders
from storage.unit import concrete
from tests.fakes import HeldClock
from tests.handlers.screens import press_of
from tests.stores import storage_for_tests

ROLES = frozenset({Role.FACILITATOR})
CAN = {
    "discord": Capabilities(True, True, True, True, 2000, 40, events=True),
    "telegram": Capabilities(False, False, False, False, 4096, 40),
}


def lines_of(reply: Reply) -> list[str]:
    """The evenings listed in a reply."""
    items = [item for block in reply.blocks if isinstance(block, Bullets) for item in block.items]
    return [plain(item).replace("\u202f", " ") for item in items]


def titles_of(reply: Reply) -> list[str]:
    return [line.partition(":")[0] for line in lines_of(reply)]


@dataclass
class House:
    """`sent` is every message and deed that left the outbox; `hanging` the present text of each living message by its slot."""

    store: Store
    clock: HeldClock
    dispatch: Dispatch
    features: tuple[Feature, ...]
    platform: str = "discord"
    space: str = "space"
    sent: list[Claimed] = field(default_factory=list)
    hanging: dict[str, Reply] = field(default_factory=dict)
    refuses: set[str] = field(default_factory=set)  # slots that cannot be sent
    refuses_all: bool = False
    tried: int = 0
    acts: int = 0

    # Acts -----------------------------------------------------------------------------------------------------------

    def place(self, who: str, room: str = "room", *, private: bool = False) -> Place:
        return Place(self.platform, who) if private else Place(self.platform, room, space=self.space, private=False)

    def incoming(self, who: str, kind: Kind, place: Place, *, leads: bool = False, **more: object) -> Incoming:
        self.acts += 1
        roles = ROLES if leads and not place.private else frozenset()
        account = Account(self.platform, who)
        return Incoming(kind, f"r{self.acts}", account, place, self.clock.now(), locale="en", roles=roles, **more)  # type: ignore[arg-type]  # the fields of an act, by name

    async def take(self, incoming: Incoming) -> Reply:
        answer = await self.dispatch.take(incoming)
        await self.dispatch.sent(answer, None)
        return answer.reply

    async def type(self, who: str, line: str, *, private: bool = False, leads: bool = False, room: str = "room") -> Reply:
        name, _, words = line.removeprefix("/").partition(" ")
        arguments = {"text": words} if words else {}
        place = self.place(who, room, private=private)
        return await self.take(self.incoming(who, Kind.COMMAND, place, leads=leads, name=name, arguments=arguments))

    async def press(self, who: str, press: Press, *, private: bool = False, leads: bool = False) -> Reply:
        place = self.place(who, private=private)
        return await self.take(self.incoming(who, Kind.PRESS, place, leads=leads, press=press))

    async def tap(self, who: str, reply: Reply, label: str, *, private: bool = False) -> Reply:
        return await self.press(who, press_of(reply, label), private=private)

    async def complete(self, who: str, typed: str, *, private: bool = False) -> Sequence[Choice]:
        place = self.place(who, private=private)
        act = self.incoming(who, Kind.COMMAND, place, name="meetings", arguments={"meeting": typed})
        return await self.dispatch.complete(act, "meeting")

    async def happens(self, what: What) -> None:
        self.acts += 1
        await self.dispatch.heard(Happening(what, f"h{self.acts}", self.place(""), self.clock.now()))

    # Meetings -------------------------------------------------------------------------------------------------------

    async def community(self) -> Community:
        return await self.store.transact(lambda unit: unit.communities.find_or_make(self.platform, self.space))

    async def make(
        self,
        title: str,
        rule: str = "FREQ=WEEKLY;BYDAY=WE",
        wall: time = time(19),
        zone: str = "Europe/Berlin",
        minutes: int = 60,
        room: str = "room",
        first: date = date(2026, 11, 1),
        **options: object,
    ) -> Series:
        """A series with its next evening planned."""

        async def work(unit) -> Series:
            community = await unit.communities.find_or_make(self.platform, self.space)
            where = await unit.rooms.find_or_make(community.id, self.place("", room))
            schedule = Schedule(zone, first, wall, rule)
            length = timedelta(minutes=minutes)
            series = Series(MeetingId(new_id()), community.id, where.id, title, schedule, length, options=convert(options, Options))
            await Meetings(unit).add_series(series)
            return series

        series = await self.store.transact(work)
        await self.plan(series)
        return series

    async def plan(self, series: Series) -> Occurrence:
        """Plan the next evening, as the series' own feature does."""

        async def work(unit) -> Occurrence:
            book = Meetings(unit)
            changes, pauses = await book.changes([series.id]), await book.pauses(series.community)
            evening = next_evening(series, changes, pauses, self.clock.now())
            assert evening is not None
            mine = Occurrence(
                OccurrenceId(new_id()),
                series.id,
                evening.starts_at,
                evening.ends_at,
                original=evening.original,
                room=evening.room,
            )
            return await book.plan(mine)

        return await self.store.transact(work)

    async def occurrence(self, series: Series) -> Occurrence:
        found = await self.store.transact(lambda unit: Meetings(unit).next_of(series.id))
        assert found is not None
        return found

    async def become(self, series: Series, state: State, **more: object) -> Occurrence:
        before = await self.occurrence(series)
        after = replace(before, state=state, **more)
        assert await self.store.transact(lambda unit: Meetings(unit).move(before, after))
        return after

    async def change(self, series: Series, original: str, **more: object) -> None:
        """Change one evening, and its row if it is planned, and promise what whoever changes an evening promises."""

        async def work(unit) -> None:
            book = Meetings(unit)
            change = convert({"series": series.id, "original": original, **more}, Change)
            await book.put_change(change)
            planned = await book.occurrence_at(series.id, original)
            if planned is not None and change.cancelled:
                await book.move(planned, replace(planned, state=State.CANCELLED, reason=change.reason))
            elif planned is not None and change.starts:
                evening = next(
                    one for one in [next_evening(series, [change], (), self.clock.now())] if one and one.original == original
                )
                await book.move(planned, replace(planned, starts_at=evening.starts_at, ends_at=evening.ends_at, room=evening.room))
            await unit.due.add(When.BOARD.due(self.clock.now(), series.community))

        await self.store.transact(work)

    async def pause(self, first: date, last: date, title: str) -> None:
        community = await self.community()
        pause = Pause(new_id(), community.id, first, last, title)
        await self.store.transact(lambda unit: Meetings(unit).add_pause(pause))

    async def changed(self) -> None:
        community = await self.community()
        await self.store.transact(lambda unit: unit.due.add(When.BOARD.due(self.clock.now(), community.id)))

    async def without_mending(self) -> None:
        """Leave out the hourly look: which minute is a community's own is chance."""
        community = await self.community()
        await self.store.transact(lambda unit: unit.due.drop(mend_key(community.id)))

    async def go(self, series: Series, count: int) -> None:
        """So many people say that they come to the next evening."""
        occurrence = await self.occurrence(series)

        async def work(unit) -> None:
            for n in range(count):
                who = await unit.people.make(Account(self.platform, f"goes{n}"), self.clock.now(), None)
                row = {
                    "occurrence": occurrence.id,
                    "person": who.id,
                    "standing": "going",
                    "turn": 0,
                    "until": None,
                    "at": self.clock.now(),
                    "ends_at": occurrence.ends_at,
                }
                await concrete(unit).run(concrete(unit).insert(goings).values(**row).on_conflict_do_nothing())

        await self.store.transact(work)

    async def remind(self, who: str, series: Series) -> None:
        async def work(unit) -> None:
            person = await unit.people.make(Account(self.platform, who), self.clock.now(), None)
            row = {"series": series.id, "person": person.id, "at": self.clock.now()}
            await concrete(unit).run(concrete(unit).insert(reminders).values(**row))

        await self.store.transact(work)

    async def settle(self, who: str, **settings: object) -> None:
        """The person chose a language, or a zone."""

        async def work(unit) -> None:
            person = await unit.people.make(Account(self.platform, who), self.clock.now(), None)
            await unit.people.save(replace(person, **settings))

        await self.store.transact(work)

    async def person(self, who: str) -> PersonId:
        found = await self.store.transact(lambda unit: unit.people.find(Account(self.platform, who)))
        assert found is not None
        return found.id

    # Time -----------------------------------------------------------------------------------------------------------

    async def pass_time(self, **by: float) -> None:
        """Let time pass, each promised moment at its own time, and what is sent be sent."""
        until = self.clock.now() + timedelta(**by)
        while (at := await self._next()) is not None and at <= until:
            self.clock.at = max(self.clock.at, at)
            await self.work_off()
        self.clock.at = until
        await self.work_off()

    async def _next(self) -> datetime | None:
        times = await self.store.due_queue.next_at(), await self.store.outbox_queue.next_at(self.platform)
        return min((at for at in times if at is not None), default=None)

    async def work_off(self) -> None:
        """Do what is due now, then send."""
        jobs = jobs_of(self.features)
        while True:
            batch = await self.store.due_queue.claim("test", self.clock.now(), self.clock.now() + timedelta(minutes=1), 64)
            for due in batch:

                async def work(unit, due=due):
                    if await unit.due.take(due) and due.kind in jobs:
                        await jobs[due.kind](due, self.clock.now(), unit)

                await self.store.transact(work)
            if not await self.deliver() and not batch:
                return

    async def deliver(self) -> list[Claimed]:
        """Send what waits: to be read in `sent`, and in `hanging` as it stands there."""
        queue, now = self.store.outbox_queue, self.clock.now()
        done: list[Claimed] = []
        while batch := await queue.claim("test", self.platform, now, now + timedelta(minutes=1), 64):
            for claimed in batch:
                late = claimed.post.too_late_at
                done.append(claimed)
                self.tried += 1
                if (late is not None and now > late) or self.refuses_all or claimed.post.place in self.refuses:
                    await queue.drop(claimed, "room_gone")
                    continue
                await queue.mark_sent(claimed, claimed.edit or MessageRef(f"m{len(self.sent)}"), now)
                self.sent.append(claimed)
                if claimed.post.place:
                    self.hanging[claimed.post.place] = claimed.post.reply
        return done


@asynccontextmanager
async def open_house(tmp_path: Path, clock: HeldClock, platform: str = "discord") -> AsyncIterator[House]:
    texts = load_texts()
    async with storage_for_tests(tmp_path, clock) as store:
        features = (
            directory.feature(texts, Meetings, Directories),
            noticeboard.feature(texts, Meetings, Notices, Meetings, frozenset({"discord"})),
        )
        dispatch = Dispatch(
            store,
            store.outbox_queue,
            features,
            texts,
            clock,
            zone="Europe/Berlin",
            language="en",
            country="DE",
            gate=lambda call: NOTHING,
            help_now=lambda call: NOTHING,
            capabilities=CAN,
        )
        yield House(store, clock, dispatch, features, platform)
        await dispatch.settle()
