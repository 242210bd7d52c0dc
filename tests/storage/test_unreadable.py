"""What another version of the program sealed in another shape holds up nothing else."""

from datetime import timedelta

from sqlalchemy import select, update

from bot.core.ports import PendingForm
from bot.core.replies import Field, Form, Press
from storage.tables.outbox import outbox
from storage.tables.receipts import forms, receipts
from tests.storage.people import meet, post, promise, said, to_person, words_of


async def reshape(store, person, table, row_id, which):
    """Seal a body anew that has none of the fields that this version wants."""

    async def work(unit):
        body = await unit.seal(person.id, table.name, "body", row_id, {"of": "another version"})
        assert await unit.run(update(table).where(which).values(body=body)) == 1

    await store.transact(work)


async def only(store, query):
    [row] = await store.transact(lambda unit: unit.rows(query))
    return row


async def test_a_message_is_given_up_and_the_others_leave(store, clock):
    alice = await meet(store, clock)
    await promise(store, post("odd", to_person(alice), "odd"))
    row = await only(store, select(outbox))
    await reshape(store, alice, outbox, row["id"], outbox.c.id == row["id"])
    await promise(store, post("good", to_person(alice), "good"))
    now = clock.now()
    claimed = await store.outbox_queue.claim("me", "telegram", now, now + timedelta(minutes=1), 10)
    assert words_of(claimed) == ["good"]
    row = await only(store, select(outbox).where(outbox.c.id == row["id"]))
    assert (row["state"], row["why"]) == ("dropped", "unreadable")


async def test_an_answer_that_never_left_does_not_keep_the_house_from_starting(store, clock):
    alice = await meet(store, clock)
    await store.transact(lambda unit: unit.receipts.keep("odd", alice.id, said("odd"), clock.now()))
    row = await only(store, select(receipts))
    await reshape(store, alice, receipts, row["id"], receipts.c.id == row["id"])
    await store.transact(lambda unit: unit.receipts.keep("good", alice.id, said("good"), clock.now()))
    since = clock.now() - timedelta(minutes=1)
    assert await store.transact(lambda unit: unit.receipts.unsent(since, clock.now())) == [("good", alice.id, said("good"))]


async def test_an_open_form_is_no_more(store, clock):
    alice = await meet(store, clock)
    form = Form(Press("meeting", "create"), "New", (Field("title", "Title"),))
    await store.transact(lambda unit: unit.forms.keep(alice.id, PendingForm(form)))
    await reshape(store, alice, forms, alice.id, forms.c.person == alice.id)
    assert await store.transact(lambda unit: unit.forms.of(alice.id)) is None
