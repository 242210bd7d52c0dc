"""Discord's interactions -> `Incoming`."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import discord

from bot.core.calls import Account, Incoming, Kind, Place, Role
from bot.core.errors import BadPress
from bot.core.ids import MessageRef
from bot.core.replies import Press, parse_press
from bot.core.richtext import clean
from bot.platforms.discord import interactions, limits
from bot.platforms.discord.controls import press_data
from bot.platforms.discord.interactions import Interaction, Raw, Setting

NAME = "discord"
_OPTION_GROUPS = (1, 2)  # a subcommand, a group of them
_ADMINISTRATOR, _MANAGE_GUILD, _MANAGE_EVENTS = 1 << 3, 1 << 5, 1 << 33
_LONGEST_NAME = 64


class Hook(NamedTuple):
    """An only-you message, reached by its interaction's token until that ends."""

    application: int
    token: str
    message: int
    until: int  # seconds since 1970


class Posted(NamedTuple):
    channel: int
    message: int


_KINDS = {
    interactions.COMMAND: Kind.COMMAND,
    interactions.TYPING: Kind.COMMAND,
    interactions.PRESS: Kind.PRESS,
    interactions.FORM: Kind.FORM,
}


def incoming(interaction: Interaction, guild: discord.Guild | None, at: datetime, facilitator_role: str) -> Incoming | None:
    """Return the act, or None for what is not one. A command that is being typed is read like one that was sent.

    A press whose data is not of our making has `press=None`. An uploaded file stands among the arguments by its id.
    """
    sent = interaction.sent
    kind = _KINDS.get(interaction.kind)
    if kind is None:
        return None
    name, arguments, press = "", dict[str, str](), None
    if kind is Kind.COMMAND:
        name, arguments = _command(sent)
    else:
        press = _press(interaction.custom_id)
        if kind is Kind.FORM:
            name, arguments = f"{press.feature}.{press.action}" if press else "", dict(_fields(sent.get("components", ())))
    in_room = interaction.setting is Setting.ROOM
    return Incoming(
        kind=kind,
        receipt=interaction.id,
        account=Account(NAME, interaction.user),
        place=_place(interaction),
        at=at,
        name=name,
        press=press,
        arguments=arguments,
        locale=interaction.locale,
        roles=_roles(interaction, guild, facilitator_role) if in_room else frozenset(),
        roles_known=guild is not None or not in_room,
        message=pressed_message(interaction, at),
        space_name=guild.name if in_room and guild else "",
        shown_name=" ".join(clean(interaction.shown_name[:_LONGEST_NAME]).split()),
    )


def typed(sent: Raw) -> str:
    """Return the name of the option that is being typed; "" when there is none."""
    options = _innermost(sent)[1]
    return next((str(option["name"]) for option in options if option.get("focused")), "")


def _innermost(sent: Raw) -> tuple[str, list[Raw]]:
    words, options = [str(sent.get("name", ""))], sent.get("options") or []
    while options and options[0].get("type") in _OPTION_GROUPS:
        words.append(str(options[0]["name"]))
        options = options[0].get("options") or []
    return " ".join(words), options


def _command(sent: Raw) -> tuple[str, dict[str, str]]:
    name, options = _innermost(sent)
    return name, {str(option["name"]): str(option.get("value", "")) for option in options}


def _press(custom_id: str) -> Press | None:
    try:
        return parse_press(press_data(custom_id))
    except BadPress:
        return None


def _fields(parts: Iterable[Raw]) -> Iterable[tuple[str, str]]:
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


def _place(interaction: Interaction) -> Place:
    if interaction.setting is Setting.ROOM:
        return Place(NAME, chat=interaction.channel, space=interaction.server, private=False)
    return Place(NAME, chat=interaction.channel)


def _roles(interaction: Interaction, guild: discord.Guild | None, facilitator_role: str) -> frozenset[Role]:
    """The server's owner, whoever may manage it or its events, and the members of the facilitators' role."""
    if guild is not None and str(guild.owner_id) == interaction.user:
        return frozenset({Role.OWNER, Role.FACILITATOR})
    if interaction.may & (_ADMINISTRATOR | _MANAGE_GUILD | _MANAGE_EVENTS):
        return frozenset({Role.FACILITATOR})
    held = [guild.get_role(int(role)) for role in interaction.roles] if guild is not None else []
    named = any(role is not None and role.name.casefold() == facilitator_role.casefold() for role in held)
    return frozenset({Role.FACILITATOR}) if named else frozenset()


def pressed_message(interaction: Interaction, at: datetime) -> MessageRef | None:
    message = interaction.message
    if message is None:
        return None
    if interaction.is_on_only_you:
        return hook_ref(interaction, str(message["id"]), at)
    return posted_ref(message.get("channel_id") or interaction.channel, message["id"])


def posted_ref(channel: int | str, message: int | str) -> MessageRef:
    return MessageRef(f"{channel}:{message}")


def hook_ref(interaction: Interaction, message: str, at: datetime) -> MessageRef:
    until = int((at + limits.TOKEN_LIVES).timestamp())
    return MessageRef(f"hook:{interaction.application}:{interaction.token}:{message}:{until}")


def parse_ref(ref: MessageRef) -> Hook | Posted:
    """Return what the ref names. Raises ValueError for one that is not of our making."""
    parts = ref.split(":")
    if parts[0] == "hook" and len(parts) == 5:
        return Hook(int(parts[1]), parts[2], int(parts[3]), int(parts[4]))
    channel, message = parts
    return Posted(int(channel), int(message))
