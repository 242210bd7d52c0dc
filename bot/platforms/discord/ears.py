"""The gateway's events that nobody's words are in -> happenings: who comes into voice and leaves it, what is added and removed.

Only who is where in voice is kept, and which servers there are: an event tells the state after it, not the one before.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.core.calls import Account, Place
from bot.core.happenings import Happening, What
from bot.platforms.discord.decode import NAME

Raw = Mapping[str, Any]  # JSON as it came

HEARD = ("READY", "GUILD_CREATE", "GUILD_DELETE", "CHANNEL_DELETE", "THREAD_DELETE", "VOICE_STATE_UPDATE")


class Ears:
    def __init__(self) -> None:
        self._servers: set[str] = set()
        self._where: dict[str, dict[str, str]] = {}  # by server: each person's voice channel

    def present(self, server: str, channel: str) -> Sequence[str]:
        return [user for user, at in self._where.get(server, {}).items() if at == channel]

    def hear(self, event: str, told: Raw, receipt: str, at: datetime) -> Iterator[Happening]:
        """Yield what the event means. `receipt` names it, the same when it is told again."""
        match event:
            case "READY":
                self._servers |= {str(one["id"]) for one in told["guilds"]}
            case "GUILD_CREATE":
                yield from self._server_there(told, receipt, at)
            case "GUILD_DELETE" if not told.get("unavailable"):
                server = str(told["id"])
                self._servers.discard(server)
                self._where.pop(server, None)
                yield Happening(What.BOT_OUT, receipt, _place(server, ""), at)
            case "CHANNEL_DELETE" | "THREAD_DELETE" if told.get("guild_id"):
                yield Happening(What.ROOM_GONE, receipt, _place(str(told["guild_id"]), str(told["id"])), at)
            case "VOICE_STATE_UPDATE" if told.get("guild_id"):
                yield from self._moved(told, receipt, at)

    def _server_there(self, told: Raw, receipt: str, at: datetime) -> Iterator[Happening]:
        """The server's whole state, at the start and after an outage. Of those who are in voice already only the muted ones have
        arrived: somebody may owe it to them that they are freed."""
        server = str(told["id"])
        if server not in self._servers:
            self._servers.add(server)
            yield Happening(What.BOT_IN, receipt, _place(server, ""), at)
        states: Sequence[Raw] = told.get("voice_states") or ()
        self._where[server] = {str(one["user_id"]): str(one["channel_id"]) for one in states if one.get("channel_id")}
        for one in states:
            if one.get("mute") and one.get("channel_id"):
                yield _voice(What.ARRIVED, receipt, server, str(one["channel_id"]), str(one["user_id"]), at)

    def _moved(self, told: Raw, receipt: str, at: datetime) -> Iterator[Happening]:
        server, user, now = str(told["guild_id"]), str(told["user_id"]), str(told.get("channel_id") or "")
        here = self._where.setdefault(server, {})
        before = here.pop(user, "")
        if now:
            here[user] = now
        if before == now or _is_bot(told):
            return  # muted, deafened, on camera
        if before:
            yield _voice(What.LEFT, receipt, server, before, user, at)
        if now:
            yield _voice(What.ARRIVED, receipt, server, now, user, at)


def _is_bot(told: Raw) -> bool:
    return bool(((told.get("member") or {}).get("user") or {}).get("bot"))


def _place(server: str, channel: str) -> Place:
    return Place(NAME, chat=channel, space=server, private=False)


def _voice(what: What, receipt: str, server: str, channel: str, user: str, at: datetime) -> Happening:
    return Happening(what, f"{receipt}:{what.value}:{user}", _place(server, channel), at, Account(NAME, user))
