"""A small house around the real store: people agree, check in and share; weeks pass."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from bot.core.calls import Account, Incoming, Kind, Place, Role
from bot.core.features import Action, Feature
from bot.core.ids import OccurrenceId, new_id
from bot.core.meetings import Audience
from bot.core.platform import Capabilities
from bot.core.replies import NOTHING, Press
from bot.runtime.dispatch import Dispatch
from bot.runtime.timekeeper import jobs_of
from content.loader import load_texts
from handlers import together
from handlers.checkin.records import FAMILY, CheckIn, CheckInBody
from handlers.people.gate import Gate
from handlers.together import rules
from storage.checkin import CheckIns
from storage.meetings import Meetings
from storage.together import Together
from tests.handlers.screens import press_of
from tests.stores import storage_for_tests

ROLES = frozenset({Role.FACILITATOR})
UNNAMED = frozenset({"telegram", "web"})
CAN = {
    "discord": Capabilities(True, True, True, True, 2000, 40),
    "telegram": Capabilities(False, False, False, False, 4096, 40),
}


class House:
    """`sent`: what left the outbox."""

    def __init__(self, store, clock, platform):
        self.store, self.clock, self.platform = store, clock, platform
        self.space = "space"
        texts = load_texts()
        gate = Gate(texts)
        self.feature = together.feature(texts, Together, Meetings, UNNAMED)
        self.dispatch = Dispatch(
            store,
            store.outbox_queue,
            (self.feature, Feature("people", presses={"agree": Action(gate.agree)})),
            texts,
            clock,
            zone="Europe/Berlin",
            language="en",
            country="DE",
            gate=gate.ask,
            help_now=lambda call: NOTHING,
            capabilities=CAN,
        )
        gate.rerun = self.dispatch.rerun
        self.acts, self.sent = 0, []

    # Acts -----------------------------------------------------------------------------------------------------------

    async def act(self, who, kind, *, private=False, leads=False, **more):
        self.acts += 1
        place = Place(self.platform, who) if private else Place(self.platform, "room", space=self.space, private=False)
        roles = ROLES if leads and not private else frozenset()
        account = Account(self.platform, who)
        act = Incoming(kind, f"r{self.acts}", account, place, self.clock.now(), locale="en", roles=roles, **more)
        answer = await self.dispatch.take(act)
        await self.dispatch.sent(answer, None)
        return answer.reply

    async def look(self, who="ana", **more):
        return await self.act(who, Kind.COMMAND, name="together", **more)

    async def press(self, who, press, **more):
        return await self.act(who, Kind.PRESS, press=press, **more)

    async def tap(self, who, reply, label, **more):
        return await self.press(who, press_of(reply, label), **more)

    async def send(self, who, form, **answers):
        return await self.press_form(who, form.press, **answers)

    async def press_form(self, who, press, **answers):
        name = f"{press.feature}.{press.action}"
        return await self.act(who, Kind.FORM, press=press, name=name, arguments=answers)

    async def consents(self, *people):
        async def work(unit):
            community = await unit.communities.find_or_make(self.platform, self.space)
            for who in people:
                person = await unit.people.make(Account(self.platform, who), self.clock.now(), community.id)
                await unit.people.save(replace(person, consented_at=self.clock.now(), home=community.id))

        await self.store.transact(work)

    async def agree(self, *people, audience=Audience.PARTICIPANTS):
        await self.consents(*people)
        community = await self.community()
        for who in people:
            await self.press(who, Press("together", rules.named("agree", audience), community.id))

    async def withdraw(self, who, audience=Audience.PARTICIPANTS):
        return await self.press(who, Press("together", rules.named("stop", audience), (await self.community()).id))

    async def answers(self, who, number, audience=Audience.PARTICIPANTS):
        voice = FAMILY if audience is Audience.FAMILY else ""
        checkin = CheckIn(new_id(), await self.person(who), OccurrenceId(""), self.clock.now(), CheckInBody(number, voice=voice))
        await self.store.transact(lambda unit: CheckIns(unit).add(checkin))

    async def answer_all(self, numbers, audience=Audience.PARTICIPANTS):
        """p0, p1, ... agree, and each gives one of the numbers."""
        people = [f"p{n}" for n in range(len(numbers))]
        await self.agree(*people, audience=audience)
        for who, number in zip(people, numbers, strict=True):
            await self.answers(who, number, audience)

    async def share(self, who, words, name="Name"):
        """Write a line and share it; return the last screen."""
        form = (await self.tap(who, await self.look(who), "Share a line")).form
        return await self.tap(who, await self.send(who, form, line=words, name=name), "Share it")

    # Time -----------------------------------------------------------------------------------------------------------

    async def until(self, moment):
        """Let time pass, each promise at its own time."""
        while (at := await self.store.due_queue.next_at()) is not None and at <= moment:
            self.clock.at = max(self.clock.at, at)
            await self.work_off()
        self.clock.at = max(self.clock.at, moment)

    async def next_week(self):
        """Until the week that it is now is closed."""
        community = await self.community()
        zone = zone_of(community)
        await self.until(rules.closes(rules.monday_of(self.clock.now(), zone), zone) + timedelta(minutes=1))

    async def work_off(self):
        jobs, now = jobs_of((self.feature,)), self.clock.now()
        while batch := await self.store.due_queue.claim("test", now, now + timedelta(minutes=1), 64):
            for due in batch:

                async def work(unit, due=due):
                    if await unit.due.take(due) and due.kind in jobs:
                        await jobs[due.kind](due, now, unit)

                await self.store.transact(work)
        queue = self.store.outbox_queue
        while claimed := await queue.claim("test", self.platform, now, now + timedelta(minutes=1), 64):
            for one in claimed:
                self.sent.append(one.post)
                await queue.mark_sent(one, f"m{len(self.sent)}", now)

    # What is there --------------------------------------------------------------------------------------------------

    async def community(self):
        return await self.store.transact(lambda unit: unit.communities.find_or_make(self.platform, self.space))

    async def person(self, who):
        return (await self.store.transact(lambda unit: unit.people.find(Account(self.platform, who)))).id

    async def weeks(self, audience=Audience.PARTICIPANTS):
        community = await self.community()
        return await self.store.transact(lambda unit: Together(unit).weeks(community.id, audience, 99))


def zone_of(community):
    return ZoneInfo(community.zone)


@asynccontextmanager
async def open_house(tmp_path, clock, platform) -> AsyncIterator[House]:
    async with storage_for_tests(tmp_path, clock) as store:
        house = House(store, clock, platform)
        yield house
        await house.dispatch.settle()


@pytest.fixture
async def house(tmp_path, clock):
    async with open_house(tmp_path, clock, "discord") as opened:
        yield opened


@pytest.fixture
async def telegram(tmp_path, clock):
    async with open_house(tmp_path, clock, "telegram") as opened:
        yield opened
