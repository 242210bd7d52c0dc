"""Calendar feeds and waiting imports: a `handlers.calendars.records.CalendarBooks` over one transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select, union, update
from sqlalchemy.engine import RowMapping

from bot.core import ports
from bot.core.ids import CommunityId, MeetingId, PersonId, new_id
from bot.core.meetings import Audience
from handlers.calendars.records import FeedBody, Prepared, PrivateFeed, PublicFeed, Version
from storage.tables.calendars import feed_versions, imports, private_feeds, public_feeds
from storage.tables.meetings import occurrences
from storage.tables.reminders import goings, reminders
from storage.unit import concrete

AT_ONCE = 500  # series asked for in one statement


class Calendars:
    def __init__(self, unit: ports.Unit) -> None:
        self._unit = concrete(unit)

    # Public feeds

    async def public(self, community: CommunityId) -> Sequence[PublicFeed]:
        query = select(public_feeds).where(public_feeds.c.community == community).order_by(public_feeds.c.audience.desc())
        return [await self._public(row) for row in await self._unit.rows(query)]

    async def publish(self, feed: PublicFeed) -> None:
        """Store a public feed in place of the one of that audience; the old address ends."""
        await self.unpublish(feed.community, feed.audience)
        row = new_id()
        await self._unit.run(
            self._unit.insert(public_feeds).values(
                id=row,
                community=feed.community,
                audience=feed.audience.value,
                mark=self._token(feed.token),
                token=await self._unit.seal(feed.community, "public_feeds", "token", row, feed.token),
                at=feed.at,
            )
        )

    async def unpublish(self, community: CommunityId, audience: Audience) -> None:
        own = (public_feeds.c.community == community, public_feeds.c.audience == audience.value)
        await self._unit.run(delete(public_feeds).where(*own))

    async def find_public(self, token: str) -> PublicFeed | None:
        row = await self._unit.row(select(public_feeds).where(public_feeds.c.mark == self._token(token)))
        return None if row is None else await self._public(row)

    async def _public(self, row: RowMapping) -> PublicFeed:
        token = await self._unit.open(row["community"], "public_feeds", "token", row["id"], row["token"], str)
        return PublicFeed(CommunityId(row["community"]), Audience(row["audience"]), token, row["at"])

    # Private feeds

    async def private(self, person: PersonId, community: CommunityId) -> Sequence[PrivateFeed]:
        own = (private_feeds.c.person == person, private_feeds.c.community == community)
        query = select(private_feeds).where(*own).order_by(private_feeds.c.at, private_feeds.c.id)
        return [await self._private(row) for row in await self._unit.rows(query)]

    async def keep_private(self, feed: PrivateFeed, token: str) -> None:
        """Store a feed under a new address, in place of the person's feed of that community and audience."""
        slot = self._unit.house.keys.index_mark("private_feed", f"{feed.person}|{feed.community}|{feed.audience.value}")
        await self._unit.run(delete(private_feeds).where(private_feeds.c.slot == slot))
        await self._unit.run(
            self._unit.insert(private_feeds).values(
                id=feed.id,
                person=feed.person,
                community=feed.community,
                slot=slot,
                mark=self._token(token),
                body=await self._body(feed),
                at=feed.at,
            )
        )

    async def name_plainly(self, feed: PrivateFeed, *, plain: bool) -> None:
        body = await self._unit.seal(feed.person, "private_feeds", "body", feed.id, FeedBody(feed.audience, plain))
        await self._unit.run(update(private_feeds).where(private_feeds.c.id == feed.id).values(body=body))

    async def drop_private(self, feed: PrivateFeed) -> None:
        await self._unit.run(delete(private_feeds).where(private_feeds.c.id == feed.id))

    async def find_private(self, token: str) -> PrivateFeed | None:
        row = await self._unit.row(select(private_feeds).where(private_feeds.c.mark == self._token(token)))
        return None if row is None else await self._private(row)

    async def _private(self, row: RowMapping) -> PrivateFeed:
        body = await self._unit.open(row["person"], "private_feeds", "body", row["id"], row["body"], FeedBody)
        community = CommunityId(row["community"])
        return PrivateFeed(row["id"], PersonId(row["person"]), community, body.audience, row["at"], body.plain)

    async def _body(self, feed: PrivateFeed) -> bytes:
        return await self._unit.seal(feed.person, "private_feeds", "body", feed.id, FeedBody(feed.audience, feed.plain))

    def _token(self, token: str) -> str:
        return self._unit.house.keys.token_mark(token)

    async def followed(self, person: PersonId) -> Sequence[MeetingId]:
        """Return the series that a person has reminders for, or said going to an evening of."""
        reminded = select(reminders.c.series).where(reminders.c.person == person)
        going = (
            select(occurrences.c.series)
            .join(goings, goings.c.occurrence == occurrences.c.id)
            .where(goings.c.person == person, goings.c.standing == "going")
        )
        return [MeetingId(row["series"]) for row in await self._unit.rows(union(reminded, going))]

    # Versions

    async def versions(self, contents: Mapping[MeetingId, str], now: datetime) -> Mapping[MeetingId, Version]:
        """Return the version of each series, a new one for each whose content is not what it was when last asked."""
        known: dict[str, RowMapping] = {}
        ids = list(contents)
        for few in (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)):
            found = await self._unit.rows(select(feed_versions).where(feed_versions.c.series.in_(few)))
            known.update({row["series"]: row for row in found})
        versions: dict[MeetingId, Version] = {}
        for series, content in contents.items():
            mark, row = self._unit.house.keys.index_mark("feed_version", content), known.get(series)
            if row is not None and row["mark"] == mark:
                versions[series] = Version(row["number"], row["at"])
                continue
            versions[series] = made = Version(row["number"] + 1 if row is not None else 0, now.replace(microsecond=0))
            values = {"mark": mark, "number": made.number, "at": made.at}
            insert = self._unit.insert(feed_versions).values(series=series, **values)
            await self._unit.run(insert.on_conflict_do_update(index_elements=[feed_versions.c.series], set_=values))
        return versions

    # Imports

    async def keep(self, import_id: str, person: PersonId, prepared: Prepared, at: datetime) -> None:
        """Store the person's one waiting import."""
        await self._unit.run(delete(imports).where(imports.c.person == person))
        body = await self._unit.seal(person, "imports", "body", import_id, prepared)
        await self._unit.run(self._unit.insert(imports).values(id=import_id, person=person, body=body, at=at))

    async def take(self, import_id: str, person: PersonId) -> Prepared | None:
        """Return a waiting import of the person's, and delete it: it is saved once."""
        own = (imports.c.id == import_id, imports.c.person == person)
        row = await self._unit.row(select(imports).where(*own))
        if row is None or not await self._unit.run(delete(imports).where(*own)):
            return None
        return await self._unit.open(person, "imports", "body", import_id, row["body"], Prepared)
