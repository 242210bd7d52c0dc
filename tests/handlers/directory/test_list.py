"""The list of meetings: what is in it, in whose time, and by which filters."""

from datetime import date, time, timedelta

from bot.core.meetings import State
from bot.core.replies import To
from bot.core.richtext import Bullets, Moment
from tests.handlers.directory.house import House, lines_of, titles_of
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of

DAILY = "FREQ=DAILY"


async def test_nothing_planned_is_said_plainly(house: House):
    assert "No meeting is planned in the next two weeks." in text_of(await house.type("ann", "/meetings"))


async def test_two_weeks_are_listed_for_the_reader_alone_the_earliest_first(house: House):
    await house.make("Open evening", "FREQ=WEEKLY;BYDAY=WE")
    await house.make("Quiet morning", "FREQ=WEEKLY;BYDAY=TH", time(9))
    listed = await house.type("ann", "/meetings")
    assert lines_of(listed) == [
        "Open evening: Wed, Dec 2, 7:00 PM, 60 minutes.",
        "Quiet morning: Thu, Dec 3, 9:00 AM, 60 minutes.",
        "Open evening: Wed, Dec 9, 7:00 PM, 60 minutes.",
        "Quiet morning: Thu, Dec 10, 9:00 AM, 60 minutes.",
    ]
    assert listed.to is To.ONLY_YOU
    assert not listed.replace


async def test_the_readers_own_time_stands_beside_the_meetings(house: House):
    await house.make("Open evening")
    await house.settle("ann", zone="America/New_York")
    listed = await house.type("ann", "/meetings")
    own = "Open evening: Wed, Dec 2, 1:00 PM your time, 60 minutes. There it is Wed, Dec 2, 7:00 PM (Central European Time)."
    assert lines_of(listed)[0] == own
    (lines,) = (block for block in listed.blocks if isinstance(block, Bullets))
    assert [type(node) for node in lines.items[0]].count(Moment) == 1


async def test_a_cancelled_evening_stays_in_its_place_with_the_reason(house: House):
    series = await house.make("Open evening")
    await house.make("Other evening", "FREQ=WEEKLY;BYDAY=WE", time(20))
    await house.change(series, "2026-12-02T19:00", cancelled=True, reason="The boiler broke")
    listed = lines_of(await house.type("ann", "/meetings"))
    assert listed[0] == "Open evening: Wed, Dec 2, 7:00 PM, 60 minutes. Cancelled: The boiler broke"
    assert listed[2] == "Open evening: Wed, Dec 9, 7:00 PM, 60 minutes."


async def test_a_holiday_cancels_its_days_and_says_its_name(house: House):
    await house.make("Open evening")
    await house.pause(date(2026, 12, 9), date(2026, 12, 9), "Winter feast")
    listed = lines_of(await house.type("ann", "/meetings"))
    assert [("Cancelled: Winter feast" in line) for line in listed] == [False, True]


async def test_an_evening_that_nobody_opened_is_shown_as_cancelled(house: House):
    series = await house.make("Open evening")
    await house.become(series, State.CANCELLED, reason="Nobody could host")
    assert "Cancelled: Nobody could host" in lines_of(await house.type("ann", "/meetings"))[0]


async def test_a_moved_evening_stands_at_its_new_time_and_says_where_it_was(house: House):
    series = await house.make("Open evening")
    await house.make("Other evening", "FREQ=WEEKLY;BYDAY=TH")
    await house.change(series, "2026-12-02T19:00", starts="2026-12-04T20:00", reason="Choir in the hall")
    listed = await house.type("ann", "/meetings")
    assert titles_of(listed)[:2] == ["Other evening", "Open evening"]
    moved = "Moved: it was to be Wed, Dec 2, 7:00 PM. The reason: Choir in the hall"
    assert lines_of(listed)[1] == f"Open evening: Fri, Dec 4, 8:00 PM, 60 minutes. {moved}"


async def test_a_hostile_title_stays_words_and_labels_stay_short(house: House):
    await house.make("@everyone <b>**x** https://evil.example " + "y" * 30)
    listed = await house.type("ann", "/meetings")
    assert "Words(text='@everyone <b>**x**" in str(listed.blocks)
    assert all(len(label) <= 40 for label in labels_of(listed))
    assert all(not button.url for button in buttons_of(listed))


async def test_today_is_the_readers_own_day(house: House):
    await house.make("Late evening", "FREQ=WEEKLY;BYDAY=WE", time(3))  # Tuesday evening in New York
    listed = await house.type("ann", "/meetings")
    assert titles_of(await house.tap("ann", listed, "Today")) == []
    await house.settle("bob", zone="America/New_York")
    listed = await house.type("bob", "/meetings")
    assert titles_of(await house.tap("bob", listed, "Today")) == ["Late evening"]


async def test_a_filter_is_put_on_and_taken_off_on_the_same_message(house: House):
    await house.make("First steps", beginners=True)
    await house.make("Open evening")
    listed = await house.type("ann", "/meetings")
    some = await house.tap("ann", listed, "For people who are new")
    assert set(titles_of(some)) == {"First steps"}
    assert "For people who are new." in lines_of(some)[0]
    assert some.replace
    assert "✓ For people who are new" in labels_of(some)
    assert set(titles_of(await house.tap("ann", some, "For people who are new"))) == {"First steps", "Open evening"}


async def test_filters_add_up_and_all_shows_everything_again(house: House):
    await house.make("First steps", beginners=True)
    await house.make("Written steps", beginners=True, text_only=True)
    listed = await house.tap("ann", await house.type("ann", "/meetings"), "For people who are new")
    listed = await house.tap("ann", listed, "Only in writing")
    assert set(titles_of(listed)) == {"Written steps"}
    nothing = await house.tap("ann", listed, "Today")
    assert "No meeting fits." in text_of(nothing)
    assert set(titles_of(await house.tap("ann", nothing, "Show all"))) == {"First steps", "Written steps"}


async def test_my_language_is_the_readers(house: House):
    await house.make("Open evening")  # in the community's language
    await house.make("Offener Abend", language="de")
    assert "Offener Abend: Wed, Dec 2, 7:00 PM, 60 minutes. In German." in lines_of(await house.type("ann", "/meetings"))
    await house.settle("ann", language="de-AT")
    listed = await house.type("ann", "/meetings")
    assert set(titles_of(await house.tap("ann", listed, "Meine Sprache"))) == {"Offener Abend"}


async def test_the_two_audiences_are_never_in_one_list_or_count(house: House):
    await house.make("Open evening", DAILY)
    await house.make("Family evening", DAILY, audience="family")
    listed = await house.type("ann", "/meetings")
    assert set(titles_of(listed)) == {"Open evening"}
    assert "1 to 5 of 15" in text_of(listed)
    family = await house.tap("ann", listed, "For family and friends")
    assert set(titles_of(family)) == {"Family evening"}
    assert "1 to 5 of 15" in text_of(family)
    assert set(titles_of(await house.tap("ann", family, "For participants"))) == {"Open evening"}


async def test_whether_there_are_family_meetings_is_not_told_by_the_other_list(house: House):
    await house.make("Open evening")
    before = labels_of(await house.type("ann", "/meetings"))
    await house.make("Family evening", audience="family")
    assert labels_of(await house.type("ann", "/meetings")) == before


async def test_places_are_told_only_as_many_as_nobody_can_be_seen_by(house: House):
    series = await house.make("Small circle", capacity=12)
    seen = []
    for count in (0, 1, 4, 5, 9, 12):
        await house.go(series, count)
        seen.append(lines_of(await house.type("ann", "/meetings"))[0].partition("minutes. ")[2])
    assert seen == [
        "At least 8 places are left.",
        "At least 8 places are left.",
        "At least 8 places are left.",
        "A few places are left.",
        "A few places are left.",
        "Every place is taken.",
    ]


async def test_the_next_that_still_has_room_is_found(house: House):
    full = await house.make("Small circle", capacity=5)
    off = await house.make("Cancelled circle", "FREQ=WEEKLY;BYDAY=WE", time(20))
    await house.make("Big circle", "FREQ=WEEKLY;BYDAY=TH", capacity=6)
    await house.go(full, 5)
    await house.change(off, "2026-12-02T20:00", cancelled=True)
    listed = await house.tap("ann", await house.type("ann", "/meetings"), "Still has room")
    assert titles_of(listed)[0] == "Big circle"


async def test_the_room_is_joined_from_the_list_when_it_opens_soon_and_while_it_is_on(house: House):
    series = await house.make("Open evening", link="https://meet.example/x")
    house.clock.at += timedelta(hours=23, minutes=44)
    assert not [label for label in labels_of(await house.type("ann", "/meetings")) if label.startswith("I am here")]
    house.clock.at += timedelta(minutes=1)
    listed = await house.type("ann", "/meetings")
    occurrence = await house.occurrence(series)
    assert press_of(listed, "I am here: Open evening").data() == f"meetings:join:{occurrence.id}"
    assert "https://meet.example" not in str(listed)
    await house.become(series, State.LOBBY)
    listed = await house.type("ann", "/meetings")
    assert [button.url for button in buttons_of(listed) if button.url] == ["https://meet.example/x"]
    house.clock.at += timedelta(minutes=90)  # it overran: on is on
    listed = await house.type("ann", "/meetings")
    assert "It is on now." in lines_of(listed)[0]
    await house.become(series, State.CLOSED)
    assert "Wed, Dec 9" in lines_of(await house.type("ann", "/meetings"))[0]


async def test_reminders_are_turned_on_and_off_from_the_list(house: House):
    one, other = await house.make("Open evening"), await house.make("Other evening")
    await house.remind("ann", other)
    listed = await house.type("ann", "/meetings")
    assert press_of(listed, "Remind me: Open evening").data() == f"reminders:remind:{one.id}"
    assert press_of(listed, "Stop reminders: Other evening").data() == f"reminders:stop:{other.id}"


async def test_the_list_reads_in_german(house: House):
    series = await house.make("Offener Abend", capacity=20)
    await house.change(series, "2026-12-09T19:00", cancelled=True, reason="Feiertag")
    await house.settle("ann", language="de")
    assert lines_of(await house.type("ann", "/treffen")) == [
        "Offener Abend: Mi., 2. Dez., 19:00, 60 Minuten. Mindestens 16 Plätze sind frei.",
        "Offener Abend: Mi., 9. Dez., 19:00, 60 Minuten. Abgesagt: Feiertag",
    ]
