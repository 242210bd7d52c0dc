"""Which groups have a video chat open, on both databases."""

from datetime import timedelta

from storage.meetings import Meetings
from storage.privacy import prune


async def test_a_groups_video_chat_begins_anew_and_ends_more_than_once(store, clock):
    one = await store.transact(lambda unit: unit.communities.find_or_make("telegram", "-1001"))
    other = await store.transact(lambda unit: unit.communities.find_or_make("telegram", "-1002"))

    async def since(community):
        return await store.transact(lambda unit: Meetings(unit).video_since(community.id))

    for at in (clock.now() - timedelta(hours=1), clock.now()):
        await store.transact(lambda unit, at=at: Meetings(unit).video_began(one.id, at))
        assert await since(one) == at
    assert await since(other) is None
    for _ in range(2):
        await store.transact(lambda unit: Meetings(unit).video_ended(one.id))
        assert await since(one) is None


async def test_one_whose_end_was_never_heard_of_goes_after_two_days(store, clock):
    group = await store.transact(lambda unit: unit.communities.find_or_make("telegram", "-1001"))
    await store.transact(lambda unit: Meetings(unit).video_began(group.id, clock.now()))
    assert await prune(store, clock.now() + timedelta(days=1)) == 0
    assert await prune(store, clock.now() + timedelta(days=2)) == 1
