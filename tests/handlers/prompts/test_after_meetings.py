"""A prompt that comes some days after each evening of a meeting."""

from datetime import UTC, datetime, time, timedelta

from bot.core.replies import Press
from tests.handlers.screens import labels_of, text_of

WEDNESDAYS = "Gambling circle"  # at 19:00 in Berlin


async def follows(house, *labels):
    series = await house.make()
    prompt = await house.made()
    reply = await house.leads("Standard", "Time", "After a meeting", WEDNESDAYS)
    await house.taps("kim", reply, *labels, leads=True)
    return series, prompt


async def test_it_comes_so_many_days_after_an_evening_at_its_time(house):
    series, _ = await follows(house, "2")
    await house.evening_held(series)  # Wednesday the 2nd
    await house.pass_to(datetime(2026, 12, 4, 16, 59, tzinfo=UTC))
    assert house.open_cards() == []
    await house.pass_time(minutes=1)
    assert len(house.open_cards()) == 1
    await house.pass_time(days=7)
    assert len(house.cards()) == 1  # without an evening there is none


async def test_the_panel_says_what_it_follows_and_when_the_next_one_comes(house):
    series, _ = await follows(house)
    shown = await house.leads("Standard")
    assert "3 days after, 6:00 PM" in text_of(shown)
    assert "It comes after each evening of Gambling circle" in text_of(shown)
    assert "after the next evening" in text_of(shown)
    await house.evening_held(series)
    assert "Next: Sat, Dec 5, 6:00 PM" in text_of(await house.leads("Standard"))


async def test_days_and_time_can_be_changed_while_one_is_to_come(house):
    series, _ = await follows(house, "3")
    await house.evening_held(series)
    await house.leads("Standard", "Time", "1", "8:00 AM")
    await house.pass_to(datetime(2026, 12, 3, 7, tzinfo=UTC))
    assert len(house.open_cards()) == 1
    await house.pass_time(days=6)
    assert len(house.cards()) == 1


async def test_it_goes_along_when_a_series_goes_on_as_another(house):
    series, prompt = await follows(house)
    await house.end_series(series)
    later = await house.make(title="Gambling circle, later", at=time(20), follows=series.id)
    await house.evening_held(later)
    assert (await house.prompt(prompt)).series == later.id
    await house.pass_time(days=4)
    assert len(house.open_cards()) == 1


async def test_two_evenings_a_week_each_have_theirs_and_one_is_open(house):
    series = await house.make(rule="FREQ=WEEKLY;BYDAY=WE,FR")
    await house.made()
    await house.leads("Standard", "Time", "After a meeting", WEDNESDAYS, "6")
    await house.evening_held(series)
    await house.plan(series)
    await house.evening_held(series)
    await house.pass_time(days=7)
    assert len([claimed for claimed in house.news() if not claimed.edit]) == 2
    assert len(house.open_cards()) == 1


async def test_a_stopped_one_does_not_come_and_an_evening_in_between_is_remembered(house):
    series, _ = await follows(house, "4")
    await house.leads("Standard", "Stop")
    await house.evening_held(series)
    await house.pass_time(days=1)
    await house.leads("Standard", "Start")
    await house.pass_time(days=4)
    assert len(house.open_cards()) == 1


async def test_back_to_days_of_the_week(house):
    series, prompt = await follows(house)
    await house.leads("Standard", "Time", "Days of the week")
    assert not (await house.prompt(prompt)).series
    await house.evening_held(series)
    await house.pass_to(datetime(2026, 12, 6, 17, tzinfo=UTC))
    assert len(house.cards()) == 1


async def test_only_meetings_of_its_own_audience_can_be_followed(house):
    await house.make(title="For relatives", audience="family")
    series = await house.make()
    await house.made()
    screen = await house.leads("Standard", "Time", "After a meeting")
    assert WEDNESDAYS in labels_of(screen)
    assert "For relatives" not in labels_of(screen)
    (prompt,) = await house.all_prompts()
    for value in ("s", f"s{series.id[:4]}", "s" + "0" * 12):
        await house.press("kim", Press("prompts", "follow", prompt.id, value), leads=True)
    assert await house.prompt(prompt) == prompt


async def test_an_evening_whose_day_has_gone_by_in_downtime_is_made_up_for_within_a_day(house):
    series, _ = await follows(house, "1")
    await house.evening_held(series)
    await house.sleep_through(hours=40)
    assert len(house.open_cards()) == 1
    await house.plan(series)
    await house.evening_held(series)
    await house.sleep_through(days=3)
    assert len([claimed for claimed in house.news() if not claimed.edit]) == 1
    assert house.clock.now() - timedelta(days=3) > datetime(2026, 12, 9, tzinfo=UTC)
