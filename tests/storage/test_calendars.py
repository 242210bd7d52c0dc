"""Calendar feeds and waiting imports, on both databases."""

from datetime import date, time, timedelta

import pytest

from bot.core.calls import Account, Place
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, PersonId, new_id
from bot.core.meetings import Audience, Occurrence, Series
from bot.core.schedule import Schedule
from handlers.calendars.records import Draft, Prepared, PrivateFeed, PublicFeed
from storage.calendars import Calendars
from storage.meetings import Meetings
from storage.privacy import PersonalRows, prune
from storage.tables.reminders import goings, reminders

WEEKLY = Schedule("Europe/Berlin", date(2026, 12, 1), time(19), "FREQ=WEEKLY;BYDAY=TU")


@pytest.fixture
async def home(store, clock):
    """A community with two series, and a person."""

    async def work(unit):
        community = await unit.communities.find_or_make("discord", "space")
        room = await unit.rooms.find_or_make(community.id, Place("discord", "room", space="space", private=False))
        found = [Series(MeetingId(new_id()), community.id, room.id, title, WEEKLY, timedelta(hours=1)) for title in ("One", "Two")]
        for series in found:
            await Meetings(unit).add_series(series)
        person = await unit.people.make(Account("discord", "ana"), clock.now(), community.id)
        return community.id, person.id, found

    return await store.transact(work)


def private(person: PersonId, community: CommunityId, clock, audience: Audience = Audience.PARTICIPANTS) -> PrivateFeed:
    return PrivateFeed(new_id(), person, community, audience, clock.now())


async def test_a_private_feed_is_found_by_its_address_alone_until_a_new_one(store, clock, home):
    community, person, _ = home

    async def work(unit):
        book = Calendars(unit)
        feed = private(person, community, clock)
        await book.keep_private(feed, "first")
        assert await book.find_private("first") == feed
        await book.name_plainly(feed, plain=True)
        other = private(person, community, clock, Audience.FAMILY)
        await book.keep_private(other, "family")
        newer = private(person, community, clock)
        await book.keep_private(newer, "second")
        assert await book.find_private("first") is None
        assert await book.find_private("second") == newer
        assert {feed.audience for feed in await book.private(person, community)} == set(Audience)
        await book.drop_private(newer)
        assert await book.find_private("second") is None
        assert await book.find_private("family") == other

    await store.transact(work)


async def test_a_public_feed_is_one_for_each_audience(store, clock, home):
    community, _, _ = home

    async def work(unit):
        book = Calendars(unit)
        for token in ("one", "two"):
            await book.publish(PublicFeed(community, Audience.PARTICIPANTS, token, clock.now()))
        assert await book.find_public("one") is None
        assert [feed.token for feed in await book.public(community)] == ["two"]
        await book.unpublish(community, Audience.FAMILY)
        assert await book.find_public("two") is not None
        await book.unpublish(community, Audience.PARTICIPANTS)
        assert await book.public(community) == []

    await store.transact(work)


async def test_a_version_grows_only_with_what_is_shown(store, clock, home):
    _, _, (one, two) = home

    async def versions(**contents):
        named = {{"one": one, "two": two}[name].id: content for name, content in contents.items()}
        found = await store.transact(lambda unit: Calendars(unit).versions(named, clock.now()))
        return [found[series].number for series in named]

    assert await versions(one="a", two="b") == [0, 0]
    clock.move(hours=1)
    assert await versions(one="a", two="c") == [0, 1]
    assert await versions(two="c") == [1]
    assert await versions(two="b") == [2]
    assert await versions() == []


async def test_an_import_is_taken_once_and_by_its_own_person(store, clock, home):
    community, person, (one, _) = home
    prepared = Prepared(community, one.room, Audience.FAMILY, (Draft(1, "Round", WEEKLY, 60),))

    async def work(unit):
        book = Calendars(unit)
        stranger = await unit.people.make(Account("discord", "bo"), clock.now(), None)
        await book.keep("old", person, prepared, clock.now())
        await book.keep("new", person, prepared, clock.now())
        assert await book.take("old", person) is None
        assert await book.take("new", stranger.id) is None
        assert await book.take("new", person) == prepared
        assert await book.take("new", person) is None
        await book.keep("late", person, prepared, clock.now())

    await store.transact(work)
    clock.move(days=2)
    await prune(store, clock.now())
    assert await store.transact(lambda unit: Calendars(unit).take("late", person)) is None


async def test_followed_are_series_with_a_reminder_or_a_place_at_an_evening(store, clock, home):
    _, person, (one, two) = home
    evening = Occurrence(OccurrenceId(new_id()), two.id, clock.now(), clock.now() + timedelta(hours=1))

    async def work(unit):
        await unit.run(
            unit.insert(reminders).values(series=one.id, person=person, at=clock.now(), leads="15", plain=False, shift="")
        )
        planned = await Meetings(unit).plan(evening)
        row = {"turn": 0, "until": None, "at": clock.now(), "ends_at": evening.ends_at}
        await unit.run(unit.insert(goings).values(occurrence=planned.id, person=person, standing="going", **row))
        assert set(await Calendars(unit).followed(person)) == {one.id, two.id}
        await unit.run(goings.update().values(standing="maybe"))
        assert await Calendars(unit).followed(person) == [one.id]

    await store.transact(work)


async def test_what_a_person_has_is_told_exported_and_erased(store, clock, home):
    community, person, _ = home

    async def work(unit):
        await Calendars(unit).keep_private(private(person, community, clock, Audience.FAMILY), "token")
        rows = PersonalRows(unit)
        assert "private_feeds" in {held.kind for held in await rows.held(person, clock.now())}
        (row,) = (await rows.export(person))["private_feeds"]
        assert row["body"] == {"audience": "family", "plain": False}
        await rows.erase(person, clock.now())
        assert await Calendars(unit).find_private("token") is None

    await store.transact(work)
