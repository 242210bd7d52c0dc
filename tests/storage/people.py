"""Made-up persons, rooms and messages for storage's tests."""

from bot.core.calls import Account, Place
from bot.core.posts import Lane, Post, ToPerson, ToRoom
from bot.core.replies import Reply
from bot.core.richtext import Paragraph, Words

ALICE = Account("telegram", "1001")
BEN = Account("telegram", "1002")


async def meet(store, clock, account=ALICE, home=None):
    return await store.transact(lambda unit: unit.people.make(account, clock.now(), home))


async def accounts_of(store, person):
    return await store.transact(lambda unit: unit.people.accounts(person.id))


async def a_room(store, chat="-100", platform="telegram"):
    async def work(unit):
        community = await unit.communities.find_or_make(platform, "space")
        return await unit.rooms.find_or_make(community.id, Place(platform, chat, space="space", private=False))

    return await store.transact(work)


def said(words, slot=""):
    return Reply((Paragraph((Words(words),)),), slot=slot)


def post(key, to, words="hello", slot="", lane=Lane.PRIVATE, **more):
    return Post(key, lane, to, said(words, slot), **more)


def to_person(person):
    return ToPerson(person.id)


def to_room(room):
    return ToRoom(room.id)


async def promise(store, *posts):
    async def work(unit):
        for one in posts:
            await unit.outbox.add(one)

    await store.transact(work)


def words_of(claimed):
    return [one.post.reply.blocks[0].inner[0].text for one in claimed]
