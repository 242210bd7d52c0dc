"""Two persons become one, over every table, on both databases; and an account becomes somebody new again."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from sqlalchemy import String, select

from bot.core.deeds import Stand, Standing
from bot.core.ids import new_id
from bot.core.meetings import Audience
from bot.core.posts import Lane, Post
from handlers.calendars.records import PrivateFeed
from handlers.family.records import Pass
from handlers.floor.records import Act, Kind
from handlers.reminders.records import Subscription
from storage.calendars import Calendars
from storage.checkin import CheckIns
from storage.floor import FloorBook
from storage.kit import Kits
from storage.linking import Links
from storage.linking_join import is_partial, once_each
from storage.meetings import Meetings
from storage.passes import Passes
from storage.presence import HostRows, PresenceRows
from storage.reminders import Reminders
from storage.tables import metadata
from storage.tables.people import tombstones
from tests.storage.linked_lives import PHONE, TABLET, a_whole_life, an_evening, counts, export, has_key, hold, join
from tests.storage.people import a_room, promise, to_room

MINUTE = timedelta(minutes=1)
WHO_COUNTS_ONCE = {
    "topic_paces",
    "kits",
    "presences",
    "hosts",
    "standings",
    "due",
}  # joined into one row, and nothing of them is dropped
WHO_COUNTS_ONCE |= {"training"}
WHO_COUNTS_ONCE |= {"pair_notes"}  # they go with the pair, which is counted


# Everything of both ------------------------------------------------------------------------------------------------------


async def test_of_two_different_evenings_every_row_of_both_is_there_and_opens(store, clock):
    one = await a_whole_life(store, clock, TABLET, await an_evening(store), "tablet")
    two = await a_whole_life(store, clock, PHONE, await an_evening(store), "phone")
    before, theirs = await counts(store, one), await counts(store, two)
    done = await join(store, clock, one, two)

    only_one = {"people": 1, "kits": 1, "forms": 1, "reminder_settings": 1, "imports": 1, "series_sheets": 1, "flow_states": 1}
    only_one |= {"substitutes": 1, "met": 1, "private_feeds": 1}  # both are of one community
    only_one |= {"topic_paces": 1}  # one, with the times of both
    only_one |= {"pair_sides": 1, "pair_notes": 1}  # one pair at a time; the second's notes go with it
    only_one |= {"prompt_opens": 1}  # one private prompt is open at a time
    only_one |= {"roster": 1, "together_yes": 1}  # both are of one community
    only_one |= {"training": 1}  # one list, with the ticks of both
    only_one |= {"passes": 0}  # whose answer at the gate came last is not known: it is asked anew
    expected = {name: before[name] + theirs[name] for name in before} | only_one
    assert await counts(store, one) == expected
    assert set((await counts(store, two)).values()) == {0}
    uncounted = {"people", "kits", "passes", "pair_notes", "training", "topic_paces"}
    lost = sum(before[name] + theirs[name] - expected[name] for name in expected if name not in uncounted)
    assert done.dropped == lost == 12
    said = str(await export(store, one))
    for words in ("waits", "answered", "well", "entry", "everywhere", "reason", "friend"):
        assert f"phone {words}" in said, words
        assert f"tablet {words}" in said, words
    assert "tablet chat" in said


async def test_in_one_evening_the_firsts_row_stays_and_what_went_is_counted(store, clock, evening):
    one = await a_whole_life(store, clock, TABLET, evening, "tablet")
    two = await a_whole_life(store, clock, PHONE, evening, "phone")
    before, theirs = await counts(store, one), await counts(store, two)
    done = await join(store, clock, one, two)
    after = await counts(store, one)
    once = {name for name in after if 0 < after[name] < before[name] + theirs[name]}
    assert done.dropped == sum(before[name] + theirs[name] - after[name] for name in once - WHO_COUNTS_ONCE - {"people"})
    assert not once & {"checkins", "entries", "attendances", "exercise_lines", "receipts", "outbox"}
    assert (done.rooms, done.places) == ((evening,), (evening,))
    said = str(await export(store, one))
    assert "tablet begun" in said
    assert "phone begun" not in said


async def test_nothing_names_the_second_person_any_more(store, clock, evening):
    one = await a_whole_life(store, clock, TABLET, evening, "tablet")
    two = await a_whole_life(store, clock, PHONE, await an_evening(store), "phone")
    assert await has_key(store, two)
    await join(store, clock, one, two)
    assert not await has_key(store, two)
    assert two.id not in str(await export(store, one))

    async def named(unit):
        found = set()
        for table in metadata.sorted_tables:
            texts = [column for column in table.c if isinstance(column.type, String)]
            for row in await unit.rows(select(*texts)) if texts else ():
                if any(two.id in str(value) for value in row.values()):
                    found.add(table.name)
        return found

    assert await store.transact(named) <= {"lost_keys"}  # the promise that the key is deleted, kept at once and struck hourly
    assert await store.transact(lambda unit: unit.rows(select(tombstones))) == []  # nobody was erased


async def test_what_was_dropped_half_way_changed_nothing(store, clock, evening):
    one = await a_whole_life(store, clock, TABLET, evening, "tablet")
    two = await a_whole_life(store, clock, PHONE, evening, "phone")
    before = await counts(store, one), await counts(store, two), str(await export(store, one)), str(await export(store, two))

    async def half(unit):
        await Links(unit).join(one.id, two.id, clock.now())
        raise LookupError("the machine stops here")

    with pytest.raises(LookupError):
        await store.transact(half)
    after = await counts(store, one), await counts(store, two), str(await export(store, one)), str(await export(store, two))
    assert after == before
    assert await has_key(store, two)


async def test_nobody_becomes_part_of_themselves_or_of_nobody(store, clock, tablet):
    for other in (tablet, replace(tablet, id=new_id())):
        with pytest.raises(LookupError):
            await join(store, clock, tablet, other)


def test_of_the_tables_with_a_condition_on_one_row_each_is_known():
    """`once_each` leaves them to `linking_rules`."""
    found = {index.name for table in metadata.tables.values() for index in table.indexes if index.unique and is_partial(index)}
    assert found == {"ix_checkins_occurrence", "ix_duties_once"}  # the second holds whoever has the duty: nothing to settle
    assert once_each(metadata.tables["reminders"]) == [["series"]]
    assert once_each(metadata.tables["forms"]) == [[]]


# What is more than a row -------------------------------------------------------------------------------------------------


async def test_the_firsts_settings_stay_and_the_seconds_fill_gaps(store, clock, tablet, phone):
    async def choose(unit):
        await unit.people.save(replace(tablet, language="de", consented_at=clock.now()))
        await unit.people.save(replace(phone, language="en", zone="America/New_York", country="US", consented_at=clock.now()))

    await store.transact(choose)
    await join(store, clock, tablet, phone)
    person = await store.transact(lambda unit: unit.people.find(PHONE))
    assert person.id == tablet.id
    assert (person.language, person.zone, person.country) == ("de", "America/New_York", "US")


async def test_two_check_ins_of_one_meeting_are_kept_and_counted_once(store, clock, ask, evening):
    one = await a_whole_life(store, clock, TABLET, evening, "tablet")
    two = await a_whole_life(store, clock, PHONE, evening, "phone")
    await join(store, clock, one, two)
    since = clock.now() - timedelta(days=28)
    assert [rated.rating for rated in await ask(CheckIns, lambda book: book.rated(one.id, "", since))] == [7, 7]
    assert len(await ask(CheckIns, lambda book: book.items(evening))) == 1


@pytest.mark.parametrize("whose", ["one", "two", "both"])
async def test_a_clear_no_at_the_gate_before_family_tools_is_asked_for_anew(store, clock, ask, tablet, phone, whose):
    for who in {"one": [tablet], "two": [phone], "both": [tablet, phone]}[whose]:
        await ask(Passes, lambda book, who=who: book.keep(who.id, Pass(clock.now() + timedelta(days=30)), clock.now()))
    await join(store, clock, tablet, phone)
    assert await ask(Passes, lambda book: book.of(tablet.id)) is None


async def test_no_line_of_a_kit_is_lost(store, clock, ask, evening):
    one = await a_whole_life(store, clock, TABLET, evening, "tablet")
    two = await a_whole_life(store, clock, PHONE, evening, "phone")
    await join(store, clock, one, two)
    kit = await ask(Kits, lambda book: book.of(one.id))
    assert kit.reasons == ("tablet reason", "both reason", "phone reason")
    assert kit.people == ("tablet friend", "phone friend")


async def test_who_was_there_twice_is_there_once_since_the_earlier(store, clock, ask, evening, tablet, phone):
    begun = clock.now()
    await ask(PresenceRows, lambda book: book.join(evening, phone.id, begun))
    await ask(PresenceRows, lambda book: book.join(evening, tablet.id, begun + MINUTE))
    assert (await join(store, clock, tablet, phone)).rooms == (evening,)
    assert await ask(PresenceRows, lambda book: book.count(evening)) == 1
    assert (await export(store, tablet))["presences"][0]["at"] == begun.isoformat()


async def test_who_hosts_goes_on_hosting(store, clock, ask, evening, tablet, phone):
    await ask(HostRows, lambda book: book.grant(evening, tablet.id, clock.now() + MINUTE))
    await ask(HostRows, lambda book: book.grant(evening, phone.id, clock.now() + 5 * MINUTE))
    await ask(HostRows, lambda book: book.take(evening, phone.id))
    await join(store, clock, tablet, phone)
    assert await ask(HostRows, lambda book: book.host(evening)) == tablet.id
    assert await ask(HostRows, lambda book: book.may(evening, tablet.id, clock.now() + 4 * MINUTE))


@pytest.mark.parametrize("removed", ["tablet", "phone", "both"])
async def test_who_was_put_out_stays_out(store, clock, ask, evening, tablet, phone, removed):
    room = await a_room(store)
    standing = {name: Standing.OUT if removed in (name, "both") else Standing.MUTED for name in ("tablet", "phone")}
    await hold(store, clock, tablet, evening, room, standing["tablet"])
    there = await hold(store, clock, phone, evening, room, standing["phone"])
    await join(store, clock, tablet, phone)
    assert not await ask(FloorBook, lambda book: book.lets_in(evening, tablet.id))
    [stays] = await ask(FloorBook, lambda book: book.holds(evening))
    assert (stays.id, stays.person, stays.standing) == (there.id, tablet.id, Standing.OUT)  # the one Telegram was asked of


async def test_what_a_room_is_asked_about_the_second_is_about_the_first(store, clock, evening, claim, tablet, phone):
    room = await a_room(store)
    muted = Stand(Standing.MUTED)
    await promise(store, Post("deed", Lane.ROOM, to_room(room), deed=muted, about=phone.id, slot="stand_x"))
    await join(store, clock, tablet, phone)
    [claimed] = await claim("telegram")
    assert (claimed.post.about, claimed.about) == (tablet.id, PHONE)


async def test_nobody_reviews_an_act_that_their_other_account_did(store, clock, ask, evening, tablet, phone):
    room = await a_room(store)
    act = Act(new_id(), room.community, evening, clock.now(), Kind.REMOVE, 1, clock.now() + MINUTE)
    await ask(FloorBook, lambda book: book.note(act, phone.id))
    await join(store, clock, tablet, phone)
    assert not await ask(FloorBook, lambda book: book.review(act.id, room.community, tablet.id, clock.now()))


async def test_a_new_calendar_address_ends_the_one_of_the_other_account(store, clock, ask, tablet, phone):
    room = await a_room(store)
    feed = PrivateFeed(new_id(), phone.id, room.community, Audience.PARTICIPANTS, clock.now())
    await ask(Calendars, lambda book: book.keep_private(feed, "old"))
    await join(store, clock, tablet, phone)
    assert (await ask(Calendars, lambda book: book.find_private("old"))).person == tablet.id
    await ask(Calendars, lambda book: book.keep_private(replace(feed, id=new_id(), person=tablet.id), "new"))
    assert await ask(Calendars, lambda book: book.find_private("old")) is None


async def test_moments_of_the_second_come_for_the_first(store, clock, evening):
    one = await a_whole_life(store, clock, TABLET, await an_evening(store), "tablet")
    two = await a_whole_life(store, clock, PHONE, evening, "phone")
    await join(store, clock, one, two)
    clock.move(hours=2)
    come = await store.due_queue.claim("me", clock.now(), clock.now() + MINUTE, 50)
    assert f"again_{evening}_{one.id}" in {moment.key for moment in come}
    assert two.id not in str(come)


async def test_reminders_of_both_are_there_once(store, clock, ask, evening, tablet, phone):
    occurrence = await ask(Meetings, lambda book: book.occurrence(evening))
    for who, leads in ((tablet, (15,)), (phone, (60,))):
        await ask(
            Reminders, lambda book, who=who, leads=leads: book.put(Subscription(occurrence.series, who.id, leads), clock.now())
        )
    assert (await join(store, clock, tablet, phone)).dropped == 1
    [kept] = await ask(Reminders, lambda book: book.of_person(tablet.id))
    assert kept.leads == (15,)
