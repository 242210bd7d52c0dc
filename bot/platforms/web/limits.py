"""What the page may ask for, and how much waits for it. The numbers bound memory, not people."""

from dataclasses import dataclass
from datetime import timedelta

from bot.core.platform import Capabilities
from bot.core.replies import LARGEST_FILE

FRAME_BYTES = 64 * 1024  # one message from the page
FILE_FRAME_BYTES = 4 * LARGEST_FILE  # one that holds a file: its letters are one byte, four at most
WORDS_LENGTH = 10_000  # characters a person may write at once: 40 KB of the widest letters, so within a frame
FIELDS = 25  # of one form or command
NAME_LENGTH = 64  # of a command as typed, or of a field

CAPABILITIES = Capabilities(
    modals=True,
    only_you=True,
    writes_first=True,
    same_key_once=True,
    message_length=60_000,
    label_length=40,
    deeds=True,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that a test may tighten."""

    sockets: int = 128  # open pages, all persons together; each page holds one a person
    waiting_frames: int = 512  # unread by one page before it is cut
    waiting_bytes: int = 4 * 1024 * 1024
    stall: timedelta = timedelta(seconds=20)  # one message not taken for so long: the page is cut
    heartbeat: timedelta = timedelta(seconds=25)
    waiting_acts: int = 24  # of one person, before further ones are turned away
    burst: int = 200  # messages at once from one page
    refill: float = 20.0  # more of them a second
    older: int = 10  # what looking far back counts as
    history: int = 60  # messages sent at once
    kept: int = 1000  # messages looked back at
    goodbye: timedelta = timedelta(seconds=5)  # for the answers under way when the process ends
