"""The feature on a real store, behind the real dispatch, with its pages behind a real HTTP server."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, time, timedelta

import msgspec

from bot.core.calendar import Change
from bot.core.calls import Account, Community, Incoming, Kind, Place, Role
from bot.core.features import Feature
from bot.core.ids import CommunityId, MeetingId, PersonId, new_id
from bot.core.meetings import Options, Series
from bot.core.platform import Capabilities
from bot.core.replies import NOTHING, Press, Reply
from bot.core.schedule import Schedule
from bot.runtime.dispatch import Dispatch
from content.loader import load_texts
from handlers import calendars
from storage.calendars import Calendars
from storage.database import Store
from storage.meetings import Meetings
from tests.fakes import HeldClock
from tests.handlers.screens import text_of
from tests.stores import storage_for_tests

ROLES = frozenset({Role.FACILITATOR})
CAN = {
    "discord": Capabilities(True, True, True, True, 2000, 40),
    "telegram": Capabilities(False, False, False, False, 4096, 40),
}
USUAL = Options()
BASE = "https://example.org"


@dataclass
class House:
    store: Store
    clock: HeldClock
    dispatch: Dispatch
    feature: Feature
    base: list[str] = field(default_factory=lambda: [BASE])
    platform: str = "discord"
    acts: int = 0

    async def act(self, who: str, kind: Kind, *, private: bool = False, leads: bool = False, space: str = "space", **more) -> Reply:
        self.acts += 1
        place = Place(self.platform, who) if private else Place(self.platform, f"room of {space}", space=space, private=False)
        incoming = Incoming(
            kind,
            f"r{self.acts}",
            Account(self.platform, who),
            place,
            self.clock.now(),
            locale="en",
            roles=ROLES if leads and not private else frozenset(),
            **more,
        )
        answer = await self.dispatch.take(incoming)
        await self.dispatch.sent(answer, None)
        return answer.reply

    async def type(self, who: str, line: str, **how) -> Reply:
        name, _, words = line.removeprefix("/").partition(" ")
        return await self.act(who, Kind.COMMAND, name=name, arguments={"text": words} if words else {}, **how)

    async def press(self, who: str, press: Press, **how) -> Reply:
        return await self.act(who, Kind.PRESS, press=press, **how)

    async def write(self, who: str, words: str) -> Reply:
        return await self.act(who, Kind.WORDS, private=True, words=words)

    async def fill(self, who: str, form: Reply, answers: Mapping[str, str], **how) -> Reply:
        assert form.form is not None, text_of(form)
        press = form.form.press
        given = {one.name: one.value for one in form.form.fields} | dict(answers)
        return await self.act(who, Kind.FORM, press=press, name=f"{press.feature}.{press.action}", arguments=given, **how)

    async def community(self, space: str = "space") -> Community:
        return await self.store.transact(lambda unit: unit.communities.find_or_make(self.platform, space))

    async def person(self, who: str) -> PersonId:
        person = await self.store.transact(lambda unit: unit.people.make(Account(self.platform, who), self.clock.now(), None))
        return person.id

    async def at_home(self, who: str, space: str = "space") -> None:
        """The person has been in the community's room, so it is their home."""
        community = await self.community(space)

        async def work(unit):
            person = await unit.people.make(Account(self.platform, who), self.clock.now(), community.id)
            await unit.people.save(msgspec.structs.replace(person, home=community.id))

        await self.store.transact(work)

    async def series(
        self,
        title: str = "Tuesday round",
        rule: str = "FREQ=WEEKLY;BYDAY=TU",
        *,
        zone: str = "Europe/Berlin",
        first: date = date(2026, 12, 1),
        wall: time = time(19),
        minutes: int = 90,
        space: str = "space",
        options: Options = USUAL,
        follows: MeetingId | None = None,
    ) -> Series:
        community = await self.community(space)
        self.clock.move(seconds=1)  # one after the other

        async def work(unit):
            room = await unit.rooms.find_or_make(community.id, Place(self.platform, f"room of {space}", space=space, private=False))
            schedule = Schedule(zone, first, wall, rule)
            length = timedelta(minutes=minutes)
            made = Series(MeetingId(new_id()), community.id, room.id, title, schedule, length, options=options, follows=follows)
            await Meetings(unit).add_series(made)
            return made

        return await self.store.transact(work)

    async def change(self, change: Change) -> None:
        await self.store.transact(lambda unit: Meetings(unit).put_change(change))

    async def all_series(self, space: str = "space") -> list[Series]:
        """By title, the last first."""
        community: CommunityId = (await self.community(space)).id
        found = await self.store.transact(lambda unit: Meetings(unit).of_community(community))
        return sorted(found, key=lambda series: series.title, reverse=True)

    async def changes(self, series: MeetingId) -> list[Change]:
        return list(await self.store.transact(lambda unit: Meetings(unit).changes([series])))


@asynccontextmanager
async def open_house(tmp_path, clock: HeldClock, platform: str = "discord") -> AsyncIterator[House]:
    texts = load_texts()
    async with storage_for_tests(tmp_path, clock) as store:
        base = [BASE]

        async def followed(unit, person):
            return await Calendars(unit).followed(person)

        feature = calendars.feature(texts, Calendars, Meetings, Meetings, followed, lambda: base[0], clock.now)
        dispatch = Dispatch(
            store,
            store.outbox_queue,
            (feature,),
            texts,
            clock,
            zone="Europe/Berlin",
            language="en",
            country="DE",
            gate=lambda call: NOTHING,
            help_now=lambda call: NOTHING,
            capabilities=CAN,
        )
        yield House(store, clock, dispatch, feature, base, platform)
        await dispatch.settle()
