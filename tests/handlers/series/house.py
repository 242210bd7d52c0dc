"""A small house around the real store and dispatch, with series and nothing else: people act, time passes, promises can be read."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from msgspec.structs import replace
from sqlalchemy import select, update

from bot.core.calendar import Change
from bot.core.calls import Account, Incoming, Kind, Place, Role
from bot.core.features import Feature
from bot.core.ids import MeetingId, MessageRef, OccurrenceId, PersonId
from bot.core.meetings import Occurrence, Series, State, When
from bot.core.platform import Capabilities
from bot.core.replies import NOTHING, Press, Reply
from bot.runtime.dispatch import Dispatch
from bot.runtime.timekeeper import jobs_of
from content.loader import load_texts
from handlers import series
from storage.database import Store
from storage.meetings import Meetings
from storage.series_sheets import Sheets
from storage.tables.due import due as due_table
from storage.tables.meetings import occurrences
from tests.fakes import HeldClock
from tests.handlers.screens import press_of, text_of
from tests.stores import storage_for_tests

WEDNESDAYS = "Wednesdays 19:00 Open evening"  # the first is tomorrow
ROLES = frozenset({Role.FACILITATOR})
CAN = {
    "discord": Capabilities(True, True, True, True, 2000, 40),
    "telegram": Capabilities(False, False, False, False, 4096, 40),
}
FORMATS = ("60", "90", "newcomers", "tool_night")


@dataclass
class House:
    store: Store
    clock: HeldClock
    dispatch: Dispatch
    features: tuple[Feature, ...]
    platform: str = "discord"
    acts: int = 0
    language: str = "en"
    room: list[str] = field(default_factory=list)

    # Acts -----------------------------------------------------------------------------------------------------------

    def place(self, who: str, *, private: bool, room: str = "room", space: str = "space") -> Place:
        return Place(self.platform, who) if private else Place(self.platform, room, space=space, private=False)

    async def act(
        self,
        who: str,
        kind: Kind,
        *,
        private: bool = False,
        leads: bool = True,
        room: str = "room",
        space: str = "space",
        receipt: str = "",
        **more: object,
    ) -> Reply:
        """One act of somebody, as their platform tells it; roles are only known in the room."""
        self.acts += 1
        incoming = Incoming(
            kind,
            receipt or f"r{self.acts}",
            Account(self.platform, who),
            self.place(who, private=private, room=room, space=space),
            self.clock.now(),
            locale=self.language,
            roles=ROLES if leads and not private else frozenset(),
            **more,  # type: ignore[arg-type]  # the fields of an act, by name
        )
        answer = await self.dispatch.take(incoming)
        await self.dispatch.sent(answer, None)
        return answer.reply

    async def type(self, who: str, line: str, **more: object) -> Reply:
        name, _, words = line.removeprefix("/").partition(" ")
        arguments = {"text": words} if words else {}
        return await self.act(who, Kind.COMMAND, name=name, arguments=arguments, **more)  # type: ignore[arg-type]  # see act

    async def press(self, who: str, press: Press, **more: object) -> Reply:
        return await self.act(who, Kind.PRESS, press=press, **more)  # type: ignore[arg-type]  # see act

    async def push(self, who: str, reply: Reply, label: str, **more: object) -> Reply:
        return await self.press(who, press_of(reply, label), **more)

    async def write(self, who: str, words: str) -> Reply:
        return await self.act(who, Kind.WORDS, private=True, words=words)

    async def fill(self, who: str, asked: Reply, answers: Mapping[str, str] | None = None, **more: object) -> Reply:
        """Send the form that was asked, as it is filled in but for some answers."""
        assert asked.form is not None, text_of(asked)
        given = {one.name: one.value for one in asked.form.fields} | dict(answers or {})
        press = asked.form.press
        name = f"{press.feature}.{press.action}"
        return await self.act(who, Kind.FORM, press=press, name=name, arguments=given, **more)  # type: ignore[arg-type]  # see act

    async def create(self, who: str, line: str, **more: object) -> Series:
        """Make a series by a line, and save it."""
        before = {one.id for one in await self.all_series()}
        preview = await self.type(who, f"/meeting create {line}", **more)
        await self.push(who, preview, "Save", **more)
        (made,) = [one for one in await self.all_series() if one.id not in before]
        return made

    async def screen(self, who: str, **more: object) -> Reply:
        """The screen of the room's only series."""
        return await self.type(who, "/meeting edit", **more)

    async def evening(self, who: str, number: int = 0, **more: object) -> Reply:
        """The screen of one of its next evenings."""
        dates = await self.push(who, await self.screen(who, **more), "One evening", **more)
        return await self.press(who, [press for row in dates.buttons for one in row if (press := one.press)][number], **more)

    # Time -----------------------------------------------------------------------------------------------------------

    async def pass_time(self, **by: float) -> None:
        """Let time pass, each promised moment at its own time. A room closes half an hour after its end, as its feature would."""
        until = self.clock.now() + timedelta(**by)
        while (at := await self.store.due_queue.next_at()) is not None and at <= until:
            self.clock.at = max(self.clock.at, at)
            await self.work_off()
        self.clock.at = until
        await self.work_off()

    async def work_off(self) -> None:
        jobs = jobs_of(self.features)
        while batch := await self.store.due_queue.claim("test", self.clock.now(), self.clock.now() + timedelta(minutes=1), 64):
            for due in batch:

                async def work(unit, due=due):
                    if not await unit.due.take(due):
                        return
                    if due.kind in jobs:
                        await jobs[due.kind](due, self.clock.now(), unit)
                    if due.kind == When.CLOSE.kind:
                        await self._close(unit, OccurrenceId(due.subject))

                await self.store.transact(work)
        await self.deliver()

    async def _close(self, unit, subject: OccurrenceId) -> None:
        row = update(occurrences).where(occurrences.c.id == subject, occurrences.c.state != "cancelled").values(state="closed")
        await unit.run(row)
        occurrence = await Meetings(unit).occurrence(subject)
        assert occurrence is not None
        await unit.due.add(When.PLAN.due(self.clock.now(), occurrence.series))

    async def deliver(self) -> None:
        queue, now = self.store.outbox_queue, self.clock.now()
        while batch := await queue.claim("test", self.platform, now, now + timedelta(minutes=1), 64):
            for claimed in batch:
                await queue.mark_sent(claimed, claimed.edit or MessageRef(f"m{len(self.room)}"), now)
                self.room.append(text_of(claimed.post.reply))

    # What is there --------------------------------------------------------------------------------------------------

    async def person(self, who: str) -> PersonId:
        found = await self.store.transact(lambda unit: unit.people.find(Account(self.platform, who)))
        assert found is not None
        return found.id

    async def live_in(self, who: str, zone: str) -> None:
        person = await self.person(who)

        async def work(unit):
            await unit.people.save(replace(await unit.people.get(person), zone=zone))

        await self.store.transact(work)

    async def all_series(self, space: str = "space") -> list[Series]:
        async def work(unit):
            community = await unit.communities.find(self.platform, space)
            return list(await Meetings(unit).of_community(community.id)) if community else []

        return await self.store.transact(work)

    async def old_and_new(self) -> tuple[Series, Series]:
        """The two series of an edit of "this and later"."""
        old, new = sorted(await self.all_series(), key=lambda one: one.follows is not None)
        return old, new

    async def ahead(self, of: Series) -> list[Occurrence]:
        return list(await self.store.transact(lambda unit: Meetings(unit).ahead_of(of.id)))

    async def planned(self, of: Series) -> Occurrence:
        """The series' next planned evening."""
        (first, *_) = await self.ahead(of)
        return first

    async def occurrence(self, of: Occurrence) -> Occurrence:
        found = await self.store.transact(lambda unit: Meetings(unit).occurrence(of.id))
        assert found is not None
        return found

    async def changes(self, of: Series) -> list[Change]:
        return list(await self.store.transact(lambda unit: Meetings(unit).changes([MeetingId(of.id)])))

    async def promises(self, subject: str) -> dict[str, str]:
        """What is promised of a subject: kinds, without their `room.`, and when."""

        async def work(unit):
            return await unit.rows(select(due_table).where(due_table.c.subject == subject))

        rows = await self.store.transact(work)
        return {row["kind"].removeprefix("room."): f"{row['at']:%m-%d %H:%M}" for row in rows}

    async def state(self, of: Occurrence, state: State) -> None:
        """Bring a room into a state, as its own feature would."""

        async def work(unit):
            await unit.run(update(occurrences).where(occurrences.c.id == of.id).values(state=state.value))

        await self.store.transact(work)


@asynccontextmanager
async def open_house(tmp_path: Path, clock: HeldClock, platform: str = "discord") -> AsyncIterator[House]:
    texts = load_texts()
    async with storage_for_tests(tmp_path, clock) as store:
        features = (series.feature(texts, Meetings, Sheets, FORMATS),)
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
