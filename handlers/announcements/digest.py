"""The week's meetings, once a week, in one room for each audience: no list joins the two."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot.core.coming import ComingBook, coming
from bot.core.ids import CommunityId
from bot.core.meetings import Audience
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToRoom
from bot.core.quiet import after_quiet
from bot.core.texts import Texts
from handlers.announcements import rules, views
from handlers.announcements.records import AnnouncementStore, Digest

log = structlog.get_logger()

DIGEST = "announcements.digest"
WEEK = timedelta(days=7)


def promised(digest: Digest, zone: ZoneInfo, after: datetime) -> Due:
    """Return the promise of the next one later than `after`."""
    subject = f"{digest.community}_{digest.audience.value}"
    return Due(
        key_of(digest.community, digest.audience), DIGEST, rules.next_digest(digest.weekday, digest.wall, zone, after), subject
    )


def key_of(community: CommunityId, audience: Audience) -> str:
    return f"digest_{community}_{audience.value}"


class DigestJobs:
    def __init__(self, texts: Texts, books: Callable[[Unit], AnnouncementStore], evenings: Callable[[Unit], ComingBook]) -> None:
        self._texts = texts
        self._books = books
        self._evenings = evenings

    async def week(self, due: Due, now: datetime, unit: Unit) -> None:
        """Say the week's meetings, and promise the next time. Not of a week without any, and not half a day late."""
        name, _, audience = due.subject.partition("_")
        book, community = self._books(unit), await unit.communities.get(CommunityId(name))
        digest = await book.digest(CommunityId(name), Audience(audience))
        if community is None or digest is None:
            return
        zone = ZoneInfo(community.zone)
        await unit.due.add(promised(digest, zone, max(now, due.at)))
        if now > due.at + rules.DIGEST_IS_LATE:
            log.info("announcement.late", kind="digest", seconds=int((now - due.at).total_seconds()))
            return
        found = await coming(self._evenings(unit), community.id, digest.audience, now, now + WEEK)
        ahead = [one for one in found if not one.evening.cancelled and one.evening.starts_at > now]
        if not ahead:
            return
        discreet = await book.discreet([one.series.id for one in ahead])
        lines = [("" if one.series.id in discreet else one.series.title, one.evening.starts_at) for one in ahead]
        at = after_quiet(now, await book.quiet(community.id), zone)
        post = Post(
            key=f"digest_{community.id}_{audience}_{due.at:%Y%m%d}",
            lane=Lane.NEWS,
            to=ToRoom(digest.room),
            reply=views.digest(self._texts.of(community.language), lines, zone),
            not_before=at if at > now else None,
            too_late_at=now + WEEK / 7,
        )
        await unit.outbox.add(post)
