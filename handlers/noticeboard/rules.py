"""When what hangs is looked at again, what of the evenings goes on it, and how a difference is seen. Pure."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import msgspec

from bot.core.coming import Ahead
from bot.core.deeds import NativeEvent
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, RoomId
from bot.core.moments import Due
from bot.core.replies import Reply

AHEAD = timedelta(days=14)  # of the boards
EVENTS_AHEAD = timedelta(days=62)  # a monthly meeting's next evening is within it
MOST_BOARDS = 5  # in a community
MOST_LINES = 20
MOST_EVENTS = 90  # Discord allows 100 in a server, and some are made by hand
MISSES = 24  # then a room, or a calendar, cannot be written to for a day: it is given up
ONE_MISS = timedelta(minutes=30)  # what cannot be put in together is one miss
CALM = timedelta(seconds=10)  # changes in quick succession are one edit
USELESS_AFTER = timedelta(minutes=50)  # the next hour's mending comes anyway
FORGOTTEN = timedelta(days=2)  # after its end an entry that could not be taken away is no longer tried
GRANT = timedelta(hours=4)
_HOUR = timedelta(hours=1)


def board_slot(room: RoomId) -> str:
    return f"board_{room}"


def event_slot(occurrence: OccurrenceId) -> str:
    return f"event_{occurrence}"


def mend_key(community: CommunityId) -> str:
    return f"board_mend_{community}"


def mending(community: CommunityId, now: datetime) -> Due:
    """Return the next hourly look. Each community has a minute of its own, so that not all are looked at together."""
    of_the_hour = timedelta(seconds=int(hashlib.blake2s(community.encode(), digest_size=4).hexdigest(), 16) % 3600)
    at = now.replace(minute=0, second=0, microsecond=0) + of_the_hour
    return Due(mend_key(community), "housekeeping.board", at if at > now else at + _HOUR, community)


def digest(shown: Reply | NativeEvent) -> str:
    return hashlib.blake2s(msgspec.json.encode(shown), digest_size=16).hexdigest()


def for_events(ahead: Iterable[Ahead], now: datetime) -> Sequence[Ahead]:
    """Return each series' next evening that is planned, takes place and has not begun, the earliest first."""
    found: dict[MeetingId, Ahead] = {}
    for one in ahead:
        if one.occurrence is not None and not one.evening.cancelled and not one.is_live and one.evening.starts_at > now:
            found.setdefault(one.series.id, one)
    return list(found.values())[:MOST_EVENTS]


def has_begun(ahead: Iterable[Ahead], now: datetime) -> frozenset[OccurrenceId]:
    """Return the evenings that are on, or whose time has come: their entries are left as they are."""
    return frozenset(
        one.occurrence.id
        for one in ahead
        if one.occurrence is not None and not one.evening.cancelled and (one.is_live or one.evening.starts_at <= now)
    )
