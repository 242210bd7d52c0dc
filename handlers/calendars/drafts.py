"""What every import, whatever its format, asks of a meeting. Pure."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from msgspec.structs import replace

from bot.core.ids import MeetingId
from bot.core.recurrence import parts
from bot.core.richtext import one_line
from bot.core.schedule import clocked
from handlers.calendars.limits import LONGEST, LONGEST_LINK, LONGEST_TITLE, SHORTEST
from handlers.calendars.records import Draft
from handlers.calendars.rules import Unusable

NEW = MeetingId("")  # a draft's changes name no series yet
_HOST = re.compile(r"[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")


def title_of(given: str) -> tuple[str, bool]:
    """Return a title as it is shown, and whether it was cut. Raises Unusable for one with no word, or with markup in it."""
    title = one_line(given[: 20 * LONGEST_TITLE])
    if not any(char.isalnum() for char in title) or "<" in title or ">" in title:
        raise Unusable("title")
    return (title, False) if len(title) <= LONGEST_TITLE else (f"{title[: LONGEST_TITLE - 1]}…", True)


def link_of(given: str) -> str:
    """Return an https address of a named host. Raises Unusable for anything else: a script, a file, a name before an @."""
    try:
        link = urlsplit(given)
        safe = link.scheme == "https" and _HOST.fullmatch(link.hostname or "") and "@" not in link.netloc and link.port != 0
    except ValueError:
        safe = False
    if not safe or len(given) > LONGEST_LINK or not given.isascii() or not given.isprintable() or re.search(r"[\s\"'<>\\]", given):
        raise Unusable("link")
    return given


def length_in_minutes(length: timedelta) -> int:
    if not SHORTEST <= length <= LONGEST:
        raise Unusable("length")
    return int(length.total_seconds()) // 60


def from_now_on(draft: Draft, now: datetime) -> Draft:
    """Return the draft, beginning with its next evening unless it counts them: years gone by are of no use to anybody.

    Raises Unusable when none is still to come.
    """
    coming = next(clocked(draft.schedule, now), None)
    if coming is None:
        raise Unusable("over")
    if "COUNT" in parts(draft.schedule.rule):
        return draft
    return replace(draft, schedule=replace(draft.schedule, first=coming[0].date()))
