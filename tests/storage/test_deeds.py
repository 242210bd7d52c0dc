"""Deeds in the outbox, what is promised at a message's end, and the second door."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.core.calls import Account
from bot.core.deeds import Door, Stand, Standing
from bot.core.ids import MessageRef
from bot.core.moments import Due
from bot.core.posts import Lane, Post
from storage.privacy import prune
from storage.tables.due import due
from storage.tables.people import accounts
from tests.storage.people import ALICE, a_room, meet, post, promise, to_person, to_room

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def alice(store, clock):
    return await meet(store, clock)


@pytest.fixture
def claim(store, clock):
    async def of(platform="telegram"):
        return await store.outbox_queue.claim("me", platform, clock.now(), clock.now() + MINUTE, 10)

    return of


@pytest.fixture
def promised(store):
    async def keys():
        return [row["key"] for row in await store.transact(lambda unit: unit.rows(select(due.c.key).order_by(due.c.key)))]

    return keys


def stand(room, person, standing, **more):
    return Post(f"{standing}", Lane.ROOM, to_room(room), deed=Stand(standing), about=person.id, slot="stand_1", **more)


def moment(key, clock):
    return Due(key, "room.tidy", clock.now(), "x")


async def test_a_deed_comes_with_the_account_it_concerns(store, alice, claim):
    room = await a_room(store)
    await promise(store, stand(room, alice, Standing.MUTED))
    [claimed] = await claim()
    assert (claimed.post.deed, claimed.about, claimed.room) == (Stand(Standing.MUTED), ALICE, room)


async def test_on_a_platform_where_the_person_has_no_account_it_concerns_nobody(store, alice, claim):
    room = await a_room(store, platform="discord")
    await promise(store, stand(room, alice, Standing.MUTED))
    [claimed] = await claim("discord")
    assert claimed.about is None


async def test_a_newer_deed_of_the_slot_takes_the_waiting_ones_place(store, alice, claim):
    room = await a_room(store)
    await promise(store, stand(room, alice, Standing.MUTED), stand(room, alice, Standing.FREE))
    assert [one.post.deed for one in await claim()] == [Stand(Standing.FREE)]


async def test_what_the_platform_returned_is_given_to_the_slots_next_deed(store, clock, alice, claim):
    room = await a_room(store)
    await promise(store, stand(room, alice, Standing.MUTED))
    [muted] = await claim()
    await store.outbox_queue.mark_sent(muted, MessageRef("before:7"), clock.now())
    await promise(store, stand(room, alice, Standing.FREE))
    [freed] = await claim()
    assert freed.edit == "before:7"


async def test_a_sent_message_promises_what_hangs_on_it(store, clock, alice, claim, promised):
    await promise(store, post("k", to_person(alice), done=moment("done", clock), failed=moment("failed", clock)))
    [claimed] = await claim()
    await store.outbox_queue.mark_sent(claimed, MessageRef("1"), clock.now())
    assert await promised() == ["done"]


async def test_a_message_given_up_promises_the_other_once(store, clock, alice, claim, promised):
    await promise(store, post("k", to_person(alice), done=moment("done", clock), failed=moment("failed", clock)))
    [claimed] = await claim()
    await store.outbox_queue.drop(claimed, "refused")
    await store.outbox_queue.drop(claimed, "refused")
    await store.outbox_queue.mark_sent(claimed, MessageRef("1"), clock.now())
    assert await promised() == ["failed"]


async def test_one_whose_place_was_taken_promises_nothing(store, clock, alice, claim, promised):
    room = await a_room(store)
    await promise(store, stand(room, alice, Standing.MUTED, failed=moment("failed", clock)), stand(room, alice, Standing.FREE))
    await claim()
    assert await promised() == []


async def test_a_closed_door_turns_the_message_to_the_persons_other_one(store, clock, alice, claim, promised):
    async def second(unit):
        there = await unit.people.make(Account("discord", "9"), clock.now(), None)
        await unit.run(accounts.update().where(accounts.c.person == there.id).values(person=alice.id, user=b""))
        row = await unit.row(select(accounts).where(accounts.c.platform == "discord"))
        sealed = await unit.seal(alice.id, "accounts", "user", row["id"], "9")
        await unit.run(accounts.update().where(accounts.c.id == row["id"]).values(user=sealed))

    clock.move(seconds=1)  # the first account is the older one
    await store.transact(second)
    await promise(store, post("k", to_person(alice), failed=moment("failed", clock)))
    [claimed] = await claim()
    await store.outbox_queue.drop(claimed, "door_closed")
    [turned] = await claim("discord")
    assert turned.account == Account("discord", "9")
    assert await promised() == []
    await store.outbox_queue.drop(turned, "door_closed")
    assert await promised() == ["failed"]
    assert await claim() == await claim("discord") == []


async def test_a_rooms_state_is_a_deed_about_nobody(store, claim):
    room = await a_room(store)
    await promise(store, Post("d", Lane.ROOM, to_room(room), deed=Door(locked=True), slot="door_1"))
    [claimed] = await claim()
    assert (claimed.post.deed, claimed.about) == (Door(locked=True), None)


async def test_what_nobody_could_send_for_a_week_is_given_up(store, clock, alice, claim):
    await promise(store, post("k", to_person(alice)))
    await prune(store, clock.now() + timedelta(days=6))
    assert len(await claim()) == 1
    clock.move(days=7)
    await prune(store, clock.now())
    assert await claim() == []
