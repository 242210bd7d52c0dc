"""Which message a slot is, when an answer and a courier name one at the same time."""

from datetime import timedelta

from bot.core.ids import MessageRef
from tests.storage.people import meet, post, promise, to_person

MINUTE = timedelta(minutes=1)


async def test_an_edit_that_is_marked_late_does_not_bring_back_the_message_before(store, clock):
    alice = await meet(store, clock)
    queue = store.outbox_queue

    async def claim():
        [claimed] = await queue.claim("me", "telegram", clock.now(), clock.now() + MINUTE, 10)
        return claimed

    await queue.remember("s", alice.id, None, MessageRef("1"))
    await promise(store, post("a", to_person(alice), slot="s"))
    edit = await claim()
    await queue.remember("s", alice.id, None, MessageRef("2"))  # an answer, below the old message
    await queue.mark_sent(edit, MessageRef("1"), clock.now())
    await promise(store, post("b", to_person(alice), slot="s"))
    assert (await claim()).edit == "2"


async def test_a_message_that_outgrew_its_edit_is_the_last_of_its_parts(store, clock):
    alice = await meet(store, clock)
    queue = store.outbox_queue
    await queue.remember("s", alice.id, None, MessageRef("1"))
    for key, ref in (("a", "2"), ("b", "2")):
        await promise(store, post(key, to_person(alice), slot="s"))
        [claimed] = await queue.claim("me", "telegram", clock.now(), clock.now() + MINUTE, 10)
        await queue.mark_sent(claimed, MessageRef(ref), clock.now())
    assert claimed.edit == "2"
