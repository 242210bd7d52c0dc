"""Time zone files as a new release would bring them (RFC 8536, version 2), and a folder of them that the process reads."""

import struct
import zoneinfo
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

Step = tuple[datetime, timedelta]
"""From this moment on, this offset."""


def zone_file(before: timedelta, steps: Sequence[Step]) -> bytes:
    """Return a zone that begins with an offset and has the last step's for ever."""
    offsets = [before, *(offset for _, offset in steps)]
    times = struct.pack(f">{len(steps)}q", *(int(at.timestamp()) for at, _ in steps))
    kinds = b"".join(struct.pack(">lbb", int(offset.total_seconds()), 0, 0) for offset in offsets)
    hours, rest = divmod(int(-offsets[-1].total_seconds()) // 60, 60)
    for_ever = f"\n<ABC>{hours}:{rest:02}\n".encode()
    body = times + bytes(range(1, len(offsets))) + kinds + b"ABC\0"
    return _head(0, 1) + bytes(6) + b"\0" + _head(len(steps), len(offsets), letters=4) + body + for_ever


def _head(times: int, kinds: int, letters: int = 1) -> bytes:
    return b"TZif2" + bytes(15) + struct.pack(">6L", 0, 0, 0, times, kinds, letters)


@contextmanager
def release(folder: Path, name: str, file: bytes) -> Iterator[None]:
    """Put a zone's file before those of the machine, as an update would, until the end of the block."""
    usual = zoneinfo.TZPATH
    place = folder / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(file)
    try:
        zoneinfo.reset_tzpath([folder, *usual])
        zoneinfo.ZoneInfo.clear_cache()
        yield
    finally:
        zoneinfo.reset_tzpath(usual)
        zoneinfo.ZoneInfo.clear_cache()
