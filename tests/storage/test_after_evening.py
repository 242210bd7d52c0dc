"""What is kept after an evening, on both databases: who was met, debriefs, asks, confirmed presence and its codes, figures."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.ids import new_id
from bot.core.meetings import Audience, Options, State
from handlers.afterwards.records import Debrief, Note, Went
from handlers.figures.records import Evening
from handlers.receipts.records import MOST_CODES, Ask, Attended, Present, Stand
from storage.afterwards import Afterwards
from storage.attendance import Attendance
from storage.figures import Figures
from storage.meetings import Meetings
from storage.privacy import PersonalRows
from storage.tables.attendance import attendance_codes, attendances, receipt_asks
from storage.unit import concrete
from tests.storage.a_series import START, TITLE, a_series, planned
from tests.storage.people import BEN, a_room, meet

PRESENT = Present(START, START + timedelta(minutes=88), "Europe/Berlin")


@pytest.fixture
async def room(store):
    return await a_room(store)


@pytest.fixture
async def occurrence(store, room):
    return await planned(store, await a_series(store, room))


def after(store, question):
    return store.transact(lambda unit: question(Afterwards(unit)))


def kept(store, question):
    return store.transact(lambda unit: question(Attendance(unit)))


async def test_a_person_is_met_once_and_their_wish_stays(store, clock, room):
    person = (await meet(store, clock)).id
    assert await after(store, lambda book: book.met(person, room.community)) is None
    assert not await after(store, lambda book: book.be_quiet(person, room.community, quiet=True))
    await after(store, lambda book: book.meet(person, room.community, clock.now()))
    assert await after(store, lambda book: book.be_quiet(person, room.community, quiet=True))
    await after(store, lambda book: book.meet(person, room.community, clock.now() + timedelta(days=7)))
    met = await after(store, lambda book: book.met(person, room.community))
    assert met is not None
    assert met.quiet


async def test_the_first_debrief_of_an_evening_stays_and_is_found_by_its_room(store, clock, room, occurrence):
    for went in (Went.HARD, Went.FINE):
        debrief = Debrief(occurrence.id, went, Note.CALL, occurrence.starts_at)
        await after(store, lambda book, debrief=debrief: book.keep(debrief, clock.now()))
    assert await after(store, lambda book: book.debriefs(room.id, 5)) == [Debrief(occurrence.id, Went.HARD, Note.CALL, START)]
    other = await a_room(store, "-200")
    assert await after(store, lambda book: book.debriefs(other.id, 5)) == []


async def test_an_ask_stands_where_it_was_last_put_and_its_name_goes_with_the_answer(store, clock, occurrence):
    person = (await meet(store, clock)).id
    ask = Ask(new_id(), occurrence.id, person, clock.now(), name="Canary Name")
    await kept(store, lambda book: book.put(ask))
    assert await kept(store, lambda book: book.waiting(occurrence.id)) == [ask]
    assert await kept(store, lambda book: book.stand(ask, Stand.CONFIRMED, clock.now()))
    assert not await kept(store, lambda book: book.stand(ask, Stand.REFUSED, clock.now()))
    found = await kept(store, lambda book: book.ask_of(occurrence.id, person))
    assert (found.stand, found.name) == (Stand.CONFIRMED, "")
    await kept(store, lambda book: book.put(Ask(new_id(), occurrence.id, person, clock.now(), tries=2)))
    assert [one.tries for one in await kept(store, lambda book: book.asks(person))] == [2]


async def test_a_name_stands_sealed_on_the_disk(store, clock, occurrence):
    person = (await meet(store, clock)).id
    await kept(store, lambda book: book.put(Ask(new_id(), occurrence.id, person, clock.now(), name="Canary Name")))
    rows = await store.transact(lambda unit: concrete(unit).rows(select(receipt_asks)))
    assert "Canary" not in str([dict(row) for row in rows])


async def test_a_visit_is_known_as_long_as_presence_is(store, clock, occurrence):
    person = (await meet(store, clock)).id
    came = START + timedelta(minutes=2)
    await store.transact(lambda unit: Meetings(unit).join(occurrence.id, person, came))
    visit = await kept(store, lambda book: book.visit(occurrence.id, person))
    assert (visit.came_at, visit.zone, visit.occurrence.id) == (came, "Europe/Berlin", occurrence.id)
    assert await kept(store, lambda book: book.visits(person)) == [visit]
    await store.transact(lambda unit: Meetings(unit).forget(occurrence.id))
    assert await kept(store, lambda book: book.visits(person)) == []


@pytest.fixture
async def attended(store, clock):
    person = (await meet(store, clock)).id
    made = Attended(new_id(), person, clock.now(), PRESENT)
    await kept(store, lambda book: book.confirm(made))
    return made


async def test_a_code_finds_its_presence_and_stands_nowhere(store, clock, attended):
    await kept(store, lambda book: book.add_code(attended, "CODE1", clock.now()))
    assert await kept(store, lambda book: book.of_code("CODE1")) == attended
    assert await kept(store, lambda book: book.of_code("CODE2")) is None
    [row] = await store.transact(lambda unit: concrete(unit).rows(select(attendance_codes)))
    assert "CODE1" not in str(dict(row))
    assert len(row["mark"]) == 64


async def test_the_oldest_of_too_many_codes_ends(store, clock, attended):
    for n in range(MOST_CODES + 2):
        clock.move(seconds=1)
        await kept(store, lambda book, n=n: book.add_code(attended, f"CODE{n}", clock.now()))
    works = [await kept(store, lambda book, n=n: book.of_code(f"CODE{n}")) is not None for n in range(MOST_CODES + 2)]
    assert works == [False, False, *[True] * MOST_CODES]


async def test_a_presence_is_deleted_by_its_owner_alone_with_its_codes(store, clock, attended):
    ben = (await meet(store, clock, BEN)).id
    await kept(store, lambda book: book.add_code(attended, "CODE1", clock.now()))
    assert await kept(store, lambda book: book.find(attended.id, ben)) is None
    assert not await kept(store, lambda book: book.drop(attended.id, ben))
    assert await kept(store, lambda book: book.of_code("CODE1")) is not None
    assert await kept(store, lambda book: book.drop(attended.id, attended.person))
    assert await kept(store, lambda book: book.of_code("CODE1")) is None


async def test_erasing_a_person_leaves_neither(store, clock, attended):
    await kept(store, lambda book: book.add_code(attended, "CODE1", clock.now()))
    await store.transact(lambda unit: PersonalRows(concrete(unit)).erase(attended.person, clock.now()))
    for table in (attendances, attendance_codes):
        assert await store.transact(lambda unit, table=table: concrete(unit).rows(select(table))) == []


async def test_figures_see_one_audience_of_one_community_and_what_is_over(store, room):
    ours, family = await a_series(store, room), await a_series(store, room, options=Options(audience=Audience.FAMILY))
    for series in (ours, family):
        await planned(store, series, state=State.CLOSED, segment=2, heads=12, self_run=True)
        await planned(store, series, START + timedelta(days=7), state=State.OPEN, segment=2)
        await planned(store, series, START + timedelta(days=14), state=State.CANCELLED)

    async def read(unit):
        found = await Figures(unit).evenings(room.community, Audience.FAMILY, START, START + timedelta(days=14))
        return found, await Figures(unit).audiences(room.community), await Figures(unit).titles([ours.id])

    evenings, audiences, titles = await store.transact(read)
    assert evenings == [Evening(family.id, START, State.CLOSED, True, True, 12)]
    assert set(audiences) == set(Audience)
    assert titles == {ours.id: TITLE}
