"""What holds for topics between meetings. Pure."""

import re
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.errors import BadInput, BadPress
from bot.core.moments import Due
from bot.core.recurrence import DAYS
from bot.core.replies import Press
from bot.core.richtext import clean, one_line
from bot.core.schedule import Schedule, next_start, starts
from handlers.topics.records import Body, Pace, Rules, Stage, Topic, Unnamed, Week

FEATURE = "topics"
PROMPTS, POINTS = 52, 4
LONGEST_TITLE, LONGEST_TEXT, LONGEST_WORDS = 100, 1500, 1000  # characters; the first is Discord's for a thread
CLOSES = (7, 14, 30, 0)  # days; 0 for never
HOURS = (9, 12, 15, 18, 20)
MOST_OPEN = 10  # in a room
A_DAY, APART = 3, timedelta(minutes=2)  # of what one person writes without their name
GRANT = timedelta(hours=4)
LOOK = timedelta(days=7)  # the messages of a topic are known for thirty days after they were looked at
LATE = timedelta(days=4)  # so late the next week's is nearer
NEWS = timedelta(days=3)  # then a letter about a lost room is of no more use
ARRIVES = timedelta(hours=12)  # then what was written without a name is not posted any more
OWN = "own"
_A_DAY = timedelta(days=1)
_A_MONDAY = date(2026, 1, 5)
_GAPS = re.compile(r"\n{3,}")

OPENED, NOT_OPENED, LOST = "room.topic_opened", "room.topic_not_opened", "room.topic_lost"
TEND, WEEK = "housekeeping.topic", "room.topic_week"
POSTED, NOT_POSTED = "room.topic_posted", "room.topic_not_posted"
CLOSING = "room.topic_closing"


class NoTitle(BadInput):
    text_key = "topics.no_title"


class NothingWritten(BadInput):
    text_key = "topics.nothing_written"


class WordsTooLong(BadInput):
    """`limit` is told, never the words."""

    text_key = "topics.too_long"


class InARoom(BadInput):
    text_key = "topics.in_a_room"


# Prompts --------------------------------------------------------------------------------------------------------------


def of_the_week(now: datetime, zone: ZoneInfo) -> int:
    """Return the number of the week's prompt: the ISO week; a 53rd week has the first one."""
    week = now.astimezone(zone).isocalendar().week
    return week if week <= PROMPTS else 1


def point_of(number: int) -> int:
    return (number - 1) % POINTS + 1


def of_point(point: int) -> range:
    return range(point, PROMPTS + 1, POINTS)


def prompt_in(value: str) -> int:
    """Return the prompt that a button names. Raises BadPress."""
    if re.fullmatch(r"[0-9]{2}", value) and 1 <= int(value) <= PROMPTS:
        return int(value)
    raise BadPress(why="prompt")


def own_words(title: str, text: str) -> Body:
    """Return a facilitator's words, cleaned. Raises NoTitle, WordsTooLong."""
    title, text = one_line(title), _tidy(text)
    if not title or not text:
        raise NoTitle()
    if len(title) > LONGEST_TITLE or len(text) > LONGEST_TEXT:
        raise WordsTooLong(limit=LONGEST_TEXT, length=len(text))
    return Body(title, text)


def written(typed: str) -> str:
    """Return what a member wrote, as it will be shown. Raises NothingWritten, WordsTooLong."""
    words = _tidy(typed)
    if not words:
        raise NothingWritten()
    if len(words) > LONGEST_WORDS:
        raise WordsTooLong(limit=LONGEST_WORDS, length=len(words))
    return words


def _tidy(typed: str) -> str:
    """A member cannot push others' words out of sight with empty lines."""
    return _GAPS.sub("\n\n", "\n".join(line.rstrip() for line in clean(typed).strip().split("\n")))


# Slots, presses and promises ------------------------------------------------------------------------------------------


def topic_slot(topic: str) -> str:
    """The topic itself; where there are none, the card that stands for it."""
    return f"topic_{topic}"


def door_slot(topic: str) -> str:
    """The message in a topic by which one writes in it without a name."""
    return f"topic_door_{topic}"


def post_slot(post: str) -> str:
    return f"topic_post_{post}"


def press(action: str, subject: str = "", value: str = "") -> Press:
    return Press(FEATURE, action, subject, value)


def tend_key(topic: str) -> str:
    return f"topic_tend_{topic}"


def closes_at(topic: Topic, rules: Rules) -> datetime | None:
    return topic.opened_at + timedelta(days=rules.days) if rules.days else None


def tending(topic: Topic, rules: Rules, now: datetime) -> Due:
    """Return when the topic is looked at next: it is closed then, or what it needs is kept for longer."""
    ends = closes_at(topic, rules)
    at = now + LOOK if ends is None else min(ends, now + LOOK)
    return Due(tend_key(topic.id), TEND, at, topic.id)


# Each week ------------------------------------------------------------------------------------------------------------


def week_key(week: Week) -> str:
    return f"topic_week_{week.room}"


def schedule(week: Week, zone: ZoneInfo) -> Schedule:
    return Schedule(zone.key, _A_MONDAY, time(week.hour), f"FREQ=WEEKLY;BYDAY={DAYS[week.weekday]}")


def week_due(week: Week, zone: ZoneInfo, now: datetime) -> Due:
    return Due(week_key(week), WEEK, next_start(schedule(week, zone), now), week.room)


def is_time(week: Week, zone: ZoneInfo, now: datetime) -> bool:
    """Whether the week's moment has come, not too long ago. However many went by meanwhile, it is one."""
    last = None
    for start in starts(schedule(week, zone), now - LATE):
        if start > now:
            break
        last = start
    return last is not None


def open_ones(topics: Iterable[Topic]) -> list[Topic]:
    return [topic for topic in topics if topic.stage is not Stage.CLOSING]


def is_there(topics: Iterable[Topic], number: int, body: Body) -> bool:
    """Whether a topic of the same prompt, or of the same words, is open: a second tap opens no second one."""
    return any(topic.number == number and topic.body == body for topic in topics)


# Without a name -------------------------------------------------------------------------------------------------------


def whole_hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def lately(pace: Pace, now: datetime) -> Pace:
    return Pace(tuple(at for at in pace.times if now - _A_DAY < at <= now))


def too_often(pace: Pace, now: datetime) -> str:
    """Return why a person is to wait: `soon` for some minutes, `day` for a day; "" when they need not."""
    times = lately(pace, now).times
    if len(times) >= A_DAY:
        return "day"
    return "soon" if times and now - times[-1] < APART else ""


def paced(pace: Pace, now: datetime) -> Pace:
    return Pace((*lately(pace, now).times, now))


def takes_words(topic: Topic, rules: Rules, platform: str, unnamed: frozenset[str]) -> bool:
    """Whether something may be written in the topic without a name: the community allows it, and the platform's rules do."""
    return rules.unnamed and platform in unnamed and topic.stage in (Stage.BELOW, Stage.CARD)


def numbered(topic: Topic, post: str, now: datetime) -> Unnamed:
    return Unnamed(post, topic.id, topic.posts + 1, whole_hour(now))
