"""The joint picture under deletes, second answers and consent that is taken back, also while it is being made."""

import asyncio
from collections.abc import Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import delete

from bot.core.calls import Account
from bot.core.few import FIVE
from bot.core.ids import OccurrenceId, new_id
from bot.core.meetings import Audience
from bot.core.moments import Due
from content.loader import load_texts
from handlers import together
from handlers.checkin.records import CheckIn, CheckInBody
from handlers.together import rules
from handlers.together.records import Sum, Week, Yes
from storage.checkin import CheckIns
from storage.database import concrete
from storage.meetings import Meetings
from storage.privacy import PersonalRows
from storage.tables.checkin import checkins
from storage.together import Together
from tests.fakes import HeldClock
from tests.stores import storage_for_tests

PEOPLE = 7
START = datetime(2026, 12, 1, 18, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")


class House:
    """One community on a real store; who agreed and answered is on its disk."""

    def __init__(self, store, clock):
        self.store, self.clock = store, clock
        self.feature = together.feature(load_texts(), Together, Meetings)
        self.names = {}

    async def open(self):
        self.community = (await self.store.transact(lambda unit: unit.communities.find_or_make("discord", "space"))).id
        self.monday = rules.monday_of(self.clock.now(), ZONE)

    async def agrees(self, who):
        now = self.clock.now()

        async def work(unit):
            person = await unit.people.make(Account("discord", f"p{who}"), now, self.community)
            await unit.people.save(replace(person, consented_at=now))
            if not (await Together(unit).yes(person.id, self.community)).since:
                await Together(unit).keep_yes(person.id, self.community, Yes({Audience.PARTICIPANTS: now}), now)
            return person.id

        self.names[who] = await self.store.transact(work)

    async def answers(self, who, number):
        checkin = CheckIn(new_id(), self.names[who], OccurrenceId(""), self.clock.now(), CheckInBody(number))
        await self.store.transact(lambda unit: CheckIns(unit).add(checkin))

    async def deletes(self, who):
        gone = delete(checkins).where(checkins.c.person == self.names[who])
        await self.store.transact(lambda unit: concrete(unit).run(gone))

    async def withdraws(self, who):
        nothing = (self.names[who], self.community, Yes(), self.clock.now())
        await self.store.transact(lambda unit: Together(unit).keep_yes(*nothing))

    async def goes(self, who):
        person, now = self.names.pop(who), self.clock.now()

        async def work(unit):
            if self.feature.leaves is not None:
                await self.feature.leaves(person, now, unit)
            await PersonalRows(unit).erase(person, now)

        await self.store.transact(work)

    async def close(self):
        """The week's closing, as its promise does it."""
        subject = rules.closing(self.community, self.monday, ZONE)
        due = Due(subject.key, subject.kind, subject.at, subject.subject)
        (job,) = [run for kind, run in self.feature.jobs.items() if kind == due.kind]
        await self.store.transact(lambda unit: job(due, self.clock.now(), unit))

    async def week(self) -> Week:
        weeks: Sequence[Week]
        weeks = await self.store.transact(lambda unit: Together(unit).weeks(self.community, Audience.PARTICIPANTS, 9))
        return next(week for week in weeks if week.monday == self.monday)

    def pass_over(self):
        self.clock.at = rules.closes(self.monday, ZONE) + timedelta(minutes=1)


@asynccontextmanager
async def house_on(folder, url=""):
    clock = HeldClock(START)
    async with storage_for_tests(folder, clock, url) as store:
        house = House(store, clock)
        await house.open()
        yield house


@pytest.fixture
async def on_sqlite(tmp_path):
    async with house_on(tmp_path) as opened:
        yield opened


@pytest.fixture
async def on_postgresql(tmp_path, postgres_url):
    async with house_on(tmp_path, postgres_url) as opened:
        yield opened


@pytest.fixture(params=["on_sqlite", "on_postgresql"])
def house(request):
    return request.getfixturevalue(request.param)


# Five people, whatever they do -----------------------------------------------------------------------------------------------

DEEDS = st.tuples(
    st.sampled_from(["agrees", "answers", "deletes", "withdraws", "goes"]), st.integers(0, PEOPLE - 1), st.integers(0, 10)
)


async def does(house, deed, counted, who, number):
    """Do one thing, and keep count of it in the simplest way: `counted` maps who agreed to their last number."""
    house.clock.move(minutes=1)
    if deed == "agrees":
        await house.agrees(who)
        counted.setdefault(who, None)
    elif who not in house.names:
        return
    elif deed == "answers":
        await house.answers(who, number)
        counted[(who, "last")] = number
    else:
        await getattr(house, deed)(who)
        if deed in ("deletes", "goes"):
            counted.pop((who, "last"), None)
        if deed in ("withdraws", "goes"):
            counted.pop(who, None)


def expected(counted) -> Sum | None:
    return rules.sum_of(sorted(counted[(who, "last")] for who in range(PEOPLE) if who in counted and (who, "last") in counted))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(before=st.lists(DEEDS, max_size=25), after=st.lists(DEEDS, max_size=10), all_of_them=st.booleans())
def test_the_five_person_rule_holds_under_deletes_and_second_answers(tmp_path_factory, before, after, all_of_them):
    """A week is of those who agree and have an answer when it closes, and of five or more; nothing later changes it."""

    async def run():
        async with house_on(tmp_path_factory.mktemp("house")) as house:
            counted = dict[int | tuple[int, str], int | None]()
            if all_of_them:
                for who in range(PEOPLE):
                    await does(house, "agrees", counted, who, 0)
                    await does(house, "answers", counted, who, who)
            for deed in before:
                await does(house, deed[0], counted, deed[1], deed[2])
            house.pass_over()
            await house.close()
            closed, right = await house.week(), expected(counted)
            assert closed.sum == right
            people = sum(1 for who in range(PEOPLE) if who in counted and (who, "last") in counted)
            assert (closed.sum is None) == (people < FIVE)
            for deed in after:
                await does(house, deed[0], counted, deed[1], deed[2])
            await house.close()
            assert (await house.week()) == closed

    asyncio.run(run())


# Consent is withdrawn meanwhile -------------------------------------------------------------------------------------------------


class Stopped:
    """Stops the closing of a week once it has read the numbers."""

    def __init__(self):
        self.has_read, self.go_on = asyncio.Event(), asyncio.Event()

    def books(self, unit):
        stopped = self

        class Slow(Together):
            async def numbers(self, *which):
                found = await super().numbers(*which)
                stopped.has_read.set()
                await stopped.go_on.wait()
                return found

        return Slow(unit)


@pytest.mark.parametrize("how", ["withdraws", "goes", "deletes"])
@pytest.mark.parametrize("first", ["the closing", "the person"])
async def test_consent_withdrawn_while_the_picture_is_being_made_counts_before_or_after_and_never_by_half(house, how, first):
    """Five answered. Either the picture is of the five, and the person was told after it; or they were first, and there is none."""
    for who in range(FIVE):
        await house.agrees(who)
        await house.answers(who, 2 * who)
    house.pass_over()
    whole = rules.sum_of([0, 2, 4, 6, 8])
    if first == "the person":
        leaving = asyncio.create_task(getattr(house, how)(0))
        closing = asyncio.create_task(house.close())
        await asyncio.gather(leaving, closing)
        assert (await house.week()).sum in (None, whole)
        return
    stopped = Stopped()
    house.feature = together.feature(load_texts(), stopped.books, Meetings)
    closing = asyncio.create_task(house.close())
    await stopped.has_read.wait()
    leaving = asyncio.create_task(getattr(house, how)(0))
    done, _ = await asyncio.wait({leaving}, timeout=0.1)
    stopped.go_on.set()
    await asyncio.gather(closing, leaving)
    assert (await house.week()).sum == (None if done else whole)
