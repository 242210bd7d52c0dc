"""Acts that were done, and open forms."""

from datetime import timedelta

from msgspec.structs import replace

from bot.core.ports import PendingForm
from bot.core.replies import Field, File, Form, Press, To
from tests.storage.people import BEN, meet, said


async def test_an_act_done_answers_the_same_again(store, clock):
    person = await meet(store, clock)
    reply = replace(said("well done"), file=File("a.zip", b"\0\xff", "application/zip"))
    await store.transact(lambda unit: unit.receipts.keep("update 1", person.id, reply, clock.now()))
    assert await store.transact(lambda unit: unit.receipts.of("update 1")) == reply
    assert await store.transact(lambda unit: unit.receipts.of("update 2")) is None


async def test_private_answers_that_never_left_are_found_after_a_crash(store, clock):
    person = await meet(store, clock)

    async def work(unit):
        await unit.receipts.keep("old", person.id, said("old"), clock.now() - timedelta(hours=3))
        await unit.receipts.keep("sent", person.id, said("sent"), clock.now())
        await unit.receipts.keep("room", person.id, replace(said("room"), to=To.ROOM), clock.now())
        await unit.receipts.keep("lost", person.id, said("lost"), clock.now())
        await unit.receipts.mark_sent("sent")

    await store.transact(work)
    since = clock.now() - timedelta(hours=1)
    assert not await store.transact(lambda unit: unit.receipts.unsent(since, clock.now() - timedelta(seconds=1)))
    assert await store.transact(lambda unit: unit.receipts.unsent(since, clock.now())) == [("lost", person.id, said("lost"))]


async def test_a_person_has_one_open_form(store, clock):
    person, other = await meet(store, clock), await meet(store, clock, BEN)
    form = Form(Press("meeting", "create"), "New", (Field("title", "Title"),))
    begun, further = PendingForm(form), PendingForm(form, {"title": "Tuesday"}, roles=frozenset({"owner"}))
    for pending in (begun, further):
        await store.transact(lambda unit, pending=pending: unit.forms.keep(person.id, pending))
    assert await store.transact(lambda unit: unit.forms.of(person.id)) == further
    assert await store.transact(lambda unit: unit.forms.of(other.id)) is None
    await store.transact(lambda unit: unit.forms.keep(person.id, None))
    assert await store.transact(lambda unit: unit.forms.of(person.id)) is None
