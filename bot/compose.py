"""The composition root: builds every part and joins them by hand, top to bottom."""

import asyncio
import os
import secrets
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.config import Config
from bot.config.confirmed import BadConfirmations, read_confirmed
from bot.config.keys import decoded_key
from bot.core.clock import Clock, SystemClock
from bot.core.features import Feature, FlowEnd, MenuEntry
from bot.core.ids import new_id
from bot.core.ports import Painter, Platform
from bot.core.texts import Texts
from bot.runtime.dispatch import Dispatch
from bot.runtime.forms import Forms
from bot.runtime.metrics import Metrics
from bot.runtime.registry import menu
from bot.runtime.timekeeper import Timekeeper
from content.help_lines import load_help_lines
from content.loader import load_flows, load_outlines, load_texts
from handlers import announcements, checkin, flows, meetings, people, safety, settings, urge
from storage.checkin import CheckIns
from storage.database import AlreadyRunning, CommunityDefaults, Store, WrongKey, concrete, open_store
from storage.flow_states import Entries, FlowStates
from storage.keys import BadMasterKey, KeyRing, read_master_key
from storage.meetings import Meetings
from storage.privacy import PersonalRows
from storage.reminders import Reminders
from storage.web_chat import WebChat


class CannotStart(Exception):
    """What only the host can mend, in one sentence."""


class IsRunning(CannotStart):
    """Another process has this database."""
