"""A person before a screen: what it says, which buttons it has, and what the house holds of them."""

import asyncio
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.core.calls import Account
from bot.core.flow import Flow
from bot.core.ids import PersonId
from bot.core.ports import Unit
from bot.core.texts import Say
from bot.core.whose import zone_of
from content.loader import load_flows, load_texts
from handlers.flows.records import ToolEntry, UnderWay
from storage.entries import Entries
from storage.flow_states import FlowStates
from storage.privacy import PersonalRows
from storage.unit import concrete
from tests.evening.world import World
from tests.servers.discord import markdown
from tests.servers.web.tree import plain_message
from tests.tools_walked.houses import Shared

FLOWS = load_flows()
TEXTS = load_texts(strict=False)
SECONDS_AN_ACT = 3  # what a hand takes; twenty acts a minute are what a person may do
LANGUAGES = ("en", "de", "es", "fr", "pt")


def is_called(shown: str, label: str) -> bool:
    """Whether a button shows this label: perhaps ticked, cut, or behind its line's number."""
    shown, label = bare(shown).replace("\u202f", " ").removeprefix("✓ "), bare(label).replace("\u202f", " ")
    line = re.sub(r"^[0-9]{1,2}\. ", "", shown)
    return label in (shown, line) or any(one.endswith("…") and label.startswith(one[:-1]) for one in (shown, line))


def bare(text: str) -> str:
    """Return a text without the signs that hold directions and words together."""
    return re.sub("[\u2060\u200b\u2066-\u2069]", "", text)


class Someone:
    """One person of a house, in their private chat."""

    def __init__(self, shared: Shared, name: str) -> None:
        self.shared, self.name, self.language = shared, name, "en"
        self.hand: Any = None
        self.id: PersonId | None = None
        self.taps = 0  # commands, presses and words so far
        self.written = 0  # texts so far
        self.is_hasty = False  # taps each button twice, at once

    @classmethod
    async def of(cls, shared: Shared) -> "Someone":
        made = cls(shared, shared.new_name())
        await made.sit_down()
        return made

    async def sit_down(self) -> None:
        """Take the device into the hand, also after the house was shut and opened again."""
        self.hand = self.here.person(self.name)
        if self.here.name == "web" and not self.here.driver.has_tab(self.hand):
            await self.here.driver.open_tab(self.hand)

    async def leave(self) -> None:
        if self.here.name == "web":
            await self.here.driver.leave(self.hand)

    @property
    def here(self) -> World:
        return self.shared.here

    @property
    def say(self) -> Say:
        return TEXTS.of(self.language)

    @property
    def types_into_chat(self) -> bool:
        return self.here.name == "telegram"

    # Acts -----------------------------------------------------------------------------------------------------------

    async def types(self, command: str) -> None:
        """Type a command. Discord's own list has each by its name and by its name in the person's language."""
        self._act()
        if self.here.name == "discord":
            known = self.here.driver.server.world.commands
            asked = command.removeprefix("/")
            found = [one["name"] for one in known if asked in (one["name"], *(one.get("name_localizations") or {}).values())]
            assert found, f"Discord does not list {command}"
            await self.here.driver.command(self.hand, f"/{found[0]}")
        else:
            await self.here.driver.command(self.hand, command)

    async def press(self, label: str) -> None:
        """Press the button of the newest screen that has this label."""
        found = next((one for one in self.buttons() if is_called(one, label)), None)
        assert found is not None, f"no {label!r} among {self.buttons()}: {self.newest()}"
        self._act()
        if self.is_hasty:
            self._act()
            await asyncio.gather(*(self.here.driver.press(self.hand, found) for _ in range(2)))
        else:
            await self.here.driver.press(self.hand, found)

    async def speaks(self, language: str, named: str) -> None:
        """Choose another language."""
        self._act()
        await self.here.command(self.hand, f"/language {named}")
        self.language = language

    async def says(self, words: str) -> None:
        self._act()
        await self.here.driver.say(self.hand, words)

    async def fills(self, **values: str) -> None:
        assert self.here.has_form(self.hand), f"no form is open: {self.newest()}"
        self._act()
        await self.here.driver.fill(self.hand, values)

    def _act(self) -> None:
        self.taps += 1
        self.shared.clock.move(seconds=SECONDS_AN_ACT)

    # What is seen ---------------------------------------------------------------------------------------------------

    def screen(self) -> list[str]:
        return self.here.screen(self.hand)

    def newest(self) -> str:
        """Return the newest message of the program's that has buttons."""
        if self.here.name == "discord":
            world = self.here.driver.server.world
            seen = [one for one in world.seen(self.hand, self.hand.chat) if one.author == world.application]
            texts = [bare(markdown.plain(one.content)) for one in seen if one.buttons]
        elif self.here.name == "telegram":
            texts = [bare(one.text) for one in self.here.driver.messages(self.hand) if one.buttons]
        else:
            texts = [bare(plain_message(one)) for one in self.here.driver.messages(self.hand) if one["buttons"]]
        return next(reversed(texts), "")

    def buttons(self) -> list[str]:
        return self.here.buttons(self.hand)

    def has(self, key: str) -> bool:
        return any(is_called(shown, self.say.label(key)) for shown in self.buttons())

    async def sees(self, words: str) -> None:
        await self.here.sees(self.hand, words)

    def pictures(self) -> int:
        if self.here.name == "discord":
            return sum(len(message.attachments) for message in self.here.driver.server.world.seen(self.hand, self.hand.chat))
        if self.here.name == "telegram":
            return sum(message.media == "photo" for message in self.here.driver.messages(self.hand))
        return sum(bool(message.get("picture")) for message in self.here.driver.messages(self.hand))

    # What is held ---------------------------------------------------------------------------------------------------

    async def who(self) -> PersonId:
        if self.id is None:
            account: Account = self.here.driver.account(self.hand) if self.here.name != "web" else self.hand.account

            async def find(unit: Unit) -> PersonId:
                person = await unit.people.find(account)
                assert person is not None, f"{self.name} is not known: {self.screen()}"
                return person.id

            self.id = await self.here.house.store.transact(find)
        return self.id

    async def under_way(self) -> Sequence[UnderWay]:
        who = await self.who()
        return await self.here.house.store.transact(lambda unit: FlowStates(unit).of_person(who))

    async def entries(self) -> Sequence[ToolEntry]:
        who, since = await self.who(), self.shared.clock.now() - timedelta(days=400)
        return await self.here.house.store.transact(lambda unit: Entries(unit).of_person(who, since))

    async def zone(self) -> ZoneInfo:
        """Return the zone on whose clocks messages come: nobody knows it of a person who is in no community."""
        who = await self.who()

        async def find(unit: Unit) -> ZoneInfo:
            return await zone_of(await unit.people.get(who), unit)

        return await self.here.house.store.transact(find)

    async def held(self) -> str:
        """Return all that is kept of the person, as text."""
        who = await self.who()
        return str(await self.here.house.store.transact(lambda unit: PersonalRows(concrete(unit)).export(who)))

    def flow(self, under_way: UnderWay) -> Flow:
        return FLOWS[under_way.state.flow]
