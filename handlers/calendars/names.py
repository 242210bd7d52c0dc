"""Which of our zones other programs mean: by IANA names, Windows names, or how their clocks go."""

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.when import zone_names


def zone_of(tzid: str) -> str:
    """Return our zone of a TZID: an IANA name, a Windows name, or either behind a vendor's prefix. "" for unknown ones."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # late: the library is 3 MB

    parts = tzid.strip().strip('"').strip("/").split("/")
    for start in range(min(len(parts), 6)):
        name = "/".join(parts[start:])
        name = name if name in zone_names() else WINDOWS_TO_OLSON.get(name, "")
        if name in zone_names() and ("/" in name or name == "UTC"):
            return name
    return ""


def has_offsets(zone: str, offsets: Collection[timedelta], year: int) -> bool:
    """Whether the zone's clocks differ from UTC by exactly these lengths over a year."""
    ours = {datetime(year, month, 1, 12, tzinfo=ZoneInfo(zone)).utcoffset() for month in range(1, 13)}
    return ours == set(offsets)
