"""Discord's objects as JSON."""

from datetime import UTC, datetime
from typing import Any

from tests.servers.discord.world import COMMAND, EPHEMERAL, Act, Message, Person, World

_LOCALE = "en-US"


def user(id_: str, name: str, *, is_bot: bool = False) -> dict[str, Any]:
    return {
        "id": id_,
        "username": name,
        "global_name": name,
        "avatar": None,
        "discriminator": "0",
        "public_flags": 0,
        "flags": 0,
        "bot": is_bot,
        "primary_guild": None,
    }


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


def role(id_: str, name: str, position: int, permissions: int = 0) -> dict[str, Any]:
    return {
        "id": id_,
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": position,
        "permissions": str(permissions),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def server(world: World) -> dict[str, Any]:
    """The GUILD_CREATE event's object."""
    return {
        "id": world.server,
        "name": "Tuesday people",
        "owner_id": world.owner.id,
        "roles": [role(world.server, "@everyone", 0), role(world.facilitators, "facilitator", 1)],
        "emojis": [],
        "stickers": [],
        "features": [],
        "channels": [room(world)],
        "threads": [],
        "members": [],
        "presences": [],
        "voice_states": [],
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
    return {
        "id": world.room,
        "type": 0,
        "guild_id": world.server,
        "name": "tuesday",
        "position": 0,
        "permission_overwrites": [],
        "parent_id": None,
        "flags": 0,
        "permissions": "0",
    }


def private_channel(world: World, person: Person) -> dict[str, Any]:
    return {"id": person.chat, "type": 1, "flags": 0, "last_message_id": None, "recipients": [user(person.id, person.name)]}


def message(world: World, sent: Message) -> dict[str, Any]:
    author = bot(world) if sent.author == world.application else user(sent.author, "someone")
    return {
        "id": sent.id,
        "channel_id": sent.channel,
        "type": 0,
        "content": sent.content,
        "author": author,
        "mentions": [],
        "mention_roles": [],
        "mention_everyone": False,
        "attachments": [_attachment(entry) for entry in sent.attachments],
        "embeds": [],
        "timestamp": sent.at.isoformat(),
        "edited_timestamp": datetime.now(UTC).isoformat() if sent.edits else None,
        "flags": sent.flags | (EPHEMERAL if sent.only_for else 0),
        "components": _numbered(sent.components),
        "pinned": False,
        "tts": False,
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
    if act.channel != world.room:
        made["channel"] = private_channel(world, person)
        return {**made, "user": user(person.id, person.name), "authorizing_integration_owners": {"0": "0"}, "context": 1}
    member = {
        "user": user(person.id, person.name),
        "roles": person.roles,
        "permissions": str(person.permissions),
        "joined_at": datetime.now(UTC).isoformat(),
        "deaf": False,
        "mute": False,
        "flags": 0,
        "nick": None,
        "avatar": None,
        "premium_since": None,
        "pending": False,
    }
    return {
        **made,
        "channel": room(world),
        "guild_id": world.server,
        "guild": {"id": world.server, "locale": _LOCALE, "features": []},
        "guild_locale": _LOCALE,
        "member": member,
        "authorizing_integration_owners": {"0": world.server},
        "context": 0,
    }


def command_data(world: World, name: str, options: dict[str, str]) -> dict[str, Any]:
    """What the client sends for `name` ("urge", "meeting create"), as the registered commands say."""
    first, *within = name.split()
    registered = next((command for command in world.commands if command["name"] == first), None)
    if registered is None:
        raise AssertionError(f"no command /{first} is registered")
    given: list[dict[str, Any]] = [{"name": key, "type": 3, "value": value} for key, value in options.items()]
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
