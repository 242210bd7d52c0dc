"""Pairs on both databases: what stands on the disk, two who press at once, and what becomes of it when somebody goes."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.calls import Account, Kind
from bot.core.ids import new_id
from bot.core.meetings import Audience
from bot.core.replies import Press
from handlers.pairs.records import APART_DAYS, Draft, Note, NoteBody, Side, SideBody, Stage
from storage.linking import Links
from storage.pairs import Pairs
from storage.privacy import PersonalRows, prune
from storage.tables import metadata
from storage.tables.pairs import pair_marks, pair_notes, pair_sides, pair_traces
from tests.handlers.pairs.house import brought_together, house_over, note, paired
from tests.storage.people import BEN, a_room, meet

CANARY = "walked to the bakery"


@pytest.fixture
async def house(store, clock):
    made = house_over(store, clock)
    yield made
    await made.dispatch.settle()


@pytest.fixture
async def ana(house):
    return await house.meet("ana")


@pytest.fixture
async def ben(house):
    return await house.meet("ben", "web")


async def every_row(store):
    async def work(unit):
        tables = (pair_sides, pair_notes, pair_marks, pair_traces)
        return [(table.name, dict(row)) for table in tables for row in await unit.rows(select(table))]

    return await store.transact(work)


async def at_once(house, *presses):
    """Several people press at the same instant."""
    acts = [house.incoming(someone.account, Kind.PRESS, press=press) for someone, press in presses]
    return await asyncio.gather(*(house.dispatch.take(act) for act in acts))


# The book ---------------------------------------------------------------------------------------------------------------


async def test_a_side_and_its_notes_are_read_as_they_were_kept(store, clock):
    who, room, now = await meet(store, clock), await a_room(store), clock.now()
    body = SideBody(Audience.FAMILY, new_id(), new_id(), name="Robin", draft=Draft(0, "hard", CANARY))
    side = Side(new_id(), who.id, room.community, now, Stage.ON, now + timedelta(days=7), body)
    first = Note(new_id(), side.id, who.id, "2026-12-01", now, side.until, NoteBody(Draft(7, "did", CANARY), "Robin"))
    second = Note(new_id(), side.id, who.id, "2026-12-01", now, side.until, NoteBody(Draft(8)))

    async def work(unit):
        book = Pairs(unit)
        await book.keep(side)
        assert [await book.mine(who.id), await book.side(side.id)] == [side, side]
        assert [await book.add(first), await book.add(second)] == [True, False]  # one a day
        assert [await book.note(first.id), *await book.notes_of(side.id)] == [first, first]
        await book.drop(side.id)
        return await book.mine(who.id), await book.note(first.id)

    assert await store.transact(work) == (None, None)


async def test_who_looks_longest_is_found_first_and_only_by_their_own_world(store, clock):
    room = await a_room(store)

    async def work(unit):
        book = Pairs(unit)
        for n, person in enumerate((await meet_all(unit, clock))[::-1]):
            at = clock.now() + timedelta(minutes=n)
            audience = Audience.FAMILY if n == 1 else Audience.PARTICIPANTS
            await book.keep(
                Side(f"{n:032}", person.id, room.community, at, Stage.LOOKING, at + timedelta(hours=72), SideBody(audience))
            )
        found = [await book.looking(room.community, audience, clock.now()) for audience in Audience]
        later = clock.now() + timedelta(hours=72, minutes=1)
        return [[side.id[-1] for side in sides] for sides in found], len(
            await book.looking(room.community, Audience.PARTICIPANTS, later)
        )

    assert await store.transact(work) == ([["0", "2"], ["1"]], 1)


async def meet_all(unit, clock):
    return [await unit.people.make(Account("web", f"p{n}"), clock.now(), None) for n in range(3)]


async def test_two_are_apart_for_ninety_days_and_the_mark_names_neither(store, clock):
    one, other = await meet(store, clock), await meet(store, clock, BEN)

    async def work(unit):
        book, now = Pairs(unit), clock.now()
        await book.part(one.id, other.id, now)
        days = (timedelta(days=APART_DAYS - 1), timedelta(days=APART_DAYS + 1))
        return [await book.are_apart(other.id, one.id, now + after) for after in days]

    assert await store.transact(work) == [True, False]
    [(_, row)] = await every_row(store)
    assert one.id not in str(row)
    assert other.id not in str(row)


# On the disk ------------------------------------------------------------------------------------------------------------


async def test_nothing_that_stands_open_joins_the_two_or_tells_their_words_or_world(store, house, ana, ben):
    await paired(house, ana, ben)
    pair = await house.pair_of(ben)
    await ben.send(Press("pairs", "worded", pair), words=CANARY)
    await ben.tap("Send")
    for name, row in await every_row(store):
        text = str({key: value for key, value in row.items() if not isinstance(value, bytes)})
        assert not (ana.person.id in text and ben.person.id in text), name
        assert pair not in text
        for word in (CANARY, "participants", "family"):
            assert word not in text
        assert all(CANARY.encode() not in value for value in row.values() if isinstance(value, bytes))
    sides = {row["id"]: row for name, row in await every_row(store) if name == "pair_sides"}
    for side, row in sides.items():
        others = sides.keys() - {side}
        assert not any(other in str(row) for other in others)


# At the same instant ----------------------------------------------------------------------------------------------------


async def test_two_who_say_yes_at_the_same_instant_begin_one_pair(store, house, ana, ben):
    await brought_together(house, ana, ben)
    pair = await house.pair_of(ana)
    await at_once(house, *((one, Press("pairs", "yes", pair)) for one in (ana, ben)))
    sides = [await house.side(one) for one in (ana, ben)]
    assert [side.stage for side in sides] == [Stage.ON, Stage.ON]
    assert sides[0].until == sides[1].until
    await house.work_off()
    assert len(ana.told()) + len(ben.told()) == 1  # who pressed first is told, who pressed last sees it


async def test_a_yes_and_a_no_at_the_same_instant_begin_nothing_or_end_at_nothing(store, house, ana, ben):
    await brought_together(house, ana, ben)
    pair = await house.pair_of(ana)
    await at_once(house, (ana, Press("pairs", "yes", pair)), (ben, Press("pairs", "no", pair)))
    assert (await house.side(ana)).stage is Stage.LOOKING
    assert await house.side(ben) is None


async def test_three_who_look_at_the_same_instant_are_two_and_one(store, house, ana, ben):
    cem = await house.meet("cem")
    await at_once(house, *((one, Press("pairs", "look", "", "p")) for one in (ana, ben, cem)))
    stages = sorted([(await house.side(one)).stage for one in (ana, ben, cem)])
    assert stages == [Stage.ASKED, Stage.ASKED, Stage.LOOKING]


async def test_one_who_ends_while_the_other_writes_leaves_nothing_behind(store, house, ana, ben):
    await paired(house, ana, ben)
    pair = await house.pair_of(ana)
    await note(ben)
    send = next(press for row in ben.screen.buttons for button in row if (press := button.press) and press.action == "send")
    await at_once(house, (ana, Press("pairs", "end", pair)), (ben, send), (ben, Press("pairs", "rate", pair, "3")))
    assert [await house.rows(one) for one in (ana, ben)] == [{}, {}]


async def test_both_who_want_it_once_more_at_the_same_instant_begin_one_week(store, house, ana, ben):
    await paired(house, ana, ben)
    await house.pass_time(days=7, minutes=1)
    pair = await house.pair_of(ana)
    await at_once(house, *((one, Press("pairs", "again", pair)) for one in (ana, ben)))
    assert [(await house.side(one)).stage for one in (ana, ben)] == [Stage.ON, Stage.ON]
    assert await house.pair_of(ana) == await house.pair_of(ben) != pair


# Who goes, and who becomes one ------------------------------------------------------------------------------------------


async def test_after_an_erasure_no_row_of_the_two_is_left_but_marks(store, house, ana, ben):
    await paired(house, ana, ben)
    await house.erase(ana)
    assert {name for name, _ in await every_row(store)} <= {"pair_marks", "pair_traces"}


async def join(store, clock, keeper, other):
    await store.transact(lambda unit: Links(unit).join(keeper.person.id, other.person.id, clock.now()))


async def test_a_pair_goes_on_when_one_of_the_two_links_an_account(store, clock, house, ana, ben):
    await paired(house, ana, ben)
    tablet = await house.meet("tablet", "web")
    await join(store, clock, tablet, ana)
    await note(ben)
    await ben.tap("Send")
    await house.work_off()
    assert tablet.told() or ana.told()
    assert (await house.side(tablet)).stage is Stage.ON
    held = await store.transact(lambda unit: PersonalRows(unit).export(tablet.person.id))
    assert len(held["pair_sides"]) == 1


async def test_who_was_in_a_pair_is_known_by_marks_for_its_reports_also_after_linking_and_the_end(store, clock, house, ana, ben):
    await paired(house, ana, ben)
    pair, tablet, eve = await house.pair_of(ana), await house.meet("tablet", "web"), await house.meet("eve")
    await join(store, clock, tablet, ana)
    await ben.press(Press("pairs", "end", pair))
    some = [one.person.id for one in (tablet, ben, eve)]
    were_in = await store.transact(lambda unit: Pairs(unit).were_in(pair, some))
    assert were_in == {tablet.person.id, ben.person.id}
    assert await store.transact(lambda unit: Pairs(unit).were_in("0" * 32, some)) == frozenset()
    [row, *_] = await store.transact(lambda unit: unit.rows(select(pair_traces)))
    assert not {pair, *some} & set(row.values())


async def test_two_of_a_pair_who_become_one_person_are_no_pair(store, clock, house, ana, ben):
    await paired(house, ana, ben)
    await join(store, clock, ana, ben)
    assert "ended" in await ana.type()
    assert {name for name, _ in await every_row(store)} == {"pair_traces"}
    await house.pass_time(days=8)
    assert [*ana.told(), *ben.told()] == []


async def test_when_one_with_a_pair_becomes_one_with_another_in_a_pair_the_lost_ones_other_is_told(store, clock, house, ana, ben):
    cem, dora = await house.meet("cem"), await house.meet("dora", "web")
    await paired(house, ana, ben)
    await paired(house, cem, dora)
    await join(store, clock, ben, cem)
    await house.pass_time(days=2)
    assert (await house.side(ana)).stage is Stage.ON
    assert "over" in "".join(dora.told())
    assert await house.rows(dora) == {}


async def test_all_of_it_goes_by_itself_also_when_no_moment_came(store, clock, house, ana, ben):
    await paired(house, ana, ben)
    await note(ben)
    await ben.tap("Send")
    await store.transact(lambda unit: unit.run(metadata.tables["due"].delete()))
    clock.move(days=10)
    await prune(store, clock.now())
    assert {name for name, _ in await every_row(store)} == {"pair_traces"}
    clock.move(days=20)
    await prune(store, clock.now())
    assert await every_row(store) == []
