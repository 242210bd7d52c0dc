"""Names of things. An id is 32 lower-case hex digits (128 random bits), made before the row it names."""

import secrets
from typing import NewType

from bot.core.codes import ALPHABET, SYMBOLS

PersonId = NewType("PersonId", str)
CommunityId = NewType("CommunityId", str)
RoomId = NewType("RoomId", str)
MeetingId = NewType("MeetingId", str)
OccurrenceId = NewType("OccurrenceId", str)
FlowId = NewType("FlowId", str)
MessageRef = NewType("MessageRef", str)  # the platform's own name of a message; only its adapter reads it


def new_id() -> str:
    """Return 128 random bits as 32 hex digits; fits a button's data and a Telegram deep link."""
    return secrets.token_hex(16)


def new_code() -> str:
    """Return 140 random bits as a code that a person reads and types (see `codes`)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SYMBOLS))
