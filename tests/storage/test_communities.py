"""Communities and rooms."""

from bot.core.calls import Place
from tests.storage.people import a_room


async def test_a_new_community_starts_with_the_hosts_defaults(store):
    made = await store.transact(lambda unit: unit.communities.find_or_make("discord", "42"))
    assert (made.zone, made.language, made.country) == ("Europe/Berlin", "en", "DE")
    assert await store.transact(lambda unit: unit.communities.find_or_make("discord", "42")) == made
    assert await store.transact(lambda unit: unit.communities.find("discord", "42")) == made
    assert await store.transact(lambda unit: unit.communities.get(made.id)) == made
    assert await store.transact(lambda unit: unit.communities.find("telegram", "42")) is None


async def test_a_room_is_a_chat_with_its_thread(store):
    room = await a_room(store)
    assert await a_room(store) == room
    assert await store.transact(lambda unit: unit.rooms.get(room.id)) == room
    topic = Place("telegram", room.chat, thread="7", space="space", private=False)
    other = await store.transact(lambda unit: unit.rooms.find_or_make(room.community, topic))
    assert other.id != room.id


async def test_a_moved_room_keeps_its_name(store):
    room = await a_room(store)
    await store.outbox_queue.move_room(room.id, "-200")
    assert (await store.transact(lambda unit: unit.rooms.get(room.id))).chat == "-200"


async def test_a_moved_group_is_the_same_community_with_all_its_rooms(store):
    community = await store.transact(lambda unit: unit.communities.find_or_make("telegram", "-5"))
    group = Place("telegram", "-5", space="-5", private=False)
    topic = Place("telegram", "-5", thread="7", space="-5", private=False)
    rooms = [await store.transact(lambda unit, at=at: unit.rooms.find_or_make(community.id, at)) for at in (group, topic)]
    await store.outbox_queue.move_room(rooms[0].id, "-1005")
    assert (await store.transact(lambda unit: unit.communities.find_or_make("telegram", "-1005"))).id == community.id
    assert [(await store.transact(lambda unit, of=room.id: unit.rooms.get(of))).chat for room in rooms] == ["-1005", "-1005"]
