"""How weeks were, on both databases: one statement reads who agrees and what they answered, and what is closed stays."""

import asyncio
from datetime import date, timedelta

import pytest

from bot.core.calls import Account
from bot.core.ids import OccurrenceId, new_id
from bot.core.meetings import Audience
from handlers.checkin.records import FAMILY, CheckIn, CheckInBody
from handlers.together.records import Line, LineBody, Sum, Telling, Week, Yes
from storage.checkin import CheckIns
from storage.database import concrete
from storage.linking_join import join
from storage.privacy import PersonalRows, prune
from storage.tables.together import together_lines, together_weeks, together_yes
from storage.together import Together

MONDAY, DAY = date(2026, 11, 30), timedelta(days=1)
PARTICIPANTS = Audience.PARTICIPANTS


@pytest.fixture
async def community(store):
    return (await store.transact(lambda unit: unit.communities.find_or_make("discord", "space"))).id


@pytest.fixture
def agreed(store, clock, community):
    """Somebody who agreed, and what they answered."""

    async def make(name, number, voice="", audiences=(PARTICIPANTS,)):
        now = clock.now()

        async def work(unit):
            person = (await unit.people.make(Account("discord", name), now, community)).id
            await Together(unit).keep_yes(person, community, Yes(dict.fromkeys(audiences, now)), now)
            await CheckIns(unit).add(CheckIn(new_id(), person, OccurrenceId(""), now, CheckInBody(number, voice=voice)))
            return person

        return await store.transact(work)

    return make


@pytest.fixture
def numbers(store, clock, community):
    async def read(audience=PARTICIPANTS):
        since, until = clock.now() - DAY, clock.now() + DAY
        return (await store.transact(lambda unit: Together(unit).numbers(community, since, until)))[audience]

    return read


async def test_numbers_are_those_of_the_audience_that_was_agreed_to(agreed, numbers):
    await agreed("ana", 3)
    await agreed("ben", 9, FAMILY, (Audience.FAMILY,))
    await agreed("eve", 1, FAMILY)
    assert await numbers() == [3]
    assert await numbers(Audience.FAMILY) == [9]


async def test_the_time_begins_with_its_first_moment_and_ends_before_its_last(store, clock, community, agreed):
    await agreed("ana", 3)
    now = clock.now()

    async def between(since, until):
        return (await store.transact(lambda unit: Together(unit).numbers(community, since, until)))[PARTICIPANTS]

    assert await between(now, now + DAY) == [3]
    assert await between(now - DAY, now) == []
    assert await between(now + timedelta(microseconds=1), now + DAY) == []


async def test_what_is_closed_is_never_written_again(store, clock, community):
    first, other = Sum(0, 0, 1, 2), Sum(3, 2, 2, 2)

    async def close(made):
        await store.transact(lambda unit: Together(unit).close(Week(community, PARTICIPANTS, MONDAY, made), clock.now()))

    await close(first)
    await close(other)
    await close(None)
    kept = await store.transact(lambda unit: Together(unit).weeks(community, PARTICIPANTS, 8))
    assert kept == [Week(community, PARTICIPANTS, MONDAY, first)]


async def test_a_week_with_a_sum_looks_on_disk_as_one_without(store, clock, community):
    async def work(unit):
        for n, made in enumerate((None, Sum(0, 1, 1, 2))):
            await Together(unit).close(Week(community, PARTICIPANTS, MONDAY + 7 * n * DAY, made), clock.now())
        return await concrete(unit).rows(together_weeks.select())

    one, other = await store.transact(work)
    assert len(one["body"]) == len(other["body"])


async def test_the_last_weeks_come_in_their_order(store, clock, community):
    async def work(unit):
        for n in (2, 0, 1):
            await Together(unit).close(Week(community, PARTICIPANTS, MONDAY + 7 * n * DAY), clock.now())
        return [week.monday for week in await Together(unit).weeks(community, PARTICIPANTS, 2)]

    assert await store.transact(work) == [MONDAY + 7 * DAY, MONDAY + 14 * DAY]


@pytest.mark.parametrize("how", ["withdrawn", "erased", "deleted"])
@pytest.mark.parametrize("seed", range(4))
async def test_while_a_picture_is_made_somebody_is_in_it_whole_or_not_at_all(store, clock, community, agreed, seed, how):
    """And when it was closed after they were told that they do not count, they do not. Each of two is first now and then."""
    people = [await agreed(f"p{n}", 5) for n in range(5)]
    told: list[str] = []

    async def make(unit):
        found = await Together(unit).numbers(community, clock.now() - DAY, clock.now() + DAY)
        await asyncio.sleep(0)
        made = Sum(0, 1, 1, 1) if len(found[PARTICIPANTS]) >= 5 else None
        await Together(unit).close(Week(community, PARTICIPANTS, MONDAY, made), clock.now())
        return len(found[PARTICIPANTS])

    async def leave(unit):
        if how == "withdrawn":
            await Together(unit).keep_yes(people[0], community, Yes(), clock.now())
        elif how == "erased":
            await PersonalRows(unit).erase(people[0], clock.now())
        else:
            from storage.tables.checkin import checkins

            await concrete(unit).run(checkins.delete().where(checkins.c.person == people[0]))

    async def run(name, work, steps):
        for _ in range(steps):
            await asyncio.sleep(0)
        made = await store.transact(work)
        told.append(name)
        return made

    counted, _ = await asyncio.gather(run("made", make, seed), run("left", leave, 3 - seed))
    (week,) = await store.transact(lambda unit: Together(unit).weeks(community, PARTICIPANTS, 8))
    assert counted in (4, 5)
    assert (week.sum is not None) == (counted == 5)
    again = await store.transact(lambda unit: Together(unit).numbers(community, clock.now() - DAY, clock.now() + DAY))
    assert len(again[PARTICIPANTS]) == 4


async def test_on_two_connections_who_was_told_first_is_right(postgres_store, clock):
    """The picture's transaction has begun, and read something else; meanwhile somebody withdraws, and is told so."""
    store, now = postgres_store, clock.now()
    place = (await store.transact(lambda unit: unit.communities.find_or_make("discord", "space"))).id
    began, gone = asyncio.Event(), asyncio.Event()

    async def somebody(unit):
        person = (await unit.people.make(Account("discord", "ana"), now, place)).id
        await Together(unit).keep_yes(person, place, Yes({PARTICIPANTS: now}), now)
        await CheckIns(unit).add(CheckIn(new_id(), person, OccurrenceId(""), now, CheckInBody(5)))
        return person

    ana = await store.transact(somebody)

    async def make(unit):
        await unit.communities.get(place)  # from here on it sees the database as it is now
        began.set()
        await gone.wait()
        return await Together(unit).numbers(place, now - DAY, now + DAY)

    making = asyncio.create_task(store.transact(make))
    await began.wait()
    await store.transact(lambda unit: Together(unit).keep_yes(ana, place, Yes(), now))
    gone.set()
    assert (await making)[PARTICIPANTS] == []


# One's own --------------------------------------------------------------------------------------------------------------


def a_line(person, community, clock, words="A walk", *, shared=True):
    return Line(new_id(), person, community, MONDAY, clock.now(), LineBody(words, "Name"), shared)


async def test_what_is_ones_own_is_told_exported_and_erased(store, clock, community, agreed):
    ana = await agreed("ana", 5, audiences=tuple(Audience))
    await store.transact(lambda unit: Together(unit).keep_line(a_line(ana, community, clock)))
    held = await store.transact(lambda unit: PersonalRows(unit).held(ana, clock.now()))
    assert {"together_yes", "together_lines"} <= {one.kind for one in held}
    exported = await store.transact(lambda unit: PersonalRows(unit).export(ana))
    assert exported["together_lines"][0]["body"] == {"words": "A walk", "name": "Name", "audience": "participants"}
    await store.transact(lambda unit: PersonalRows(unit).erase(ana, clock.now()))
    for table in (together_yes, together_lines):
        assert not await store.transact(lambda unit, of=table: concrete(unit).rows(of.select()))


async def test_that_somebody_is_a_relative_stands_nowhere_in_the_open(store, clock, community, agreed):
    ana = await agreed("ana", 5, FAMILY, (Audience.FAMILY,))
    line = a_line(ana, community, clock)
    family = Line(line.id, ana, community, MONDAY, line.at, LineBody("A walk", audience=Audience.FAMILY), True)
    await store.transact(lambda unit: Together(unit).keep_line(family))
    for table in (together_yes, together_lines):
        (row,) = await store.transact(lambda unit, of=table: concrete(unit).rows(of.select()))
        assert "family" not in str(dict(row)).lower()


async def test_each_goes_in_its_time(store, clock, community, agreed):
    ana = await agreed("ana", 5)
    await store.transact(lambda unit: Together(unit).keep_line(a_line(ana, community, clock)))
    await store.transact(lambda unit: Together(unit).close(Week(community, PARTICIPANTS, MONDAY), clock.now()))
    for table, days in ((together_lines, 21), (together_weeks, 70), (together_yes, 365)):
        start = clock.now()
        await prune(store, start + timedelta(days=days) - timedelta(microseconds=1))
        assert await store.transact(lambda unit, of=table: concrete(unit).rows(of.select()))
        await prune(store, start + timedelta(days=days))
        assert not await store.transact(lambda unit, of=table: concrete(unit).rows(of.select()))


async def test_two_who_become_one_count_once(store, clock, community, agreed, numbers):
    ana, other = await agreed("ana", 3), await agreed("other", 9)
    for person in (ana, other):
        await store.transact(lambda unit, of=person: Together(unit).keep_line(a_line(of, community, clock)))
    await store.transact(lambda unit: join(concrete(unit), ana, other, clock.now()))
    assert len(await numbers()) == 1
    assert len(await store.transact(lambda unit: Together(unit).shared(community, PARTICIPANTS, MONDAY))) == 1
    assert len(await store.transact(lambda unit: Together(unit).lines_of(ana, community))) == 2


async def test_a_room_is_told_for_one_audience(store, clock, community):
    from bot.core.calls import Place

    async def work(unit):
        place = Place("discord", "room", space="space", private=False)
        room, book = (await unit.rooms.find_or_make(community, place)).id, Together(unit)
        for audience in Audience:
            await book.tell(Telling(room, community, audience), clock.now())
        found = [len(await book.tellings(community, audience)) for audience in Audience]
        await book.tell_no_more(room)
        return found, await book.telling(room)

    assert await store.transact(work) == ([0, 1], None)
