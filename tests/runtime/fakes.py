"""Hand-written doubles: a clock that a test steps, texts that say their keys, a platform, an alarm, and acts."""

import asyncio
import itertools
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.core.calls import Account, Incoming, Kind, Place, Role, Room
from bot.core.errors import BotError
from bot.core.ids import CommunityId, MessageRef, PersonId, RoomId
from bot.core.platform import Capabilities, Delivery, Finding, Receiver
from bot.core.posts import Claimed, Lane, Post, ToPerson, ToRoom
from bot.core.replies import Press, Reply
from bot.core.richtext import Node, Nodes, Text, plain_block
from bot.core.texts import Say, Value

ALICE = Account("telegram", "alice")
BOB = Account("telegram", "bob")
PRIVATE = Place("telegram", "alice")
ROOM_PLACE = Place("telegram", "room", space="space", private=False)
CAN = {
    "telegram": Capabilities(False, False, False, False, 4096, 40),
    "discord": Capabilities(True, True, True, True, 2000, 40),
}


class SteppedClock:
    """Time moves only when a test lets it pass; who sleeps wakes in order, each at their own moment."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._count = 0

    def now(self) -> datetime:
        return self.at

    async def sleep(self, seconds: float) -> None:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._count += 1
        self._sleepers.append((self.at + timedelta(seconds=max(seconds, 0)), self._count, future))
        await future

    async def go(self, seconds: float = 0) -> None:
        """Let time pass, and everything happen that happens in it."""
        until = self.at + timedelta(seconds=seconds)
        await settle()
        while due := sorted((s for s in self._sleepers if s[0] <= until and not s[2].done()), key=lambda s: s[:2]):
            self.at = max(self.at, due[0][0])
            self._sleepers.remove(due[0])
            due[0][2].set_result(None)
            await settle()
        self._sleepers = [s for s in self._sleepers if not s[2].done()]
        self.at = until
        await settle()


async def settle(turns: int = 60) -> None:
    """Let every task go on until it waits for something that only a test can give."""
    for _ in range(turns):
        await asyncio.sleep(0)


class KeySay:
    """Says its keys: `error.storage(limit=4)`."""

    def __init__(self, language: str, missing: frozenset[str]) -> None:
        self.language = language
        self._missing = missing

    def __call__(self, key: str, /, **values: Value) -> Nodes:
        nodes: list[Node] = [Text(f"{self.language}:{key}")]
        for name, value in values.items():
            nodes.append(Text(f" {name}="))
            nodes.append(Text(str(value)) if isinstance(value, str | int | float) else value)
        return tuple(nodes)

    def label(self, key: str, /, **values: Value) -> str:
        return f"{self.language}:{key}"

    def has(self, key: str, /) -> bool:
        return key not in self._missing


class KeyTexts:
    languages = ("en", "de")

    def __init__(self, missing: Iterable[str] = ()) -> None:
        self.missing = frozenset(missing)

    def of(self, language: str) -> Say:
        return KeySay(language if language in self.languages else "en", self.missing)


class FakePlatform:
    """Takes deliveries; `says` holds what it answers next (an error to raise, or None), then it is content."""

    def __init__(self, clock: SteppedClock, name: str = "telegram", says: Iterable[Exception | None] = ()) -> None:
        self.name = name
        self.capabilities = CAN[name]
        self.says = list(says)
        self.took: list[tuple[datetime, Delivery]] = []
        self.said: list[tuple[str, Exception | None]] = []
        self.seconds = 0.0  # how long a delivery takes
        self.at_once = self.most_at_once = 0
        self._clock = clock

    async def deliver(self, delivery: Delivery) -> MessageRef:
        self.took.append((self._clock.now(), delivery))
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        try:
            if self.seconds:
                await self._clock.sleep(self.seconds)
            said = self.says.pop(0) if self.says else None
            self.said.append((delivery.key, said))
            if said is not None:
                raise said
        finally:
            self.at_once -= 1
        return MessageRef(f"message {len(self.took)}")

    async def run(self, receiver: Receiver) -> None:
        await asyncio.Event().wait()

    async def check(self) -> Sequence[Finding]:
        return ()


class NoPainter:
    async def paint(self, reply: Reply) -> bytes | None:
        return None


class HeldAlarm:
    """Rings when a test says so; keeps what it was set to."""

    def __init__(self) -> None:
        self.settings: list[datetime] = []
        self.ring: Callable[[], None] = lambda: None
        self.stopped = False

    def start(self, ring: Callable[[], None]) -> None:
        self.ring = ring

    def set(self, at: datetime) -> None:
        self.settings.append(at)

    def stop(self) -> None:
        self.stopped = True


def command(name: str, *, text: str = "", at: datetime, account: Account = ALICE, **more: Any) -> Incoming:
    return _act(Kind.COMMAND, at, account, name=name, arguments={"text": text} if text else {}, **more)


def pressed(
    feature: str, action: str, subject: str = "", value: str = "", *, at: datetime, account: Account = ALICE, **more: Any
) -> Incoming:
    return _act(Kind.PRESS, at, account, press=Press(feature, action, subject, value), **more)


def typed(words: str, *, at: datetime, account: Account = ALICE, **more: Any) -> Incoming:
    return _act(Kind.WORDS, at, account, words=words, **more)


def filled(press: Press, arguments: dict[str, str], *, at: datetime, account: Account = ALICE, **more: Any) -> Incoming:
    return _act(Kind.FORM, at, account, press=press, arguments=arguments, **more)


_receipts = itertools.count()


def _act(kind: Kind, at: datetime, account: Account, *, receipt: str = "", place: Place | None = None, **more: Any) -> Incoming:
    place = place or Place(account.platform, account.user)
    return Incoming(kind, receipt or f"r{next(_receipts)}", account, place, at, **more)


def said(reply: Reply) -> str:
    """Return a reply's blocks as plain text."""
    return "\n".join(plain_block(block) for block in reply.blocks)


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


def row(
    id_: str = "post", *, lane: Lane = Lane.PRIVATE, user: str = "alice", room: str = "", slot: str = "", **more: Any
) -> Claimed:
    """Return an outbox row for the courier, to a person or a room."""
    of_post = {name: more.pop(name) for name in ("not_before", "too_late_at", "twice") if name in more}
    reply = more.pop("reply", Reply(slot=more.pop("slot", "")))
    to = ToRoom(RoomId(room)) if room else ToPerson(PersonId(user))
    where = Room(RoomId(room), CommunityId("c"), "telegram", room, "") if room else None
    account = None if room else Account("telegram", user)
    return Claimed(id_, Post(id_, lane, to, reply, **of_post), more.pop("tries", 0), "en", account=account, room=where, **more)


FACILITATOR = frozenset({Role.FACILITATOR})


class Refusal(BotError):
    """One of our errors, as a feature would raise."""

    text_key = "test.refusal"
