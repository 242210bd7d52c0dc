"""After an edit of "this and later" another series goes on: who was reminded, and which rooms heard, go over to it, once. The clock
stands at Tuesday 2026-12-01, 19:00 in Berlin."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.core.replies import Press
from handlers.announcements.records import Moment, Settings, Target
from storage.announcements import Announcements
from storage.meetings import Meetings
from tests.handlers.screens import labels_of, press_of
from tests.handlers.series.community import Community, open_community

WEDNESDAYS = "Wednesdays 19:00 Open evening"


@pytest.fixture
async def house(tmp_path, clock):
    async with open_community(tmp_path, clock) as opened:
        yield opened


async def begun(house: Community):
    """A series of which ann is reminded, which is announced a day before, also in another room."""
    first = await house.create(WEDNESDAYS)
    await house.press("ann", Press("reminders", "remind", first.id))
    other = await house.room("other")

    async def settle(unit) -> None:
        book = Announcements(unit)
        await book.keep_settings(first.id, Settings((Moment.DAY,), discreet=True))
        await book.put_target(Target(first.id, other.id), house.clock.now())

    await house.store.transact(settle)
    await house.work_off()
    return first, other


async def held_once(house: Community):
    """Its first evening is over: the next one, in a week, is planned."""
    first, other = await begun(house)
    await house.pass_time(days=1, hours=2)
    await house.close(first)
    return first, other


async def settings_of(house: Community, series):
    async def work(unit):
        book = Announcements(unit)
        return await book.settings(series.id), [target.room for target in await book.targets(series.id)]

    return await house.store.transact(work)


async def test_reminders_settings_and_rooms_go_over_with_the_planned_evening(house: Community):
    first, other = await held_once(house)
    planned = await house.ahead(first)
    later = await house.go_on(0, {"title": "Late evening"})
    await house.work_off()
    assert (await house.ahead(later)).id == planned.id
    assert await house.reminded_of("ann") == [later.id]
    assert await settings_of(house, later) == (Settings((Moment.DAY,), discreet=True), [other.id])


async def test_they_go_over_too_when_the_evening_is_still_to_be_planned(house: Community):
    first, other = await begun(house)
    later = await house.go_on(1, {"time": "20:00"})
    await house.work_off()
    assert set(await house.reminded_of("ann")) == {first.id, later.id}
    assert await settings_of(house, later) == (Settings((Moment.DAY,), discreet=True), [other.id])


async def test_who_is_only_reminded_hears_that_the_near_evening_begins_at_another_time(house: Community):
    await held_once(house)
    await house.pass_time(days=6, hours=11)  # the morning of the second evening
    before = len(house.told("ann"))
    await house.go_on(0, {"time": "20:00"})
    await house.work_off()
    assert house.told("ann")[before:] == ["Your reminder has changed: now Wed, Dec 9, 8:00 PM instead of Wed, Dec 9, 7:00 PM."]


async def test_what_was_chosen_for_the_later_series_stays_chosen(house: Community):
    """Looked at again and again, also when the first one ends: nothing comes back."""
    first, _ = await begun(house)
    later = await house.go_on(1, {"time": "20:00"})
    await house.work_off()
    await house.stop("ann", later)

    async def elsewhere_no_more(unit) -> None:
        for target in await Announcements(unit).targets(later.id):
            await Announcements(unit).drop_target(later.id, target.room)

    await house.store.transact(elsewhere_no_more)
    await house.pass_time(days=1, hours=2)
    await house.close(first)
    await house.pass_time(days=1)
    assert await house.reminded_of("ann") == []
    assert (await settings_of(house, later))[1] == []


async def test_a_handed_over_evening_counts_as_the_later_series_own(house: Community):
    await held_once(house)
    later = await house.go_on(0, {"title": "Late evening"})
    await house.work_off()
    await house.stop("ann", later)
    (planned,) = await house.store.transact(lambda unit: Meetings(unit).ahead_of(later.id))
    moved = replace(planned, starts_at=planned.starts_at + timedelta(hours=1), ends_at=planned.ends_at + timedelta(hours=1))
    await house.store.transact(lambda unit: Meetings(unit).move(planned, moved))
    await house.store.transact(lambda unit: house._look(unit, planned.id, changed=True))
    await house.work_off()
    assert later.id not in await house.reminded_of("ann")


async def test_the_first_series_leaves_the_lists_when_its_last_evening_is_over(house: Community):
    first, _ = await begun(house)
    later = await house.go_on(1, {"time": "20:00"})
    await house.pass_time(days=1, hours=2)
    await house.close(first)
    assert await house.reminded_of("ann") == [later.id]
    listed = await house.type("ann", "/remind")
    assert [label for label in labels_of(listed) if "Open evening" in label] == ["✓ Open evening"]
    settings = await house.type("fay", "/meeting announce", leads=True)
    assert press_of(settings, "At start").subject == later.id  # the panel of the room's one series
    assert all("Open evening" not in text for text in house.heard() if "ended" in text or "no longer" in text)


async def test_who_asks_to_be_reminded_of_the_first_one_late_is_reminded_of_the_later_one(house: Community):
    first, _ = await begun(house)
    later = await house.go_on(1, {"time": "20:00"})
    await house.work_off()
    await house.press("ben", Press("reminders", "remind", first.id))
    assert set(await house.reminded_of("ben")) == {first.id, later.id}
    await house.pass_time(days=1, hours=2)
    await house.close(first)
    assert await house.reminded_of("ben") == [later.id]
