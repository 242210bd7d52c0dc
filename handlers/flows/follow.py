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
    wanted, all_keys = list[Due](), list[str]()
    for follow in follows:
        all_keys.extend(keys(follow, entry.id))
        for n, at in enumerate(moments(follow, entry.answers, entry.at, zone)):
            if at > entry.at:
                wanted.append(Due(f"follow.{entry.id}.{follow.name}.{n}", FOLLOW, at, f"{entry.id}.{follow.name}.{n}"))
    promised = {due.key for due in wanted}
    return wanted, [key for key in all_keys if key not in promised]


def keys(follow: Follow, entry: str) -> list[str]:
    """Return the keys under which a follow-up of an entry may be promised."""
    return [f"follow.{entry}.{follow.name}.{n}" for n in range(max(1, len(follow.days)))]


def parse_subject(subject: str) -> tuple[str, str, int]:
    """Return entry, name and number of `<entry>.<name>.<n>`."""
    entry, name, n = subject.split(".")
    return entry, name, int(n)


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
