"""Who may do what in the page's one room. All of its persons are always there: so there is nobody a lock could keep out.

It is kept beside the messages, so that a program that starts again holds whom it held.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.clock import Clock
from bot.core.deeds import Door, Stand, Standing
from bot.platforms.web.records import ROOM, ChatLog, Pane, Persona, chats_of

_CHAT, _ROW = "state", "state_of_room"


class _Held(msgspec.Struct, frozen=True):
    standing: Standing
    until: datetime | None = None


class _State(msgspec.Struct, frozen=True):
    locked: bool = False
    calm: bool = False
    held: dict[str, _Held] = {}


class View(msgspec.Struct, frozen=True):
    """The room as one person has it."""

    standing: Standing
    locked: bool
    calm: bool
    may_write: bool
    may_read: bool

    @property
    def keys(self) -> list[str]:
        """The texts that tell it: `web.state_<key>`."""
        own = [] if self.standing is Standing.FREE else [self.standing.value]
        return [*own, *(["calm"] if self.calm and not own else []), *(["locked"] if self.locked else [])]


class Standings:
    def __init__(self, history: ChatLog, clock: Clock) -> None:
        self._log = history
        self._clock = clock
        self._state = _State()
        self._is_kept = self._is_read = False
        self._lock = asyncio.Lock()

    async def read(self) -> None:
        """Read what was kept, once. Raises what the log raises."""
        async with self._lock:
            await self._read()

    async def stand(self, persona: Persona, wanted: Stand) -> None:
        async with self._lock:
            await self._read()
            held = {key: one for key, one in self._state.held.items() if key != persona.key}
            if wanted.standing is not Standing.FREE:
                held[persona.key] = _Held(wanted.standing, wanted.until)
            await self._keep(msgspec.structs.replace(self._state, held=held))

    async def door(self, wanted: Door) -> None:
        async with self._lock:
            await self._read()
            await self._keep(msgspec.structs.replace(self._state, locked=wanted.locked, calm=wanted.calm))

    def of(self, persona: Persona) -> View:
        held = self._state.held.get(persona.key)
        is_over = held is not None and held.until is not None and self._clock.now() >= held.until
        standing = Standing.FREE if held is None or is_over else held.standing
        is_heard = bool(persona.roles) or not self._state.calm
        may_write = standing is Standing.FREE and is_heard
        return View(standing, self._state.locked, not is_heard, may_write, standing is not Standing.OUT)

    def chats(self, persona: Persona, pane: Pane) -> Sequence[str]:
        """The chats whose messages the person may read now."""
        chats = chats_of(persona, pane)
        return chats if self.of(persona).may_read else [chat for chat in chats if chat != ROOM]

    async def _read(self) -> None:
        if self._is_read:
            return
        for _, payload in await self._log.of_chat(_CHAT, 1):
            self._state, self._is_kept = msgspec.json.decode(payload, type=_State), True
        self._is_read = True

    async def _keep(self, state: _State) -> None:
        payload = msgspec.json.encode(state)
        if not (self._is_kept and await self._log.replace(_CHAT, _ROW, payload)):
            await self._log.add(_CHAT, None, _ROW, payload)
        self._state, self._is_kept = state, True
