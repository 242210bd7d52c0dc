"""The page's made-up persons, what it keeps, and the port for keeping it."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import msgspec

from bot.core.calls import Account, Place, Role
from bot.core.replies import Reply

PLATFORM = "web"
SPACE = "demo"
ROOM = "room"


class Part(enum.StrEnum):
    """How the page introduces a person: the text `web.part_<value>`."""

    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Persona:
    """A made-up person. `key` is `a-z`; `language` is what the person's browser would ask for ("": the real one's)."""

    key: str
    name: str
    part: Part = Part.PARTICIPANT
    roles: frozenset[Role] = frozenset()
    language: str = ""

    @property
    def account(self) -> Account:
        return Account(PLATFORM, self.key)

    @property
    def private(self) -> str:
        """The private chat with the bot."""
        return f"private_{self.key}"

    @property
    def only(self) -> str:
        """What the bot says in the room to this person alone."""
        return f"only_{self.key}"


DEMO = (
    Persona("ana", "Ana"),
    Persona("ben", "Ben"),
    Persona("kim", "Kim", Part.FACILITATOR, frozenset({Role.FACILITATOR})),
    Persona("rosa", "Rosa", Part.RELATIVE),
)


class Pane(enum.StrEnum):
    """The two halves of a person's screen."""

    ROOM = "room"
    PRIVATE = "private"


def place_of(persona: Persona, pane: Pane) -> Place:
    """There is one community, so a private chat belongs to it as well: nobody has to tell it first which they mean."""
    if pane is Pane.ROOM:
        return Place(PLATFORM, ROOM, space=SPACE, private=False)
    return Place(PLATFORM, persona.private, space=SPACE, private=True)


def chats_of(persona: Persona, pane: Pane) -> tuple[str, ...]:
    """The chats whose messages the person sees in a pane, merged in the order they came."""
    return (ROOM, persona.only) if pane is Pane.ROOM else (persona.private,)


def pane_of(chat: str) -> Pane:
    return Pane.PRIVATE if chat.startswith("private_") else Pane.ROOM


def reader_of(chat: str) -> str | None:
    """The key of the only persona who may read the chat, or None for the room, which all read."""
    return None if chat == ROOM else chat.partition("_")[2]


class Kept(msgspec.Struct, frozen=True):
    """One message, as it stands in the log.

    `order` grows with every message of the process and sorts chats that are shown together. `edition` grows with every edit.
    `keys` are fingerprints of the acts and deliveries that made it what it is, so that none is applied twice.
    """

    id: str
    order: int
    at: datetime
    reply: Reply
    keys: tuple[str, ...]
    by: str = ""  # the persona who wrote it; "" for the bot
    language: str = ""
    edition: int = 0
    picture: bytes | None = None


class ChatLog(Protocol):
    """Where messages outlive the process. A payload of a chat with an owner is that person's content."""

    async def add(self, chat: str, owner: Account | None, message_id: str, payload: bytes) -> bool:
        """Return whether the message is kept: not, when its owner is nobody yet."""
        ...

    async def keeps_words(self, owner: Account) -> bool:
        """Whether the owner agreed that what they type is kept."""
        ...

    async def replace(self, chat: str, message_id: str, payload: bytes) -> bool:
        """Return whether the message was there."""
        ...

    async def of_chat(self, chat: str, limit: int) -> Sequence[tuple[str, bytes]]:
        """Return the newest messages of a chat as (id, payload), the oldest of them first."""
        ...


class MemoryChatLog:
    """A log that ends with the process."""

    def __init__(self) -> None:
        self._chats: dict[str, dict[str, bytes]] = {}

    async def add(self, chat: str, owner: Account | None, message_id: str, payload: bytes) -> bool:
        self._chats.setdefault(chat, {})[message_id] = payload
        return True

    async def keeps_words(self, owner: Account) -> bool:
        return True

    async def replace(self, chat: str, message_id: str, payload: bytes) -> bool:
        messages = self._chats.get(chat, {})
        if message_id not in messages:
            return False
        messages[message_id] = payload
        return True

    async def of_chat(self, chat: str, limit: int) -> Sequence[tuple[str, bytes]]:
        return list(self._chats.get(chat, {}).items())[-limit:]

    def forget(self, chat: str) -> None:
        """As an erasure does."""
        self._chats.pop(chat, None)
