"""How much one caller, and all together, may ask for. The numbers bound memory and guessing, not people."""

from dataclasses import dataclass
from datetime import timedelta

BODY_BYTES = 64 * 1024
FIELDS = 50  # of what is sent back with a page
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds that a test may tighten."""

    asks: int = 60  # a minute and caller
    misses: int = 10  # a minute and caller: addresses that are not there, for which an address may be guessed
    alarming: int = 200  # misses a minute of all callers together: said in the log
    callers: int = 10_000  # remembered; the longest unseen is forgotten
    at_once: int = 32  # requests being answered
    connections: int = 256
    body: timedelta = timedelta(seconds=10)  # for what is sent back to arrive
    connection: timedelta = timedelta(seconds=30)  # from its beginning to its end, however slowly the other side reads or writes
    goodbye: timedelta = timedelta(seconds=3)  # for the answers under way when the process ends
