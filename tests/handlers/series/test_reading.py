"""Single values as people type them, and what is refused. The day is Tuesday, 1 December 2026."""

from datetime import date, time

import pytest

from bot.core.richtext import FIRST_STRONG_ISOLATE
from handlers.series.reading import date_of, length_of, time_of, title_of, weekday_of, zone_of
from handlers.series.unclear import NoTitle, UnknownDate, UnknownLength, UnknownTime, UnknownZone

TODAY = date(2026, 12, 1)


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
        ("19 h 30", time(19, 30)),
        ("19 heures", time(19)),
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
        ("mer.", "fr", 2),
        ("mardis", "fr", 1),
        ("di", "fr", 6),
    ],
)
def test_weekdays_by_name_or_its_beginning(typed, language, day):
    assert weekday_of(typed, language) == day


@pytest.mark.parametrize("typed", ["", "t", "Dienstag!", "someday", "8", "x" * 500])
def test_any_other_weekday_is_none(typed):
    assert weekday_of(typed, "en") is None


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-12-31", date(2026, 12, 31)),
        ("31.12.2026", date(2026, 12, 31)),
        ("31.12.", date(2026, 12, 31)),
        ("1.3.", date(2027, 3, 1)),
        ("31 December", date(2026, 12, 31)),
        ("31. Dezember 2026", date(2026, 12, 31)),
        ("December 31, 2026", date(2026, 12, 31)),
        ("3rd Jan", date(2027, 1, 3)),
        ("3. März", date(2027, 3, 3)),
        ("1er août 2027", date(2027, 8, 1)),
        ("31 déc.", date(2026, 12, 31)),
    ],
)
def test_dates_as_people_write_them(typed, day):
    assert date_of(typed, "de", TODAY) == day


@pytest.mark.parametrize("typed", ["", "31", "12/31/2026", "31.02.2026", "2026-13-01", "soon", "0.0.", "9" * 50])
def test_any_other_date_is_refused(typed):
    with pytest.raises(UnknownDate):
        date_of(typed, "en", TODAY)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("90", 90),
        ("15", 15),
        ("240 min", 240),
        ("1h30", 90),
        ("1.5 h", 90),
        ("2 Stunden", 120),
        ("2 heures", 120),
        ("90'", 90),
        ("45min", 45),
    ],
)
def test_lengths_as_people_write_them(typed, minutes):
    assert length_of(typed) == minutes


@pytest.mark.parametrize("typed", ["", "14", "241", "0", "ninety", "-60", "60.0", "5h", "٩٠"])
def test_any_other_length_is_refused(typed):
    with pytest.raises(UnknownLength):
        length_of(typed)


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


@pytest.mark.parametrize("typed", ["", "   ", "!!!", "\u202e\u200b", "x" * 81, "a" * 10_000])
def test_a_title_without_letters_or_too_long_is_refused(typed):
    with pytest.raises(NoTitle):
        title_of(typed)


def test_a_title_is_one_line_without_control_or_direction_marks():
    title = title_of("  Open\n\tevening\u202e\u0000 @everyone **bold** ")
    assert title == "Open evening @everyone **bold**"
    assert FIRST_STRONG_ISOLATE not in title
