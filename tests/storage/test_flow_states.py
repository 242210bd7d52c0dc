"""Flows under way and tools that were kept, on both databases."""

from datetime import timedelta

import pytest

from bot.core.calls import Account
from bot.core.flow_state import Running, State
from bot.core.ids import FlowId, new_id
from handlers.flows.records import ToolEntry, UnderWay
from storage.entries import Entries
from storage.flow_states import FlowStates
from storage.privacy import PersonalRows, prune


@pytest.fixture
async def person(store, clock):
    return await store.transact(lambda unit: unit.people.make(Account("web", "alice"), clock.now(), None))


def under_way(person, clock, flow: str = "urge", subject: str = "") -> UnderWay:
    state = State(flow, "v1", "surf/ride", ("strength",), {"before": 7, "x": ["a"], "y": "words"}, Running(60, 0, clock.now()), 4)
    return UnderWay(FlowId(new_id()), person.id, subject, "de", clock.now(), state)


async def test_what_is_kept_comes_back_whole(store, clock, person):
    flow = under_way(person, clock, subject="evening")
    await store.transact(lambda unit: FlowStates(unit).keep(flow))
    assert await store.transact(lambda unit: FlowStates(unit).get(flow.id)) == flow
    assert await store.transact(lambda unit: FlowStates(unit).find(person.id, "urge", "evening")) == flow
    assert await store.transact(lambda unit: FlowStates(unit).find(person.id, "urge", "")) is None
    assert await store.transact(lambda unit: FlowStates(unit).get(FlowId("0" * 32))) is None


async def test_the_last_touched_stands_first_and_a_dropped_one_not_at_all(store, clock, person):
    flows = [under_way(person, clock, flow) for flow in ("urge", "surf", "dents")]
    for flow in flows:
        clock.move(seconds=1)
        kept = UnderWay(flow.id, flow.person, flow.subject, flow.language, clock.now(), flow.state)
        await store.transact(lambda unit, kept=kept: FlowStates(unit).keep(kept))
    await store.transact(lambda unit: FlowStates(unit).drop(flows[1].id))
    found = await store.transact(lambda unit: FlowStates(unit).of_person(person.id))
    assert [flow.state.flow for flow in found] == ["dents", "urge"]


async def test_those_that_were_not_touched_for_long_can_be_left_out(store, clock, person):
    old = under_way(person, clock, "urge")
    clock.move(hours=1)
    new = under_way(person, clock, "surf")
    for flow in (old, new):
        await store.transact(lambda unit, flow=flow: FlowStates(unit).keep(flow))
    found = await store.transact(lambda unit: FlowStates(unit).of_person(person.id, new.at))
    assert [flow.id for flow in found] == [new.id]


async def test_entries_come_back_oldest_first_and_go_after_ninety_days(store, clock, person):
    for rating in (7, 3):
        entry = ToolEntry(new_id(), person.id, clock.now(), "urge", {"after": rating, "triggers": ["people"]})
        await store.transact(lambda unit, entry=entry: Entries(unit).add(entry))
        clock.move(days=1)
    since = clock.now() - timedelta(days=90)
    found = await store.transact(lambda unit: Entries(unit).of_person(person.id, since))
    assert [entry.answers["after"] for entry in found] == [7, 3]
    clock.move(days=88, hours=1)
    await prune(store, clock.now())
    found = await store.transact(lambda unit: Entries(unit).of_person(person.id, since))
    assert [entry.answers["after"] for entry in found] == [3]


async def test_an_unfinished_flow_goes_thirty_days_after_it_was_touched(store, clock, person):
    flow = under_way(person, clock)
    await store.transact(lambda unit: FlowStates(unit).keep(flow))
    clock.move(days=29)
    await prune(store, clock.now())
    assert await store.transact(lambda unit: FlowStates(unit).get(flow.id)) == flow
    clock.move(days=1, hours=1)
    await prune(store, clock.now())
    assert await store.transact(lambda unit: FlowStates(unit).get(flow.id)) is None


async def test_both_are_in_the_persons_own_export(store, clock, person):
    await store.transact(lambda unit: FlowStates(unit).keep(under_way(person, clock)))
    await store.transact(lambda unit: Entries(unit).add(ToolEntry(new_id(), person.id, clock.now(), "surf", {"after": 2})))
    exported = str(await store.transact(lambda unit: PersonalRows(unit).export(person.id)))
    assert "'tool': 'surf'" in exported
    assert "surf/ride" in exported
