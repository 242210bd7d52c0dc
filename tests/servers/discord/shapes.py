"""Discord's objects as JSON."""

from datetime import UTC, datetime
from typing import Any

from tests.servers.discord.things import channel, member, roles, user, voice_state
from tests.servers.discord.world import COMMAND, EPHEMERAL, Act, Message, Person, World

_LOCALE = "en-US"


def bot(world: World) -> dict[str, Any]:
    return user(world.application, "openchair", is_bot=True)


def me(world: World) -> dict[str, Any]:
    return {**bot(world), "mfa_enabled": False, "locale": _LOCALE, "verified": True}


def application(world: World) -> dict[str, Any]:
    return {
        "id": world.application,
        "name": "openchair",
        "icon": None,
        "description": "",
        "type": None,
        "verify_key": "0" * 64,
        "flags": 0,
        "flags_new": "0",
        "bot_public": True,
        "bot_require_code_grant": False,
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user(world.owner.id, "owner"),
        "approximate_guild_count": 1,
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
    }


def server(world: World) -> dict[str, Any]:
    """The GUILD_CREATE event's object."""
    return {
        "id": world.server,
        "name": "Tuesday people",
        "owner_id": world.owner.id,
        "roles": roles(world),
        "emojis": [],
        "stickers": [],
        "features": [],
        "channels": [channel(world, one) for one in world.channels.values() if not one.is_thread],
        "threads": [channel(world, one) for one in world.channels.values() if one.is_thread],
        "members": [],
        "presences": [],
        "voice_states": [voice_state(world, person) for person in world.everybody() if person.voice],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "member_count": 3,
        "large": False,
        "unavailable": False,
        "preferred_locale": _LOCALE,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "afk_timeout": 0,
        "joined_at": datetime.now(UTC).isoformat(),
    }


def room(world: World) -> dict[str, Any]:
    return channel(world, world.channels[world.room])


def private_channel(world: World, person: Person) -> dict[str, Any]:
    return {"id": person.chat, "type": 1, "flags": 0, "last_message_id": None, "recipients": [user(person.id, person.name)]}


def message(world: World, sent: Message) -> dict[str, Any]:
    author = bot(world) if sent.author == world.application else user(sent.author, "someone")
    return {
        "id": sent.id,
        "channel_id": sent.channel,
        "type": sent.type,
        "content": sent.content,
        "author": author,
        "mentions": [],
        "mention_roles": sent.pinged,
        "mention_everyone": False,
        "attachments": [_attachment(entry) for entry in sent.attachments],
        "embeds": [],
        "timestamp": sent.at.isoformat(),
        "edited_timestamp": datetime.now(UTC).isoformat() if sent.edits else None,
        "flags": sent.flags | (EPHEMERAL if sent.only_for else 0),
        "components": _numbered(sent.components),
        "pinned": sent.is_pinned,
        "tts": False,
        **({"message_reference": {"type": 0, "channel_id": sent.channel, "message_id": sent.about}} if sent.about else {}),
    }


def _attachment(entry: dict[str, Any]) -> dict[str, Any]:
    shown = {key: entry[key] for key in ("id", "filename", "description") if entry.get(key)}
    url = f"https://cdn.invalid/{entry['id']}"
    return {**shown, "size": len(entry["content"]), "url": url, "proxy_url": url, "content_type": "application/octet-stream"}


def _numbered(rows: list[Any]) -> list[Any]:
    """Components as Discord gives them back: each with a number, nulls left out."""
    number = 0
    done = []
    for row in rows:
        number += 1
        shown = {"type": row["type"], "id": number, "components": []}
        for part in row["components"]:
            number += 1
            shown["components"].append({**{k: v for k, v in part.items() if v is not None}, "id": number})
        done.append(shown)
    return done


def interaction(world: World, act: Act, data: dict[str, Any]) -> dict[str, Any]:
    """The INTERACTION_CREATE event's object."""
    person = act.person
    made: dict[str, Any] = {
        "id": act.id,
        "application_id": world.application,
        "type": act.kind,
        "data": data,
        "channel_id": act.channel,
        "token": act.token,
        "version": 1,
        "app_permissions": "0",
        "locale": person.locale,
        "entitlements": [],
        "attachment_size_limit": 10485760,
    }
    if act.pressed is not None:
        made["message"] = message(world, act.pressed)
    if act.channel not in world.channels:
        made["channel"] = private_channel(world, person)
        return {**made, "user": user(person.id, person.name), "authorizing_integration_owners": {"0": "0"}, "context": 1}
    return {
        **made,
        "channel": channel(world, world.channels[act.channel]),
        "guild_id": world.server,
        "guild": {"id": world.server, "locale": _LOCALE, "features": []},
        "guild_locale": _LOCALE,
        "member": {**member(person), "permissions": str(person.permissions)},
        "authorizing_integration_owners": {"0": world.server},
        "context": 0,
    }


def command_data(world: World, name: str, options: dict[str, str], typed: str = "") -> dict[str, Any]:
    """What the client sends for `name` ("urge", "meeting create"), as the registered commands say. `typed`: the option in which
    the person is typing."""
    first, *within = name.split()
    registered = next((command for command in world.commands if command["name"] == first), None)
    if registered is None:
        raise AssertionError(f"no command /{first} is registered")
    given: list[dict[str, Any]] = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
    for option in given:
        if option["name"] == typed:
            option["focused"] = True
    for word in reversed(within):
        given = [{"name": word, "type": 1, "options": given}]
    return {"id": registered["id"], "name": first, "type": 1, "options": given}


def callback(act: Act, kind: int, world: World) -> dict[str, Any]:
    """The answer to a first answer that asked for one."""
    told: dict[str, Any] = {"id": act.id, "type": act.kind, "channel_id": act.channel}
    if act.original is not None:
        told |= {
            "response_message_id": act.original.id,
            "response_message_loading": act.is_loading,
            "response_message_ephemeral": act.original.only_for is not None,
        }
    made: dict[str, Any] = {"interaction": told}
    if kind in (4, 7) and act.original is not None:
        made["resource"] = {"type": kind, "message": message(world, act.original)}
    return made


def registered_command(world: World, payload: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": world.new_id(),
        "application_id": world.application,
        "version": world.new_id(),
        "default_member_permissions": None,
        "type": COMMAND - 1,
        "nsfw": False,
        **payload,
    }
