"""What members of a chat may do, as the Bot API names it; and how a deed of ours is known without a memory. Pure.

After a crash between a call and its mark nothing is remembered. So our own states carry a sign: a restriction of ours ends at a
second past the hour at which nobody's by hand does, and in a calm room nobody may write but link previews are allowed, which
means nothing there.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.core.deeds import Door

Permissions = dict[str, bool]
"""As in ChatPermissions. A name that is not there was not told, and is not touched."""

INVITE, PREVIEWS, WRITE = "can_invite_users", "can_add_web_page_previews", "can_send_messages"
SPEAK = (
    WRITE,
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_react_to_messages",
)
# References hold them by their place here: new ones go to the end.
NAMES = (*SPEAK, PREVIEWS, INVITE, "can_change_info", "can_pin_messages", "can_manage_topics", "can_edit_tag")
ALL: Permissions = dict.fromkeys(NAMES, True)
NONE: Permissions = dict.fromkeys(NAMES, False)

_HOUR, _SIGN = 3600, 1234  # seconds
_SHORTEST, _LONGEST = timedelta(minutes=1), timedelta(days=360)  # Telegram takes under 30 s and over 366 days for "for ever"
UNTOLD = timedelta(hours=12)  # longer than any meeting: a restriction whose end nobody told ends then by itself


def of(told: Mapping[str, object]) -> Permissions:
    """Return the permissions among what the Bot API told, names that are newer than this program too."""
    return {name: value for name, value in told.items() if name.startswith("can_") and isinstance(value, bool)}


def written(permissions: Permissions) -> str:
    return "".join({True: "1", False: "0", None: "-"}[permissions.get(name)] for name in NAMES)


def read(text: str) -> Permissions:
    """Return what `written` wrote, also an older program's with fewer names. Raises ValueError for anything else."""
    if set(text) - set("10-") or len(text) > len(NAMES):
        raise ValueError("no permissions")
    return {name: char == "1" for name, char in zip(NAMES, text, strict=False) if char != "-"}


# One person --------------------------------------------------------------------------------------------------------------


def end(until: datetime | None, now: datetime) -> int:
    """Return when a restriction or ban ends by itself, with our sign: at `until` or less than an hour later, but always."""
    wanted = now + UNTOLD if until is None else min(max(until, now + _SHORTEST), now + _LONGEST)
    seconds = int(wanted.timestamp())
    return seconds + (_SIGN - seconds) % _HOUR


def is_signed(until: object) -> bool:
    return isinstance(until, int) and until > 0 and until % _HOUR == _SIGN


def is_silent(permissions: Permissions) -> bool:
    return not any(permissions.get(name, False) for name in SPEAK if name != "can_react_to_messages")


# The room ----------------------------------------------------------------------------------------------------------------


def taken(door: Door) -> tuple[str, ...]:
    """Return the names that a door takes from everybody. Administrators are not bound by them."""
    return (*((INVITE,) if door.locked else ()), *(SPEAK if door.calm else ()))


def shut(before: Permissions, door: Door) -> Permissions:
    """Return how the permissions are to be, given how they are without any door."""
    closed = before | dict.fromkeys((name for name in taken(door) if name in before), False)
    return closed | {PREVIEWS: True} if door.calm and PREVIEWS in before else closed


def without(now: Permissions, before: Permissions, door: Door) -> Permissions:
    """Return how they are without the door that was set: what was changed by hand meanwhile stays."""
    names = (*taken(door), *((PREVIEWS,) if door.calm else ()))
    return now | {name: before[name] for name in names if name in before}


def found(now: Permissions) -> Permissions:
    """Return how they were where nothing is remembered. A calm room with our sign was open: more cannot be told from it."""
    if is_silent(now) and now.get(PREVIEWS) and WRITE in now:
        return now | dict.fromkeys((name for name in SPEAK if name in now), True)
    return now
