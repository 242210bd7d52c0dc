"""Promised moments: the book and its queue."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.moments import Due

MINUTE = timedelta(minutes=1)


def due(key, at):
    return Due(key, "timer.flow", at, f"subject_{key}")


async def add(store, *dues):
    async def work(unit):
        for one in dues:
            await unit.due.add(one)

    await store.transact(work)


async def take(store, one):
    return await store.transact(lambda unit: unit.due.take(one))


async def test_what_has_come_is_claimed_earliest_first_and_the_rest_waits(store, clock):
    now = clock.now()
    later, earlier, future = due("a", now), due("b", now - MINUTE), due("c", now + MINUTE)
    await add(store, later, earlier, future)
    assert await store.due_queue.next_at() == now - MINUTE
    assert await store.due_queue.claim("me", now, now + MINUTE, 10) == [earlier, later]
    assert await store.due_queue.claim("me", now, now + MINUTE, 10) == []


async def test_the_limit_takes_the_earliest(store, clock):
    now = clock.now()
    await add(store, *(due(f"k{n}", now - n * MINUTE) for n in range(5)))
    assert [one.key for one in await store.due_queue.claim("me", now, now + MINUTE, 2)] == ["k4", "k3"]


async def test_a_lease_that_ran_out_is_free_again(store, clock):
    now = clock.now()
    await add(store, due("a", now))
    await store.due_queue.claim("dead", now, now + MINUTE, 10)
    assert await store.due_queue.next_at() == now + MINUTE
    assert len(await store.due_queue.claim("alive", now + MINUTE, now + 2 * MINUTE, 10)) == 1


async def test_a_clean_stop_gives_back(store, clock):
    now = clock.now()
    await add(store, due("a", now))
    await store.due_queue.claim("me", now, now + MINUTE, 10)
    await store.due_queue.release("someone else")
    assert await store.due_queue.claim("other", now, now + MINUTE, 10) == []
    await store.due_queue.release("me")
    assert len(await store.due_queue.claim("other", now, now + MINUTE, 10)) == 1


async def test_the_same_key_moves_a_moment(store, clock):
    now = clock.now()
    await add(store, due("a", now + MINUTE))
    await add(store, due("a", now + 2 * MINUTE))
    assert await store.due_queue.next_at() == now + 2 * MINUTE


async def test_a_moment_that_was_moved_while_claimed_is_not_kept_at_its_old_time(store, clock):
    now = clock.now()
    await add(store, due("a", now))
    [claimed] = await store.due_queue.claim("me", now, now + MINUTE, 10)
    await add(store, due("a", now + MINUTE))
    assert not await take(store, claimed)
    assert await store.due_queue.next_at() == now + MINUTE


async def test_a_kept_moment_is_gone_and_may_be_promised_anew_by_its_job(store, clock):
    now = clock.now()
    await add(store, due("a", now))
    [claimed] = await store.due_queue.claim("me", now, now + MINUTE, 10)

    async def job(unit):
        assert await unit.due.take(claimed)
        await unit.due.add(due("a", now + 7 * MINUTE))

    await store.transact(job)
    assert await store.due_queue.next_at() == now + 7 * MINUTE


async def test_a_dropped_moment_never_comes(store, clock):
    await add(store, due("a", clock.now()))
    await store.transact(lambda unit: unit.due.drop("a"))
    assert await store.due_queue.next_at() is None


async def test_two_owners_never_hold_the_same_moment(store, clock):
    now = clock.now()
    await add(store, *(due(f"k{n:03}", now) for n in range(120)))
    claims = await asyncio.gather(*(store.due_queue.claim(f"owner{n}", now, now + MINUTE, 20) for n in range(12)))
    keys = [one.key for claim in claims for one in claim]
    assert len(keys) == len(set(keys))
    while more := await store.due_queue.claim("last", now, now + MINUTE, 50):
        keys += [one.key for one in more]
    assert sorted(keys) == [f"k{n:03}" for n in range(120)]


async def test_a_job_may_promise_its_own_moment_anew(store, clock):
    now = clock.now()
    await add(store, due("a", now))
    [claimed] = await store.due_queue.claim("me", now, now + MINUTE, 10)

    async def job(unit):
        assert await unit.due.take(claimed)
        await unit.due.add(claimed)

    await store.transact(job)
    assert await store.due_queue.next_at() == now
    assert await store.due_queue.claim("me", now, now + MINUTE, 10) == [claimed]


async def test_a_job_that_fails_leaves_its_moment_claimed(store, clock):
    now = clock.now()
    await add(store, due("a", now))
    [claimed] = await store.due_queue.claim("me", now, now + MINUTE, 10)

    async def job(unit):
        assert await unit.due.take(claimed)
        raise RuntimeError("said")

    with pytest.raises(RuntimeError, match="said"):
        await store.transact(job)
    assert await store.due_queue.claim("me", now, now + MINUTE, 10) == []
    assert await take(store, claimed)


async def test_what_is_claimed_does_not_hide_what_is_free(store, clock):
    now = clock.now()
    await add(store, *(due(f"k{n}", now - MINUTE) for n in range(3)), due("z", now))
    assert len(await store.due_queue.claim("me", now, now + MINUTE, 3)) == 3
    assert await store.due_queue.next_at() == now
    assert [one.key for one in await store.due_queue.claim("other", now, now + MINUTE, 1)] == ["z"]


async def test_a_moment_is_free_again_when_its_claim_reached_nobody(store, clock):
    now = clock.now()
    await add(store, due("a", now))
    claiming = asyncio.create_task(store.due_queue.claim("me", now, now + MINUTE, 10))
    claiming.cancel()
    await asyncio.gather(claiming, return_exceptions=True)
    assert len(await store.due_queue.claim("other", now + MINUTE, now + 2 * MINUTE, 10)) == 1
