"""Which message a slot is, when an answer and a courier name one at the same time."""

from datetime import timedelta

from bot.core.ids import MessageRef
from bot.core.posts import Lane
from tests.storage.people import meet, post, promise, to_person, words_of

MINUTE = timedelta(minutes=1)


async def test_an_edit_that_is_marked_late_does_not_bring_back_the_message_before(store, clock):
    alice = await meet(store, clock)
    queue = store.outbox_queue

    async def claim():
        [claimed] = await queue.claim("me", "telegram", clock.now(), clock.now() + MINUTE, 10)
        return claimed

    await queue.remember("s", alice.id, None, MessageRef("1"), clock.now())
    await promise(store, post("a", to_person(alice), slot="s"))
    edit = await claim()
    await queue.remember("s", alice.id, None, MessageRef("2"), clock.now())  # an answer, below the old message
    await queue.mark_sent(edit, MessageRef("1"), clock.now())
    await promise(store, post("b", to_person(alice), slot="s"))
    assert (await claim()).edit == "2"


async def test_a_message_that_outgrew_its_edit_is_the_last_of_its_parts(store, clock):
    alice = await meet(store, clock)
    queue = store.outbox_queue
    await queue.remember("s", alice.id, None, MessageRef("1"), clock.now())
    for key, ref in (("a", "2"), ("b", "2")):
        await promise(store, post(key, to_person(alice), slot="s"))
        [claimed] = await queue.claim("me", "telegram", clock.now(), clock.now() + MINUTE, 10)
        await queue.mark_sent(claimed, MessageRef(ref), clock.now())
    assert claimed.edit == "2"


async def test_an_answer_that_arrived_makes_earlier_ones_that_still_wait_stale(store, clock):
    """The earlier one could not be sent and went to the courier; sent now, it would bring back the screen before."""
    alice = await meet(store, clock)
    queue = store.outbox_queue
    timer = post("timer", to_person(alice), "timer", slot="other", lane=Lane.PRIVATE)
    await promise(store, post("earlier", to_person(alice), "earlier", slot="s", lane=Lane.ANSWER), timer)
    clock.move(seconds=1)
    arrived = clock.now()
    clock.move(seconds=1)
    [held, _] = await queue.claim("me", "telegram", clock.now(), clock.now() + MINUTE, 10)
    await promise(store, post("later", to_person(alice), "later", slot="s", lane=Lane.ANSWER))
    await queue.remember("s", alice.id, None, MessageRef("2"), arrived)
    assert not await queue.holds("me", held)
    assert words_of(await queue.claim("me", "telegram", clock.now(), clock.now() + MINUTE, 10)) == ["later"]


async def test_an_answer_that_arrived_leaves_what_a_timer_promised(store, clock):
    alice = await meet(store, clock)
    await promise(store, post("timer", to_person(alice), "timer", slot="s", lane=Lane.PRIVATE))
    await store.outbox_queue.remember("s", alice.id, None, MessageRef("2"), clock.now())
    claimed = await store.outbox_queue.claim("me", "telegram", clock.now(), clock.now() + MINUTE, 10)
    assert [(words_of([one]), one.edit) for one in claimed] == [(["timer"], "2")]
