"""Topics and what was written in them without a name, on both databases: who wrote stands nowhere, and it stays theirs."""

from datetime import timedelta

from sqlalchemy import select

from bot.core.ids import MessageRef, new_id
from bot.core.posts import Lane
from handlers.topics.records import Body, Draft, Pace, Rules, Stage, State, Topic, Unnamed, Week
from storage.linking import Links
from storage.privacy import PersonalRows
from storage.tables import metadata
from storage.tables.topics import topic_posts
from storage.topics import Topics
from tests.storage.people import BEN, a_room, meet, post, promise, to_room

MINUTE = timedelta(minutes=1)


async def a_topic(store, clock, **more):
    room = await a_room(store)
    topic = Topic(new_id(), room.community, room.id, 7, clock.now(), **more)
    await store.transact(lambda unit: Topics(unit).keep(topic))
    return room, topic


async def wrote(store, clock, topic, person, number=1):
    one = Unnamed(new_id(), topic.id, number, clock.now())
    await store.transact(lambda unit: Topics(unit).add_post(one, person.id))
    return one


async def test_all_is_read_as_it_was_kept_and_goes_with_its_topic(store, clock):
    room, topic = await a_topic(store, clock, stage=Stage.CARD, weekly=True, body=Body("Nights", "What helps?"))
    ana = await meet(store, clock)
    one = await wrote(store, clock, topic, ana)

    async def work(unit):
        book, week = Topics(unit), Week(room.id, room.community, 3, 20, paused=True)
        await book.keep_week(week)
        await book.keep_rules(Rules(room.community, 7, unnamed=True))
        await book.note(one.id, State.UP)
        found = await book.topic(topic.id), await book.of_room(room.id), await book.week(room.id)
        kept, posts = await book.rules(room.community), await book.posts(topic.id)
        await book.drop(topic.id)
        return *found, kept, [post.state for post in posts], await book.post(one.id), week

    found, listed, week, kept, states, gone, wanted = await store.transact(work)
    assert (found, listed, week, gone) == (topic, [topic], wanted, None)
    assert (kept, states) == (Rules(room.community, 7, unnamed=True), [State.UP])


async def test_no_column_of_any_row_leads_from_a_post_to_who_wrote_it(store, clock):
    _, topic = await a_topic(store, clock)
    ana, ben = await meet(store, clock), await meet(store, clock, BEN)
    posts = [await wrote(store, clock, topic, ana, number) for number in (1, 2)]

    async def rows(unit):
        marks = [row["mark"] for row in await unit.rows(select(topic_posts))]
        everything = [str(dict(row)) for table in metadata.sorted_tables for row in await unit.rows(select(table))]
        mine = [await Topics(unit).is_of(one.id, who.id) for one in posts for who in (ana, ben)]
        return marks, everything, mine

    marks, everything, mine = await store.transact(rows)
    assert len(set(marks)) == 2
    assert not [row for row in everything if ana.id in row and any(one.id in row for one in posts)]
    assert mine == [True, False, True, False]


async def test_the_person_alone_is_told_of_them_and_gets_them_in_their_export(store, clock):
    _, topic = await a_topic(store, clock)
    ana, ben = await meet(store, clock), await meet(store, clock, BEN)
    await wrote(store, clock, topic, ana)

    async def work(unit):
        rows = PersonalRows(unit)
        return [(await rows.held(who.id, clock.now()), await rows.export(who.id)) for who in (ana, ben)]

    (mine, exported), (others, other_export) = await store.transact(work)
    assert [held.rows for held in mine if held.kind == "topic_posts"] == [1]
    assert [row["number"] for row in exported["topic_posts"]] == [1]
    assert "mark" not in exported["topic_posts"][0]
    assert not [held for held in others if held.kind == "topic_posts"]
    assert "topic_posts" not in other_export


async def test_erasing_a_person_leaves_none_of_them_and_all_of_others(store, clock):
    _, topic = await a_topic(store, clock)
    ana, ben = await meet(store, clock), await meet(store, clock, BEN)
    await wrote(store, clock, topic, ana)
    theirs = await wrote(store, clock, topic, ben, 2)
    await store.transact(lambda unit: PersonalRows(unit).erase(ana.id, clock.now()))
    assert [one.id for one in await store.transact(lambda unit: Topics(unit).posts(topic.id))] == [theirs.id]


async def test_of_two_persons_who_become_one_all_stays_theirs(store, clock):
    _, topic = await a_topic(store, clock)
    ana, ben, cy = await meet(store, clock), await meet(store, clock, BEN), await meet(store, clock, replace_user(BEN, "1003"))
    for number, who in enumerate((ana, ben, cy), 1):
        await wrote(store, clock, topic, who, number)
    await store.transact(lambda unit: Topics(unit).keep_draft(ben.id, topic.id, Draft("words"), clock.now()))
    await store.transact(lambda unit: Links(unit).join(ana.id, ben.id, clock.now()))

    async def work(unit):
        book = Topics(unit)
        return sorted(one.number for one in await book.posts_of(ana.id)), await book.draft(ana.id, topic.id)

    assert await store.transact(work) == ([1, 2], Draft("words"))


async def test_drafts_and_paces_are_sealed_and_the_last_is_the_one(store, clock):
    ana = await meet(store, clock)

    async def work(unit):
        book = Topics(unit)
        for words in ("canary one", "canary two"):
            await book.keep_draft(ana.id, "s", Draft(words), clock.now())
        await book.keep_pace(ana.id, Pace((clock.now(),)), clock.now())
        found = await book.draft(ana.id, "s"), await book.pace(ana.id)
        await book.drop_draft(ana.id, "s")
        return *found, await book.draft(ana.id, "s")

    assert await store.transact(work) == (Draft("canary two"), Pace((clock.now(),)), None)


# Into a topic --------------------------------------------------------------------------------------------------------------


async def test_a_post_for_a_topic_is_claimed_with_what_opened_it_and_without_it_once_that_is_forgotten(store, clock):
    room, queue = await a_room(store), store.outbox_queue
    await queue.remember("topic", None, room.id, MessageRef("topic:1:2"), clock.now())
    await promise(store, *(post(key, to_room(room), lane=Lane.ROOM, within="topic") for key in "ab"), post("c", to_room(room)))
    claimed = await queue.claim("me", "telegram", clock.now(), clock.now() + MINUTE, 10)
    assert [one.within for one in claimed] == ["topic:1:2", "topic:1:2", None]
    await store.transact(lambda unit: unit.outbox.withdraw("topic"))
    [again, *_] = await queue.claim("me", "telegram", clock.now() + MINUTE, clock.now() + 2 * MINUTE, 10)
    assert (again.post.within, again.within) == ("topic", None)


def replace_user(account, user):
    return type(account)(account.platform, user)
