"""Meetings to be reminded of: one private message that shows how it stands now."""

from datetime import timedelta

from bot.core.replies import Press, To
from tests.handlers.announcements.house import House
from tests.handlers.reminders.lead_times import START, chosen
from tests.handlers.screens import labels_of, press_of, text_of


async def test_with_one_meeting_it_is_on_at_once_and_one_message_shows_how_a_reminder_looks(house: House):
    await house.make()
    shown = await house.type("ann", "/remind")
    await house.work_off()
    assert text_of(shown) == "Your reminders\nThis is how a reminder looks:\nYour reminder: today, 7:00 PM"
    assert (shown.to, bool(shown.slot)) == (To.PRIVATE, True)  # its arrival shows that the private chat is open
    assert house.to("ann") == []  # and nothing comes beside it


async def test_on_telegram_too_it_is_one_private_message(telegram_house: House):
    await telegram_house.make()
    shown = await telegram_house.type("ann", "/remind")
    await telegram_house.work_off()
    assert "This is how a reminder looks" in text_of(shown)
    assert telegram_house.to("ann") == []


async def test_each_toggle_shows_the_same_message_as_it_is_now(house: House):
    await house.make()
    house.clock.move(seconds=1)
    await house.make(title="Second evening", day="FR")
    listed = await house.type("ann", "/remind")
    assert labels_of(listed)[:2] == ["Remind me: Gambling circle", "Remind me: Second evening"]
    listed = await house.press("ann", press_of(listed, "Remind me: Second"), private=True)
    assert labels_of(listed)[:3] == ["Stop reminders", "✓ Second evening", "Remind me: Gambling circle"]
    opened = await house.press("ann", press_of(listed, "Second"), private=True)
    assert labels_of(opened)[:3] == ["A day before", "An hour before", "✓ 15 minutes before"]
    opened = await house.press("ann", press_of(opened, "An hour"), private=True)
    assert labels_of(opened)[:3] == ["A day before", "✓ An hour before", "✓ 15 minutes before"]
    stopped = await house.press("ann", press_of(opened, "Stop reminders"), private=True)
    assert "Remind me: Second evening" in labels_of(stopped)
    assert {reply.slot for reply in (listed, opened, stopped)} == {listed.slot}
    assert all(reply.replace for reply in (opened, stopped))


async def test_stop_on_a_reminder_updates_the_list(reminded: House):
    await reminded.pass_to(START - timedelta(minutes=15))
    (reminder,) = reminded.to("ann")
    told = await reminded.press("ann", press_of(reminder.post.reply, "Stop"), private=True)
    assert text_of(told) == "Reminders for this meeting are off."
    await reminded.work_off()
    assert "Remind me: Gambling circle" in labels_of(reminded.to("ann")[-1].post.reply)
    assert reminded.to("ann")[-1].edit is not None  # the message that stands there, not a new one


async def test_without_a_lead_time_left_the_reminders_are_off(reminded: House):
    await chosen(reminded, "ann", "15 minutes before")
    shown = await reminded.press("ann", press_of(await reminded.type("ann", "/remind"), "Gambling"), private=True)
    shown = await reminded.press("ann", press_of(shown, "15 minutes"), private=True)
    assert "Remind me: Gambling circle" in labels_of(shown)


async def test_many_meetings_are_paged(house: House):
    for number in range(8):
        await house.make(title=f"Evening {number}")
        house.clock.move(seconds=1)
    first = await house.type("ann", "/remind")
    assert labels_of(first)[:7] == [*(f"Remind me: Evening {n}" for n in range(6)), "More"]
    second = await house.press("ann", press_of(first, "More"), private=True)
    assert labels_of(second)[:3] == ["Remind me: Evening 6", "Remind me: Evening 7", "Back"]


async def test_participants_and_family_are_never_in_one_list(house: House):
    await house.make(title="Ours")
    await house.make(title="Theirs", audience="family")
    listed = await house.type("ann", "/remind")
    assert labels_of(listed)[:2] == ["Remind me: Ours", "Meetings for family and friends"]
    other = await house.press("ann", press_of(listed, "Meetings for family"), private=True)
    assert labels_of(other)[:2] == ["Remind me: Theirs", "Meetings for participants"]


async def test_a_newcomer_in_private_is_told_where_to_press(house: House):
    assert "Press Remind me under an announcement in your group" in text_of(await house.type("new", "/remind", private=True))


async def test_a_newcomer_who_presses_a_rooms_button_in_private_is_known_from_then_on(telegram_house: House):
    series = await telegram_house.make()
    shown = await telegram_house.press("new", Press("reminders", "remind", series.id), private=True)
    assert "✓ Gambling circle" in labels_of(shown)
    assert (await telegram_house.person("new")).home == series.community


async def test_a_press_for_a_series_that_is_not_there_is_answered_like_any_unknown_one(house: House):
    for subject in ("", "0" * 32):
        for action in ("remind", "open", "lead", "naming"):
            told = await house.press("ann", Press("reminders", action, subject))
            assert "I no longer know this button." in text_of(told)
