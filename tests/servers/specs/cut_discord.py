"""Cuts Discord's OpenAPI document down to the paths of the bot: `python -m tests.servers.specs.cut_discord <whole.json>`.

The document is Discord's (MIT, see discord-openapi.LICENSE). Kept whole: the paths below and every part they refer to.
"""

import json
import sys
from pathlib import Path
from typing import Any

OURS = Path(__file__).with_name("discord-openapi.json")
PATHS = {
    "/gateway/bot": ("get",),
    "/users/@me": ("get",),
    "/users/@me/guilds": ("get",),
    "/users/@me/channels": ("post",),
    "/oauth2/applications/@me": ("get",),
    "/applications/@me": ("get",),
    "/applications/{application_id}/commands": ("get", "put"),
    "/interactions/{interaction_id}/{interaction_token}/callback": ("post",),
    "/webhooks/{webhook_id}/{webhook_token}": ("post",),
    "/webhooks/{webhook_id}/{webhook_token}/messages/@original": ("get", "patch", "delete"),
    "/webhooks/{webhook_id}/{webhook_token}/messages/{message_id}": ("get", "patch", "delete"),
    "/channels/{channel_id}": ("get", "patch"),
    "/channels/{channel_id}/permissions/{overwrite_id}": ("put", "delete"),
    "/channels/{channel_id}/messages/{message_id}/threads": ("post",),
    "/channels/{channel_id}/threads": ("post",),
    "/guilds/{guild_id}/threads/active": ("get",),
    "/channels/{channel_id}/messages/pins/{message_id}": ("put",),
    "/channels/{channel_id}/thread-members/{user_id}": ("delete",),
    "/guilds/{guild_id}/roles": ("get",),
    "/guilds/{guild_id}/members/{user_id}": ("patch",),
    "/guilds/{guild_id}/voice-states/{user_id}": ("get", "patch"),
    "/guilds/{guild_id}/scheduled-events": ("get", "post"),
    "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}": ("get", "patch", "delete"),
    "/channels/{channel_id}/messages": ("get", "post"),
    "/channels/{channel_id}/messages/{message_id}": ("get", "patch", "delete"),
}


def references(part: Any) -> set[str]:
    match part:
        case dict():
            own = {part["$ref"]} if isinstance(part.get("$ref"), str) else set()
            return own.union(*(references(inner) for inner in part.values()))
        case list():
            return set().union(*(references(inner) for inner in part))
    return set()


def cut(whole: dict[str, Any]) -> dict[str, Any]:
    paths = {
        path: {key: value for key, value in whole["paths"][path].items() if key in (*methods, "parameters")}
        for path, methods in PATHS.items()
    }
    components: dict[str, dict[str, Any]] = {}
    waiting, seen = references(paths), set[str]()
    while waiting:
        reference = waiting.pop()
        seen.add(reference)
        _, _, kind, name = reference.split("/")
        components.setdefault(kind, {})[name] = whole["components"][kind][name]
        waiting |= references(whole["components"][kind][name]) - seen
    sorted_components = {kind: dict(sorted(parts.items())) for kind, parts in sorted(components.items())}
    return {"openapi": whole["openapi"], "info": whole["info"], "paths": paths, "components": sorted_components}


if __name__ == "__main__":
    cut_down = cut(json.loads(Path(sys.argv[1]).read_text()))
    OURS.write_text(json.dumps(cut_down, separators=(",", ":"), ensure_ascii=False) + "\n")
