"""What is sealed of flows and tools."""

from datetime import datetime

import msgspec

from bot.core.flow_state import State
from bot.core.ports import Entry
from handlers.flows.records import Look


class FlowBody(msgspec.Struct, frozen=True):
    subject: str
    language: str
    state: State
    paused: bool = False
    entry: str = ""
    entry_at: str = ""


class EntryBody(msgspec.Struct, frozen=True):
    tool: str
    answers: dict[str, Entry]
    voice: str = ""
    version: str = ""
    goes: datetime | None = None
    about: str = ""
    looks: tuple[Look, ...] = ()
