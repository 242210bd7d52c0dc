"""A law: what a calendar program makes of a feed is what the bot itself holds, for every rule, zone, change and pause."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]  # it ships no types
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as some

from bot.core.calendar import Change, Pause, evenings, original_of
from bot.core.ids import CommunityId, MeetingId, RoomId
from bot.core.meetings import Series
from bot.core.recurrence import BadRule
from bot.core.schedule import Schedule, checked, walls
from handlers.calendars.feed import calendar, different_evenings
from handlers.calendars.records import Version
from handlers.calendars.wording import Entry, Wording

SERIES = MeetingId("5" * 32)
COMMUNITY = CommunityId("c" * 32)
NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
FROM, TO = datetime(2026, 9, 1, tzinfo=UTC), datetime(2027, 12, 1, tzinfo=UTC)  # four clock changes in most zones that have them
ZONES = some.sampled_from(
    [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",  # half an hour
        "Africa/Casablanca",  # a month a year
        "Asia/Kathmandu",
        "Europe/Dublin",  # winter is the exception
        "America/St_Johns",
        "Asia/Tokyo",
        "Pacific/Chatham",
        "UTC",
    ]
)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
WORDS = Wording("Meetings", "Cancelled: \ufffc")


@some.composite
def rules(draw):
    every = draw(some.integers(1, 4))
    days = ",".join(sorted(draw(some.sets(some.sampled_from(DAYS), min_size=1, max_size=3)), key=DAYS.index))
    rule = draw(
        some.sampled_from(
            [
                f"FREQ=DAILY;INTERVAL={every}",
                f"FREQ=WEEKLY;INTERVAL={every};BYDAY={days}",
                f"FREQ=MONTHLY;INTERVAL={every};BYMONTHDAY={draw(some.sampled_from([1, 15, 28, 29, 31, -1]))}",
                f"FREQ=MONTHLY;INTERVAL={every};BYDAY={draw(some.sampled_from([1, 2, 4, 5, -1]))}{days[:2]}",
            ]
        )
    )
    end = draw(some.sampled_from(["", f";COUNT={draw(some.integers(1, 60))}", draw(untils())]))
    return rule + end


@some.composite
def untils(draw):
    day = draw(some.dates(date(2026, 11, 1), date(2027, 11, 1)))
    return f";UNTIL={day:%Y%m%d}T{draw(some.sampled_from(['235959', '193000', '023000', '000000']))}"


@some.composite
def schedules(draw):
    hour = draw(some.sampled_from([0, 1, 2, 3, 10, 19, 23]))
    wall = time(hour, draw(some.sampled_from([0, 15, 30])))
    first = draw(some.dates(date(2026, 1, 1), date(2027, 2, 1)))
    try:
        return checked(Schedule(draw(ZONES), first, wall, draw(rules())))
    except BadRule:
        assume(False)


@some.composite
def changed(draw, series):
    near = [wall for wall, _ in zip(walls(series.schedule, FROM), range(40), strict=False)]
    originals = draw(some.lists(some.sampled_from(near), unique=True, max_size=4)) if near else []
    changes = []
    for wall in originals:
        moved = wall + timedelta(days=draw(some.integers(-9, 9)), minutes=draw(some.sampled_from([0, 30, 90])))
        changes.append(
            Change(
                series.id,
                original_of(wall),
                starts=draw(some.sampled_from([None, original_of(moved)])),
                minutes=draw(some.sampled_from([None, 45, 120])),
                cancelled=draw(some.booleans()),
            )
        )
    stale = Change(series.id, "2026-12-24T04:44", cancelled=True)  # of an evening that the rule no longer gives
    return [*changes, stale]


@some.composite
def pauses(draw):
    found = []
    for number in range(draw(some.integers(0, 2))):
        first = draw(some.dates(date(2026, 10, 1), date(2027, 6, 1)))
        whose = draw(some.sampled_from([None, SERIES, MeetingId("6" * 32)]))
        found.append(Pause(str(number), COMMUNITY, first, first + timedelta(days=draw(some.integers(0, 20))), series=whose))
    return found


def as_a_program_sees_it(body: bytes) -> list[tuple[datetime, datetime, bool]]:
    read = icalendar.Calendar.from_ical(body)
    found = recurring_ical_events.of(read).between(FROM - timedelta(days=2), TO + timedelta(days=2))
    seen = []
    for one in found:
        start, end = one["DTSTART"].dt, one["DTEND"].dt
        length = end.replace(tzinfo=None) - start.replace(tzinfo=None)  # how long it says, over a clock change too
        seen.append((start.astimezone(UTC), start.astimezone(UTC) + length, one.get("STATUS") == "CANCELLED"))
    return sorted(one for one in seen if FROM < one[0] < TO)


def as_the_bot_holds_it(series, changes, paused) -> list[tuple[datetime, datetime, bool]]:
    held = []
    for one in evenings(series, changes, paused, FROM):
        if one.starts_at > TO + timedelta(days=61):
            break
        held.append((one.starts_at, one.ends_at, one.cancelled))
    return sorted(one for one in held if FROM < one[0] < TO)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(schedules(), some.data())
def test_feed_and_bot_agree(schedule, data):
    series = Series(SERIES, COMMUNITY, RoomId("r" * 32), "Round", schedule, timedelta(minutes=90))
    changes, paused = data.draw(changed(series)), data.draw(pauses())
    entry = Entry(series, different_evenings(series, changes, paused, NOW), Version(0, NOW))
    body = calendar([entry], WORDS, NOW)
    held = as_the_bot_holds_it(series, changes, paused)
    event(f"{'some' if held else 'no'} evenings, {len(entry.different)} different")
    assert as_a_program_sees_it(body) == held


@settings(max_examples=60, deadline=None)
@given(ZONES, some.integers(2026, 2030), some.integers(0, 366 * 24 * 4))
def test_a_zone_as_it_is_written_out_tells_the_time_of_the_zone(name, year, quarters):
    """Calendar programs that do not know a zone go by its definition."""
    from handlers.calendars.zones import vtimezone

    assume(name != "UTC")
    at = datetime(year, 1, 2, tzinfo=UTC) + timedelta(minutes=15 * quarters)
    text = b"BEGIN:VCALENDAR\r\n" + vtimezone(name, year, year + 10).replace(name.encode(), b"Their/Own") + b"END:VCALENDAR\r\n"
    part = icalendar.Calendar.from_ical(text).timezones[0]
    theirs = part.to_tz(lookup_tzid=False)
    ours = ZoneInfo(name)
    wall = at.astimezone(ours).replace(tzinfo=None)
    folded = wall.replace(tzinfo=ours).utcoffset() != at.astimezone(ours).utcoffset()
    if not folded:
        assert wall.replace(tzinfo=theirs).utcoffset() == at.astimezone(ours).utcoffset()
