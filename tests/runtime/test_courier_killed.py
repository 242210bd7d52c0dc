"""A courier that dies or is stopped: what it began is known, and sent once."""

import asyncio
from datetime import timedelta

import pytest

from tests.runtime.fakes import row, settle
from tests.runtime.sending import Post


class TestCrash:
    """A process that is gone leaves its leases behind."""

    async def test_between_claim_and_send(self, post):
        post.queue.put(row("a"))
        now = post.clock.now()
        await post.queue.claim("dead", "telegram", now, now + timedelta(seconds=60), 10)
        async with post.running():
            await post.clock.go(59)
            assert not post.took
            await post.clock.go(2)
        assert post.queue.ends == [("a", "sent")]

    @pytest.mark.parametrize(
        ("platform", "twice", "end"), [("telegram", False, "unsure"), ("telegram", True, "sent"), ("discord", False, "sent")]
    )
    async def test_between_send_and_mark_the_rule_decides(self, stepped, platform, twice, end):
        post = Post(stepped, platform)
        post.queue.put(row("a", twice=twice), platform)
        now = post.clock.now()
        [claimed] = await post.queue.claim("dead", platform, now, now + timedelta(seconds=60), 10)
        await post.queue.begin(claimed)
        async with post.running():
            await post.clock.go(61)
        assert post.queue.ends == [("a", end)]
        assert {key for key, _ in post.took} <= {"a"}


class TestStop:
    async def test_what_is_being_sent_is_finished_and_the_rest_is_given_back(self, post):
        post.platform.seconds = 1
        for n in range(3):
            post.queue.put(row(f"a{n}"))
        task = asyncio.create_task(post.courier.run())
        await post.clock.go(0.5)
        task.cancel()
        await settle()
        assert not task.done()
        await post.clock.go(0.6)
        await asyncio.wait({task})
        assert post.queue.ends == [("a0", "sent")]
        assert not post.queue.leases
        assert not any(claimed.seen for claimed in post.queue.waiting.values())

    async def test_a_send_that_does_not_end_keeps_its_lease_so_that_the_next_process_knows(self, post, monkeypatch):
        monkeypatch.setattr("bot.runtime.desk.GOODBYE", 0.01)
        post.platform.seconds = 1e6
        post.queue.put(row("a", twice=False))
        async with post.running():
            pass
        assert list(post.queue.leases) == ["a"]
        post.platform.seconds = 0
        async with post.running(post.new("two")):
            await post.clock.go(61)
        assert post.queue.ends == [("a", "unsure")]
