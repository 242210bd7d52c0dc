"""Discord's REST calls as the bot, over discord.py's rate-limited HTTP session: JSON in, JSON out, and what discord.py raises."""

from collections.abc import Sequence
from typing import Any

import discord
from discord.http import Route

from bot.platforms.discord.parts import Attachment, Payload, form_of

_PIN_NOTICE = 6  # a type of message
_LOOKED_AT = 5  # messages after a pinned one, in which Discord's line about it is


class Api:
    """`reason`: what Discord's audit log shows with a change."""

    def __init__(self, client: discord.Client, reason: str) -> None:
        self._client, self._http, self._reason = client, client.http, reason

    @property
    def me(self) -> str:
        """The bot's own user id."""
        assert self._client.user is not None
        return str(self._client.user.id)

    async def _call(self, method: str, path: str, body: Payload | None = None, *, audited: bool = False, **named: str) -> Any:
        more: dict[str, Any] = {} if body is None else {"json": body}
        if audited:
            more["reason"] = self._reason
        return await self._http.request(Route(method, path, **named), **more)

    # Messages -------------------------------------------------------------------------------------------------------

    async def private_channel(self, user: str) -> str:
        return str((await self._call("POST", "/users/@me/channels", {"recipient_id": user}))["id"])

    async def post(self, channel: str, message: Payload, files: Sequence[Attachment] = ()) -> Any:
        return await self._send(Route("POST", "/channels/{channel_id}/messages", channel_id=channel), message, files)

    async def edit(self, channel: str, message: str, changed: Payload, files: Sequence[Attachment] = ()) -> Any:
        path = "/channels/{channel_id}/messages/{message_id}"
        return await self._send(Route("PATCH", path, channel_id=channel, message_id=message), changed, files)

    async def _send(self, route: Route, message: Payload, files: Sequence[Attachment]) -> Any:
        if files:
            return await self._http.request(route, form=form_of(message, files))
        return await self._http.request(route, json=message)

    async def delete(self, channel: str, message: str) -> None:
        await self._call("DELETE", "/channels/{channel_id}/messages/{message_id}", channel_id=channel, message_id=message)

    async def pin(self, channel: str, message: str) -> None:
        path = "/channels/{channel_id}/messages/pins/{message_id}"
        await self._call("PUT", path, audited=True, channel_id=channel, message_id=message)

    async def notices(self, channel: str, message: str) -> Sequence[str]:
        """Return the ids of Discord's lines that say that the message was pinned."""
        route = Route("GET", f"/channels/{{channel_id}}/messages?after={message}&limit={_LOOKED_AT}", channel_id=channel)
        told = await self._http.request(route)
        about = [one for one in told if one["type"] == _PIN_NOTICE]
        return [str(one["id"]) for one in about if str((one.get("message_reference") or {}).get("message_id")) == message]

    # Channels -------------------------------------------------------------------------------------------------------

    async def server_of(self, channel: str) -> str:
        """Return the id of the channel's server; "" where it has none."""
        known = self._client.get_channel(int(channel))
        if known is not None and (guild := getattr(known, "guild", None)):
            return str(guild.id)
        return str((await self.channel(channel)).get("guild_id") or "")

    async def channel(self, channel: str) -> Any:
        return await self._call("GET", "/channels/{channel_id}", channel_id=channel)

    async def change_channel(self, channel: str, changed: Payload) -> Any:
        return await self._call("PATCH", "/channels/{channel_id}", changed, audited=True, channel_id=channel)

    async def set_overwrite(self, channel: str, target: str, kind: int, allow: int, deny: int) -> None:
        path = "/channels/{channel_id}/permissions/{overwrite_id}"
        body = {"type": kind, "allow": str(allow), "deny": str(deny)}
        await self._call("PUT", path, body, audited=True, channel_id=channel, overwrite_id=target)

    async def drop_overwrite(self, channel: str, target: str) -> None:
        path = "/channels/{channel_id}/permissions/{overwrite_id}"
        await self._call("DELETE", path, audited=True, channel_id=channel, overwrite_id=target)

    async def start_thread(self, channel: str, message: str, name: str) -> str:
        """Start a public thread at a message and return its id: it is the message's."""
        path = "/channels/{channel_id}/messages/{message_id}/threads"
        return str((await self._call("POST", path, {"name": name}, audited=True, channel_id=channel, message_id=message))["id"])

    async def start_forum_post(self, forum: str, post: Payload) -> str:
        """Begin a post of a forum with its first message and return its id: it is a thread's."""
        return str((await self._call("POST", "/channels/{channel_id}/threads", post, audited=True, channel_id=forum))["id"])

    async def open_threads(self, server: str) -> Sequence[Any]:
        """Return the server's threads that are not archived, as far as the bot sees them."""
        told: dict[str, list[Any]] = await self._call("GET", "/guilds/{guild_id}/threads/active", guild_id=server)
        return told["threads"]

    async def leave_thread(self, thread: str, user: str) -> None:
        """Take a member out of a thread."""
        await self._call("DELETE", "/channels/{channel_id}/thread-members/{user_id}", channel_id=thread, user_id=user)

    # Servers --------------------------------------------------------------------------------------------------------

    async def roles(self, server: str) -> Sequence[Any]:
        told: list[Any] = await self._call("GET", "/guilds/{guild_id}/roles", guild_id=server)
        return told

    async def change_member(self, server: str, user: str, changed: Payload) -> None:
        path = "/guilds/{guild_id}/members/{user_id}"
        await self._call("PATCH", path, changed, audited=True, guild_id=server, user_id=user)

    async def voice(self, server: str, user: str) -> Any:
        return await self._call("GET", "/guilds/{guild_id}/voice-states/{user_id}", guild_id=server, user_id=user)

    async def change_voice(self, server: str, user: str, changed: Payload) -> None:
        await self._call("PATCH", "/guilds/{guild_id}/voice-states/{user_id}", changed, guild_id=server, user_id=user)

    async def events(self, server: str) -> Sequence[Any]:
        told: list[Any] = await self._call("GET", "/guilds/{guild_id}/scheduled-events", guild_id=server)
        return told

    async def event(self, server: str, event: str) -> Any:
        return await self._call("GET", "/guilds/{guild_id}/scheduled-events/{event_id}", guild_id=server, event_id=event)

    async def make_event(self, server: str, event: Payload) -> str:
        path = "/guilds/{guild_id}/scheduled-events"
        return str((await self._call("POST", path, event, audited=True, guild_id=server))["id"])

    async def change_event(self, server: str, event: str, changed: Payload) -> None:
        path = "/guilds/{guild_id}/scheduled-events/{event_id}"
        await self._call("PATCH", path, changed, audited=True, guild_id=server, event_id=event)

    async def drop_event(self, server: str, event: str) -> None:
        path = "/guilds/{guild_id}/scheduled-events/{event_id}"
        await self._call("DELETE", path, audited=True, guild_id=server, event_id=event)
