"""Private reminders: one living list, discreet words, several lead times, and the rule for late ones."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.calls import Account, Call, Incoming, Kind, Place
from bot.core.posts import Lane
from bot.core.replies import Press
from bot.core.richtext import words_in
from handlers.reminders.records import Subscription
from storage.meetings import Meetings
from storage.reminders import Reminders
from tests.handlers.announcements.house import BERLIN, House
from tests.handlers.reminders.lead_times import START, chosen
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of

# What comes ---------------------------------------------------------------------------------------------------------


async def test_a_reminder_comes_a_quarter_of_an_hour_before_every_evening(reminded: House):
    await reminded.pass_to(START - timedelta(minutes=15, seconds=1))
    assert reminded.told("ann") == []
    await reminded.pass_time(seconds=1)
    assert reminded.told("ann") == ["Your reminder: today, 7:00 PM"]
    (post,) = (claimed.post for claimed in reminded.to("ann"))
    assert post.lane is Lane.PRIVATE
    assert labels_of(post.reply) == ["I am here", "In 10 minutes again", "Stop reminders", "Help now"]


async def test_no_reminder_names_the_meeting_unless_it_was_asked_to(reminded: House):
    await chosen(reminded, "ann", "A day before", "An hour before", "15 minutes before")
    await reminded.pass_to(START)
    for claimed in reminded.to("ann"):
        assert "Gambling" not in str(claimed.post)
        assert list(words_in(claimed.post.reply.blocks)) == []
        assert Press("safety", "now") in [button.press for button in buttons_of(claimed.post.reply)]
    opened = await reminded.press("ann", press_of(await reminded.type("ann", "/remind"), "Gambling"), private=True)
    opened = await reminded.press("ann", press_of(opened, "Name the meeting"), private=True)
    assert "The reminder names the meeting" in text_of(opened)
    person = (await reminded.person("ann")).id
    assert [one.plain for one in await reminded.store.transact(lambda unit: Reminders(unit).of_person(person))] == [True]


async def test_several_lead_times_each_bring_one(house: House):
    house.clock.at = datetime(2026, 11, 30, 12, tzinfo=UTC)
    await house.make()
    await house.type("ann", "/remind")
    await chosen(house, "ann", "A day before", "An hour before", "15 minutes before")
    await house.pass_to(START)
    assert house.told("ann") == [
        "Your reminder: Wed, Dec 2, 7:00 PM",
        "Your reminder: today, 7:00 PM",
        "Your reminder: today, 7:00 PM",
    ]


async def test_a_day_before_waits_for_the_end_of_the_persons_own_quiet_hours_and_an_hour_before_does_not(house: House):
    house.clock.at = datetime(2026, 11, 30, 12, tzinfo=UTC)
    await house.make(at=datetime(2026, 1, 1, 6).time())  # six in the morning
    await house.type("ann", "/remind")
    await chosen(house, "ann", "A day before", "An hour before")
    await house.pass_to(datetime(2026, 12, 1, 5, 59, tzinfo=UTC))  # 6:59 in Berlin: quiet until seven
    assert house.told("ann") == []
    await house.pass_time(minutes=1)
    assert house.told("ann") == ["Your reminder: Wed, Dec 2, 6:00 AM"]
    await house.pass_to(datetime(2026, 12, 2, 4, tzinfo=UTC))  # 5:00 in Berlin: as the person asked
    assert house.told("ann")[1:] == ["Your reminder: today, 6:00 AM"]


async def test_it_reads_in_the_persons_own_zone_and_language(reminded: House):
    await reminded.settle("ann", zone="Asia/Dhaka", language="de")
    await reminded.pass_to(START)
    assert reminded.told("ann") == ["Deine Erinnerung: 00:00"]  # tomorrow there: no "today"


async def test_in_ten_minutes_again_comes_once_however_often_it_is_pressed(reminded: House):
    await reminded.pass_to(START - timedelta(minutes=15))
    again = press_of(reminded.to("ann")[0].post.reply, "In 10 minutes")
    for _ in range(2):
        assert text_of(await reminded.press("ann", again, private=True)) == "I remind you again: 6:55 PM."
    await reminded.pass_to(START)
    assert reminded.told("ann")[1:] == ["Your reminder: today, 7:00 PM"]
    more = press_of(reminded.to("ann")[1].post.reply, "In 10 minutes")
    await reminded.press("ann", more, private=True)
    await reminded.pass_time(minutes=10)
    assert reminded.told("ann")[2:] == ["Your reminder: it has begun (7:00 PM). You can still join."]


async def test_a_late_one_says_that_it_has_begun_and_a_much_later_one_is_dropped(reminded: House):
    await reminded.sleep_through(seconds=(START + timedelta(minutes=20) - reminded.clock.now()).total_seconds())
    assert reminded.told("ann") == ["Your reminder: it has begun (7:00 PM). You can still join."]
    await reminded.type("bob", "/remind")
    await reminded.sleep_through(minutes=20)
    assert reminded.told("bob") == []


async def test_of_several_late_ones_only_the_last_comes(house: House):
    house.clock.at = datetime(2026, 11, 30, 12, tzinfo=UTC)
    await house.make()
    await house.type("ann", "/remind")
    await chosen(house, "ann", "A day before", "An hour before", "15 minutes before")
    await house.sleep_through(seconds=(START - timedelta(minutes=5) - house.clock.now()).total_seconds())
    assert house.told("ann") == ["Your reminder: today, 7:00 PM"]


async def test_a_pause_of_all_ends_by_itself_on_its_day(reminded: House):
    asked = await reminded.press("ann", press_of(await reminded.type("ann", "/remind"), "Pause all"), private=True)
    listed = await reminded.press("ann", press_of(asked, "A week"), private=True)
    assert "All are paused until Dec 8, 2026." in text_of(listed)
    await reminded.pass_to(START)
    assert reminded.told("ann") == []
    await reminded.plan((await reminded.store.transact(lambda unit: _all(unit)))[0])
    await reminded.pass_time(days=7)
    assert reminded.told("ann") == ["Your reminder: today, 7:00 PM"]


async def test_a_pause_ends_at_once_by_its_button(reminded: House):
    asked = await reminded.press("ann", press_of(await reminded.type("ann", "/remind"), "Pause all"), private=True)
    listed = await reminded.press("ann", press_of(asked, "A week"), private=True)
    listed = await reminded.press("ann", press_of(listed, "End the pause"), private=True)
    assert "paused" not in text_of(listed)
    await reminded.pass_to(START)
    assert len(reminded.told("ann")) == 1


@pytest.mark.parametrize(("typed", "said"), [("2026-12-24", "Dec 24, 2026"), ("24.12.", "Dec 24, 2026"), ("1.1.", "Jan 1, 2027")])
async def test_a_pause_may_last_until_any_day_of_the_next_year(reminded: House, typed, said):
    listed = await reminded.send_form("ann", Press("reminders", "pause_until"), {"day": typed}, private=True)
    assert f"All are paused until {said}." in text_of(listed)


@pytest.mark.parametrize("typed", ["", "soon", "1.12.2026", "2030-01-01", "31.2.", "24", "1" * 500])
async def test_any_other_day_changes_nothing(reminded: House, typed):
    told = await reminded.send_form("ann", Press("reminders", "pause_until"), {"day": typed}, private=True)
    assert "paused" not in text_of(told)


async def test_whoever_says_not_this_time_is_not_reminded_of_it(reminded: House):
    evening = await reminded.ahead((await reminded.store.transact(_all))[0])
    await reminded.say_going("ann", "no", evening)
    await reminded.pass_to(START)
    assert reminded.told("ann") == []


# The end ------------------------------------------------------------------------------------------------------------


async def test_a_series_that_ends_says_so_without_its_name(reminded: House):
    (series,) = await reminded.store.transact(_all)
    await reminded.end_series(series)
    await reminded.work_off()
    assert reminded.told("ann") == ["One of your reminders has ended: it is no longer needed."]
    told = await reminded.press("ann", Press("reminders", "remind", series.id))
    assert "This meeting no longer takes place." in text_of(told)


async def test_reminders_go_over_to_the_series_that_follows(reminded: House):
    (series,) = await reminded.store.transact(_all)
    await chosen(reminded, "ann", "An hour before")
    later = await reminded.make(day="TH", follows=series.id)
    await reminded.work_off()
    await reminded.end_series(series)
    await reminded.pass_to(START + timedelta(hours=23))
    assert reminded.told("ann") == ["Your reminder: today, 7:00 PM"]
    person = (await reminded.person("ann")).id
    assert [one.series for one in await reminded.store.transact(lambda unit: Reminders(unit).of_person(person))] == [later.id]


async def test_whoever_stops_on_the_following_series_is_not_taken_over_again(reminded: House):
    (series,) = await reminded.store.transact(_all)
    later = await reminded.make(day="TH", follows=series.id)
    await reminded.work_off()
    await reminded.press("ann", Press("reminders", "stop", later.id))
    await reminded.change(later, reason="new words")
    await reminded.pass_time(days=2)
    assert [text for text in reminded.told("ann") if text.startswith("Your reminder:")] == [
        "Your reminder: today, 7:00 PM"
    ]  # Wednesday's


# Doors --------------------------------------------------------------------------------------------------------------


async def test_a_closed_door_turns_to_the_persons_second_one(reminded: House):
    second = await reminded.second_account("ann", "telegram")
    reminded.closed = {Account("discord", "ann")}
    await reminded.pass_to(START)
    (reminder,) = reminded.to("ann")
    assert reminder.account == second


async def test_without_a_second_door_there_is_silence_and_a_note_with_the_next_thing_asked(reminded: House):
    reminded.closed = {Account("discord", "ann")}
    await reminded.pass_to(START)
    assert reminded.told("ann") == []
    note = "A reminder could not reach you: I could not write to you in private. That was Wed, Dec 2, 6:45 PM."
    assert note in text_of(await reminded.type("ann", "/remind"))
    assert "could not reach" not in text_of(await reminded.type("ann", "/remind"))


async def test_the_note_is_offered_to_any_next_answer_once(reminded: House):
    reminded.closed = {Account("discord", "ann")}
    await reminded.pass_to(START)
    notes = reminded.features[1].notes
    assert notes is not None
    person = await reminded.person("ann")

    async def ask(unit):
        incoming = Incoming(Kind.COMMAND, "x", Account("discord", "ann"), Place("discord", "ann"), reminded.clock.now())
        return await notes(Call(incoming, "en", BERLIN, "DE", reminded.clock.now(), True, person), unit)

    assert len(await reminded.store.transact(ask)) == 1
    assert await reminded.store.transact(ask) == ()


async def test_two_hundred_and_fifty_people_are_reminded_once_each(house: House):
    series = await house.make()
    await house.work_off()

    async def turn_on(unit):
        for n in range(250):
            person = await unit.people.make(Account("discord", f"person{n}"), house.clock.now(), None)
            await Reminders(unit).put(Subscription(series.id, person.id), house.clock.now())

    await house.store.transact(turn_on)
    await house.type("ann", "/remind")
    await house.pass_to(START)
    reminders = [claimed for claimed in house.sent if claimed.account is not None]
    assert len(reminders) == len({claimed.account for claimed in reminders}) == 251


async def _all(unit):
    community = await unit.communities.find("discord", "space")
    return await Meetings(unit).of_community(community.id)
