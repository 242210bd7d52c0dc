"""The room is deleted, or the bot may not write there: those who host are told in private, once, and what they can do."""

from datetime import timedelta

from msgspec.structs import replace

from bot.core.calls import Account, Place
from bot.core.features import Feature
from bot.core.happenings import Happening, Heard, What
from bot.core.ids import MessageRef
from bot.core.meetings import When
from tests.handlers.meetings.house import House
from tests.handlers.screens import press_of, text_of


async def lose_posts(house: House) -> None:
    """What goes to the room is given up by the courier."""
    queue, now = house.store.outbox_queue, house.clock.now()
    while batch := await queue.claim("test", house.platform, now, now + timedelta(minutes=1), 64):
        for claimed in batch:
            if claimed.room is not None:
                await queue.drop(claimed, "room_gone")
            else:
                await queue.mark_sent(claimed, MessageRef(f"m{len(house.sent)}"), now)
                house.sent.append(claimed)


async def heard(house: House, what: What, thread: str = "") -> None:
    place = replace(house.place("", private=False), thread=thread)
    room_feature = next(feature for feature in house.features if feature.name == "meetings")
    await house.store.transact(lambda unit: _hear(house, room_feature, what, place, unit))


async def _hear(house: House, feature: Feature, what: What, place: Place, unit) -> None:
    happening = Happening(what, f"{what}1", place, house.clock.now(), Account(house.platform, "x"))
    room = await unit.rooms.find(place)
    community = await unit.communities.find_or_make(house.platform, house.space)
    await feature.happenings[what](Heard(happening, house.clock.now(), None, community, room), unit)


async def test_who_hosts_is_told_once_that_the_card_could_not_be_shown(house: House):
    occurrence = await house.plan()
    await house.pass_time(minutes=1)
    await house.press("fay", press_of(house.card, "I am here"), leads=True)
    for _ in range(3):
        await house.store.transact(lambda unit: unit.due.add(When.CARD.due(house.clock.now(), occurrence.id)))
        await _only_jobs(house)
        await lose_posts(house)
    await house.work_off()
    told = house.private_texts(await house.person("fay"))
    assert len(told) == 1
    assert told[0].startswith("I cannot write in the room of Open evening (Tue, Dec 1, 7:05 PM): it is gone")
    assert "/meeting edit" in told[0]


async def _only_jobs(house: House) -> None:
    """Do what is due, but send nothing."""
    kept, house.deliver = house.deliver, _nothing  # type: ignore[method-assign]
    try:
        await house.work_off()
    finally:
        house.deliver = kept  # type: ignore[method-assign]


async def _nothing() -> list:  # type: ignore[type-arg]
    return []


async def test_a_deleted_channel_is_told_to_the_substitutes_when_nobody_hosts_yet(house: House):
    asked = await house.type("sue", "/substitute", leads=True)
    await house.press("sue", press_of(asked, "Put me"), leads=True)
    await house.plan(timedelta(hours=20))
    for _ in range(2):
        await heard(house, What.ROOM_GONE)
    await house.deliver()
    told = house.private_texts(await house.person("sue"))
    assert len(told) == 1
    assert "I cannot write in the room of Open evening" in told[0]


async def test_a_card_given_up_after_the_evening_tells_nobody(house: House):
    await house.plan()
    await house.pass_time(minutes=1)
    await house.press("fay", press_of(house.card, "I am here"), leads=True)
    await house.work_off()
    await house.sleep_through(hours=30)
    assert house.private_texts(await house.person("fay")) == []


async def test_the_bot_that_was_put_out_and_is_back_brings_the_card_up_to_date(house: House):
    await house.plan()
    await house.pass_time(minutes=1)
    await house.press("ann", press_of(house.card, "I am here"))
    await house.work_off()
    before = len(house.sent)
    await heard(house, What.BOT_IN)
    await house.work_off()
    (card,) = house.sent[before:]
    assert "One person is here" in text_of(card.post.reply)
