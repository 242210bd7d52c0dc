"""What is held of a person: shown, taken along, erased, pruned."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.core.ids import MessageRef
from bot.core.moments import Due
from bot.core.ports import Held, PendingForm
from bot.core.replies import Form, Press
from storage.keys import NoKey
from storage.privacy import PersonalRows, prune
from storage.tables import metadata
from storage.tables.people import lost_keys, tombstones
from tests.storage.people import ALICE, BEN, meet, post, promise, said, to_person

DAY = timedelta(days=1)


async def a_full_life(store, clock, account=ALICE):
    """Make a person with a row in every table that the core has."""
    person = await meet(store, clock, account)
    await promise(store, post(f"sent{person.id}", to_person(person), "words sent", slot=f"flow_{person.id}"))
    claims = await store.outbox_queue.claim("me", account.platform, clock.now(), clock.now(), 9)
    [claimed] = [one for one in claims if one.post.key.startswith("sent")]
    await store.outbox_queue.mark_sent(claimed, MessageRef("1"), clock.now())

    async def work(unit):
        await unit.outbox.add(post(f"waits{person.id}", to_person(person), "words waiting"))
        await unit.receipts.keep(f"r{person.id}", person.id, said("words answered"), clock.now())
        await unit.forms.keep(person.id, PendingForm(Form(Press("a", "b"), "t", ()), {"x": "words begun"}))
        await unit.due.add(Due(f"d{person.id}", "timer.flow", clock.now() + DAY, "s"), person.id)

    await store.transact(work)
    return person


async def rows_of(store, person):
    async def count(unit):
        tables = [table for table in metadata.sorted_tables if "person" in table.c]
        counts = [
            await unit.row(select(func.count().label("rows")).select_from(table).where(table.c.person == person.id))
            for table in tables
        ]
        return sum(row["rows"] for row in counts)

    return await store.transact(count)


async def test_privacy_lists_exactly_what_is_held(store, clock):
    person = await a_full_life(store, clock)
    now = clock.now()
    assert await store.transact(lambda unit: PersonalRows(unit).held(person.id, now)) == [
        Held("accounts", 1, now, None),
        Held("due", 1, now + DAY, None),
        Held("forms", 1, now, now + 14 * DAY),
        Held("outbox", 2, now, now + 2 * DAY),
        Held("people", 1, now, None),
        Held("receipts", 1, now, now + 2 * DAY),
        Held("slots", 1, now, now + 30 * DAY),
    ]
    held = await store.transact(lambda unit: PersonalRows(unit).held(person.id, now))
    assert sum(one.rows for one in held) == await rows_of(store, person)


async def test_an_export_has_every_row_opened_and_nobody_elses(store, clock):
    person = await a_full_life(store, clock)
    await a_full_life(store, clock, BEN)
    exported = await store.transact(lambda unit: PersonalRows(unit).export(person.id))
    assert sum(len(rows) for rows in exported.values()) == await rows_of(store, person)
    assert exported["accounts"][0]["user"] == ALICE.user
    for kind, words in {"outbox": "words waiting", "receipts": "words answered", "forms": "words begun"}.items():
        assert words in str(exported[kind])
    assert BEN.user not in str(exported)


async def test_erasing_leaves_nothing_of_one_and_everything_of_another(store, clock):
    person, other = await a_full_life(store, clock), await a_full_life(store, clock, BEN)
    before = await rows_of(store, other)
    await store.transact(lambda unit: PersonalRows(unit).erase(person.id, clock.now()))
    assert await rows_of(store, person) == 0
    assert await rows_of(store, other) == before
    assert await store.transact(lambda unit: unit.people.find(ALICE)) is None
    assert await store.outbox_queue.claim("me", "telegram", clock.now(), clock.now() + DAY, 10) != []
    with pytest.raises(NoKey):
        await store.house.keys.newest(person.id)


async def test_an_erased_account_leaves_a_mark_that_only_the_key_can_make(store, clock):
    person = await a_full_life(store, clock)
    await store.transact(lambda unit: PersonalRows(unit).erase(person.id, clock.now()))
    [row] = await store.transact(lambda unit: unit.rows(select(tombstones)))
    assert row["mark"] == store.house.keys.account_mark(ALICE.platform, ALICE.user)


async def test_the_answer_to_an_erasure_is_not_kept(store, clock):
    person = await a_full_life(store, clock)

    async def work(unit):
        await PersonalRows(unit).erase(person.id, clock.now())
        await unit.receipts.keep("r", person.id, said("all is gone"), clock.now())
        await unit.outbox.add(post("k", to_person(person)))

    await store.transact(work)
    assert await rows_of(store, person) == 0


async def test_an_erasure_that_is_undone_erases_nothing(store, clock):
    person = await a_full_life(store, clock)
    before = await rows_of(store, person)

    async def work(unit):
        await PersonalRows(unit).erase(person.id, clock.now())
        raise LookupError

    with pytest.raises(LookupError):
        await store.transact(work)
    assert await rows_of(store, person) == before
    assert await store.transact(lambda unit: unit.people.accounts(person.id)) == [ALICE]


async def test_who_was_erased_may_come_back_as_somebody_new(store, clock):
    person = await a_full_life(store, clock)
    await store.transact(lambda unit: PersonalRows(unit).erase(person.id, clock.now()))
    again = await meet(store, clock)
    assert again.id != person.id
    assert again.consented_at is None


async def test_a_key_that_a_killed_erasure_left_is_deleted_later(store, clock):
    person = await meet(store, clock)
    await store.transact(lambda unit: unit.run(unit.insert(lost_keys).values(owner=person.id)))
    await prune(store, clock.now())
    with pytest.raises(NoKey):
        await store.house.keys.newest(person.id)
    assert await store.transact(lambda unit: unit.rows(select(lost_keys))) == []


@pytest.mark.parametrize("asleep", [timedelta(0), timedelta(days=7)])
async def test_rows_go_on_their_day_also_after_a_long_sleep(store, clock, asleep):
    person = await a_full_life(store, clock)
    begun = clock.now()

    async def kinds_after(span):
        await prune(store, begun + span)
        return {held.kind for held in await store.transact(lambda unit: PersonalRows(unit).held(person.id, begun))}

    everything = {"accounts", "due", "forms", "outbox", "people", "receipts", "slots"}
    assert await kinds_after(2 * DAY - timedelta(seconds=1)) == everything
    waits = set() if asleep else {"outbox"}  # the sent row went; one that nobody could send for a week goes too
    assert await kinds_after(2 * DAY + asleep) == everything - {"receipts", "outbox"} | waits
    assert await kinds_after(14 * DAY + asleep) == everything - {"receipts", "outbox", "forms"}
    assert await kinds_after(30 * DAY + asleep) == everything - {"receipts", "outbox", "forms", "slots"}


async def test_what_goes_by_itself_goes_a_few_rows_at_a_time(store, clock, monkeypatch):
    """One long statement would hold up every answer for as long as it takes."""
    monkeypatch.setattr("storage.privacy.AT_ONCE", 3)
    alice = await meet(store, clock)

    async def fill(unit):
        for n in range(10):
            await unit.receipts.keep(f"{n}", alice.id, said("done"), clock.now())

    await store.transact(fill)
    went = []

    class Watched:
        async def transact(self, work):
            went.append(await store.transact(work))
            return went[-1]

    assert await prune(Watched(), clock.now() + 2 * DAY) == 10
    assert max(one for one in went if one is not None) == 3
