"""The list of what is coming, and news in the room."""

from datetime import UTC, date, datetime, time, timedelta

from msgspec.structs import replace

from bot.core.calls import Account
from bot.core.ids import CommunityId, MeetingId, RoomId
from bot.core.meetings import Series
from bot.core.posts import Lane
from bot.core.replies import To
from bot.core.richtext import Bullets, Moment
from bot.core.schedule import Schedule
from handlers.announcements import rules
from tests.handlers.meetings.house import House, labels_of, press_of, text_of

NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)


def weekly(name: str, day: str, at: time) -> Series:
    schedule = Schedule("Europe/Berlin", date(2026, 11, 1), at, f"FREQ=WEEKLY;BYDAY={day}")
    return Series(MeetingId(name * 32), CommunityId("c" * 32), RoomId("d" * 32), name, schedule, timedelta(minutes=60))


def test_two_weeks_are_listed_in_order_and_at_most_ten():
    found = rules.coming([weekly("a", "WE", time(19)), weekly("b", "TU", time(20))], NOW)
    assert [(start.day, series.title) for start, series in found] == [(1, "b"), (2, "a"), (8, "b"), (9, "a"), (15, "b")][
        : len(found)
    ]
    assert len(found) == 4
    assert len(rules.coming([weekly(str(n), "WE", time(n)) for n in range(9)], NOW)) == 10


async def test_nothing_planned_is_said_plainly(house: House):
    assert text_of(await house.type("ann", "/meetings")) == "No meeting is planned here in the next two weeks."


async def test_the_list_shows_the_readers_own_time_beside_the_meetings(house: House):
    await house.type("fay", "/meeting create Wednesday 19:00 60 Open evening", leads=True)
    listed = await house.type("ann", "/meetings")
    assert "Open evening: Wed, Dec 2, 7:00 PM, 60 minutes" in text_of(listed)

    async def move(unit):
        person = await unit.people.find(Account("discord", "ann"))
        await unit.people.save(replace(person, zone="America/New_York"))

    await house.store.transact(move)
    listed = await house.type("ann", "/meetings")
    own = "Open evening: Wed, Dec 2, 1:00 PM your time, 60 minutes. There it is Wed, Dec 2, 7:00 PM (Central European Time)."
    assert own in text_of(listed)
    assert labels_of(listed) == ["Remind me: Open evening", "Help now"]
    (line, *_) = (block for block in listed.blocks if isinstance(block, Bullets))
    assert [type(node) for node in line.items[0]].count(Moment) == 1


async def test_in_private_the_list_is_of_the_persons_community(house: House):
    unknown = await house.type("ann", "/meetings", private=True)
    assert "I do not know which community you mean." in text_of(unknown)
    await house.type("fay", "/meeting create Wednesday 19:00 60 Open evening", leads=True)
    await house.type("ann", "/meetings")
    assert "Open evening" in text_of(await house.type("ann", "/meetings", private=True))


async def test_the_room_is_told_quietly_the_day_before_and_again_a_quarter_of_an_hour_before(house: House):
    await house.type("fay", "/meeting create Thursday 19:00 90 Open evening", leads=True)
    await house.pass_time(days=2)
    first, second = [claimed.post for claimed in house.sent if claimed.post.lane is Lane.NEWS]
    occurrence = await house.occurrence()
    assert (first.key, second.key) == (f"announce_day_{occurrence.id}", f"announce_soon_{occurrence.id}")
    assert text_of(first.reply) == "Coming up: Open evening, Thu, Dec 3, 7:00 PM (Central European Time)."
    assert (first.reply.quiet, second.reply.quiet) == (True, False)
    assert (first.too_late_at, second.too_late_at) == (occurrence.starts_at - timedelta(minutes=15), occurrence.starts_at)
    assert first.reply.to is To.ROOM
    assert [type(node) for block in first.reply.blocks for node in getattr(block, "inner", ())].count(Moment) == 1


async def test_an_announcement_has_a_button_for_a_reminder(house: House):
    await house.type("fay", "/meeting create Thursday 19:00 90 Open evening", leads=True)
    await house.pass_time(days=1, minutes=1)
    told = await house.press("ann", press_of(house.room[0], "Remind me"))
    assert "Reminders are on" in text_of(told)
    assert "Open evening" not in text_of(told)


async def test_a_hostile_title_stays_words_in_the_list(house: House):
    await house.type("fay", "/meeting create Thursday 19:00 90 @everyone <b>**x**", leads=True)
    listed = await house.type("ann", "/meetings")
    assert "@everyone <b>**x**" in text_of(listed)
    assert "Words(text='@everyone <b>**x**')" in str(listed.blocks)
    assert all(len(label) <= 40 for label in labels_of(listed))
