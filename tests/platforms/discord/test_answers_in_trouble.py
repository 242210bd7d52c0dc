"""Slow handlers, lost replies, and a Discord that is unwell, while an act is answered."""

import asyncio

import pytest

from bot.core.calls import Incoming
from bot.core.errors import MessageGone, PlatformBusy, PlatformDown
from bot.core.replies import Reply, To
from tests.platforms.discord.conftest import Running, said


class Slow:
    """Decides only when it may, and not before Discord was told to wait."""

    def __init__(self, bot: Running, reply: Reply) -> None:
        self._bot, self._reply = bot, reply
        self._told = len(bot.server.world.acts)

    async def __call__(self, act: Incoming) -> Reply:
        await self._bot.server.until(lambda: list(self._bot.server.world.acts.values())[self._told].answer in (5, 6))
        return self._reply


async def test_a_slow_command_is_deferred_to_the_person_alone_and_then_answered_in_its_place(bot: Running):
    ann, ben = bot.driver.person("ann"), bot.driver.person("ben")
    await bot.restart(defer_after=0.01)
    bot.house.decide = Slow(bot, said("Ready", "Next"))
    await bot.driver.command(ann, "/urge", "room")
    assert bot.driver.screen(ann, "room") == ["Ready"]
    assert bot.driver.screen(ben, "room") == []
    assert bot.house.failures == []


async def test_a_slow_command_in_the_private_chat_leaves_an_ordinary_message(bot: Running):
    ann = bot.driver.person("ann")
    await bot.restart(defer_after=0.01)
    bot.house.decide = Slow(bot, said("Ready"))
    await bot.driver.command(ann, "/urge")
    assert [message.only_for for message in bot.server.world.seen(ann, ann.chat)] == [None]


async def test_a_slow_answer_for_the_room_is_seen_by_the_room(bot: Running):
    ann, ben = bot.driver.person("ann"), bot.driver.person("ben")
    await bot.restart(defer_after=0.01)
    bot.house.decide = Slow(bot, said("Meeting at seven", to=To.ROOM))
    await bot.driver.command(ann, "/urge", "room")
    assert bot.driver.screen(ben, "room") == ["Meeting at seven"]
    assert bot.driver.screen(ann, "room") == ["It is in the room now.", "Meeting at seven"]


async def test_a_slow_press_edits_its_message_in_the_end(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("One", "Next")
    await bot.driver.command(ann, "/urge", "room")
    await bot.restart(defer_after=0.01)
    bot.house.decide = Slow(bot, said("Two"))
    await bot.driver.press(ann, "Next", "room")
    await bot.server.until(lambda: bot.driver.screen(ann, "room") == ["Two"])


async def test_a_slow_press_on_the_rooms_message_is_answered_to_the_person_alone(bot: Running):
    ann, ben = bot.driver.person("ann"), bot.driver.person("ben")
    bot.house.decide = lambda act: said("Meeting", "Join", to=To.ROOM)
    await bot.driver.command(ann, "/urge", "room")
    await bot.restart(defer_after=0.01)
    bot.house.decide = Slow(bot, said("Noted"))
    await bot.driver.press(ann, "Join", "room")
    await bot.server.until(lambda: bot.driver.screen(ann, "room") == ["Meeting", "Noted"])
    assert bot.driver.screen(ben, "room") == ["Meeting"]


async def test_an_act_that_waits_for_an_earlier_one_of_the_person_is_deferred_too(bot: Running):
    ann = bot.driver.person("ann")
    await bot.restart(defer_after=0.01)
    go_on = asyncio.Event()

    async def decide(act: Incoming) -> Reply:
        await go_on.wait()
        return said("Ready")

    bot.house.decide = decide
    both = [asyncio.create_task(bot.driver.command(ann, "/urge", "room")) for _ in range(2)]
    await bot.server.until(lambda: [act.answer for act in bot.server.world.acts.values()] == [5, 5])
    assert len(bot.house.taken) == 1
    go_on.set()
    await asyncio.gather(*both)
    assert bot.driver.screen(ann, "room") == ["Ready", "Ready"]


@pytest.mark.parametrize("place", ["private", "room"])
async def test_an_answer_whose_reply_was_lost_is_there_once_and_known_by_name(bot: Running, place):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Ready")
    bot.server.will_answer("POST", "/callback", None, after_effect=True)
    await bot.driver.command(ann, "/urge", place)
    await bot.server.until(lambda: len(bot.house.sent_refs) == 1)
    assert bot.driver.screen(ann, place) == ["Ready"]
    (message,) = bot.server.world.messages.values()
    (ref,) = bot.house.sent_refs
    assert ref is not None
    assert message.id in ref.split(":")


async def test_an_answer_that_never_arrived_is_given_again(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Ready")
    bot.server.will_answer("POST", "/callback", None)
    await bot.driver.command(ann, "/urge")
    assert bot.driver.screen(ann) == ["Ready"]


async def failed(bot: Running) -> BaseException:
    await bot.server.until(lambda: bool(bot.house.failures))
    return bot.house.failures[0]


async def act_unanswered(bot: Running) -> None:
    ann = bot.driver.person("ann")
    acting = asyncio.create_task(bot.driver.command(ann, "/urge"))
    try:
        await failed(bot)
    finally:
        acting.cancel()


async def test_an_act_that_discord_forgot_is_told_to_the_house(bot: Running):
    bot.house.decide = lambda act: said("Ready")
    bot.server.rest.deadline = -1
    await act_unanswered(bot)
    assert isinstance(bot.house.failures[0], MessageGone)


async def test_a_429_without_end_is_told_to_the_house(bot: Running):
    bot.house.decide = lambda act: said("Ready")
    bot.server.will_answer("POST", "/callback", 429, "<html>", {"Via": "", "Retry-After": "5"})
    await act_unanswered(bot)
    assert isinstance(bot.house.failures[0], PlatformBusy)


async def test_html_in_place_of_json_is_told_to_the_house(bot: Running):
    bot.house.decide = lambda act: said("Ready")
    bot.server.will_answer("POST", "/callback", 200, "<html>", times=5)
    await act_unanswered(bot)
    assert isinstance(bot.house.failures[0], PlatformDown)


async def test_a_private_chat_out_of_reach_is_said_and_told_to_the_house(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Your data", to=To.PRIVATE)
    bot.server.will_answer("POST", f"/channels/{ann.chat}/messages", 503)
    await bot.driver.command(ann, "/urge", "room")
    assert isinstance(await failed(bot), PlatformDown)
    assert bot.driver.screen(ann, "room") == ["I could not reach your private messages just now. I will try again."]


async def test_one_persons_trouble_does_not_hold_their_next_act(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Ready")
    bot.server.rest.deadline = -1
    await act_unanswered(bot)
    bot.server.rest.deadline = 3
    await bot.driver.command(ann, "/urge")
    assert bot.driver.screen(ann) == ["Ready"]
