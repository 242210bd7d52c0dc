"""What this machine tells about itself."""

import os
from pathlib import Path

from bot.core.when import zone_names


def machine_zone(otherwise: str) -> str:
    """Return the IANA zone that the machine is set to, or `otherwise` when it does not say or says only UTC."""
    named = os.environ.get("TZ", "").lstrip(":")
    linked = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    try:
        written = Path("/etc/timezone").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        written = ""
    for zone in (named, linked, written):
        if zone in zone_names() and "/" in zone and not zone.startswith("Etc/"):
            return zone
    return otherwise


def user_name() -> str:
    """Return the name of the user this runs as."""
    import pwd

    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
