"""What was promised of an evening that then is moved, called off or goes on in another series; and when no letter comes."""

from datetime import time, timedelta

from msgspec.structs import replace

from bot.core.calendar import Change
from bot.core.ids import MeetingId, new_id
from bot.core.quiet import Quiet
from bot.core.replies import Press
from bot.core.richtext import words_in
from handlers.reminders.records import Wishes
from handlers.series.planning import settle
from handlers.series.rules import draft_of_all, draft_of_later, edit_of
from handlers.series.saving import apply
from storage.meetings import Meetings
from storage.roster import Roster
from tests.handlers.roster.test_own import written
from tests.handlers.screens import labels_of, text_of

TWO_DAYS = timedelta(days=2)
OFF = "This evening does not take place"
MOVED = "The evening that you host has changed"


async def different(house, occurrence, **how):
    """One evening is made different: `cancelled`, or `starts` at another wall-clock time."""

    async def work(unit):
        book = Meetings(unit)
        series = await book.series(occurrence.series)
        assert series is not None
        known = [one for one in await book.changes([series.id]) if one.original == occurrence.original]
        before = known[0] if known else Change(series.id, occurrence.original)
        await book.put_change(replace(before, **how))
        await settle(unit, book, series, house.clock.now())

    await house.store.transact(work)
    await house.work_off()


async def edited(house, occurrence, *, later="", **schedule):
    """The series is edited, all of it or from the evening `later` on: it may have another time of day."""

    async def work(unit):
        book = Meetings(unit)
        series = await book.series(occurrence.series)
        assert series is not None
        draft = draft_of_later(series, later, MeetingId(new_id())) if later else draft_of_all(series)
        after = replace(draft.series, schedule=replace(draft.series.schedule, **schedule))
        edit = edit_of(replace(draft, series=after), await book.changes([series.id]), (), house.clock.now())
        await apply(unit, book, edit, house.clock.now())

    await house.store.transact(work)
    await house.work_off()


async def texts(house, who):
    return house.private_texts(await house.person(who))


async def at_a_quiet_time(house, peace, who, begins, ends):
    peace[await house.person(who)] = Wishes(quiet=Quiet(time(begins), time(ends)))


async def test_a_moved_evening_is_still_its_hosts_and_is_reminded_of_a_day_before_its_new_time(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)  # Thursday, 7 PM
    await corner.take("fay")
    await different(house, occurrence, starts="2026-12-04T20:00")
    assert "you host" in text_of(await corner.evening("fay"))
    await house.pass_time(hours=48, minutes=59)
    assert await texts(house, "fay") == []
    await house.pass_time(minutes=1)
    (told,) = await texts(house, "fay")
    assert "You said that you host: Fri, Dec 4, 8:00 PM" in told
    await house.pass_time(hours=23, minutes=30)
    assert "Here is your panel." in (await texts(house, "fay"))[-1]


async def test_who_was_reminded_is_told_once_of_another_time_and_can_give_it_back(house, corner):
    await corner.join("fay", "gil")
    occurrence = await house.plan(TWO_DAYS)
    await corner.take("fay")
    await house.pass_time(hours=25)
    await different(house, occurrence, starts="2026-12-03T18:30")
    await house.pass_time(hours=1)
    first, letter = await corner.letters("fay")
    assert "You said that you host" in text_of(first)
    assert f"{MOVED}. It is now: Thu, Dec 3, 6:30 PM" in text_of(letter)
    assert list(words_in(letter.blocks)) == []
    assert labels_of(letter) == ["I am there", "I cannot", "Help now"]
    await corner.tap("fay", letter, "I cannot")
    await house.work_off()
    assert "has no host yet" in (await texts(house, "gil"))[-1]


async def test_a_reminder_soon_after_such_news_makes_no_second_message(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)
    await corner.take("fay")
    await house.pass_time(hours=25)
    await different(house, occurrence, starts="2026-12-03T20:30")
    await house.pass_time(hours=1)
    sent = house.of(await house.person("fay"))
    assert [claimed.edit is not None for claimed in sent] == [False, False, True]


async def test_an_evening_moved_far_away_after_its_reminder_is_told_at_once_and_reminded_of_anew(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)
    await corner.take("fay")
    await house.pass_time(hours=25)
    await different(house, occurrence, starts="2026-12-08T19:00")
    assert [MOVED in one for one in await texts(house, "fay")] == [False, True]
    await house.pass_time(days=5)
    assert "You said that you host: Tue, Dec 8, 7:00 PM" in (await texts(house, "fay"))[-1]
    assert len(await texts(house, "fay")) == 3


async def test_who_was_reminded_is_told_once_that_it_is_cancelled_and_discreetly(house, corner):
    await corner.join("fay", "gil")
    occurrence = await house.plan(TWO_DAYS)
    await corner.take("fay")
    await corner.tap("gil", await corner.evening("gil"), "I help this evening")
    await house.pass_time(hours=25)
    await different(house, occurrence, cancelled=True, reason="Fay is ill")
    await house.pass_time(hours=23)
    for who in ("fay", "gil"):
        reminded, letter = await corner.letters(who)
        assert "Is that still right?" in text_of(reminded)
        assert OFF in text_of(letter)
        assert "ill" not in text_of(letter)
        assert list(words_in(letter.blocks)) == []
        assert labels_of(letter) == ["Help now"]


async def test_an_evening_that_takes_place_after_all_is_told_too(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)
    await corner.take("fay")
    await house.pass_time(hours=25)
    await different(house, occurrence, cancelled=True)
    await house.pass_time(minutes=5)
    await different(house, occurrence, cancelled=False)
    assert [key in text for key, text in zip(("still right", OFF, MOVED), await texts(house, "fay"), strict=True)] == [True] * 3


async def test_nobody_is_written_to_whose_evening_is_cancelled_before_they_were_reminded(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)
    await corner.take("fay")
    await different(house, occurrence, cancelled=True)
    await house.pass_time(hours=48)
    assert await texts(house, "fay") == []


async def test_the_end_of_a_series_is_told_to_who_was_reminded_of_its_evening(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)
    await corner.tap("fay", await corner.evening("fay"), "I host this series")
    await house.pass_time(hours=25)
    await edited(house, occurrence, later="", rule="FREQ=WEEKLY;BYDAY=FR;UNTIL=20261202T235959")
    assert [OFF in one for one in await texts(house, "fay")] == [False, True]


# A series that is edited -------------------------------------------------------------------------------------------------


async def test_a_series_at_another_time_of_day_keeps_who_hosts_it_and_each_of_its_evenings(house, corner):
    await corner.join("fay", "gil")
    occurrence = await house.plan(TWO_DAYS)
    await corner.tap("fay", await corner.evening("fay"), "I host this series")
    await corner.tap("fay", await corner.evening("fay", 1), "Give it back")
    await corner.take("gil", 1)
    await edited(house, occurrence, wall=time(20, 30))
    shown = [text_of(await corner.evening("gil", number)) for number in range(3)]
    assert ["you host\n" in one for one in shown] == [False, True, False]
    assert [one.count("Fay hosts") for one in shown] == [2, 1, 2]
    given = await corner.tap("gil", await corner.evening("gil", 1), "Give it back")
    assert "no host yet" in text_of(given)
    await house.pass_time(hours=25, minutes=30)
    assert "You said that you host: Thu, Dec 3, 8:30 PM" in (await texts(house, "fay"))[-1]


async def test_who_hosts_a_series_hosts_the_one_that_goes_on_from_it(house, corner):
    await corner.join("fay", "gil")
    occurrence = await house.plan(TWO_DAYS)
    await corner.tap("fay", await corner.evening("fay"), "I host this series")
    await corner.tap("gil", await corner.evening("gil", 2), "I help this evening")
    await edited(house, occurrence, later="2026-12-10T19:00", wall=time(18))
    assert "you host" in text_of(await corner.evening("fay", 1))
    assert "you help" in text_of(await corner.evening("gil", 2))
    ended = await corner.tap("fay", await corner.evening("fay", 1), "I stop hosting this series")
    assert "no host yet" in text_of(ended)
    assert "you host" in text_of(await corner.evening("fay", 0))


# When no letter comes ----------------------------------------------------------------------------------------------------


async def test_a_reminder_waits_for_the_end_of_quiet_hours(house, corner, peace):
    await corner.join("fay")
    await house.plan(TWO_DAYS)
    await corner.take("fay")
    await at_a_quiet_time(house, peace, "fay", 18, 23)
    await house.pass_time(hours=27, minutes=59)
    assert await texts(house, "fay") == []
    await house.pass_time(minutes=1)
    assert len(await texts(house, "fay")) == 1


async def test_a_reminder_that_waits_is_not_sent_when_the_evening_is_off_or_given_back(house, corner, peace):
    await corner.join("fay", "gil")
    occurrence = await house.plan(TWO_DAYS)
    await corner.take("fay")
    await corner.tap("gil", await corner.evening("gil"), "I help this evening")
    for who in ("fay", "gil"):
        await at_a_quiet_time(house, peace, who, 18, 23)
    await house.pass_time(hours=25)
    await corner.tap("gil", await corner.evening("gil"), "Give it back")
    await different(house, occurrence, cancelled=True)
    await house.pass_time(hours=10)
    assert [OFF in one for one in await texts(house, "fay")] == [True]
    assert await texts(house, "gil") == []


async def test_who_paused_what_i_send_gets_no_letter_and_keeps_the_evening(house, corner, peace):
    await corner.join("fay")
    await house.plan(TWO_DAYS)
    await corner.take("fay")
    peace[await house.person("fay")] = Wishes(paused_until=house.clock.now() + timedelta(days=9))
    await house.pass_time(hours=47)
    assert await texts(house, "fay") == []
    assert "you host" in text_of(await corner.evening("fay"))


async def test_who_is_asked_to_host_is_left_alone_in_quiet_hours_and_pause(house, corner, peace):
    await corner.join("fay", "gil")
    await house.plan(TWO_DAYS)
    await at_a_quiet_time(house, peace, "fay", 18, 8)
    peace[await house.person("gil")] = Wishes(paused_until=house.clock.now() + timedelta(days=9))
    await house.pass_time(hours=25)
    assert [await texts(house, who) for who in ("fay", "gil")] == [[], []]
    await house.pass_time(hours=12)
    assert ["has no host yet" in one for one in await texts(house, "fay")] == [True]


# The note ----------------------------------------------------------------------------------------------------------------


async def test_a_note_for_an_evening_far_ahead_goes_after_thirty_days(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(timedelta(days=40))
    await written(house, corner, "fay", occurrence)

    async def kept():
        return await house.store.transact(lambda unit: Roster(unit).note(occurrence.series))

    await house.pass_time(days=29, hours=23)
    assert await kept() is not None
    await house.pass_time(hours=1)
    assert await kept() is None


async def test_a_note_outlives_an_evening_that_was_cancelled(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)
    await written(house, corner, "fay", occurrence)
    await different(house, occurrence, cancelled=True)
    await house.pass_time(days=3)
    assert await house.store.transact(lambda unit: Roster(unit).note(occurrence.series)) is not None


async def test_a_note_goes_on_to_the_series_that_follows_and_with_its_evening(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)
    await house.pass_time(days=3)
    screen = await written(house, corner, "fay", occurrence)
    await edited(house, occurrence, later="2026-12-10T19:00", wall=time(18))
    follower = (await house.all_series())[-1]
    assert follower.follows == occurrence.series
    shown = await house.press("fay", Press("roster", "note", follower.id), private=True)
    assert text_of(shown) == text_of(screen).replace("Saved. Whoever leads the next evening can read it.", "").strip()
    await house.pass_time(days=8)
    assert await house.store.transact(lambda unit: Roster(unit).note(occurrence.series)) is None


async def test_a_new_note_takes_the_place_of_the_one_before_an_edit_and_can_be_taken_back(house, corner):
    await corner.join("fay")
    occurrence = await house.plan(TWO_DAYS)
    await house.pass_time(days=3)
    await written(house, corner, "fay", occurrence)
    await edited(house, occurrence, later="2026-12-10T19:00", wall=time(18))
    follower = (await house.all_series())[-1]
    await written(house, corner, "fay", replace(occurrence, series=follower.id))
    await house.press("fay", Press("roster", "unwrite", follower.id), private=True)
    for series in (occurrence.series, follower.id):
        assert await house.store.transact(lambda unit, series=series: Roster(unit).note(series)) is None
