"""One evening in a room, on the real store: people act, come and go, time passes, and a made-up platform does as it is asked."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from pathlib import Path

from msgspec.structs import replace

from bot.core.calls import Account, Incoming, Kind, Place, Role
from bot.core.deeds import Deed
from bot.core.features import Feature
from bot.core.happenings import Happening, What
from bot.core.ids import CommunityId, MeetingId, MessageRef, OccurrenceId, PersonId, new_id
from bot.core.meetings import Occurrence, Options, Series, State, When
from bot.core.platform import Capabilities
from bot.core.posts import Claimed
from bot.core.replies import Press, Reply
from bot.core.schedule import Schedule
from bot.runtime.dispatch import Dispatch
from bot.runtime.timekeeper import jobs_of
from content.loader import load_texts
from handlers import floor
from handlers.people.gate import Gate
from storage.database import Store
from storage.floor import FloorBook
from storage.meetings import Meetings
from storage.unit import concrete
from tests.fakes import HeldClock
from tests.handlers.floor.platform_room import PlatformRoom
from tests.handlers.screens import text_of
from tests.stores import storage_for_tests

LENGTH = timedelta(minutes=90)
CAN = {"discord": Capabilities(True, True, True, True, 2000, 40), "telegram": Capabilities(False, False, False, False, 4096, 40)}
FACILITATOR, OWNER = frozenset({Role.FACILITATOR}), frozenset({Role.FACILITATOR, Role.OWNER})


@dataclass
class House:
    """`sent` is every message that left; `told` what each person read in private, by account."""

    store: Store
    clock: HeldClock
    dispatch: Dispatch
    feature: Feature
    platform: str = "discord"
    room: PlatformRoom = field(default_factory=PlatformRoom)
    told: dict[str, list[Reply]] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    cards: int = 0
    acts: int = 0
    made: Occurrence | None = None
    made_community: CommunityId | None = None

    # Making an evening ----------------------------------------------------------------------------------------------

    async def open(self, options: Options | None = None, *, self_run: bool = False) -> OccurrenceId:
        """An evening that is under way since now."""
        now = self.clock.now()

        async def work(unit) -> Occurrence:
            community = await unit.communities.find_or_make(self.platform, "space")
            self.made_community = community.id
            room = await unit.rooms.find_or_make(community.id, self.place("", private=False))
            schedule = Schedule("Europe/Berlin", date(2026, 12, 1), time(19), "FREQ=WEEKLY;BYDAY=TU")
            wanted = options or Options()
            series = Series(MeetingId(new_id()), community.id, room.id, "Open evening", schedule, LENGTH, options=wanted)
            await Meetings(unit).add_series(series)
            planned = Occurrence(
                OccurrenceId(new_id()), series.id, now, now + LENGTH, original="2026-12-01T19:00", room=room.id, self_run=self_run
            )
            await Meetings(unit).plan(planned)
            opened = replace(planned, state=State.OPEN, segment=0, since=now)
            assert await Meetings(unit).move(planned, opened)
            return opened

        self.made = await self.store.transact(work)
        return self.made.id

    async def close(self) -> None:
        await self.end()
        await self.settle()

    async def end(self) -> None:
        """The evening ends, as the room does it."""
        before = self.evening
        self.made = after = replace(before, state=State.CLOSED)

        async def work(unit) -> None:
            assert await Meetings(unit).move(before, after)
            await unit.due.add(When.TIDY.due(self.clock.now(), before.id))

        await self.store.transact(work)

    @property
    def evening(self) -> Occurrence:
        assert self.made is not None
        return self.made

    @property
    def community(self) -> CommunityId:
        assert self.made_community is not None
        return self.made_community

    @property
    def id(self) -> OccurrenceId:
        return self.evening.id

    # Acts -----------------------------------------------------------------------------------------------------------

    def place(self, who: str, *, private: bool) -> Place:
        return Place(self.platform, who) if private else Place(self.platform, "room", space="space", private=False)

    async def act(self, who: str, kind: Kind, *, private: bool = False, roles=frozenset(), **more) -> Reply:
        self.acts += 1
        incoming = Incoming(
            kind,
            f"r{self.acts}",
            Account(self.platform, who),
            self.place(who, private=private),
            self.clock.now(),
            locale="en",
            roles=frozenset() if private else roles,
            shown_name=f"{who.title()} Shown",
            **more,
        )
        answer = await self.dispatch.take(incoming)
        await self.dispatch.sent(answer, None)
        return answer.reply

    async def press(self, who: str, action: str, value: str = "", *, subject: str = "", **more) -> Reply:
        return await self.tap(who, Press("floor", action, subject or self.id, value), **more)

    async def tap(self, who: str, press: Press, **more) -> Reply:
        return await self.act(who, Kind.PRESS, press=press, **more)

    async def type(self, who: str, line: str, **more) -> Reply:
        name, _, words = line.removeprefix("/").partition(" ")
        return await self.act(who, Kind.COMMAND, name=name, arguments={"text": words} if words else {}, **more)

    async def consent(self, *who: str) -> None:
        async def work(unit) -> None:
            for one in who:
                person = await unit.people.make(Account(self.platform, one), self.clock.now(), None)
                await unit.people.save(replace(person, consented_at=self.clock.now()))

        await self.store.transact(work)

    async def raise_hand(self, who: str, name: str = "") -> Reply:
        """The first raising, by a name or by none."""
        if not name:
            return await self.press(who, "hand", "noname")
        await self.consent(who)
        form = Press("floor", "name", self.id)
        return await self.act(who, Kind.FORM, press=form, name="floor.name", arguments={"name": name})

    async def here(self, who: str, *, leads: bool = False) -> None:
        """Somebody says that they are here; a facilitator's act leaves a grant, as the room does it."""

        async def work(unit) -> None:
            person = await unit.people.make(Account(self.platform, who), self.clock.now(), None)
            await Meetings(unit).join(self.id, person.id, self.clock.now())
            if leads:
                await Meetings(unit).grant(self.id, person.id, self.clock.now() + timedelta(hours=5))
            await unit.due.add(When.CAME.due(self.clock.now(), self.id))

        await self.store.transact(work)
        await self.settle()

    async def hosts(self, who: str) -> None:
        person = await self.person(who)
        await self.store.transact(lambda unit: Meetings(unit).take(self.id, person))

    async def hear(self, what: What, who: str, *, room: str = "room", space: str = "space") -> None:
        self.acts += 1
        place = Place(self.platform, room, space=space, private=False)
        await self.dispatch.heard(Happening(what, f"h{self.acts}", place, self.clock.now(), Account(self.platform, who)))
        if what is What.ARRIVED:
            self.room.absent.discard(who)
        else:
            self.room.absent.add(who)
        await self.settle()

    # Time -----------------------------------------------------------------------------------------------------------

    async def pass_time(self, **by: float) -> None:
        until = self.clock.now() + timedelta(**by)
        while (at := await self.store.due_queue.next_at()) is not None and at <= until:
            self.clock.at = max(self.clock.at, at)
            await self.settle()
        self.clock.at = until
        await self.settle()

    async def settle(self) -> None:
        """Do what is due now and send what waits, until there is nothing left of either."""
        while await self.work_off() or await self.deliver():
            pass

    async def work_off(self) -> bool:
        jobs, any_ = jobs_of((self.feature,)), False
        while batch := await self.store.due_queue.claim("test", self.clock.now(), self.clock.now() + timedelta(minutes=1), 64):
            any_ = True
            for due in batch:

                async def work(unit, due=due) -> None:
                    if await unit.due.take(due):
                        if due.kind == When.CARD.kind:
                            self.cards += 1
                        elif due.kind in jobs:
                            await jobs[due.kind](due, self.clock.now(), unit)

                await self.store.transact(work)
        return any_

    async def deliver(self) -> bool:
        queue, now, any_ = self.store.outbox_queue, self.clock.now(), False
        while batch := await queue.claim("test", self.platform, now, now + timedelta(minutes=1), 64):
            any_ = True
            for claimed in batch:
                await self._deliver(claimed)
        return any_

    async def _deliver(self, claimed: Claimed) -> None:
        queue, now = self.store.outbox_queue, self.clock.now()
        late = claimed.post.too_late_at
        why = "late" if late is not None and now >= late else ""
        if not why and claimed.post.deed is not None:
            why = self.room.do(claimed)
        elif not why and claimed.account is not None:
            self.told.setdefault(claimed.account.user, []).append(claimed.post.reply)
        elif not why:
            self.said.append(text_of(claimed.post.reply))
        if why:
            await queue.drop(claimed, why)
        else:
            await queue.mark_sent(claimed, claimed.edit or MessageRef(f"m{claimed.id}"), now)

    # What is there --------------------------------------------------------------------------------------------------

    async def person(self, who: str) -> PersonId:
        person = await self.store.transact(lambda unit: unit.people.find(Account(self.platform, who)))
        assert person is not None
        return person.id

    async def known(self, who: str) -> PersonId | None:
        person = await self.store.transact(lambda unit: unit.people.find(Account(self.platform, who)))
        return person.id if person is not None else None

    async def book(self, ask):
        """Return what the book answers: `ask` is given it."""
        return await self.store.transact(lambda unit: ask(FloorBook(unit)))

    async def view(self):
        return await self.book(lambda book: book.view(self.id))

    async def rows(self, statement):
        return await self.store.transact(lambda unit: concrete(unit).rows(statement))

    async def number(self, who: str) -> str:
        person = await self.person(who)
        seat = await self.book(lambda book: book.seat(self.id, person))
        return str(seat.number)

    async def holds(self):
        return await self.book(lambda book: book.holds(self.id))

    def texts(self, who: str) -> list[str]:
        return [text_of(reply) for reply in self.told.get(who, [])]

    def deeds(self, who: str) -> Sequence[Deed]:
        return [deed for user, deed in self.room.asked if user == who and deed is not None]


@asynccontextmanager
async def open_house(tmp_path: Path, clock: HeldClock, platform: str = "discord") -> AsyncIterator[House]:
    texts = load_texts()
    gate = Gate(texts)
    async with storage_for_tests(tmp_path, clock) as store:
        feature = floor.feature(texts, FloorBook, Meetings)
        dispatch = Dispatch(
            store,
            store.outbox_queue,
            (feature,),
            texts,
            clock,
            zone="Europe/Berlin",
            language="en",
            country="DE",
            gate=gate.ask,
            help_now=lambda call: Reply(),
            capabilities=CAN,
        )
        gate.rerun = dispatch.rerun
        yield House(store, clock, dispatch, feature, platform)
        await dispatch.settle()
