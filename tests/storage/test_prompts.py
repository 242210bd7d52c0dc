"""Check-in prompts, on both databases."""

import asyncio
from datetime import date, time, timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import select

from bot.core.calls import Place
from bot.core.ids import MeetingId, new_id
from bot.core.meetings import Audience
from bot.core.moments import Due
from bot.core.schedule import Schedule
from bot.core.staff import no_staff
from content.loader import load_texts
from handlers.prompts.asking import ASK, Asker
from handlers.prompts.jobs import PromptJobs
from handlers.prompts.private import Private
from handlers.prompts.records import KEPT_DAYS, Asking, Asks, Open, Prompt, Standing, State, Wish, WishBody
from handlers.prompts.records import never_quiet as never
from storage.meetings import Meetings
from storage.privacy import PersonalRows, prune
from storage.prompts import Prompts
from storage.tables.outbox import outbox
from storage.tables.prompts import prompt_askings, prompt_wishes, prompts
from storage.unit import concrete
from tests.storage.people import BEN, meet

CANARY = "How the garden does"
WEEKLY = Schedule("Europe/Berlin", date(2026, 12, 1), time(18), "FREQ=WEEKLY;BYDAY=TU,SU")


async def no_wishes(person, unit):
    return None


@pytest.fixture
async def room(store):
    async def work(unit):
        community = await unit.communities.find_or_make("discord", "space")
        return await unit.rooms.find_or_make(community.id, Place("discord", "room", space="space", private=False))

    return await store.transact(work)


def prompt_in(room, now, **more):
    return Prompt(new_id(), room.community, room.id, WEEKLY, now, **more)


async def test_a_prompt_is_read_as_it_was_kept_and_changed(store, clock, room):
    whole = prompt_in(
        room,
        clock.now(),
        audience=Audience.FAMILY,
        asks=Asks.OWN,
        questions=new_id(),
        title=CANARY,
        series=MeetingId(new_id()),
        after=3,
        held=(date(2026, 12, 2), date(2026, 12, 4)),
        state=State.RUNNING,
        paused_until=clock.now(),
    )

    async def work(unit):
        book = Prompts(unit)
        await book.keep(whole)
        assert await book.get(whole.id) == whole
        bare = replace(whole, questions="", title="", series=MeetingId(""), after=0, held=(), paused_until=None)
        await book.keep(bare)
        assert await book.of_community(room.community) == await book.of_room(room.id) == [bare]
        await book.keep(whole)
        assert await book.of_series(whole.series) == [whole]
        assert await book.room_of(room.community, room.id[:12]) == room.id
        await book.drop(whole.id)
        return await book.get(whole.id)

    assert await store.transact(work) is None


async def test_the_communitys_own_title_is_sealed_and_so_is_whom_a_prompt_asks(store, clock, room):
    """Who wants to be asked stands beside the prompt's id: a prompt that told its audience would tell who is a relative."""
    one = prompt_in(room, clock.now(), title=CANARY, audience=Audience.FAMILY, asks=Asks.FAMILY)
    await store.transact(lambda unit: Prompts(unit).keep(one))
    (row,) = await store.transact(lambda unit: concrete(unit).rows(select(prompts)))
    for value in row.values():
        assert CANARY not in str(value)
        assert "family" not in str(value)


async def test_the_newest_asking_is_found_and_they_go_with_their_prompt_and_with_time(store, clock, room):
    one, now = prompt_in(room, clock.now()), clock.now()
    old = Asking(new_id(), one.id, now - timedelta(days=KEPT_DAYS + 1), now)
    new = Asking(new_id(), one.id, now, now + timedelta(days=1))

    async def work(unit):
        book = Prompts(unit)
        await book.keep(one)
        await book.ask(new)
        await book.ask(old)
        await book.stand(new.id, Standing.SENT)
        return await book.newest(one.id), await book.asking(old.id)

    assert await store.transact(work) == (replace(new, standing=Standing.SENT), old)
    await prune(store, now)
    left = await store.transact(lambda unit: concrete(unit).rows(select(prompt_askings.c.id)))
    assert [row["id"] for row in left] == [new.id]
    await store.transact(lambda unit: Prompts(unit).drop(one.id))
    assert await store.transact(lambda unit: Prompts(unit).asking(new.id)) is None


async def test_what_somebody_wants_is_sealed_listed_and_goes_with_them(store, clock, room):
    ana, ben, one = await meet(store, clock), await meet(store, clock, BEN), prompt_in(room, clock.now())
    own = Wish(new_id(), ana.id, clock.now(), body=WishBody(Asks.FAMILY, (1, 3), time(7, 15), unanswered=2))
    joined = [Wish(new_id(), who.id, clock.now() + timedelta(seconds=1), one.id) for who in (ana, ben)]

    async def work(unit):
        book = Prompts(unit)
        await book.keep(one)
        for wish in (own, *joined):
            await book.keep_wish(wish)
        await book.keep_wish(replace(joined[0], id=new_id()))  # a second tap at the same time
        await book.keep_open(Open(new_id(), ana.id, own.id, new_id(), clock.now()))
        assert await book.wishes_of(ana.id) == [own, joined[0]]
        first, second = sorted(joined, key=lambda wish: wish.id)
        assert await book.wishing(one.id, "", 1) == [first]
        assert await book.wishing(one.id, first.id, 5) == [second]
        held = await PersonalRows(unit).held(ana.id, clock.now())
        assert {"prompt_wishes": 2, "prompt_opens": 1}.items() <= {line.kind: line.rows for line in held}.items()
        exported = await PersonalRows(unit).export(ana.id)
        assert "'asks': 'family'" in str(exported["prompt_wishes"])
        rows = await concrete(unit).rows(select(prompt_wishes))
        assert not any(b"family" in row["body"] for row in rows)
        await PersonalRows(unit).erase(ana.id, clock.now())
        return await book.wishes_of(ana.id), await book.open_of(ana.id), await book.wishes_of(ben.id)

    assert await store.transact(work) == ([], None, [joined[1]])


async def test_one_is_open_a_person_and_a_newer_takes_its_place(store, clock):
    ana = await meet(store, clock)
    first, second = (Open(new_id(), ana.id, new_id(), new_id(), clock.now()) for _ in range(2))

    async def work(unit):
        book = Prompts(unit)
        await book.keep_open(first)
        await book.mark_sent(first.id)
        assert await book.opened(first.id) == replace(first, sent=True)
        await book.keep_open(second)
        assert await book.open_on(second.asking, "", 5) == [second]
        assert (await book.open_of(ana.id), await book.opened(first.id)) == (second, None)
        await book.drop_open(second.id)
        return await book.open_of(ana.id)

    assert await store.transact(work) is None


async def test_of_two_processes_that_claim_a_turn_at_once_one_asks(store, clock, room):
    """Effects, messages and the next promise are one transaction with the moment that was taken."""
    one = prompt_in(room, clock.now() - timedelta(days=1), state=State.RUNNING)
    turn = Due(f"prompt_{one.id}", ASK, clock.now(), f"{one.id}_20261201T1800")
    asker = Asker(load_texts(), Prompts, never, no_staff)
    jobs = PromptJobs(Prompts, Meetings, asker, Private(load_texts(), Prompts, no_wishes))

    async def ready(unit):
        await Prompts(unit).keep(one)
        await unit.due.add(turn)

    async def process(unit):
        if await unit.due.take(turn):
            await jobs.ask(turn, clock.now(), unit)

    await store.transact(ready)
    await asyncio.gather(store.transact(process), store.transact(process))
    askings = await store.transact(lambda unit: concrete(unit).rows(select(prompt_askings.c.id)))
    waiting = await store.transact(lambda unit: concrete(unit).rows(select(outbox.c.id)))
    assert (len(askings), len(waiting)) == (1, 1)


async def test_of_two_prompts_that_ask_a_person_at_once_one_stays_open(store, clock, room):
    ana = await meet(store, clock)
    private = Private(load_texts(), Prompts, no_wishes)
    wishes = [Wish(new_id(), ana.id, clock.now(), body=WishBody(days=(day,))) for day in (1, 2)]
    agreed = replace(ana, consented_at=clock.now())

    async def ready(unit):
        for wish in wishes:
            await Prompts(unit).keep_wish(wish)

    def asks(wish):
        until = clock.now() + timedelta(hours=5)
        return store.transact(lambda unit: private.ask(wish, agreed, new_id(), until, clock.now(), unit))

    await store.transact(ready)
    await asyncio.gather(*map(asks, wishes))
    open_now = await store.transact(lambda unit: Prompts(unit).open_of(ana.id))
    sent = await store.outbox_queue.claim("me", "telegram", clock.now(), clock.now() + timedelta(minutes=1), 9)
    begins = [claimed for claimed in sent if len(claimed.post.reply.buttons) > 1]
    assert [claimed.post.place for claimed in begins] == [f"prompt_asked_{open_now.id}"]
