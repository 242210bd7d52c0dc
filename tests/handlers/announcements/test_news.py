"""What rooms are told of an evening, when, and how; also late and at night."""

from datetime import UTC, datetime, time, timedelta

from structlog.testing import capture_logs

from bot.core.meetings import State, When
from bot.core.posts import Lane
from bot.core.replies import Press, To
from bot.core.richtext import Moment
from handlers.announcements.records import Moment as At
from tests.handlers.announcements.house import House
from tests.handlers.announcements.settled import START, TITLE, quiet, settle
from tests.handlers.screens import buttons_of, labels_of, press_of, text_of

DAY_BEFORE = "Coming up: Open evening, Thu, Dec 3, 7:00 PM (Central European Time)."
SOON = "Open evening starts soon: Thu, Dec 3, 7:00 PM (Central European Time). The room opens ten minutes before."


async def test_the_room_is_told_quietly_the_day_before_and_again_a_quarter_of_an_hour_before(house: House):
    await house.make(title=TITLE, day="TH")
    await house.pass_time(days=2)
    first, second = (claimed.post for claimed in house.news())
    assert house.heard() == [DAY_BEFORE, SOON]
    assert (first.reply.quiet, second.reply.quiet) == (True, False)
    assert (first.lane, first.reply.to, first.reply.ping) == (Lane.NEWS, To.ROOM, "")
    assert (first.too_late_at, second.too_late_at) == (START - timedelta(minutes=15), START)
    assert [type(node) for block in first.reply.blocks for node in getattr(block, "inner", ())].count(Moment) == 1


async def test_each_has_the_ways_to_come(house: House):
    series = await house.make(title=TITLE, day="TH")
    await house.pass_time(days=1)
    (claimed,) = house.news()
    evening = await house.ahead(series)
    assert labels_of(claimed.post.reply) == ["I plan to come", "Remind me", "Help now"]
    assert press_of(claimed.post.reply, "I plan") == Press("reminders", "going", evening.id, "yes")
    assert [button.private for button in buttons_of(claimed.post.reply)] == [False, True, False]
    told = await house.press("ann", press_of(claimed.post.reply, "Remind me"))
    assert "✓ Open evening" in labels_of(told)
    assert text_of(await house.press("ann", press_of(claimed.post.reply, "I plan"))).startswith("Noted: you are going.")


async def test_close_to_the_start_one_can_say_that_one_is_here(house: House):
    series = await house.make(title=TITLE, day="TH", link="https://meet.example.org/evening")
    await house.pass_time(days=2)
    claimed = next(one for one in house.news() if "soon" in text_of(one.post.reply))
    evening = await house.ahead(series)
    assert press_of(claimed.post.reply, "I am here") == Press("meetings", "join", evening.id)
    assert not any(button.url for button in buttons_of(claimed.post.reply))  # the link is for those who come in


async def test_the_evening_counts_as_announced(house: House):
    series = await house.make(title=TITLE, day="TH")
    await house.pass_time(days=1)
    assert (await house.ahead(series)).state is State.ANNOUNCED


async def test_all_five_moments(house: House):
    house.clock.at = START - timedelta(days=8)
    series = await house.make(title=TITLE, day="TH")
    await house.change(series, starts_at=START)
    await house.work_off()
    house.sent.clear()
    await settle(house, series, moments=tuple(At))
    await house.pass_to(START)
    assert [claimed.post.not_before or claimed.post.key.split("_")[1] for claimed in house.news()] == [
        "week",
        "day",
        "hour",
        "soon",
        "start",
    ]
    assert house.heard()[-1] == "Open evening starts now: Thu, Dec 3, 7:00 PM (Central European Time)."


async def test_a_discreet_one_names_no_title(house: House):
    series = await house.make(title=TITLE, day="TH", at=time(19))
    await settle(house, series, discreet=True, moments=(At.DAY, At.HOUR, At.SOON, At.START))
    await house.pass_to(START)
    assert house.heard() == [
        "A meeting: Thu, Dec 3, 7:00 PM (Central European Time).",
        "A meeting starts at 7:00 PM.",
        "A meeting starts at 7:00 PM.",
        "A meeting starts now: 7:00 PM.",
    ]
    assert TITLE not in "".join(str(claimed.post) for claimed in house.news())


async def test_without_a_moment_nothing_is_said(house: House):
    series = await house.make(title=TITLE, day="TH")
    await settle(house, series, moments=())
    await house.pass_time(days=3)
    assert house.heard() == []


async def test_a_chosen_role_is_called_and_none_by_default(house: House):
    series = await house.make(title=TITLE, day="TH")
    await settle(house, series, ping="123456789")
    await house.pass_time(days=1)
    assert [claimed.post.reply.ping for claimed in house.news()] == ["123456789"]


async def test_from_five_up_it_says_how_many_plan_to_come(house: House):
    evening = await house.ahead(await house.make(title=TITLE, day="TH"))
    for n in range(4):
        await house.say_going(f"p{n}", "yes", evening)
    await house.pass_time(days=1)
    await house.say_going("p5", "yes", evening)
    await house.pass_time(days=1)
    assert house.heard() == [DAY_BEFORE, f"{SOON}\n5 people plan to come."]


# Late, and at night -------------------------------------------------------------------------------------------------


async def test_late_it_is_said_until_the_next_one_is_due(house: House):
    await house.make(title=TITLE, day="TH")
    await house.work_off()
    await house.sleep_through(seconds=(START - timedelta(minutes=16) - house.clock.now()).total_seconds())
    assert house.heard() == [SOON]
    assert house.news()[0].post.key.startswith("announce_day_")


async def test_two_late_ones_are_one_and_the_log_says_what_was_dropped(house: House):
    await house.make(title=TITLE, day="TH")
    await house.work_off()
    with capture_logs() as logs:
        await house.sleep_through(seconds=(START - timedelta(minutes=5) - house.clock.now()).total_seconds())
    assert house.heard() == [SOON]
    assert [(line["event"], line["kind"]) for line in logs if line["event"] == "announcement.late"] == [
        ("announcement.late", "day")
    ]


async def test_after_the_start_nothing_is_announced(house: House):
    series = await house.make(title=TITLE, day="TH")
    await settle(house, series, moments=tuple(At))
    await house.sleep_through(seconds=(START + timedelta(minutes=6) - house.clock.now()).total_seconds())
    assert house.heard() == []


async def test_what_would_fall_into_quiet_hours_comes_at_their_end(house: House):
    await house.make(title=TITLE, day="TH", at=time(23))
    await quiet(house, "22:00-08:00")
    await house.pass_to(datetime(2026, 12, 3, 6, 59, tzinfo=UTC))  # 7:59: the day before at 23:00 was quiet
    assert house.heard() == []
    await house.pass_time(minutes=1)
    assert house.heard() == ["Coming up: Open evening, Thu, Dec 3, 11:00 PM (Central European Time)."]


async def test_what_would_be_too_late_then_comes_just_before_they_begin(house: House):
    await house.make(title=TITLE, day="TH", at=time(7))
    await quiet(house, "22:00-08:00")
    await house.pass_to(datetime(2026, 12, 2, 20, 58, tzinfo=UTC))
    assert len(house.heard()) == 1  # the day before, at its end: 8:00
    await house.pass_time(minutes=1)  # 21:59
    assert house.heard()[1:] == ["Coming up: Open evening, Thu, Dec 3, 7:00 AM (Central European Time)."]
    await house.pass_time(days=1)
    assert len(house.heard()) == 2


async def test_quiet_hours_settled_later_hold_for_what_is_promised_already(house: House):
    await house.make(title=TITLE, day="TH", at=time(23))
    await house.work_off()
    await quiet(house, "22:00-08:00")
    await house.pass_to(datetime(2026, 12, 3, 6, tzinfo=UTC))
    assert house.heard() == []


async def test_moments_that_earlier_versions_promised_are_kept_once(house: House):
    series = await house.make(title=TITLE, day="TH")
    evening = await house.ahead(series)

    async def as_before(unit):
        await unit.due.drop(When.ANNOUNCE_PLAN.key(evening.id))
        await unit.due.add(When.ANNOUNCE_SOON.due(START - timedelta(minutes=15), evening.id))

    await house.store.transact(as_before)
    await house.pass_to(START)
    assert house.heard() == [SOON]


async def test_five_hundred_series_of_one_minute_are_announced_once_each(house: House):
    for n in range(500):
        await house.make(title=f"Evening {n}", day="WE", chat=f"room{n}")
    await house.pass_to(datetime(2026, 12, 2, 18, tzinfo=UTC))
    assert len(house.news()) == len({claimed.room for claimed in house.news()}) == 500


async def test_a_role_that_is_called_hears_it_also_the_day_before(house: House):
    series = await house.make(title=TITLE, day="TH")
    await settle(house, series, ping="123456789", moments=(At.DAY,))
    await house.pass_time(days=1)
    assert [claimed.post.reply.quiet for claimed in house.news()] == [False]
