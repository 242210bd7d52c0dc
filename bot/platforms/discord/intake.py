"""Acts on their way to the house: in order for each person, deferred when they take long, answered once."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import discord
import structlog
from msgspec.structs import replace

from bot.core.calls import Incoming
from bot.core.clock import Clock
from bot.core.errors import PlatformError, PlatformRefused
from bot.core.ids import MessageRef
from bot.core.lanes import Lanes
from bot.core.platform import Answer, Painter, Receiver
from bot.core.replies import Button, Press, Reply, Style
from bot.core.texts import Texts, say_p
from bot.platforms.discord import controls, decode, files, interactions
from bot.platforms.discord.answers import Conversation
from bot.platforms.discord.controls import OPENS, HeldForms
from bot.platforms.discord.errors import FOREIGN
from bot.platforms.discord.hooks import Hooks
from bot.platforms.discord.interactions import Interaction, Raw
from bot.platforms.discord.parts import Part

log = structlog.get_logger()

_MOST_TYPED = 32  # completions under way; what is typed beyond that is offered nothing
_COMPLETION_SECONDS = 2.5


class Intake:
    """`guild` finds a server, `to_private_chat` writes to a person. `hooks` is set while there is a connection."""

    def __init__(
        self,
        texts: Texts,
        clock: Clock,
        forms: HeldForms,
        facilitator_role: str,
        defer_after: float,
        painter: Painter | None,
        api_base: str,
    ) -> None:
        self._texts, self._clock, self._forms, self._painter = texts, clock, forms, painter
        self._facilitator_role, self._defer_after, self._api_base = facilitator_role, defer_after, api_base
        self._lanes = Lanes()
        self._under_way: set[asyncio.Task[None]] = set()
        self._typed = 0
        self._is_stopping = False

    def begin(self) -> None:
        self._is_stopping = False
