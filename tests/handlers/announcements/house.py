"""A small house with announcements and reminders over the real store. Evenings are planned, moved and cancelled by hand here, as
whoever plans does it: the row, and the moments at which others look at it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from bot.core.calls import Account, Community, Incoming, Kind, Person, Place, Role, Room
from bot.core.features import Feature
from bot.core.ids import MeetingId, MessageRef, OccurrenceId, PersonId, RoomId, new_id
from bot.core.meetings import Occurrence, Options, Series, State, When
from bot.core.platform import Capabilities
from bot.core.posts import Claimed
from bot.core.replies import NOTHING, Press, Reply
from bot.core.schedule import Schedule
from bot.runtime.dispatch import Dispatch
from bot.runtime.timekeeper import jobs_of
from content.loader import load_texts
from handlers import announcements, reminders
from storage.announcements import Announcements
from storage.database import Store
from storage.goings import Goings
from storage.meetings import Meetings
from storage.people import People
from storage.reminders import Reminders
from storage.unit import concrete
from tests.fakes import HeldClock
from tests.handlers.screens import text_of
from tests.stores import storage_for_tests

BERLIN = ZoneInfo("Europe/Berlin")
ROLES = frozenset({Role.FACILITATOR})
CAN = {
    "discord": Capabilities(True, True, True, True, 2000, 40),
    "telegram": Capabilities(False, False, False, False, 4096, 40),
}
TITLE = "Gambling circle"


@dataclass
class House:
    """`sent`: every message that left the outbox. `closed`: persons who cannot be written to, by account."""

    store: Store
    clock: HeldClock
    dispatch: Dispatch
    features: tuple[Feature, ...]
    platform: str = "discord"
    sent: list[Claimed] = field(default_factory=list)
    closed: set[Account] = field(default_factory=set)
    acts: int = 0

    # Acts -----------------------------------------------------------------------------------------------------------

    async def act(
        self,
        who: str,
        kind: Kind,
        *,
        private: bool = False,
        leads: bool = False,
        room: str = "room",
        space: str = "space",
        platform: str = "",
        **more: object,
    ) -> Reply:
        """One act of somebody, as their platform tells it; roles are only known in the room."""
        self.acts += 1
        platform = platform or self.platform
        place = Place(platform, who) if private else Place(platform, room, space=space, private=False)
        incoming = Incoming(
            kind,
            f"r{self.acts}",
            Account(platform, who),
            place,
            self.clock.now(),
            locale="en",
            roles=ROLES if leads and not private else frozenset(),
            space_name="" if private else f"The {space}",
            **more,  # type: ignore[arg-type]  # the fields of an act, by name
        )
        answer = await self.dispatch.take(incoming)
        await self.dispatch.sent(answer, MessageRef(f"answer{self.acts}"))
        await self.dispatch.settle()
        return answer.reply

    async def type(self, who: str, line: str, **where: object) -> Reply:
        name, _, words = line.removeprefix("/").partition(" ")
        arguments = {"text": words} if words else {}
        return await self.act(who, Kind.COMMAND, name=name, arguments=arguments, **where)  # type: ignore[arg-type]

    async def press(self, who: str, press: Press, **where: object) -> Reply:
        return await self.act(who, Kind.PRESS, press=press, **where)  # type: ignore[arg-type]

    async def say_going(self, who: str, answer: str, evening: Occurrence, **where: object) -> str:
        return text_of(await self.press(who, Press("reminders", "going", evening.id, answer), **where))

    async def send_form(self, who: str, press: Press, answers: dict[str, str], **where: object) -> Reply:
        name = f"{press.feature}.{press.action}"
        return await self.act(who, Kind.FORM, press=press, name=name, arguments=answers, **where)  # type: ignore[arg-type]

    # Planning -------------------------------------------------------------------------------------------------------

    async def community(self, space: str = "space", platform: str = "", **changes: object) -> Community:
        async def work(unit):
            return await unit.communities.find_or_make(platform or self.platform, space)

        return await self.store.transact(work)

    async def room(self, chat: str = "room", space: str = "space", platform: str = "") -> Room:
        community = await self.community(space, platform)
        place = Place(platform or self.platform, chat, space=space, private=False)
        return await self.store.transact(lambda unit: unit.rooms.find_or_make(community.id, place))

    async def make(
        self,
        *,
        title: str = TITLE,
        day: str = "WE",
        at: time = time(19),
        zone: str = "Europe/Berlin",
        rule: str = "",
        chat: str = "room",
        follows: MeetingId | None = None,
        first: date | None = None,
        **options: object,
    ) -> Series:
        """A weekly series; its next evening is planned."""
        room = await self.room(chat)
        schedule = Schedule(zone, first or date(2026, 11, 1), at, rule or f"FREQ=WEEKLY;BYDAY={day}")
        series = Series(
            MeetingId(new_id()),
            room.community,
            room.id,
            title,
            schedule,
            timedelta(minutes=60),
            options=Options(**options),  # type: ignore[arg-type]
            follows=follows,
        )
        await self.store.transact(lambda unit: Meetings(unit).add_series(series))
        await self.plan(series)
        return series

    async def plan(self, series: Series) -> Occurrence:
        """Plan the next evening, as after the one before."""
        from bot.core.schedule import next_start

        async def work(unit) -> Occurrence:
            start = next_start(series.schedule, self.clock.now())
            local = start.astimezone(ZoneInfo(series.schedule.zone)).strftime("%Y-%m-%dT%H:%M")
            wanted = Occurrence(OccurrenceId(new_id()), series.id, start, start + series.length, original=local, room=series.room)
            planned = await Meetings(unit).plan(wanted)
            await self._look(unit, planned.id)
            return planned

        return await self.store.transact(work)

    async def _look(self, unit, name: OccurrenceId, *, changed: bool = False) -> None:
        moments = [When.ANNOUNCE_PLAN, When.REMIND_PLAN, *([When.CHANGED] if changed else [])]
        for when in moments:
            await unit.due.add(when.due(self.clock.now(), name))

    async def change(self, series: Series, **changes: object) -> Occurrence:
        """Change the evening that is ahead: `starts_at`, `state`, `reason`, `room`."""

        async def work(unit) -> Occurrence:
            rows = Meetings(unit)
            before = await rows.next_of(series.id) or await rows.occurrence(self.last.id)
            assert before is not None
            after = msgspec.structs.replace(before, **changes)
            if "starts_at" in changes:
                after = msgspec.structs.replace(after, ends_at=after.starts_at + series.length)
            assert await rows.move(before, after)
            await self._look(unit, after.id, changed=True)
            return after

        self.last = await self.store.transact(work)
        return self.last

    async def cancel(self, series: Series, reason: str = "") -> Occurrence:
        return await self.change(series, state=State.CANCELLED, reason=reason)

    async def end_series(self, series: Series) -> None:
        async def work(unit) -> None:
            await Meetings(unit).cancel_series(series.id, self.clock.now())
            await unit.due.add(When.SERIES_OVER.due(self.clock.now(), series.id))

        await self.store.transact(work)

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
        moments = [await self.store.due_queue.next_at()]
        moments += [await self.store.outbox_queue.next_at(platform) for platform in CAN]
        return min((at for at in moments if at is not None), default=None)

    async def pass_to(self, at: datetime) -> None:
        await self.pass_time(seconds=(at - self.clock.now()).total_seconds())

    async def sleep_through(self, **by: float) -> None:
        """The bot is down while time passes; then it starts."""
        self.clock.at += timedelta(**by)
        await self.work_off()

    async def work_off(self) -> None:
        """Do what is due now, and send, until nothing is left."""
        jobs = jobs_of(self.features)
        queue = self.store.due_queue
        while True:
            batch = await queue.claim("test", self.clock.now(), self.clock.now() + timedelta(minutes=1), 64)
            for due in batch:

                async def work(unit, due=due):
                    if await unit.due.take(due) and due.kind in jobs:
                        await jobs[due.kind](due, self.clock.now(), unit)

                await self.store.transact(work)
            sent = await self.deliver()
            if not batch and not sent:
                return

    async def deliver(self) -> int:
        queue, now, count = self.store.outbox_queue, self.clock.now(), 0
        for platform in CAN:
            while batch := await queue.claim("test", platform, now, now + timedelta(minutes=1), 64):
                for claimed in batch:
                    count += 1
                    late = claimed.post.too_late_at
                    if late is not None and now > late:
                        await queue.drop(claimed, "late")
                    elif claimed.account in self.closed:
                        await queue.drop(claimed, "door_closed")
                    else:
                        await queue.mark_sent(claimed, claimed.edit or MessageRef(f"m{len(self.sent)}"), now)
                        self.sent.append(claimed)
        return count

    # What is there --------------------------------------------------------------------------------------------------

    async def person(self, who: str, platform: str = "") -> Person:
        found = await self.store.transact(lambda unit: unit.people.find(Account(platform or self.platform, who)))
        assert found is not None
        return found

    async def settle(self, who: str, **settings: object) -> PersonId:
        """Make somebody known, with these settings."""

        async def work(unit) -> PersonId:
            person = await unit.people.make(Account(self.platform, who), self.clock.now(), None)
            await unit.people.save(msgspec.structs.replace(person, **settings))
            return PersonId(person.id)

        return await self.store.transact(work)

    async def second_account(self, who: str, platform: str) -> Account:
        """Give somebody an account on another platform."""
        from storage.tables.people import accounts

        account, person = Account(platform, who), await self.person(who)

        async def work(unit) -> None:
            inside, row = concrete(unit), new_id()
            await inside.run(
                inside.insert(accounts).values(
                    id=row,
                    person=person.id,
                    platform=platform,
                    mark=People(inside)._mark(account),
                    user=await inside.seal(person.id, "accounts", "user", row, account.user),
                    door_closed_at=None,
                    at=self.clock.now(),
                )
            )

        await self.store.transact(work)
        return account

    async def ahead(self, series: Series) -> Occurrence:
        found = await self.store.transact(lambda unit: Meetings(unit).next_of(series.id))
        assert found is not None
        return found

    def to(self, who: str) -> list[Claimed]:
        """What was sent to somebody's account on any platform."""
        return [claimed for claimed in self.sent if claimed.account is not None and claimed.account.user == who]

    def told(self, who: str) -> list[str]:
        return [text_of(claimed.post.reply) for claimed in self.to(who)]

    def screen(self, who: str) -> list[str]:
        """What stands in somebody's chat: a living message once, as it is now."""
        standing: dict[str, str] = {}
        for number, claimed in enumerate(self.to(who)):
            standing[claimed.post.place or f"#{number}"] = text_of(claimed.post.reply)
        return list(standing.values())

    def news(self, room: RoomId | None = None) -> list[Claimed]:
        return [claimed for claimed in self.sent if claimed.room is not None and room in (None, claimed.room.id)]

    def heard(self, room: RoomId | None = None) -> list[str]:
        return [text_of(claimed.post.reply) for claimed in self.news(room)]

    last: Occurrence = field(
        default_factory=lambda: Occurrence(
            OccurrenceId(""), MeetingId(""), datetime(1, 1, 1, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)
        )
    )


@asynccontextmanager
async def open_house(tmp_path: Path, clock: HeldClock, platform: str = "discord") -> AsyncIterator[House]:
    texts = load_texts()
    async with storage_for_tests(tmp_path, clock) as store:
        features = (
            announcements.feature(texts, Meetings, Announcements, Goings, Meetings, Meetings),
            reminders.feature(texts, Meetings, Reminders, Goings),
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
