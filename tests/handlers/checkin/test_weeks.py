"""Four weeks' ratings as a picture: a point each, by day, on the person's own clocks, with the same in words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.richtext import plain_block
from content.loader import load_texts
from handlers.checkin.records import Rated
from handlers.checkin.weeks import first_midnight, picture

SAY, BERLIN = load_texts().of("en"), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


def test_one_rating_is_no_picture():
    assert picture(SAY, [Rated(NOW, 5)], NOW, BERLIN) is None


def test_each_rating_is_a_point_where_it_lies_on_the_days():
    made = picture(SAY, [Rated(NOW - timedelta(days=27), 2), Rated(NOW - timedelta(days=1), 9), Rated(NOW, 0)], NOW, BERLIN)
    assert made is not None
    assert [int(x) for x, _ in made.points] == [0, 26, 27]
    assert [y for _, y in made.points] == [2, 9, 0]
    assert made.labels == ("Nov 3", "Nov 10", "Nov 17", "Nov 24")


def test_the_twin_says_every_day_and_number_and_no_word_more():
    made = picture(SAY, [Rated(NOW - timedelta(days=1), 9), Rated(NOW, 0)], NOW, BERLIN)
    assert made is not None
    assert [plain_block(block) for block in made.twin] == [
        "What you said in the last four weeks:",
        "• Mon, Nov 23: 9\n• Tue, Nov 24: 0",
    ]


def test_the_days_are_those_of_the_persons_clocks_also_across_a_clock_change():
    late = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # the 25th in Berlin, the 24th in New York
    for zone, day in ((BERLIN, 25), (ZoneInfo("America/New_York"), 24)):
        made = picture(SAY, [Rated(late - timedelta(days=2), 5), Rated(late, 5)], late, zone)
        assert made is not None
        assert made.labels[-1] == f"Nov {day}"
        assert [int(x) for x, _ in made.points] == [25, 27]
    spring = datetime(2026, 4, 10, 10, 0, tzinfo=UTC)
    assert first_midnight(spring, BERLIN).isoformat() == "2026-03-14T00:00:00+01:00"


def test_two_on_one_day_are_two_points():
    made = picture(SAY, [Rated(NOW - timedelta(hours=3), 4), Rated(NOW, 6)], NOW, BERLIN)
    assert made is not None
    assert len({*made.points}) == 2


def test_every_language_draws_it():
    for language in load_texts().languages:
        assert picture(load_texts().of(language), [Rated(NOW, 4), Rated(NOW, 6)], NOW, BERLIN) is not None
