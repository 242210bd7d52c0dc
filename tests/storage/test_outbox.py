"""Promised messages: order, leases, slots."""

import asyncio
from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.core.calls import Account
from bot.core.ids import MessageRef, PersonId, RoomId
from bot.core.posts import Lane, ToPerson, ToRoom
from storage.tables.outbox import outbox
from tests.storage.people import ALICE, BEN, a_room, meet, post, promise, to_person, to_room, words_of

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def alice(store, clock):
    return await meet(store, clock)


@pytest.fixture
def claim(store, clock):
    async def of(owner="me", platform="telegram", at=None, limit=10):
        now = at or clock.now()
        return await store.outbox_queue.claim(owner, platform, now, now + MINUTE, limit)

    return of


async def test_a_message_comes_back_whole_with_where_it_goes(store, clock, alice, claim):
    await store.transact(lambda unit: unit.people.save(replace(alice, language="de")))
    promised = post("k", to_person(alice), "Grüße", too_late_at=clock.now() + MINUTE, twice=False)
    await promise(store, promised)
    [claimed] = await claim()
    assert claimed.post == promised
    assert (claimed.account, claimed.room, claimed.language) == (ALICE, None, "de")
    assert (claimed.tries, claimed.seen, claimed.edit) == (0, False, None)


async def test_a_rooms_message_is_in_its_communitys_language(store, claim):
    room = await a_room(store)
    await promise(store, post("k", to_room(room)))
    [claimed] = await claim()
    assert (claimed.room, claimed.account, claimed.language) == (room, None, "en")


async def test_the_language_of_a_person_without_one_is_their_communitys(store, clock, claim):
    room = await a_room(store)
    ben = await meet(store, clock, BEN, room.community)
    await promise(store, post("k", to_person(ben)))
    assert [one.language for one in await claim()] == ["en"]


async def test_each_platform_has_its_own_queue(store, clock, alice, claim):
    far = await meet(store, clock, Account("discord", "9"))
    await promise(store, post("a", to_person(alice), "telegram"), post("b", to_person(far), "discord"))
    assert words_of(await claim(platform="discord")) == ["discord"]
    assert words_of(await claim(platform="telegram")) == ["telegram"]


async def test_the_same_key_is_promised_once_also_after_it_was_sent(store, clock, alice, claim):
    await promise(store, post("k", to_person(alice), "one"), post("k", to_person(alice), "two"))
    [claimed] = await claim()
    await store.outbox_queue.mark_sent(claimed, MessageRef("1"), clock.now())
    await promise(store, post("k", to_person(alice), "three"))
    assert words_of([claimed]) == ["one"]
    assert await claim() == []


async def test_rows_leave_by_lane_then_by_age(store, alice, claim):
    posts = [("news", Lane.NEWS), ("private1", Lane.PRIVATE), ("answer", Lane.ANSWER), ("private2", Lane.PRIVATE)]
    await promise(store, *(post(words, to_person(alice), words, lane=lane) for words, lane in posts))
    assert words_of(await claim(limit=3)) == ["answer", "private1", "private2"]
    assert words_of(await claim()) == ["news"]


async def test_a_row_waits_for_its_time(store, clock, alice, claim):
    await promise(store, post("k", to_person(alice), not_before=clock.now() + MINUTE))
    assert await claim() == []
    assert await store.outbox_queue.next_at("telegram") == clock.now() + MINUTE
    assert await store.outbox_queue.next_at("discord") is None
    assert len(await claim(at=clock.now() + MINUTE)) == 1


async def test_a_claim_that_ended_without_a_mark_is_seen(store, clock, alice, claim):
    await promise(store, post("k", to_person(alice)))
    [first] = await claim("dead")
    assert await claim("alive") == []
    assert await store.outbox_queue.next_at("telegram") == clock.now() + MINUTE
    [again] = await claim("alive", at=clock.now() + MINUTE)
    assert (first.seen, again.seen) == (False, True)


async def test_what_was_handed_over_and_not_marked_is_known_in_the_next_claim(store, clock, alice, claim):
    await promise(store, post("k", to_person(alice), twice=False))
    [first] = await claim()
    await store.outbox_queue.begin(first)
    clock.move(minutes=2)
    [again] = await claim("other")
    assert (first.begun, again.begun) == (False, True)
    await store.outbox_queue.put_back(again, clock.now(), tried=True)  # it is known not to have arrived
    assert [one.begun for one in await claim()] == [False]


async def test_a_clean_stop_gives_back_unseen(store, alice, claim):
    await promise(store, post("a", to_person(alice), "kept"), post("b", to_person(alice), "unsure"))
    _, unsure = await claim("stopping")
    await store.outbox_queue.release("stopping", {unsure.id})
    assert [(words_of([one]), one.seen) for one in await claim("other")] == [(["kept"], False)]


async def test_put_back_counts_a_try_and_waits(store, clock, alice, claim):
    await promise(store, post("k", to_person(alice)))
    [claimed] = await claim()
    await store.outbox_queue.put_back(claimed, clock.now() + MINUTE, tried=True)
    assert await claim() == []
    [again] = await claim(at=clock.now() + MINUTE)
    assert (again.tries, again.seen) == (1, False)


async def test_a_dropped_row_is_gone_and_its_words_with_it(store, alice, claim):
    await promise(store, post("k", to_person(alice)))
    [claimed] = await claim()
    await store.outbox_queue.drop(claimed, "late")
    assert await claim() == []
    [row] = await store.transact(lambda unit: unit.rows(select(outbox)))
    assert (row["state"], row["why"], row["body"]) == ("dropped", "late", None)


async def test_a_waiting_older_post_of_a_slot_is_replaced(store, alice, claim):
    await promise(store, post("a", to_person(alice), "old", slot="card_1"), post("b", to_person(alice), "new", slot="card_1"))
    assert words_of(await claim()) == ["new"]


async def test_a_sent_message_of_a_slot_is_edited(store, clock, alice, claim):
    await promise(store, post("a", to_person(alice), "old", slot="card_1"))
    [first] = await claim()
    await store.outbox_queue.mark_sent(first, MessageRef("77"), clock.now())
    await promise(store, post("b", to_person(alice), "new", slot="card_1"))
    [second] = await claim()
    assert (first.edit, second.edit) == (None, "77")
    await store.outbox_queue.forget_message(second)
    [again] = await claim(at=clock.now() + MINUTE)
    assert again.edit is None


async def test_an_answer_can_become_a_slots_message(store, clock, alice, claim):
    room = await a_room(store)
    await store.outbox_queue.remember("flow_1", alice.id, None, MessageRef("5"), clock.now())
    await store.outbox_queue.remember("card_1", None, room.id, MessageRef("6"), clock.now())
    await promise(store, post("a", to_person(alice), slot="flow_1"), post("b", to_room(room), slot="card_1"))
    assert [one.edit for one in await claim()] == ["5", "6"]


async def test_a_newer_post_waits_while_an_older_of_its_slot_is_with_a_courier(store, clock, alice, claim):
    await promise(store, post("a", to_person(alice), "old", slot="s"))
    [older] = await claim()
    await promise(store, post("b", to_person(alice), "new", slot="s"))
    assert await claim() == []
    assert await store.outbox_queue.next_at("telegram") == clock.now() + MINUTE  # the lease's end: no busy waiting
    await store.outbox_queue.mark_sent(older, MessageRef("1"), clock.now())
    assert [(words_of([one]), one.edit) for one in await claim()] == [(["new"], "1")]


@pytest.mark.parametrize("end", ["put_back", "crash"])
async def test_an_older_post_never_follows_a_newer_one(store, clock, alice, claim, end):
    await store.outbox_queue.remember("s", alice.id, None, MessageRef("1"), clock.now())
    await promise(store, post("a", to_person(alice), "old", slot="s"))
    [older] = await claim()
    await promise(store, post("b", to_person(alice), "new", slot="s"))
    if end == "put_back":
        await store.outbox_queue.put_back(older, clock.now(), tried=True)
    later = clock.now() + MINUTE
    [newer] = await claim(at=later)
    assert words_of([newer]) == ["new"]
    await store.outbox_queue.mark_sent(newer, MessageRef("2"), later)
    assert await claim(at=later + 2 * MINUTE) == []


@pytest.mark.parametrize("newer_came", ["before", "after"])
@pytest.mark.parametrize("end", ["put_back", "crash"])
async def test_what_may_have_become_a_slots_first_message_goes_before_newer_posts(store, clock, alice, claim, end, newer_came):
    """Sent again under its key it is the same message, and the newer post edits that one; sent first, it would be a second."""
    await promise(store, post("a", to_person(alice), "old", slot="s"))
    [older] = await claim()
    if newer_came == "before":
        await promise(store, post("b", to_person(alice), "new", slot="s"))
    if end == "put_back":
        await store.outbox_queue.put_back(older, clock.now(), tried=True)
    if newer_came == "after":
        await promise(store, post("b", to_person(alice), "new", slot="s"))
    later = clock.now() + MINUTE
    [again] = await claim(at=later)
    assert (words_of([again]), again.edit) == (["old"], None)
    await store.outbox_queue.mark_sent(again, MessageRef("2"), later)
    [newer] = await claim(at=later)
    assert (words_of([newer]), newer.edit) == (["new"], "2")
    await store.outbox_queue.mark_sent(newer, MessageRef("2"), later)
    assert await claim(at=later + 2 * MINUTE) == []


async def test_a_withdrawn_slot_sends_nothing_and_is_edited_no_more(store, clock, alice, claim):
    await promise(store, post("a", to_person(alice), slot="s"))
    [under_way] = await claim()
    await store.transact(lambda unit: unit.outbox.withdraw("s"))
    await store.outbox_queue.mark_sent(under_way, MessageRef("1"), clock.now())
    await promise(store, post("b", to_person(alice), slot="s"))
    assert [one.edit for one in await claim()] == [None]
    await store.transact(lambda unit: unit.outbox.withdraw("s"))
    assert await claim(at=clock.now() + 2 * MINUTE) == []


async def test_what_is_promised_to_nobody_is_nothing(store, claim):
    await promise(store, post("a", ToPerson(PersonId("0" * 32))), post("b", ToRoom(RoomId("0" * 32))))
    assert await claim() == []


async def test_two_owners_never_hold_the_same_row_nor_two_of_a_slot(store, clock, alice, claim):
    await promise(store, *(post(f"k{n}", to_person(alice), f"w{n}") for n in range(60)))

    async def churn(n):
        await promise(store, post(f"s{n}", to_person(alice), f"slot{n}", slot="s"))
        return await claim(f"owner{n}", limit=9)

    claims = await asyncio.gather(*(churn(n) for n in range(10)))
    while more := await claim("last"):
        claims.append(more)
    words = [word for one in claims for word in words_of(one)]
    assert len(words) == len(set(words))
    assert {word for word in words if word[0] == "w"} == {f"w{n}" for n in range(60)}
    assert len([word for word in words if word.startswith("slot")]) == 1
