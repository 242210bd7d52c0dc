"""REST calls about channels, voice and the server's calendar: what the bot may do there is worked out as Discord does."""

from collections.abc import Callable
from typing import Any

from tests.servers.discord import shapes, things
from tests.servers.discord.rules import Refused, unknown
from tests.servers.discord.world import FORUM, STAGE, VOICE, Channel, Message, Person, World

Variables = dict[str, str]
Done = tuple[int, Any]
Handler = Callable[[Variables, Any, Any], Done]

GUILDS, VOICE_STATES = 1 << 0, 1 << 7  # intents
VIEW, SEND, CONNECT, SPEAK, MUTE, MOVE, ROLES = 1 << 10, 1 << 11, 1 << 20, 1 << 21, 1 << 22, 1 << 24, 1 << 28
MANAGE_EVENTS, MANAGE_THREADS, PUBLIC_THREADS, SEND_IN_THREADS = 1 << 33, 1 << 34, 1 << 35, 1 << 38
CREATE_EVENTS, PIN = 1 << 44, 1 << 51
_PIN_NOTICE = 6
_SCHEDULED = 1


class Rooms:
    def __init__(self, world: World) -> None:
        self._world = world
        self.handlers: dict[tuple[str, str], Handler] = {
            ("GET", "/channels/{channel_id}"): lambda at, *_: (200, things.channel(world, self.channel(at["channel_id"]))),
            ("PATCH", "/channels/{channel_id}"): self._change,
            ("PUT", "/channels/{channel_id}/permissions/{overwrite_id}"): self._set_overwrite,
            ("DELETE", "/channels/{channel_id}/permissions/{overwrite_id}"): self._drop_overwrite,
            ("POST", "/channels/{channel_id}/messages/{message_id}/threads"): self._start_thread,
            ("POST", "/channels/{channel_id}/threads"): self._start_forum_post,
            ("GET", "/guilds/{guild_id}/threads/active"): self._open_threads,
            ("PUT", "/channels/{channel_id}/messages/pins/{message_id}"): self._pin,
            ("GET", "/channels/{channel_id}/messages"): self._messages,
            ("DELETE", "/channels/{channel_id}/thread-members/{user_id}"): self._leave_thread,
            ("GET", "/guilds/{guild_id}/roles"): lambda *_: (200, [self._role(role) for role in things.roles(world)]),
            ("PATCH", "/guilds/{guild_id}/members/{user_id}"): self._change_member,
            ("GET", "/guilds/{guild_id}/voice-states/{user_id}"): self._voice,
            ("PATCH", "/guilds/{guild_id}/voice-states/{user_id}"): self._change_voice,
            ("GET", "/guilds/{guild_id}/scheduled-events"): self._events,
            ("POST", "/guilds/{guild_id}/scheduled-events"): self._make_event,
            ("GET", "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}"): self._get_event,
            ("PATCH", "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}"): self._change_event,
            ("DELETE", "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}"): self._drop_event,
        }

    # What the bot may -----------------------------------------------------------------------------------------------

    def channel(self, channel: str) -> Channel:
        """Return a channel that the bot sees."""
        found = self._world.channels.get(channel)
        if found is None:
            raise unknown(10003, "Channel")
        if not self._world.is_bot_in or not self._world.bot_may_in(found) & VIEW:
            raise Refused(403, 50001, "Missing Access")
        return found

    def _need(self, bits: int, channel: Channel | None = None) -> None:
        may = self._world.bot_may if channel is None else self._world.bot_may_in(channel)
        if not self._world.is_bot_in:
            raise Refused(403, 50001, "Missing Access")
        if may & bits != bits:
            raise Refused(403, 50013, "Missing Permissions")

    def writable(self, channel: str) -> None:
        found = self.channel(channel)
        self._need(SEND_IN_THREADS if found.is_thread else SEND, found)
        if found.archived and found.locked:
            raise Refused(400, 50083, "Thread is archived")

    # Channels -------------------------------------------------------------------------------------------------------

    def _change(self, at: Variables, body: Any, _: Any) -> Done:
        channel = self.channel(at["channel_id"])
        if not channel.is_thread:
            raise Refused(403, 50013, "Missing Permissions")
        if "locked" in body or "invitable" in body:
            self._need(MANAGE_THREADS, channel)
        if channel.archived and body.get("archived") is not False:
            raise Refused(400, 50083, "Thread is archived")
        for name in ("archived", "locked", "invitable"):
            setattr(channel, name, body.get(name, getattr(channel, name)))
        return 200, things.channel(self._world, channel)

    def _set_overwrite(self, at: Variables, body: Any, _: Any) -> Done:
        channel = self.channel(at["channel_id"])
        if channel.is_thread:
            raise Refused(400, 50024, "Cannot execute action on this channel type")
        before = channel.overwrites.get(at["overwrite_id"], (0, 0, 0))
        made = (body["type"], int(body["allow"]), int(body["deny"]))
        self._need(ROLES | (before[1] ^ made[1]) | (before[2] ^ made[2]), channel)
        channel.overwrites[at["overwrite_id"]] = made
        return 204, None

    def _drop_overwrite(self, at: Variables, *_: Any) -> Done:
        channel = self.channel(at["channel_id"])
        self._need(ROLES, channel)
        if channel.overwrites.pop(at["overwrite_id"], None) is None:
            raise unknown(10009, "Overwrite")
        return 204, None

    def _start_thread(self, at: Variables, body: Any, _: Any) -> Done:
        channel, message = self.channel(at["channel_id"]), self._message(at)
        self._need(PUBLIC_THREADS, channel)
        if channel.is_thread or channel.type in (VOICE, STAGE):
            raise Refused(400, 50024, "Cannot execute action on this channel type")
        if message.id in self._world.channels:
            raise Refused(400, 160004, "A thread has already been created for this message")
        self._world.channels[message.id] = made = Channel(message.id, 11, body["name"], channel.id)
        return 201, things.channel(self._world, made)

    def _start_forum_post(self, at: Variables, body: Any, _: Any) -> Done:
        """Its first message has the thread's id; no nonce makes it once."""
        forum = self.channel(at["channel_id"])
        self._need(SEND, forum)
        if forum.type != FORUM:
            raise Refused(400, 50024, "Cannot execute action on this channel type")
        if forum.needs_tag and not set(body.get("applied_tags") or ()) & {tag["id"] for tag in forum.tags}:
            raise Refused(400, 40067, "A tag is required to create a forum post in this channel")
        made = self._world.new_channel(11, body["name"], forum.id)
        first = self._world.post(made.id, body["message"], [])
        del self._world.messages[first.id]
        first.id = made.id
        self._world.messages[made.id] = first
        return 201, things.channel(self._world, made)

    def _open_threads(self, *_: Any) -> Done:
        self._need(0)
        open_ = [one for one in self._world.channels.values() if one.is_thread and not one.archived]
        return 200, {"threads": [things.channel(self._world, one) for one in open_], "members": [], "has_more": False}

    def _leave_thread(self, at: Variables, *_: Any) -> Done:
        self._need(MANAGE_THREADS, self.channel(at["channel_id"]))
        return 204, None

    def _message(self, at: Variables) -> Message:
        message = self._world.messages.get(at["message_id"])
        if message is None or message.channel != at["channel_id"] or message.only_for is not None:
            raise unknown(10008, "Message")
        return message

    def _pin(self, at: Variables, *_: Any) -> Done:
        message = self._message(at)
        if message.channel in self._world.channels:
            self._need(PIN, self.channel(message.channel))
        if not message.is_pinned:
            message.is_pinned = True
            notice = Message(self._world.new_id(), message.channel, self._world.application, type=_PIN_NOTICE, about=message.id)
            self._world.messages[notice.id] = notice
        return 204, None

    def _messages(self, at: Variables, *_: Any) -> Done:
        """The newest first. The server does not read the query: a test's channel has few."""
        here = [one for one in self._world.messages.values() if one.channel == at["channel_id"] and one.only_for is None]
        return 200, [shapes.message(self._world, one) for one in reversed(here)]

    # Voice ----------------------------------------------------------------------------------------------------------

    def tell_voice(self, person: Person) -> None:
        self._world.to_tell.append(("VOICE_STATE_UPDATE", things.voice_state(self._world, person), VOICE_STATES))

    def enter(self, person: Person, channel: str) -> None:
        """Come into voice, anew or from elsewhere: only now it is worked out whether the person may speak."""
        person.voice = channel
        to = self._world.channels[channel]
        person.is_suppressed = to.type == STAGE or not self._world.person_may_in(to, person) & SPEAK
        self.tell_voice(person)

    def leave(self, person: Person) -> None:
        person.voice, person.is_suppressed = "", False
        self.tell_voice(person)

    def _person(self, at: Variables) -> Person:
        person = next((one for one in self._world.everybody() if one.id == at["user_id"]), None)
        if person is None or person.is_gone:
            raise unknown(10007, "Member")
        return person

    def _change_member(self, at: Variables, body: Any, _: Any) -> Done:
        person = self._person(at)
        self._need((MUTE if "mute" in body else 0) | (MOVE if "channel_id" in body else 0))
        if not person.voice:
            raise Refused(400, 40032, "Target user is not connected to voice.")
        person.is_muted = body.get("mute", person.is_muted)
        if body.get("channel_id"):
            self.enter(person, str(body["channel_id"]))
        elif "channel_id" in body:
            self.leave(person)
        else:
            self.tell_voice(person)
        return 200, things.member(person)

    def _voice(self, at: Variables, *_: Any) -> Done:
        person = self._person(at)
        if not person.voice:
            raise unknown(10065, "Voice State")
        return 200, things.voice_state(self._world, person)

    def _change_voice(self, at: Variables, body: Any, _: Any) -> Done:
        person = self._person(at)
        if not person.voice:
            raise unknown(10065, "Voice State")
        if body["channel_id"] != person.voice or self._world.channels[person.voice].type != STAGE:
            raise Refused(400, 50035, "Invalid Form Body: not on this stage")
        self._need(MUTE, self.channel(person.voice))
        person.is_suppressed = body["suppress"]
        self.tell_voice(person)
        return 204, None

    # Events ---------------------------------------------------------------------------------------------------------

    def _events(self, *_: Any) -> Done:
        self._need(0)
        return 200, [things.event(self._world, one) for one in self._world.events.values()]

    def _make_event(self, _: Variables, body: Any, __: Any) -> Done:
        self._need(CREATE_EVENTS)
        made = {**body, "id": self._world.new_id(), "creator_id": self._world.application, "status": _SCHEDULED}
        self._check_event(made)
        self._world.events[made["id"]] = made
        return 200, things.event(self._world, made)

    def _check_event(self, event: dict[str, Any]) -> None:
        is_outside = event["entity_type"] == 3
        if event["privacy_level"] != 2 or event["scheduled_end_time"] <= event["scheduled_start_time"]:
            raise Refused(400, 50035, "Invalid Form Body: level or end")
        if is_outside is bool(event.get("channel_id")) or (is_outside and not event["entity_metadata"]["location"]):
            raise Refused(400, 50035, "Invalid Form Body: a place is needed, and one only")

    def _event(self, at: Variables) -> dict[str, Any]:
        if at["guild_scheduled_event_id"] not in self._world.events:
            raise unknown(10070, "Guild Scheduled Event")
        return self._world.events[at["guild_scheduled_event_id"]]

    def _get_event(self, at: Variables, *_: Any) -> Done:
        return 200, things.event(self._world, self._event(at))

    def _change_event(self, at: Variables, body: Any, _: Any) -> Done:
        event = self._event(at)
        self._need(MANAGE_EVENTS)
        if event["status"] != _SCHEDULED and "scheduled_start_time" in body:
            raise Refused(400, 50035, "Invalid Form Body: it has begun")
        self._check_event({**event, **body})
        event.update(body)
        return 200, things.event(self._world, event)

    def _drop_event(self, at: Variables, *_: Any) -> Done:
        self._event(at)
        self._need(MANAGE_EVENTS)
        del self._world.events[at["guild_scheduled_event_id"]]
        return 204, None

    def _role(self, role: dict[str, Any]) -> dict[str, Any]:
        return {**role, "icon": None, "unicode_emoji": None}
