from datetime import UTC, date, datetime, time

import pytest

from bot.core.richtext import FIRST_STRONG_ISOLATE
from handlers.meetings.parsing import (
    NoTitle,
    SeveralZones,
    Unclear,
    UnknownLength,
    UnknownTime,
    UnknownWeekday,
    UnknownZone,
    Wanted,
    from_form,
    from_line,
    length_of,
    time_of,
    title_of,
    weekday_of,
    zone_of,
)


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ("19:00", time(19)),
        ("19.30", time(19, 30)),
        ("7pm", time(19)),
        ("7:30 p.m.", time(19, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("19 Uhr", time(19)),
        ("0:05", time(0, 5)),
    ],
)
def test_times_as_people_write_them(typed, at):
    assert time_of(typed) == at


@pytest.mark.parametrize("typed", ["", "7", "24:00", "19:60", "13pm", "0am", "seven", "19:00:00", "١٩:٠٠", "-1:00", "9" * 500])
def test_any_other_time_is_refused(typed):
    with pytest.raises(UnknownTime):
        time_of(typed)


@pytest.mark.parametrize(
    ("typed", "language", "day"),
    [
        ("Tuesday", "en", 1),
        ("tue", "de", 1),
        ("TU", "de", 1),
        ("Dienstag", "de", 1),
        ("Di.", "de", 1),
        ("So", "de", 6),
        ("sa", "en", 5),
    ],
)
def test_weekdays_by_name_or_its_beginning_in_the_language_or_in_english(typed, language, day):
    assert weekday_of(typed, language) == day


@pytest.mark.parametrize("typed", ["", "t", "Dienstag!", "someday", "8", "x" * 500])
def test_any_other_weekday_is_refused(typed):
    with pytest.raises(UnknownWeekday):
        weekday_of(typed, "en")


@pytest.mark.parametrize(
    ("typed", "language", "zone"),
    [
        ("Berlin", "en", "Europe/Berlin"),
        ("europe/berlin", "en", "Europe/Berlin"),
        ("new york", "en", "America/New_York"),
        ("Wien", "de", "Europe/Vienna"),
        ("UTC", "en", "UTC"),
    ],
)
def test_zones_by_name_or_city(typed, language, zone):
    assert zone_of(typed, language) == zone


def test_an_unknown_zone_is_answered_with_near_ones():
    with pytest.raises(UnknownZone) as refused:
        zone_of("Berlim", "en")
    assert "Europe/Berlin" in refused.value.values["near"]
    with pytest.raises(UnknownZone) as refused:
        zone_of("qqqq", "en")
    assert refused.value.values == {"near": "", "found": "no"}


@pytest.mark.parametrize("typed", ["EST", "CET", "EST5EDT"])
def test_an_abbreviation_that_stays_behind_when_clocks_change_is_refused(typed):
    with pytest.raises(UnknownZone):
        zone_of(typed, "en")


def test_a_name_of_several_zones_is_answered_with_all_of_them():
    with pytest.raises(SeveralZones) as refused:
        zone_of("Louisville", "en")
    assert refused.value.values["zones"] == "America/Kentucky/Louisville, America/Louisville"


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "\u202e\u200b", "x" * 81, "a" * 10_000])
def test_a_title_without_letters_or_too_long_is_refused(typed):
    with pytest.raises(NoTitle):
        title_of(typed)


def test_a_title_is_one_line_without_control_or_direction_marks():
    title = title_of("  Open\n\tevening\u202e\u0000 @everyone **bold** ")
    assert title == "Open evening @everyone **bold**"
    assert FIRST_STRONG_ISOLATE not in title


@pytest.mark.parametrize("typed", ["", "61", "9", "0", "ninety", "-60", "60.0"])
def test_a_length_without_an_outline_is_refused(typed):
    with pytest.raises(UnknownLength):
        length_of(typed)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Tuesday 19:00 Europe/London 90 Title words", Wanted("Title words", 1, time(19), "Europe/London", 90)),
        ("tue 7 pm New York 60 Evening", Wanted("Evening", 1, time(19), "America/New_York", 60)),
        ("Di 19 Uhr Freie Runde", Wanted("Freie Runde", 1, time(19), "Europe/Berlin", 90)),
        ("Friday 18:30 60 90 days together", Wanted("90 days together", 4, time(18, 30), "Europe/Berlin", 60)),
    ],
)
def test_one_line_says_it_all(line, wanted):
    assert from_line(line, "de", "Europe/Berlin") == wanted


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("", Unclear),
        ("Tuesday 19:00", Unclear),
        ("Someday 19:00 Evening", UnknownWeekday),
        ("Tuesday soon Evening", UnknownTime),
        ("Tuesday 19:00 Europe/Lodnon 90 Evening", UnknownZone),
        ("Tuesday 19:00 EST 90 Evening", UnknownZone),
        ("Tuesday 19:00 45 Evening", UnknownLength),
        ("Tuesday 19:00 Berlin 90", NoTitle),
        ("Tuesday 7 pm", NoTitle),
    ],
)
def test_a_line_that_is_unclear_is_refused_for_its_first_reason(line, error):
    with pytest.raises(error) as refused:
        from_line(line, "en", "Europe/Berlin")
    assert type(refused.value) is error


def test_an_empty_zone_is_the_communitys():
    answers = {"title": "Evening", "weekday": "TU", "time": "19:00", "zone": "", "length": "60"}
    assert from_form(answers, "en", "Europe/Vienna") == Wanted("Evening", 1, time(19), "Europe/Vienna", 60)


def test_the_first_day_is_today_in_the_meetings_zone():
    wanted = Wanted("Evening", 1, time(9), "Pacific/Auckland", 60)
    schedule = wanted.schedule(datetime(2026, 12, 1, 18, tzinfo=UTC))
    assert (schedule.first, schedule.rule) == (date(2026, 12, 2), "FREQ=WEEKLY;BYDAY=TU")
