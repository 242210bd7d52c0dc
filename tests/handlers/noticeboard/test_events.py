"""Evenings in the platform's own calendar: one entry for the next evening of each series, as it stands."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from bot.core.deeds import NativeEvent
from bot.core.meetings import Series, State
from bot.core.replies import Press
from handlers.noticeboard import rules
from storage.meetings import Meetings
from storage.noticeboard import Notices
from tests.handlers.directory.house import House
from tests.handlers.screens import labels_of, press_of, text_of

EVENTS = "/meeting events"


def deeds(house: House) -> list[NativeEvent]:
    found = [claimed.post.deed for claimed in house.sent if claimed.post.place.startswith("event_")]
    assert all(isinstance(deed, NativeEvent) for deed in found)
    return [deed for deed in found if isinstance(deed, NativeEvent)]


@pytest.fixture
async def series(house: House) -> Series:
    return await house.make("Open evening", minutes=90)


@pytest.fixture
async def shown(house: House, series: Series) -> House:
    await house.type("fay", f"{EVENTS} on", leads=True)
    await house.work_off()
    return house


async def entries(house: House) -> int:
    community = await house.community()
    return len(await house.store.transact(lambda unit: Notices(unit).entries(community.id)))


async def test_the_next_evening_of_each_series_is_put_in_without_its_title(house: House, series: Series):
    await house.make("Quiet morning", "FREQ=WEEKLY;BYDAY=TH")
    await house.make("Family evening", audience="family")
    told = await house.type("fay", f"{EVENTS} on", leads=True)
    assert "They have a neutral title." in text_of(told)
    assert "Everybody in the server sees its calendar" in text_of(told)
    await house.work_off()
    first, second = deeds(house)
    occurrence = await house.occurrence(series)
    assert (first.title, first.starts_at, first.ends_at) == ("Meeting", occurrence.starts_at, occurrence.ends_at)
    assert (second.title, first.where) == ("Meeting", "")
    assert house.sent[0].post.place == rules.event_slot(occurrence.id)
    assert (await house.store.transact(lambda unit: unit.rooms.get(series.room))) == house.sent[0].room


async def test_with_their_titles_if_the_facilitators_want_it(shown: House):
    screen = await shown.type("fay", EVENTS, leads=True)
    screen = await shown.press("fay", press_of(screen, "Use the meetings' titles"), leads=True)
    assert "They have the titles of the meetings." in text_of(screen)
    await shown.work_off()
    assert [deed.title for deed in deeds(shown)] == ["Meeting", "Open evening"]
    assert shown.sent[-1].edit is not None


async def test_a_link_is_not_in_the_calendar(shown: House):
    await shown.make("Far evening", link="https://meet.example/x")
    await shown.changed()
    await shown.work_off()
    assert deeds(shown)[-1].where == "The link comes when the room opens"
    assert "meet.example" not in str(deeds(shown))


async def test_a_moved_evening_moves_its_entry(shown: House, series: Series):
    await shown.change(series, "2026-12-02T19:00", starts="2026-12-04T20:00")
    await shown.work_off()
    before, after = deeds(shown)
    assert after.starts_at == before.starts_at + timedelta(days=2, hours=1)
    assert len({claimed.post.place for claimed in shown.sent}) == 1
    assert shown.sent[-1].edit is not None


async def test_a_cancelled_evening_is_taken_out_and_the_next_one_put_in(shown: House, series: Series):
    await shown.change(series, "2026-12-02T19:00", cancelled=True)
    await shown.plan(series)
    await shown.work_off()
    assert [deed.over for deed in deeds(shown)] == [False, False, True]
    assert deeds(shown)[1].starts_at - deeds(shown)[0].starts_at == timedelta(days=7)
    await shown.work_off()
    assert await entries(shown) == 1


async def test_nothing_is_asked_while_the_evening_is_on_and_it_is_taken_out_when_it_is_over(shown: House, series: Series):
    await shown.pass_time(hours=24)
    asked = len(deeds(shown))
    await shown.become(series, State.OPEN)
    await shown.changed()
    await shown.pass_time(hours=1)
    assert len(deeds(shown)) == asked
    await shown.become(series, State.CLOSED)
    await shown.plan(series)
    await shown.changed()
    await shown.work_off()
    assert [deed.over for deed in deeds(shown)[asked:]] == [False, True]


async def test_an_evening_that_takes_place_after_all_is_put_in_anew(shown: House, series: Series):
    before = await shown.occurrence(series)
    await shown.change(series, "2026-12-02T19:00", cancelled=True)
    await shown.work_off()
    cancelled = await shown.store.transact(lambda unit: Meetings(unit).occurrence(before.id))
    assert cancelled is not None
    await shown.store.transact(lambda unit: Meetings(unit).move(cancelled, before))
    await shown.change(series, "2026-12-02T19:00")
    await shown.work_off()
    assert [deed.over for deed in deeds(shown)] == [False, True, False]
    assert shown.sent[-1].edit is None


async def test_every_hour_each_entry_is_asked_for_again_as_it_is_wanted(shown: House):
    await shown.pass_time(hours=3)
    assert len(deeds(shown)) == 1 + 3
    assert len(set(deeds(shown))) == 1


async def test_nothing_is_asked_when_nothing_changed(shown: House):
    await shown.without_mending()
    for _ in range(3):
        await shown.changed()
        await shown.pass_time(seconds=20)
    assert len(deeds(shown)) == 1


async def test_taken_out_they_all_go_and_nothing_is_promised_any_more(shown: House):
    screen = await shown.type("fay", f"{EVENTS} off", leads=True)
    assert "do not stand in this server's calendar" in text_of(screen)
    await shown.work_off()
    assert [deed.over for deed in deeds(shown)] == [False, True]
    assert await entries(shown) == 0
    await shown.pass_time(hours=2)
    assert await shown.store.due_queue.next_at() is None


async def test_an_entry_that_could_not_be_taken_out_is_tried_each_hour_for_some_days(shown: House, series: Series):
    slot = rules.event_slot((await shown.occurrence(series)).id)
    shown.refuses.add(slot)
    await shown.type("fay", f"{EVENTS} off", leads=True)
    await shown.pass_time(hours=2)
    assert await entries(shown) == 1
    shown.refuses.clear()
    await shown.pass_time(hours=1)
    assert deeds(shown)[-1].over
    assert await entries(shown) == 0


async def test_one_that_never_can_is_forgotten_two_days_after_its_end(shown: House, series: Series):
    shown.refuses.add(rules.event_slot((await shown.occurrence(series)).id))
    await shown.type("fay", f"{EVENTS} off", leads=True)
    await shown.pass_time(days=4)
    assert await entries(shown) == 0
    assert await shown.store.due_queue.next_at() is None


async def test_a_calendar_that_refuses_is_asked_for_one_entry_an_hour_and_given_up_after_a_day(shown: House):
    for n in range(10):
        await shown.make(f"Evening {n}", "FREQ=WEEKLY;BYDAY=SU")
    community = await shown.community()
    shown.refuses_all = True
    await shown.pass_time(hours=5)
    wish = await shown.store.transact(lambda unit: Notices(unit).wish(community.id))
    assert wish is not None
    assert 4 <= wish.missed <= 5
    tried = shown.tried
    await shown.pass_time(hours=1)
    assert shown.tried == tried + 1
    shown.refuses_all = False
    await shown.pass_time(hours=2)
    assert len(deeds(shown)) > 10
    wish = await shown.store.transact(lambda unit: Notices(unit).wish(community.id))
    assert wish is not None
    assert wish.missed == 0
    shown.refuses_all = True
    await shown.pass_time(hours=30)
    assert await shown.store.transact(lambda unit: Notices(unit).wish(community.id)) is None


async def test_the_calendar_is_of_one_audience_at_a_time(shown: House):
    family = await shown.make("Family evening", "FREQ=WEEKLY;BYDAY=TH", audience="family")
    screen = await shown.type("fay", EVENTS, leads=True)
    await shown.press("fay", press_of(screen, "Show those for family"), leads=True)
    await shown.work_off()
    assert [deed.over for deed in deeds(shown)] == [False, False, True]
    assert deeds(shown)[1].starts_at == (await shown.occurrence(family)).starts_at


async def test_five_hundred_series_stay_below_what_discord_allows(house: House):
    for n in range(120):
        await house.make(f"Evening {n}")
    await house.type("fay", f"{EVENTS} on", leads=True)
    await house.work_off()
    assert len(deeds(house)) == rules.MOST_EVENTS


async def test_telegram_has_no_calendar(telegram_house: House):
    told = await telegram_house.type("fay", f"{EVENTS} on", leads=True)
    assert "This platform has no calendar of its own." in text_of(told)


async def test_only_facilitators_see_and_change_it(shown: House):
    community = await shown.community()
    assert "for the facilitators" in text_of(await shown.type("ann", EVENTS))
    for value in ("off", "titled", "family"):
        told = await shown.press("ann", Press("noticeboard", "events", community.id, value))
        assert "for the facilitators" in text_of(told)
    wish = await shown.store.transact(lambda unit: Notices(unit).wish(community.id))
    assert wish is not None
    assert wish == replace(wish, discreet=True)


@pytest.mark.parametrize(("subject", "value"), [("0" * 32, "on"), ("", "on"), ("own", "x"), ("own", "")])
async def test_a_button_that_nobody_made_changes_nothing(shown: House, subject: str, value: str):
    community = await shown.community()
    press = Press("noticeboard", "events", community.id if subject == "own" else subject, value)
    assert "I no longer know this button." in text_of(await shown.press("fay", press, leads=True))


async def test_a_button_of_an_old_screen_turns_nothing_on(shown: House):
    old = press_of(await shown.type("fay", EVENTS, leads=True), "Use the meetings' titles")
    await shown.type("fay", f"{EVENTS} off", leads=True)
    screen = await shown.press("fay", old, leads=True)
    assert labels_of(screen) == ["Put them in", "Help now"]
