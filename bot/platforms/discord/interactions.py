"""An interaction as the gateway tells it: read where it is needed, without building discord.py's objects around it."""

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

COMMAND, PRESS, TYPING, FORM = 2, 3, 4, 5  # kinds of interactions
ANSWER, WAIT, WAIT_QUIETLY, EDIT, OFFER, MODAL = 4, 5, 6, 7, 8, 9  # kinds of first answers
EPHEMERAL = 1 << 6
_PRIVATE_CHANNEL = 2  # a context: between other people

Raw = Mapping[str, Any]  # JSON as it came


class Setting(enum.Enum):
    """Where an act came from, as far as it decides who may see the answer."""

    DIRECT = "direct"  # the private chat with the bot
    ROOM = "room"  # a server that has installed the bot
    ABROAD = "abroad"  # elsewhere, by a person who installed the bot for themselves: answers are for them alone


@dataclass(frozen=True, slots=True, eq=False)
class Interaction:
    """`server` is "" outside of servers; `may` are the person's permissions in this channel."""

    id: str
    token: str
    application: str
    kind: int
    user: str
    shown_name: str
    server: str
    channel: str
    locale: str
    setting: Setting
    roles: tuple[str, ...]
    may: int
    sent: Raw
    message: Raw | None

    @property
    def custom_id(self) -> str:
        return str(self.sent.get("custom_id", ""))

    @property
    def is_on_only_you(self) -> bool:
        """Whether the message that it came from is seen by one person alone."""
        return self.message is not None and bool(int(self.message.get("flags") or 0) & EPHEMERAL)


def read(event: Raw) -> Interaction | None:
    """Return the event as an interaction, or None for one without a person (a ping)."""
    member: Raw = event.get("member") or {}
    user: Raw | None = member.get("user") or event.get("user")
    if user is None:
        return None
    message: Raw | None = event.get("message")
    server = str(event.get("guild_id") or "")
    channel = event.get("channel_id") or (message or {}).get("channel_id") or ""
    return Interaction(
        id=str(event["id"]),
        token=str(event["token"]),
        application=str(event["application_id"]),
        kind=int(event["type"]),
        user=str(user["id"]),
        shown_name=str(member.get("nick") or user.get("global_name") or user.get("username") or ""),
        server=server,
        channel=str(channel),
        locale=str(event.get("locale") or ""),
        setting=_setting(event, server, str(user["id"])),
        roles=tuple(map(str, member.get("roles") or ())),
        may=int(member.get("permissions") or 0),
        sent=event.get("data") or {},
        message=message,
    )


def _setting(event: Raw, server: str, user: str) -> Setting:
    if not server:
        return Setting.ABROAD if event.get("context") == _PRIVATE_CHANNEL else Setting.DIRECT
    owners: Raw = event.get("authorizing_integration_owners") or {}
    by_person, by_server = str(owners.get("1", "")) == user, str(owners.get("0", "")) == server
    return Setting.ABROAD if by_person and not by_server else Setting.ROOM
