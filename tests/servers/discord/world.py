"""What the server holds: people, one server with its room, messages, and acts."""

import asyncio
import itertools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

_EPOCH = 1420070400000  # Discord's first millisecond
EPHEMERAL, LOADING = 64, 128
COMMAND, PRESS, TYPING, SUBMIT = 2, 3, 4, 5  # kinds of acts
TEXT, VOICE, PUBLIC_THREAD, PRIVATE_THREAD, STAGE, FORUM = 0, 2, 11, 12, 13, 15  # types of channels
EVERYTHING = (1 << 52) - 1 & ~(1 << 3)  # of permissions; without being an administrator


@dataclass(eq=False)
class Person:
    id: str
    name: str
    roles: list[str] = field(default_factory=list)
    permissions: int = 0
    nick: str | None = None
    locale: str = "en-US"
    chat: str = ""  # the private channel with the bot
    is_closed: bool = False  # takes no private messages
    is_gone: bool = False  # left the server
    voice: str = ""  # the voice channel
    is_muted: bool = False  # by the server: it stays when the person leaves the channel
    is_suppressed: bool = False


@dataclass(eq=False)
class Channel:
    """`overwrites`: (type, allow, deny) by the id of a role (type 0) or member (1)."""

    id: str
    type: int
    name: str
    parent: str = ""
    overwrites: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    tags: list[dict[str, Any]] = field(default_factory=list)  # of a forum
    needs_tag: bool = False

    @property
    def is_thread(self) -> bool:
        return self.type in (PUBLIC_THREAD, PRIVATE_THREAD)


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
    type: int = 0
    about: str = ""  # the message that a notice is about
    is_pinned: bool = False
    pinged: list[str] = field(default_factory=list)  # the roles that heard it
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
    offered: list[dict[str, str]] = field(default_factory=list)  # what was offered while the person typed
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
        self.facilitators_may = 0  # in the whole server
        self.channels = {self.room: Channel(self.room, TEXT, "tuesday")}
        self.bot_may, self.is_bot_in = EVERYTHING, True
        self.events: dict[str, dict[str, Any]] = {}
        self.claimed_size: int | None = None  # what is told of a file that is uploaded, when it is not the truth
        self.claimed_url = ""
        self.uploads: dict[str, dict[str, Any]] = {}
        self.to_tell: list[tuple[str, dict[str, Any], int]] = []  # events of the gateway: name, data, intent

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

    def everybody(self) -> list[Person]:
        return [*self.people.values(), self.owner]

    def new_channel(self, type_: int, name: str, parent: str = "") -> Channel:
        made = Channel(self.new_id(), type_, name, parent)
        self.channels[made.id] = made
        return made

    def may(self, channel: Channel, who: str, roles: Sequence[str], base: int) -> int:
        """What somebody may do in a channel (in a thread: as in its parent): Discord's own rule."""
        channel = self.channels[channel.parent] if channel.is_thread else channel
        layers = [
            [channel.overwrites.get(self.server)],
            [channel.overwrites.get(role) for role in roles],
            [channel.overwrites.get(who)],
        ]
        for layer in layers:
            found = [one for one in layer if one is not None]
            for _, _, deny in found:
                base &= ~deny
            for _, allow, _ in found:
                base |= allow
        return base

    def bot_may_in(self, channel: Channel) -> int:
        return self.may(channel, self.application, (), self.bot_may)

    def person_may_in(self, channel: Channel, person: Person) -> int:
        return self.may(channel, person.id, person.roles, EVERYTHING)

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
        message.pinged = list((payload.get("allowed_mentions") or {}).get("roles") or [])
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
