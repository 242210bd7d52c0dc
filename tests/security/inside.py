"""The whole house without its wires: acts go straight to dispatch, and what is promised is taken from the outbox.

Three platforms are configured, so that each one's capabilities are known; none of them runs.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import SecretStr

from bot.compose import House, openchair
from bot.config import Config
from bot.config.model import CommunityConfig, DiscordConfig, PlatformsConfig, StorageConfig, TelegramConfig, WebConfig
from bot.core.calls import Account, Incoming, Kind, Place, Role
from bot.core.ids import MessageRef, PersonId, new_id
from bot.core.ports import Unit
from bot.core.posts import Claimed, Post
from bot.core.replies import NOTHING, Button, Press, Reply
from bot.core.richtext import plain_block
from storage.keys import make_master_key
from storage.privacy import PersonalRows
from tests.fakes import HeldClock

Spot = Literal["private", "room"]
PLATFORMS = ("discord", "telegram", "web")
HERE, THERE = "7001", "7002"  # two communities
FACILITATOR = frozenset({Role.FACILITATOR})
YES = "Yes, 18 or older. Go on"


class HeldAlarm:
    """An alarm that a test does not need: it runs what is due itself."""

    def start(self, ring: object) -> None: ...
    def set(self, at: datetime) -> None: ...
    def stop(self) -> None: ...


def config_of(folder: Path, *names: str, **community: str) -> Config:
    key = folder / "master.key"
    if not key.exists():
        make_master_key(key)
    chosen = names or PLATFORMS
    telegram = SecretStr("7000000001:AAE-canary_token-0123456789abcdefghij")
    platforms = PlatformsConfig(
        discord=DiscordConfig(token=SecretStr("MTA.test.token") if "discord" in chosen else None),
        telegram=TelegramConfig(token=telegram if "telegram" in chosen else None),
        web=WebConfig(enabled="web" in chosen, port=0),
    )
    home = CommunityConfig(**{"zone": "Europe/Berlin", "language": "en", "country": "DE", **community})
    return Config(data=folder / "data", community=home, platforms=platforms, storage=StorageConfig(master_key_file=key))


def text_of(reply: Reply) -> str:
    return "\n".join(plain_block(block) for block in reply.blocks)


def buttons_of(reply: Reply) -> list[Button]:
    return [button for row in reply.buttons for button in row]


@dataclass
class Inside:
    house: House
    clock: HeldClock
    folder: Path
    replies: list[tuple[str, Reply]] = field(default_factory=list)  # everything that was ever said, and to what

    def person(self, name: str, platform: str = "discord", *, facilitator: bool = False, space: str = HERE) -> "Somebody":
        return Somebody(self, Account(platform, name), FACILITATOR if facilitator else frozenset(), space)

    async def take(self, incoming: Incoming, what: str) -> Reply:
        """Hand an act in, and answer it at once. Time passes, so that nobody is over their budget."""
        self.clock.move(seconds=5)
        answer = await self.house.dispatch.take(incoming)
        self.replies.append((what, answer.reply))
        await self.house.dispatch.sent(answer, MessageRef(f"{incoming.place.chat}:{new_id()}"))
        await self.house.dispatch.settle()
        return answer.reply

    async def moments(self, **by: float) -> list[Post]:
        """Let time pass, do what is due by then, and return what was promised to people and rooms."""
        until = self.clock.at + timedelta(**by)
        made: list[Post] = []
        queue = self.house.store.due_queue
        while True:
            following = await queue.next_at()
            self.clock.at = max(self.clock.at, min(following, until) if following is not None else until)
            worked = await self.house.timekeeper.work_off()
            made += [claimed.post for claimed in await self.sent()]
            if not worked and self.clock.at >= until:
                return made

    async def sent(self) -> list[Claimed]:
        """Take what waits in the outbox, as the courier does, and mark it as sent."""
        now, queue = self.clock.now(), self.house.store.outbox_queue
        taken: list[Claimed] = []
        for platform in PLATFORMS:
            for claimed in await queue.claim("test", platform, now, now + timedelta(minutes=1), 100):
                self.replies.append((f"post {claimed.post.key.partition('_')[0]}", claimed.post.reply))
                await queue.mark_sent(claimed, claimed.edit or MessageRef(f"1:{claimed.id}"), now)
                taken.append(claimed)
        return taken


@dataclass
class Somebody:
    """A person with one screen: the newest reply that said something."""

    inside: Inside
    account: Account
    roles: frozenset[Role]
    space: str
    screen: Reply = NOTHING

    def place(self, spot: Spot) -> Place:
        if spot == "private":
            return Place(self.account.platform, self.account.user)
        return Place(self.account.platform, f"room{self.space}", space=self.space, private=False)

    def act(self, kind: Kind, spot: Spot, **more: object) -> Incoming:
        roles = self.roles if spot == "room" else frozenset[Role]()
        at = self.inside.clock.now()
        return Incoming(kind, new_id(), self.account, self.place(spot), at, locale="en", roles=roles, **more)  # type: ignore[arg-type]

    async def _do(self, incoming: Incoming, what: str) -> Reply:
        reply = await self.inside.take(incoming, what)
        if reply != NOTHING:
            self.screen = reply
        return reply

    async def command(self, line: str, spot: Spot = "private", **arguments: str) -> Reply:
        name, _, rest = line.removeprefix("/").partition(" ")
        given = {**({"text": rest} if rest else {}), **arguments}
        return await self._do(self.act(Kind.COMMAND, spot, name=name, arguments=given), f"/{name}")

    async def press(self, press: Press, spot: Spot = "private") -> Reply:
        """Send a press as a modified client could."""
        return await self._do(self.act(Kind.PRESS, spot, press=press), f"{press.feature}:{press.action}")

    async def tap(self, *labels: str, spot: Spot = "private") -> Reply:
        for label in labels:
            await self.press(self.button(label), spot)
        return self.screen

    def button(self, label: str) -> Press:
        for button in buttons_of(self.screen):
            if button.label.removeprefix("✓ ") == label and button.press is not None:
                return button.press
        raise AssertionError(f"no button {label!r} among {[button.label for button in buttons_of(self.screen)]}")

    async def fill(self, press: Press, values: Mapping[str, str], spot: Spot = "private") -> Reply:
        name = f"{press.feature}.{press.action}"
        return await self._do(self.act(Kind.FORM, spot, name=name, press=press, arguments=dict(values)), f"form {name}")

    async def say(self, words: str, spot: Spot = "private") -> Reply:
        return await self._do(self.act(Kind.WORDS, spot, words=words), "words")

    async def write(self, words: str) -> Reply:
        """Answer a step that asks for words: typed where there are no forms, else with the form behind Write."""
        if self.account.platform == "telegram":
            return await self.say(words)
        await self.tap("Write")
        assert self.screen.form is not None
        return await self.fill(self.screen.form.press, {"words": words})

    async def agree(self, line: str) -> Reply:
        """Type a command that needs consent, and give it."""
        await self.command(line)
        if any(button.label == YES for button in buttons_of(self.screen)):
            await self.tap(YES)
        return self.screen

    async def id(self) -> PersonId:
        async def find(unit: Unit) -> PersonId:
            person = await unit.people.find(self.account)
            assert person is not None
            return person.id

        return await self.inside.house.store.transact(find)

    async def export(self) -> dict[str, list[dict[str, Any]]]:
        """Return all that is held of the person, opened."""
        who = await self.id()
        held: dict[str, list[dict[str, Any]]] = await self.inside.house.store.transact(lambda unit: PersonalRows(unit).export(who))
        return held


async def plan(kim: Somebody, title: str = "Tuesday evening", line: str = "tuesday 20:00 90") -> None:
    """Plan a meeting in the room of kim's community (the clock stands at Tuesday 19:00 in Berlin)."""
    await kim.command(f"/meeting create {line} {title}", "room")
    await kim.press(next(press for press in presses_of(kim.screen) if press.action == "save"), "room")
    assert "Saved" in text_of(kim.screen), text_of(kim.screen)


def presses_of(reply: Reply) -> Sequence[Press]:
    return [button.press for button in buttons_of(reply) if button.press is not None]


@asynccontextmanager
async def opened(folder: Path, clock: HeldClock, *names: str, **community: str) -> AsyncIterator[Inside]:
    """Open the house; `names`: the platforms, all of them if none is named. Again in the same folder, it is the same house."""
    async with openchair(config_of(folder, *names, **community), clock=clock, alarm=HeldAlarm()) as house:
        yield Inside(house, clock, folder)
