"""Discord's objects of a server as JSON: its people, roles, channels, voice and calendar."""

from datetime import UTC, datetime
from typing import Any

from tests.servers.discord.world import FORUM, STAGE, VOICE, Channel, Person, World

_REQUIRE_TAG = 1 << 4  # a flag of forums


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


def roles(world: World) -> list[dict[str, Any]]:
    return [role(world.server, "@everyone", 0), role(world.facilitators, "facilitator", 1, world.facilitators_may)]


def channel(world: World, of: Channel) -> dict[str, Any]:
    made = {"id": of.id, "type": of.type, "guild_id": world.server, "name": of.name, "flags": 0, "parent_id": of.parent or None}
    if not of.is_thread:
        listed = [
            {"id": id_, "type": type_, "allow": str(allow), "deny": str(deny)}
            for id_, (type_, allow, deny) in of.overwrites.items()
        ]
        sound = {"bitrate": 64000, "user_limit": 0, "rtc_region": None} if of.type in (VOICE, STAGE) else {}
        if of.type == FORUM:
            made |= {"flags": _REQUIRE_TAG if of.needs_tag else 0, "available_tags": of.tags}
        return {**made, **sound, "position": 0, "permission_overwrites": listed, "permissions": "0"}
    times = {
        "archived": of.archived,
        "locked": of.locked,
        "invitable": of.invitable,
        "auto_archive_duration": 1440,
        "archive_timestamp": datetime.now(UTC).isoformat(),
    }
    counts = {"message_count": 0, "member_count": 1, "total_message_sent": 0, "rate_limit_per_user": 0}
    return {**made, **counts, "owner_id": world.application, "thread_metadata": times}


def voice_state(world: World, person: Person) -> dict[str, Any]:
    return {
        "guild_id": world.server,
        "channel_id": person.voice or None,
        "user_id": person.id,
        "member": member(person),
        "session_id": f"voice{person.id}",
        "deaf": False,
        "mute": person.is_muted,
        "self_deaf": False,
        "self_mute": False,
        "self_stream": None,
        "self_video": False,
        "suppress": person.is_suppressed,
        "request_to_speak_timestamp": None,
    }


def member(person: Person) -> dict[str, Any]:
    """As REST and the gateway's events have it; an interaction adds permissions."""
    return {
        "user": user(person.id, person.name),
        "roles": person.roles,
        "joined_at": datetime.now(UTC).isoformat(),
        "deaf": False,
        "mute": person.is_muted,
        "flags": 0,
        "nick": person.nick,
        "avatar": None,
        "banner": None,
        "communication_disabled_until": None,
        "premium_since": None,
        "pending": False,
    }


def event(world: World, of: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": of["id"],
        "guild_id": world.server,
        "creator_id": of["creator_id"],
        "name": of["name"],
        "description": of.get("description"),
        "channel_id": of.get("channel_id"),
        "image": None,
        "scheduled_start_time": of["scheduled_start_time"],
        "scheduled_end_time": of.get("scheduled_end_time"),
        "status": of["status"],
        "entity_type": of["entity_type"],
        "entity_id": None,
        "entity_metadata": of.get("entity_metadata"),
        "recurrence_rule": None,
        "privacy_level": of["privacy_level"],
        "guild_scheduled_event_exceptions": [],
        "user_rsvp": None,
    }
