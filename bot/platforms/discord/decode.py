"""Discord's interactions -> `Incoming`."""

import enum
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import discord

from bot.core.calls import Account, Incoming, Kind, Place, Role
from bot.core.errors import BadPress
from bot.core.ids import MessageRef
from bot.core.replies import Press, parse_press
from bot.platforms.discord import limits
from bot.platforms.discord.controls import AnyInteraction, press_data

NAME = "discord"
_OPTION_GROUPS = (1, 2)  # a subcommand, a group of them


class Setting(enum.Enum):
    """Where an act came from, as far as it decides who may see the answer."""

    DIRECT = "direct"  # the private chat with the bot
    ROOM = "room"  # a server that has installed the bot
    ABROAD = "abroad"  # elsewhere, by a person who installed the bot for themselves: answers are for them alone


class Hook(NamedTuple):
    """An only-you message, reached by its interaction's token until that ends."""

    application: int
    token: str
    message: int
    until: int  # seconds since 1970


class Posted(NamedTuple):
    channel: int
    message: int


def setting_of(interaction: AnyInteraction) -> Setting:
    if interaction.guild_id is None:
        return Setting.ABROAD if interaction.context.private_channel else Setting.DIRECT
    return Setting.ABROAD if interaction.is_user_integration() and not interaction.is_guild_integration() else Setting.ROOM


def incoming(interaction: AnyInteraction, at: datetime, facilitator_role: str) -> Incoming | None:
    """Return the act, or None for what is not one (a ping, an autocompletion).

    A press whose data is not of our making has `press=None`.
    """
    sent: Mapping[str, Any] = interaction.data or {}  # typed apart for each kind; read by kind here
    kind = _KINDS.get(interaction.type)
    if kind is None or interaction.user is discord.utils.MISSING:
        return None
    name, arguments, press = "", dict[str, str](), None
    if kind is Kind.COMMAND:
        name, arguments = _command(sent)
    else:
        press = _press(str(sent.get("custom_id", "")))
        if kind is Kind.FORM:
            name, arguments = f"{press.feature}.{press.action}" if press else "", dict(_fields(sent.get("components", ())))
    setting = setting_of(interaction)
    guild = interaction.guild if setting is Setting.ROOM else None
    return Incoming(
        kind=kind,
        receipt=str(interaction.id),
        account=Account(NAME, str(interaction.user.id)),
        place=_place(interaction, setting),
        at=at,
        name=name,
        press=press,
        arguments=arguments,
        locale=interaction.locale.value,
        roles=_roles(interaction, facilitator_role) if setting is Setting.ROOM else frozenset(),
        message=pressed_message(interaction, at),
        space_name=(guild.name or "") if guild else "",
    )


_KINDS = {
    discord.InteractionType.application_command: Kind.COMMAND,
    discord.InteractionType.component: Kind.PRESS,
    discord.InteractionType.modal_submit: Kind.FORM,
}


def _command(sent: Mapping[str, Any]) -> tuple[str, dict[str, str]]:
    words, options = [str(sent.get("name", ""))], sent.get("options", [])
    while options and options[0].get("type") in _OPTION_GROUPS:
        words.append(str(options[0]["name"]))
        options = options[0].get("options", [])
    return " ".join(words), {str(option["name"]): str(option.get("value", "")) for option in options}


def _press(custom_id: str) -> Press | None:
    try:
        return parse_press(press_data(custom_id))
    except BadPress:
        return None


def _fields(parts: Iterable[Mapping[str, Any]]) -> Iterable[tuple[str, str]]:
    """Yield the modal's answers: labels (`component`) and the older rows (`components`) hold them."""
    for part in parts:
        if "component" in part:
            yield from _fields((part["component"],))
        elif "components" in part:
            yield from _fields(part["components"])
        elif "values" in part:
            yield str(part.get("custom_id", "")), str(part["values"][0]) if part["values"] else ""
        elif "value" in part:
            yield str(part.get("custom_id", "")), str(part["value"] or "")


def _place(interaction: AnyInteraction, setting: Setting) -> Place:
    message = interaction.message
    channel = interaction.channel_id or (message.channel.id if message and message.channel else "")
    if setting is Setting.ROOM:
        return Place(NAME, chat=str(channel), space=str(interaction.guild_id), private=False)
    return Place(NAME, chat=str(channel))


def _roles(interaction: AnyInteraction, facilitator_role: str) -> frozenset[Role]:
    """The server's owner, whoever may manage it or its events, and the members of the facilitators' role."""
    user, guild, may = interaction.user, interaction.guild, interaction.permissions
    named = isinstance(user, discord.Member) and any(role.name.casefold() == facilitator_role.casefold() for role in user.roles)
    roles = set[Role]()
    if guild is not None and guild.owner_id == user.id:
        roles |= {Role.OWNER, Role.FACILITATOR}
    if named or may.administrator or may.manage_guild or may.manage_events:
        roles.add(Role.FACILITATOR)
    return frozenset(roles)


def is_only_you(message: discord.Message) -> bool:
    return bool(message.flags.ephemeral)


def pressed_message(interaction: AnyInteraction, at: datetime) -> MessageRef | None:
    message = interaction.message
    if message is None:
        return None
    if is_only_you(message):
        return hook_ref(interaction, message.id, at)
    return posted_ref(message.channel.id if message.channel else interaction.channel_id or 0, message.id)


def posted_ref(channel: int, message: int) -> MessageRef:
    return MessageRef(f"{channel}:{message}")


def hook_ref(interaction: AnyInteraction, message: int, at: datetime) -> MessageRef:
    until = int((at + limits.TOKEN_LIVES).timestamp())
    return MessageRef(f"hook:{interaction.application_id}:{interaction.token}:{message}:{until}")


def parse_ref(ref: MessageRef) -> Hook | Posted:
    """Return what the ref names. Raises ValueError for one that is not of our making."""
    parts = ref.split(":")
    if parts[0] == "hook" and len(parts) == 5:
        return Hook(int(parts[1]), parts[2], int(parts[3]), int(parts[4]))
    channel, message = parts
    return Posted(int(channel), int(message))
