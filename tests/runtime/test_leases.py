"""A row is sent only by who holds it, and while they hold it."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.errors import PlatformBusy
from tests.runtime.fakes import row, settle
from tests.runtime.sending import Post

WAIT = PlatformBusy(timedelta(seconds=90))


@pytest.fixture
def post(stepped) -> Post:
    return Post(stepped)


async def test_a_platform_that_is_shut_for_longer_than_a_lease_loses_and_doubles_nothing(post):
    """The rows wait in the table, not in the hand: a lease that ran out would read as a send that nobody marked."""
    post.platform.says = [WAIT, WAIT]
    post.queue.put(row("a", user="alice"))
    post.queue.put(row("b", user="bob"))
    async with post.running():
        await post.clock.go(1)
        post.queue.put(row("c", user="carol", twice=False))
        post.courier.wake()
        await post.clock.go(1)
        assert "c" not in post.queue.leases
        await post.clock.go(200)
    assert sorted(post.queue.ends) == [("a", "sent"), ("b", "sent"), ("c", "sent")]
    assert sorted(key for key, _ in post.took) == ["a", "a", "b", "b", "c"]


async def test_who_slept_through_a_lease_does_not_take_the_row_from_its_next_holder(post):
    """A machine that was suspended: another process has claimed the row meanwhile."""
    post.platform.seconds = 1
    post.queue.put(row("first"))
    post.queue.put(row("second"))
    async with post.running():
        await post.clock.go(0.5)  # the first is under way, the second waits behind it in its chat
        post.clock.at += timedelta(seconds=61)
        now = post.clock.now()
        taken = await post.queue.claim("other", "telegram", now, now + timedelta(seconds=60), 10)
        assert {claimed.id for claimed in taken} == {"first", "second"}
        await post.clock.go(10)
        assert post.queue.leases["second"][0] == "other"
    assert [key for key, _ in post.took] == ["first"]


async def test_what_was_withdrawn_while_it_waited_for_its_place_is_not_sent(post):
    """The screen it would have edited is another by now."""
    for n in range(4):  # a chat takes three in three seconds
        post.queue.put(row(f"{n}"))
    async with post.running():
        await post.clock.go(1)
        assert post.queue.leases["3"][0] == "one"
        del post.queue.waiting["3"]
        await post.clock.go(10)
    assert [key for key, _ in post.took] == ["0", "1", "2"]


async def test_waiting_for_a_place_is_no_try(post):
    post.queue.put(row("a", user="alice"))
    post.queue.put(row("b", user="alice"))
    post.platform.says = [WAIT]
    async with post.running():
        await post.clock.go(5)
        assert {key: claimed.tries for key, claimed in post.queue.waiting.items()} == {"a": 1, "b": 0}


async def test_a_send_that_does_not_end_keeps_its_own_lease_and_no_other(post, monkeypatch):
    """What was only claimed was surely not sent: the next process may send it, once."""
    monkeypatch.setattr("bot.runtime.desk.GOODBYE", 0.01)
    post.platform.seconds = 1e6
    post.queue.put(row("hangs", twice=False))
    post.queue.put(row("behind", twice=False))
    async with post.running():
        pass
    assert list(post.queue.leases) == ["hangs"]
    post.platform.seconds = 0
    async with post.running(post.new("two")):
        await post.clock.go(1)
        assert post.queue.ends == [("behind", "sent")]


async def test_a_send_that_could_not_be_marked_keeps_its_own_lease_and_no_other(post):
    post.platform.seconds = 1
    post.queue.put(row("sent", twice=False))
    post.queue.put(row("behind", twice=False))
    task = asyncio.create_task(post.courier.run())
    await post.clock.go(0.5)
    post.queue.away = True
    task.cancel()
    await settle()
    await post.clock.go(1)
    post.queue.away = False
    await asyncio.wait({task})
    assert list(post.queue.leases) == ["sent"]
