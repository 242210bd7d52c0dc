"""One person's acts in their order; nobody waits for another."""

import asyncio

import pytest

from bot.core.lanes import Lanes


async def test_two_quick_taps_are_handled_one_after_the_other():
    lanes, heard, first_may_end = Lanes(), [], asyncio.Event()

    async def first():
        await first_may_end.wait()
        heard.append("first")

    async def second():
        heard.append("second")

    taps = [asyncio.ensure_future(lanes.run("ana", first)), asyncio.ensure_future(lanes.run("ana", second))]
    await asyncio.sleep(0)
    first_may_end.set()
    await asyncio.gather(*taps)
    assert heard == ["first", "second"]


async def test_another_person_does_not_wait():
    lanes, never = Lanes(), asyncio.Event()
    slow = asyncio.ensure_future(lanes.run("ana", never.wait))
    await asyncio.sleep(0)

    async def quick():
        return "done"

    assert await lanes.run("ben", quick) == "done"
    slow.cancel()
    with pytest.raises(asyncio.CancelledError):
        await slow


async def test_a_failure_or_a_cancelled_act_does_not_block_the_lane():
    lanes, never = Lanes(), asyncio.Event()

    async def fails():
        raise ValueError("no")

    async def works():
        return 1

    with pytest.raises(ValueError, match="no"):
        await lanes.run("ana", fails)
    stuck = asyncio.ensure_future(lanes.run("ana", never.wait))
    await asyncio.sleep(0)
    waiting = asyncio.ensure_future(lanes.run("ana", works))
    await asyncio.sleep(0)
    stuck.cancel()
    assert await waiting == 1


async def test_who_gives_up_waiting_lets_nobody_overtake():
    lanes, heard, first_may_end = Lanes(), [], asyncio.Event()

    async def first():
        await first_may_end.wait()
        heard.append("first")

    async def note(name):
        heard.append(name)

    one = asyncio.ensure_future(lanes.run("ana", first))
    two = asyncio.ensure_future(lanes.run("ana", lambda: note("second")))
    three = asyncio.ensure_future(lanes.run("ana", lambda: note("third")))
    await asyncio.sleep(0)
    two.cancel()
    await asyncio.sleep(0)
    first_may_end.set()
    await asyncio.gather(one, three)
    assert heard == ["first", "third"]
