"""What a person does. An adapter makes an `Incoming`; dispatch finds the person and makes it a `Call`."""

import enum
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.core.ids import CommunityId, MessageRef, PersonId, RoomId
from bot.core.replies import Press


class Kind(enum.StrEnum):
    COMMAND = "command"
    PRESS = "press"
    FORM = "form"
    WORDS = "words"  # typed in a private chat; never read in a room


class Role(enum.StrEnum):
    FACILITATOR = "facilitator"
    OWNER = "owner"


class Account(msgspec.Struct, frozen=True):
    """Somebody on one platform. `user` is the platform's own id, as text."""

    platform: str
    user: str


class Place(msgspec.Struct, frozen=True):
    """Where it happened. `space`: the Discord guild or Telegram group that is a community ("" in a private chat)."""

    platform: str
    chat: str
    thread: str = ""
    space: str = ""
    private: bool = True


class Incoming(msgspec.Struct, frozen=True):
    """One act, as the platform told it.

    `receipt` is the platform's idempotency key (update id, interaction id, client message id). `name` is the command as typed
    without its slash. `arguments` are a command's options by name; words after a typed command stand under "text".
    """

    kind: Kind
    receipt: str
    account: Account
    place: Place
    at: datetime
    name: str = ""
    press: Press | None = None
    arguments: dict[str, str] = {}
    words: str = ""
    locale: str = ""
    roles: frozenset[Role] = frozenset()
    message: MessageRef | None = None  # the message whose button was pressed
    space_name: str = ""
    shown_name: str = ""  # what the platform shows of the account; kept only where the person ticks it
    roles_known: bool = True  # False: the platform could not say, so that no roles do not mean that they ended


class Community(msgspec.Struct, frozen=True):
    """One Discord guild, one Telegram group, or the web demo's."""

    id: CommunityId
    platform: str
    space: str
    zone: str
    language: str
    country: str  # ISO 3166-1 alpha-2; decides the help lines


class Room(msgspec.Struct, frozen=True):
    id: RoomId
    community: CommunityId
    platform: str
    chat: str
    thread: str


class Person(msgspec.Struct, frozen=True):
    """What is known of a person besides their content. None of the settings is guessed."""

    id: PersonId
    language: str = ""
    zone: str = ""
    country: str = ""
    home: CommunityId | None = None
    consented_at: datetime | None = None  # also confirms the age asked by the community
    tidy: bool = False  # what they type in the private chat is deleted there once it is taken in


class Call(msgspec.Struct, frozen=True):
    """An act of a known person, ready for a feature. `person` is None only for commands that need nobody."""

    incoming: Incoming
    language: str
    zone: ZoneInfo
    country: str
    at: datetime
    modals: bool  # the platform can show a form at once
    person: Person | None = None
    community: Community | None = None

    @property
    def who(self) -> PersonId:
        """The person's id. Only for handlers that declared a need for a person."""
        if self.person is None:
            raise LookupError("this call has no person")
        return self.person.id

    @property
    def press(self) -> Press:
        """The button's or form's meaning. Only for presses and forms."""
        if self.incoming.press is None:
            raise LookupError("this call is no press")
        return self.incoming.press

    @property
    def place(self) -> Place:
        return self.incoming.place

    @property
    def arguments(self) -> dict[str, str]:
        return self.incoming.arguments

    @property
    def is_facilitator(self) -> bool:
        return bool(self.incoming.roles)

    @property
    def has_no_role(self) -> bool:
        """Whether the platform said so: what they have as a facilitator is over. While it cannot say, they are only refused."""
        return not self.incoming.roles and self.incoming.roles_known
