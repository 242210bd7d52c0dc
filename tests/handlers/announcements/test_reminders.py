"""Private reminders: a test first, discreet words, the rule for late ones."""

import pytest
from msgspec.structs import replace

from bot.core.calls import Account
from bot.core.posts import Lane
from bot.core.replies import Press
from bot.core.richtext import words_in
from storage.reminders import Reminders
from tests.handlers.meetings.house import House, buttons_of, labels_of, press_of, text_of

MAKE = "/meeting create Wednesday 19:00 Gambling circle"


@pytest.fixture
async def reminded(house: House) -> House:
    await house.type("fay", MAKE, leads=True)
    await house.type("ann", "/remind")
    await house.deliver()
    return house


async def test_turning_on_sends_a_test_at_once_to_the_private_chat(reminded: House):
    (test,) = reminded.of(await reminded.person("ann"))
    assert text_of(test.post.reply) == "This is how a reminder looks:\nYour reminder: today, 7:00 PM"
    assert labels_of(test.post.reply) == ["Stop reminders", "Help now"]
    assert test.post.lane is Lane.PRIVATE


async def test_no_reminder_names_the_meeting_or_its_topic(reminded: House):
    await reminded.pass_time(hours=24)
    posts = reminded.of(await reminded.person("ann"))
    assert len(posts) == 2
    for claimed in posts:
        assert "Gambling" not in str(claimed.post)
        assert list(words_in(claimed.post.reply.blocks)) == []
        assert Press("safety", "now") in [button.press for button in buttons_of(claimed.post.reply)]


async def test_a_reminder_comes_a_quarter_of_an_hour_before_every_meeting_of_the_series(reminded: House):
    ann = await reminded.person("ann")
    await reminded.pass_time(hours=23, minutes=44)
    assert len(reminded.of(ann)) == 1
    await reminded.pass_time(minutes=1)
    assert reminded.private_texts(ann)[1] == "Your reminder: today, 7:00 PM"
    await reminded.pass_time(days=7)
    assert reminded.private_texts(ann)[2] == "Your reminder: today, 7:00 PM"


async def test_a_reminder_reads_in_the_persons_own_zone_and_language(reminded: House):
    async def settle(unit):
        person = await unit.people.find(Account("discord", "ann"))
        await unit.people.save(replace(person, zone="Asia/Dhaka", language="de"))

    await reminded.store.transact(settle)
    await reminded.pass_time(hours=24)
    assert reminded.private_texts(await reminded.person("ann"))[1] == "Deine Erinnerung: 00:00"  # tomorrow there: no "today"


async def test_from_the_reminder_a_person_can_say_that_they_are_here(reminded: House):
    await reminded.pass_time(hours=23, minutes=46)
    message = reminded.of(await reminded.person("ann"))[1].post.reply
    assert "You are in." in text_of(await reminded.press("ann", press_of(message, "I am here"), private=True))


async def test_a_late_reminder_says_that_it_has_begun(reminded: House):
    await reminded.sleep_through(hours=24, minutes=20)
    assert reminded.private_texts(await reminded.person("ann"))[1] == "Your reminder: it has begun (7:00 PM). You can still join."


async def test_a_much_later_one_is_dropped(reminded: House):
    await reminded.sleep_through(hours=24, minutes=31)
    assert len(reminded.of(await reminded.person("ann"))) == 1


async def test_stop_stops(reminded: House):
    ann = await reminded.person("ann")
    message = reminded.of(ann)[0].post.reply
    for _ in range(2):
        told = await reminded.press("ann", press_of(message, "Stop"), private=True)
        assert text_of(told) == "Reminders for this meeting are off."
    await reminded.pass_time(hours=24)
    assert len(reminded.of(ann)) == 1


async def test_on_twice_is_once(reminded: House):
    again = await reminded.type("ann", "/remind")
    assert "Reminders for this meeting are on already." in text_of(again)
    await reminded.pass_time(hours=24)
    assert len(reminded.of(await reminded.person("ann"))) == 2


async def test_with_several_meetings_a_person_chooses_by_button(reminded: House):
    reminded.clock.move(seconds=1)
    await reminded.type("fay", "/meeting create Friday 18:00 Family evening", leads=True)
    choice = await reminded.type("bob", "/remind")
    assert labels_of(choice) == ["Remind me: Gambling circle", "Remind me: Family evening", "Help now"]
    await reminded.press("bob", press_of(choice, "Remind me: Family"))
    assert "Stop reminders: Family evening" in labels_of(await reminded.type("bob", "/remind"))


async def test_a_button_for_a_series_that_is_not_there_is_answered_like_any_unknown_one(house: House):
    for subject in ("", "0" * 32):
        told = await house.press("ann", Press("announcements", "remind", subject))
        assert "I no longer know this button." in text_of(told)


async def test_a_cancelled_series_ends_its_reminders_and_says_so_without_its_name(reminded: House):
    ann = await reminded.person("ann")
    (series,) = await reminded.all_series()
    await reminded.press("fay", Press("meetings", "cancel", series.id, "yes"), leads=True)
    await reminded.work_off()
    assert reminded.private_texts(ann)[-1].startswith("One of your reminders has ended")
    assert await reminded.store.transact(lambda unit: Reminders(unit).of_person(ann)) == []
    told = await reminded.press("ann", Press("announcements", "remind", series.id))
    assert "This meeting no longer takes place." in text_of(told)


async def test_two_hundred_and_fifty_people_are_reminded_once_each(house: House):
    await house.type("fay", MAKE, leads=True)
    (series,) = await house.all_series()

    async def turn_on(unit):
        for n in range(250):
            person = await unit.people.make(Account("discord", f"person{n}"), house.clock.now(), None)
            await Reminders(unit).turn_on(series.id, person.id, house.clock.now())

    await house.store.transact(turn_on)
    await house.pass_time(hours=23, minutes=46)
    reminders = [claimed for claimed in house.sent if claimed.account is not None]
    assert len(reminders) == 250
    assert len({claimed.account for claimed in reminders}) == 250
