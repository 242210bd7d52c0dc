"""A house with a community's own questions, and the check-ins that ask them: real store, real dispatch."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from bot.core.calls import Person
from bot.core.features import FlowEnd
from bot.core.flow_own import HowAsked, Question
from bot.core.ids import CommunityId, new_id
from bot.core.ports import FlowDone, Flows
from bot.core.prompting import prompted
from bot.core.replies import NOTHING, Press, Reply
from bot.core.richtext import Paragraph, Text
from bot.runtime.dispatch import Dispatch
from content.loader import load_flows, load_texts
from handlers import checkin, flows, ownquestions
from handlers.ownquestions.records import QuestionSet, SetBody
from handlers.people.gate import Gate
from storage.checkin import CheckIns
from storage.entries import Entries
from storage.flow_states import FlowStates
from storage.meetings import Meetings
from storage.ownquestions import OwnQuestions
from storage.tables.checkin import checkins
from tests.handlers.meetings.house import CAN, House
from tests.stores import storage_for_tests

SLEPT = Question("How did you sleep?", HowAsked.SCALE)
WHO = Question("Who helped?", HowAsked.CHOICE, ("A friend", "Nobody yet"))
WORDS = Question("One good thing?", HowAsked.WORDS)


@dataclass
class AskingHouse(House):
    """`answered`: the check-ins of prompts that came to their end."""

    running: Flows | None = None
    keeping: ownquestions.QuestionKeeper | None = None
    answered: list[FlowDone] | None = None

    async def community(self) -> CommunityId:
        found = await self.store.transact(lambda unit: unit.communities.find_or_make(self.platform, self.space))
        return found.id

    async def keep(self, *questions: Question, title: str = "Mondays") -> QuestionSet:
        one = QuestionSet(new_id(), await self.community(), self.clock.now(), SetBody(title, questions))
        await self.store.transact(lambda unit: OwnQuestions(unit).keep(one))
        return one

    async def sets(self) -> Sequence[QuestionSet]:
        here = await self.community()
        return await self.store.transact(lambda unit: OwnQuestions(unit).of(here))

    async def begin(self, who: str, flow: str, subject: str) -> Reply:
        """Begin a flow for somebody, as a prompt's button does."""
        person = await self.person(who)

        async def work(unit):
            found = await unit.people.get(person)
            assert isinstance(found, Person)
            assert self.running is not None
            return await self.running.begin(flow, subject, found, "en", self.clock.now(), unit)

        return await self.store.transact(work)

    async def asked(self, who: str, one: QuestionSet, asking: str = "a1") -> Reply:
        return await self.begin(who, "owncheckin", prompted(asking, one.id))

    async def bodies(self):
        """What is kept of check-ins, opened."""

        async def work(unit):
            rows = await unit.rows(checkins.select().order_by(checkins.c.at))
            info = checkins.info["sealed"]["body"]
            return [await unit.open(row["person"], "checkins", "body", row["id"], row["body"], info) for row in rows]

        return await self.store.transact(work)


@asynccontextmanager
async def asking_house(tmp_path, clock, platform: str = "discord") -> AsyncIterator[AskingHouse]:
    texts, gate = load_texts(), Gate(load_texts())
    answered: list[FlowDone] = []

    async def followed(done, _unit):
        answered.append(done)
        return (Paragraph((Text("followed"),)),)

    async with storage_for_tests(tmp_path, clock) as store:
        ends: dict[str, FlowEnd] = {}
        keeping = ownquestions.keeper(OwnQuestions)
        facts = {"meeting": checkin.in_a_meeting, **keeping.facts()}
        flow, running = flows.feature(texts, load_flows(), FlowStates, Entries, ends, facts, new_id)
        check_in = checkin.feature(texts, CheckIns, Meetings, Meetings, running, followed=followed)
        ends.update(check_in.flow_ends)
        features = (ownquestions.feature(texts, keeping, Meetings, running, new_id), check_in, flow)
        dispatch = Dispatch(
            store,
            store.outbox_queue,
            features,
            texts,
            clock,
            zone="Europe/Berlin",
            language="en",
            country="DE",
            gate=gate.ask,
            help_now=lambda call: NOTHING,
            capabilities=CAN,
        )
        yield AskingHouse(store, clock, dispatch, features, platform, running=running, keeping=keeping, answered=answered)
        await dispatch.settle()


@pytest.fixture
async def house(tmp_path, clock):
    async with asking_house(tmp_path, clock) as opened:
        for who in ("fay", "ann", "bob"):
            await opened.consent(who)
        yield opened


@pytest.fixture
async def telegram_house(tmp_path, clock):
    async with asking_house(tmp_path, clock, "telegram") as opened:
        for who in ("fay", "ann"):
            await opened.consent(who)
        yield opened


def press(action: str, subject: str = "", value: str = "") -> Press:
    return Press("ownquestions", action, subject, value)
