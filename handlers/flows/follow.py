"""When the messages after a tool come, and which conditions on its answers hold. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.flow import Follow, Only
from bot.core.moments import Due
from bot.core.ports import Entry
from bot.core.quiet import Quiet, after_quiet
from bot.core.schedule import on_the_clock
from handlers.flows.records import ToolEntry

FOLLOW = "flow.follow"
LATE_MINUTES = timedelta(hours=1)  # "how is it now?" is about now
LATE_DAYS = timedelta(hours=24)
MORNING = time(9)


def is_met(only: Only, answers: Mapping[str, Entry]) -> bool:
    """Whether an answer is, or holds, the wanted value; without a value: whether there is one."""
    if not only.name:
        return True
    answer = answers.get(only.name)
    if answer is None or not only.value:
        return bool(answer)
    match answer:
        case list():
            return only.value in answer
        case dict():
            return only.value in answer or only.value in answer.values()
    return str(answer) == only.value


def moments(follow: Follow, answers: Mapping[str, Entry], kept_at: datetime, zone: ZoneInfo) -> list[datetime]:
    """Return the moments of a follow-up, in its order. Hours of the day are those on the person's clocks."""
    if not is_met(follow.when, answers):
        return []
    if follow.minutes:
        return [kept_at + timedelta(minutes=follow.minutes)]
    if follow.on:
        day = _day(answers.get(follow.on))
        return [] if day is None else [on_the_clock(datetime.combine(day, _hour(follow.at, answers)), zone)]
    local = kept_at.astimezone(zone)
    wall = time(local.hour, local.minute)
    return [on_the_clock(datetime.combine(local.date() + timedelta(days=days), wall), zone) for days in follow.days]


def promises(follows: Sequence[Follow], entry: ToolEntry, zone: ZoneInfo) -> tuple[list[Due], list[str]]:
    """Return the moments to promise for an entry that was kept now, and the keys of those to withdraw."""
    wanted = list[Due]()
    for number, follow in enumerate(follows):
        for n, at in enumerate(moments(follow, entry.answers, entry.at, zone)):
            if at > entry.at:
                wanted.append(Due(_key(entry.id, number, n), FOLLOW, at, f"{entry.id}.{number}.{n}"))
    promised = {due.key for due in wanted}
    return wanted, [key for key in keys(follows, entry.id) if key not in promised]


def keys(follows: Sequence[Follow], entry: str) -> list[str]:
    """Return the keys under which the messages about an entry may be promised."""
    return [_key(entry, number, n) for number, follow in enumerate(follows) for n in range(max(1, len(follow.days)))]


def _key(entry: str, number: int, n: int) -> str:
    """A message's name would tell the tool, and keys stand unencrypted on disk: its place in the flow's file stands for it."""
    return f"follow.{entry}.{number}.{n}"


def first_key(entry: str) -> str:
    """Return the key of an entry's first message."""
    return _key(entry, 0, 0)


def first_subject(entry: str) -> str:
    return f"{entry}.0.0"


def parse_subject(subject: str) -> tuple[str, int, int]:
    """Return the entry, the number of the message among its flow's, and that of its moment, of `<entry>.<number>.<n>`."""
    entry, number, n = subject.split(".")
    return entry, int(number), int(n)


def waits_until(follow: Follow, now: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime | None:
    """Return until when a message waits for the end of the quiet hours; None when it does not: one that was asked for in so many
    minutes comes then, as a reminder shortly before a meeting does."""
    at = after_quiet(now, quiet, zone)
    return at if at > now and not follow.minutes else None


def lateness(follow: Follow) -> timedelta:
    """Return after how long a message is of no more use."""
    return LATE_MINUTES if follow.minutes else LATE_DAYS


def _day(answer: Entry | None) -> date | None:
    try:
        return date.fromisoformat(answer) if isinstance(answer, str) else None
    except ValueError:
        return None


def _hour(at: str, answers: Mapping[str, Entry]) -> time:
    """Return the time of day that an answer, or the flow itself, says."""
    said = answers.get(at, at)
    try:
        return time.fromisoformat(said) if isinstance(said, str) else MORNING
    except ValueError:
        return MORNING
