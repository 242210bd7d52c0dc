"""In a server's channel a tool is one message only its person sees. Discord lets it be edited for 15 minutes after each press: what
comes later arrives in the private chat, and the next press goes on where it was touched. Nothing is lost either way."""

import pytest_asyncio

from tests.evening.world import Spot
from tests.tools_walked.houses import Houses
from tests.tools_walked.screens import Someone

LATER = 16  # minutes: no token lives so long


class InRoom:
    """Somebody who uses a tool in the channel of a server."""

    def __init__(self, person: Someone) -> None:
        self.person, self.here, self.hand = person, person.here, person.hand

    async def types(self, command: str) -> None:
        self.person.shared.clock.move(seconds=3)
        await self.here.command(self.hand, command, "room")

    async def press(self, label: str, place: Spot = "room") -> None:
        self.person.shared.clock.move(seconds=3)
        await self.here.press(self.hand, label, place)

    def only_mine(self) -> list[str]:
        world = self.here.driver.server.world
        return [message.content for message in world.seen(self.hand, world.room) if message.only_for is self.hand]

    async def tokens_end(self) -> None:
        await self.here.pass_time(minutes=LATER)
        for act in self.here.driver.server.world.acts.values():
            act.is_expired = True


@pytest_asyncio.fixture(loop_scope="session")
async def ana(houses: Houses) -> InRoom:
    made = InRoom(await Someone.of(await houses.on("discord")))
    await made.types("/dents")
    await made.press("Yes, 18 or older. Go on")
    await made.press("For now")
    return made


async def test_each_screen_takes_the_place_of_the_one_before_and_nobody_else_sees_it(ana: InRoom):
    before = len(ana.only_mine())
    for label in ("8", "D: delay", "Done", "15 min"):
        await ana.press(label)
    assert len(ana.only_mine()) == before
    other = await Someone.of(ana.person.shared)
    assert not any("The timer runs" in text for text in other.here.screen(other.hand, "room"))
    assert ana.person.screen() == []


async def test_what_comes_after_the_tokens_end_arrives_in_the_private_chat(ana: InRoom):
    for label in ("8", "D: delay", "Done", "15 min"):
        await ana.press(label)
    await ana.tokens_end()
    await ana.person.sees("Your 15 minutes are over")
    await ana.press("Go on", "private")
    await ana.press("4", "private")
    await ana.press("Keep", "private")
    await ana.person.sees("Kept.")
    (entry,) = await ana.person.entries()
    assert (entry.answers["before"], entry.answers["after"]) == (8, 4)


async def test_an_edit_whose_token_has_ended_becomes_a_message_in_the_private_chat_and_is_edited_there(ana: InRoom):
    await ana.press("Save and stop")
    await ana.types("/surf")
    for label in ("10 min", "8", "Chest", "Done"):
        await ana.press(label)
    for act in ana.here.driver.server.world.acts.values():
        act.is_expired = True  # earlier than Discord says
    await ana.here.pass_time(seconds=50)
    await ana.here.until(lambda: len(ana.person.screen()) == 1, lambda: str(ana.person.screen()))
    first = ana.person.screen()[0]
    await ana.here.pass_time(seconds=50)
    await ana.here.until(lambda: ana.person.screen()[0] != first, lambda: first)
    assert len(ana.person.screen()) == 1
    await ana.press("6", "private")
    await ana.press("Done", "private")
    await ana.press("2", "private")
    assert "Rest" in ana.here.buttons(ana.hand)


async def test_a_press_on_the_old_message_goes_on_there_with_everything_that_was_answered(ana: InRoom):
    await ana.press("7")
    await ana.tokens_end()
    before = len(ana.only_mine())
    await ana.press("E: escape")
    await ana.press("Done")
    assert len(ana.only_mine()) == before
    assert ana.person.screen() == []
    (under_way,) = await ana.person.under_way()
    assert under_way.state.answers == {"way": "now", "before": 7, "pick": ["escape"]}
