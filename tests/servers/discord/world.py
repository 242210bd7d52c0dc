"""What the server holds: people, one server with its room, messages, and acts."""

import asyncio
import itertools
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

_EPOCH = 1420070400000  # Discord's first millisecond
EPHEMERAL, LOADING = 64, 128
COMMAND, PRESS, SUBMIT = 2, 3, 5  # kinds of acts


@dataclass(eq=False)
class Person:
    id: str
    name: str
    roles: list[str] = field(default_factory=list)
    permissions: int = 0
    locale: str = "en-US"
    chat: str = ""  # the private channel with the bot
    is_closed: bool = False  # takes no private messages


@dataclass(eq=False)
class Message:
    id: str
    channel: str
    author: str
    content: str = ""
    components: list[Any] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    flags: int = 0
    only_for: Person | None = None
    edits: int = 0
    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [button for row in self.components for button in row["components"]]


@dataclass(eq=False)
class Act:
    """An interaction. `answer` is the type of the first answer, once it came."""

    id: str
    token: str
    kind: int
    person: Person
    channel: str
    pressed: Message | None = None
    answer: int | None = None
    original: Message | None = None
    sent_at: float = 0.0
    is_expired: bool = False
    made: list[Message] = field(default_factory=list)
    answered: asyncio.Event = field(default_factory=asyncio.Event)  # there is something to see

    @property
    def is_loading(self) -> bool:
        return self.original is not None and bool(self.original.flags & LOADING)


class World:
    def __init__(self) -> None:
        self._numbers = itertools.count()
        self.application, self.server, self.room = self.new_id(), self.new_id(), self.new_id()
        self.facilitators = self.new_id()  # the role
        self.owner = Person(self.new_id(), "owner")
        self.people: dict[str, Person] = {}
        self.messages: dict[str, Message] = {}
        self.by_nonce: dict[tuple[str, str], Message] = {}
        self.acts: dict[str, Act] = {}
        self.modals: dict[Person, tuple[dict[str, Any], Act]] = {}
        self.commands: list[dict[str, Any]] = []

    def new_id(self) -> str:
        return str((int(time.time() * 1000) - _EPOCH) << 22 | next(self._numbers))

    def person(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = Person(self.new_id(), name, chat=self.new_id())
        return self.people[name]

    def by_chat(self, channel: str) -> Person | None:
        return next((person for person in self.people.values() if person.chat == channel), None)

    def by_user(self, user: str) -> Person | None:
        return next((person for person in self.people.values() if person.id == user), None)

    def seen(self, person: Person, channel: str) -> list[Message]:
        """What the person sees in a channel, oldest first; a message that says only "wait" is not counted."""
        return [
            message
            for message in self.messages.values()
            if message.channel == channel and message.only_for in (None, person) and not message.flags & LOADING
        ]

    def act(self, kind: int, person: Person, channel: str, pressed: Message | None = None) -> Act:
        made = Act(self.new_id(), f"token{self.new_id()}", kind, person, channel, pressed)
        self.acts[made.token] = made
        return made

    def post(self, channel: str, payload: dict[str, Any], files: list[dict[str, Any]], only_for: Person | None = None) -> Message:
        message = Message(self.new_id(), channel, self.application, only_for=only_for)
        self.messages[message.id] = message
        self.change(message, payload, files)
        message.edits = 0
        message.flags = int(payload.get("flags") or 0)
        return message

    def change(self, message: Message, payload: dict[str, Any], files: list[dict[str, Any]]) -> None:
        """Apply what the payload has; what it leaves out stays."""
        message.edits += 1
        message.flags &= ~LOADING
        if "content" in payload:
            message.content = (payload["content"] or "").strip()
        if "components" in payload:
            message.components = payload["components"] or []
        if "attachments" in payload or files:
            kept = {entry["id"] for entry in payload.get("attachments") or []}
            message.attachments = [entry for entry in message.attachments if entry["id"] in kept] + files
