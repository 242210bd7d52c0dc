"""What is under way is waited for, but not for ever."""

import asyncio

from bot.core.under_way import UnderWay


async def test_an_end_waits_for_all_that_was_begun():
    under_way, go_on, done = UnderWay(), asyncio.Event(), []

    async def work(name):
        with under_way:
            await go_on.wait()
            done.append(name)

    tasks = [asyncio.create_task(work(name)) for name in "ab"]
    await asyncio.sleep(0)
    ending = asyncio.create_task(under_way.ended(5))
    await asyncio.sleep(0)
    assert not ending.done()
    go_on.set()
    await ending
    assert sorted(done) == ["a", "b"]
    await asyncio.gather(*tasks)


async def test_an_end_does_not_wait_longer_than_it_may_nor_where_nothing_is_left():
    under_way = UnderWay()
    await under_way.ended(5)
    with under_way:
        await under_way.ended(0.01)
