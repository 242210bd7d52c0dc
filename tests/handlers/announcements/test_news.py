"""What rooms are told of an evening, when, and how: also late, at night, and when it is changed."""

from datetime import UTC, datetime, time, timedelta

from msgspec.structs import replace
from structlog.testing import capture_logs

from bot.core.meetings import State, When
from bot.core.posts import Lane
from bot.core.quiet import quiet_from
from bot.core.replies import Press, To
from bot.core.richtext import Moment
from handlers.announcements.records import Moment as At
from handlers.announcements.records import Settings
from storage.announcements import Announcements
from storage.meetings import Meetings
from tests.handlers.announcements.house import House, buttons_of, labels_of, press_of, text_of

START = datetime(2026, 12, 3, 18, tzinfo=UTC)  # Thursday 19:00 in Berlin; it is Tuesday, 19:00 there
TITLE = "Open evening"
DAY_BEFORE = "Coming up: Open evening, Thu, Dec 3, 7:00 PM (Central European Time)."
SOON = "Open evening starts soon: Thu, Dec 3, 7:00 PM (Central European Time). The room opens ten minutes before."


async def settle(house: House, series, **settings: object) -> None:
    async def work(unit):
        await Announcements(unit).keep_settings(series.id, replace(Settings(), **settings))
        occurrence = await Meetings(unit).next_of(series.id)
        assert occurrence is not None
        await unit.due.add(When.ANNOUNCE_PLAN.due(house.clock.now(), occurrence.id))

    await house.store.transact(work)
    await house.work_off()


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


async def quiet(house: House, hours: str) -> None:
    community = await house.community()

    async def work(unit):
        await Announcements(unit).keep_quiet(community.id, quiet_from(hours))
        for name in await Announcements(unit).ahead(community.id):
            await unit.due.add(When.ANNOUNCE_PLAN.due(house.clock.now(), name))

    await house.store.transact(work)
    await house.work_off()


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


# Changes ------------------------------------------------------------------------------------------------------------


async def test_cancelled_within_a_day_the_room_is_told_with_the_reason(house: House):
    series = await house.make(title=TITLE, day="WE")
    await house.work_off()
    await house.cancel(series, reason="Kim is ill")
    await house.work_off()
    assert house.heard() == ["Open evening does not take place: Wed, Dec 2, 7:00 PM (Central European Time).\nKim is ill"]
    await house.pass_time(days=1)
    assert len(house.heard()) == 1


async def test_moved_it_is_announced_at_its_new_moments(house: House):
    series = await house.make(title=TITLE, day="WE")
    await house.work_off()
    await house.change(series, starts_at=datetime(2026, 12, 2, 19, tzinfo=UTC))
    await house.work_off()
    zone = "(Central European Time)"
    assert house.heard() == [f"Open evening is moved: now Wed, Dec 2, 8:00 PM {zone}, instead of Wed, Dec 2, 7:00 PM {zone}."]
    await house.pass_time(days=1, hours=1)
    assert [text.partition(":")[0] for text in house.heard()] == ["Open evening is moved", "Coming up", "Open evening starts soon"]


async def test_changed_twice_the_last_word_stands_alone(house: House):
    series = await house.make(title=TITLE, day="WE")
    await house.work_off()
    await house.change(series, starts_at=datetime(2026, 12, 2, 19, tzinfo=UTC))
    await house.work_off()
    await house.cancel(series)
    await house.work_off()
    first, second = house.news()
    assert second.edit is not None
    assert first.post.place == second.post.place


async def test_far_ahead_and_never_announced_a_change_is_no_news(house: House):
    series = await house.make(title=TITLE, day="MO")
    await house.work_off()
    await house.cancel(series)
    await house.work_off()
    assert house.heard() == []


async def test_far_ahead_but_announced_a_change_is_told(house: House):
    house.clock.at = START - timedelta(days=7, minutes=5)
    series = await house.make(title=TITLE, rule="FREQ=MONTHLY;BYMONTHDAY=3")
    await settle(house, series, moments=(At.WEEK,))
    await house.pass_time(hours=1)
    await house.cancel(series)
    await house.work_off()
    assert [text.partition(":")[0] for text in house.heard()] == ["Coming up", "Open evening does not take place"]


async def test_a_discreet_series_stays_so_when_it_is_cancelled(house: House):
    series = await house.make(title=TITLE, day="WE")
    await settle(house, series, discreet=True)
    await house.cancel(series, reason="Kim is ill")
    await house.work_off()
    assert house.heard() == ["A meeting does not take place: Wed, Dec 2, 7:00 PM (Central European Time)."]


async def test_at_night_news_wait_until_the_morning_or_come_without_a_sound(house: House):
    series = await house.make(title=TITLE, day="WE")
    await quiet(house, "22:00-08:00")
    house.clock.at = datetime(2026, 12, 2, 1, tzinfo=UTC)
    await house.cancel(series)
    await house.work_off()
    assert house.heard() == []
    await house.pass_to(datetime(2026, 12, 2, 7, tzinfo=UTC))
    assert len(house.heard()) == 1
    early = await house.make(title="Early", day="TH", at=time(8, 30))
    house.clock.at = datetime(2026, 12, 3, 5, tzinfo=UTC)
    await house.work_off()
    house.sent.clear()
    await house.cancel(early)
    await house.work_off()
    assert [claimed.post.reply.quiet for claimed in house.news()] == [True]


async def test_an_evening_that_an_edit_took_away_is_told_as_cancelled(house: House):
    series = await house.make(title=TITLE, day="WE")
    await house.work_off()
    evening = await house.ahead(series)

    async def unplan(unit):
        assert await Meetings(unit).unplan(evening)
        await unit.due.add(When.ANNOUNCE_PLAN.due(house.clock.now(), evening.id))

    await house.store.transact(unplan)
    await house.work_off()
    assert house.heard() == ["Open evening does not take place: Wed, Dec 2, 7:00 PM (Central European Time)."]


async def test_settings_and_rooms_go_over_to_the_series_that_follows(house: House):
    series = await house.make(title=TITLE, day="TH")
    await settle(house, series, discreet=True, moments=(At.SOON,))
    await house.type("fay", "/meeting announce", leads=True, room="news")
    later = await house.make(title=TITLE, day="FR", follows=series.id)
    await house.work_off()
    news = await house.room("news")

    async def read(unit):
        return await Announcements(unit).settings(later.id), await Announcements(unit).targets(later.id)

    settings, targets = await house.store.transact(read)
    assert (settings.discreet, settings.moments, [target.room for target in targets]) == (True, (At.SOON,), [news.id])


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


async def test_an_evening_nobody_had_looked_at_is_told_against_the_series_own_time(house: House):
    """As after an update: planned by an earlier version, cancelled by this one."""
    series = await house.make(title=TITLE, day="WE")
    evening = await house.ahead(series)
    await house.store.transact(lambda unit: unit.due.drop(When.ANNOUNCE_PLAN.key(evening.id)))
    await house.cancel(series)
    await house.work_off()
    assert house.heard() == ["Open evening does not take place: Wed, Dec 2, 7:00 PM (Central European Time)."]


async def test_a_role_that_is_called_hears_it_also_the_day_before(house: House):
    series = await house.make(title=TITLE, day="TH")
    await settle(house, series, ping="123456789", moments=(At.DAY,))
    await house.pass_time(days=1)
    assert [claimed.post.reply.quiet for claimed in house.news()] == [False]
