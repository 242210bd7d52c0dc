"""When prompts come, and what is too late. Pure.

A turn is named by what clocks show then: so a change of clocks or of a person's zone moves the next one, and none comes twice. Of
turns that passed unseen only the last is made up for: until the next is due, and a day late at most.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.quiet import Quiet, after_quiet
from bot.core.recurrence import DAYS
from bot.core.schedule import Schedule, clocked, on_the_clock
from handlers.prompts.records import Asking, Prompt, Standing, State, Wish, WishBody

GRANT = timedelta(hours=3)  # how long the panel works in a facilitator's private chat
LATE = timedelta(hours=24)
NEWS = timedelta(days=3)  # then a letter about a lost room is of no more use
OPEN_FOR = timedelta(days=7)  # a check-in that nothing newer has replaced
EDITED_FOR = timedelta(days=25)  # a message is remembered for thirty days
SHORTEST_STAND = timedelta(hours=3)  # replaced sooner, it does not count as unanswered
IN_A_ROW = 3
MOST_PROMPTS, MOST_OWN = 10, 3
DRAFT_KEPT = timedelta(days=7)
MOST_AFTER = 6  # days after a meeting
LONGEST_PAUSE = timedelta(days=366)
HOURS = (8, 10, 12, 16, 17, 18, 19, 20)
SOON = timedelta(hours=1)
_A_MOMENT = timedelta(microseconds=1)
_WALL = "%Y%m%dT%H%M"


class Turn(NamedTuple):
    """`wall`: what clocks show at `at`."""

    wall: datetime
    at: datetime


Coming = Callable[[datetime], Iterator[Turn]]
"""Yield the turns strictly later than a moment, the earliest first."""


# The week -----------------------------------------------------------------------------------------------------------


def weekly(days: Sequence[int]) -> str:
    return f"FREQ=WEEKLY;BYDAY={','.join(DAYS[day] for day in sorted(set(days)))}"


def days_of(rule: str) -> tuple[int, ...]:
    """Return the days of a rule that `weekly` made."""
    return tuple(DAYS.index(day) for day in rule.rpartition("=")[2].split(","))


def toggled(days: Sequence[int], day: int) -> tuple[int, ...]:
    """Return the days with one turned on or off. The last one stays: a prompt without a day never comes."""
    changed = tuple(sorted(set(days) ^ {day}))
    return changed or tuple(days)


def usual(zone: str, today: date) -> Schedule:
    """What a new prompt begins with."""
    return Schedule(zone, today, time(18), weekly((6,)))


# Turns --------------------------------------------------------------------------------------------------------------


def of_prompt(prompt: Prompt) -> Coming:
    def coming(after: datetime) -> Iterator[Turn]:
        since = after if prompt.paused_until is None else max(after, prompt.paused_until - _A_MOMENT)
        if prompt.series:
            zone = ZoneInfo(prompt.schedule.zone)
            walls = sorted(datetime.combine(day + timedelta(days=prompt.after), prompt.schedule.wall) for day in set(prompt.held))
            yield from (Turn(wall, at) for wall in walls if (at := on_the_clock(wall, zone)) > since)
        else:
            yield from (Turn(wall, at) for wall, at in clocked(prompt.schedule, since))

    return coming


def of_wish(wish: Wish, zone: ZoneInfo) -> Coming:
    """`zone`: on whose clocks the person lives now."""
    body = wish.body
    schedule = Schedule(zone.key, wish.at.date() - timedelta(days=1), body.wall, weekly(body.days))

    def coming(after: datetime) -> Iterator[Turn]:
        since = after if body.paused_until is None else max(after, body.paused_until - _A_MOMENT)
        yield from (Turn(wall, at) for wall, at in clocked(schedule, since))

    return coming


def due_turns(coming: Coming, floor: str, now: datetime) -> tuple[Turn | None, Turn | None]:
    """Return the turn to be made now, if one is, and the next. `floor`: the turn that was promised, as `named`."""
    last: Turn | None = None
    for turn in coming(now - LATE - _A_MOMENT):
        if named(turn) < floor:
            continue
        if turn.at > now:
            return last, turn
        last = turn
    return last, None


def named(turn: Turn) -> str:
    return turn.wall.strftime(_WALL)


def next_of(coming: Coming, now: datetime) -> Turn | None:
    return next(coming(now), None)


def until(turn: Turn, following: Turn | None) -> datetime:
    """Return from when on a turn is of no use any more."""
    late = turn.at + LATE
    return late if following is None else min(late, following.at)


def previews(coming: Coming, now: datetime, quiet: Quiet | None, zone: ZoneInfo, most: int = 2) -> list[datetime]:
    """Return when the next ones come, with quiet hours waited for."""
    heard = dict.fromkeys(after_quiet(turn.at, quiet, zone) for turn in islice(coming(now), most + 1))
    return list(heard)[:most]


def look_at(turn: Turn, now: datetime) -> datetime:
    """Return when to look at a person's turn: half way there, since they may live on other clocks by then."""
    left = turn.at - now
    return turn.at if left <= SOON else now + left / 2


# Evenings -----------------------------------------------------------------------------------------------------------


def after_evening(prompt: Prompt, day: date, now: datetime) -> Prompt:
    """Return the prompt with one more evening to follow. Those whose turn has long gone are forgotten."""
    today = now.astimezone(ZoneInfo(prompt.schedule.zone)).date()
    kept = {one for one in (*prompt.held, day) if one + timedelta(days=prompt.after + 2) >= today}
    return replace(prompt, held=tuple(sorted(kept)))


def day_start(day: date, zone: ZoneInfo) -> datetime:
    """Prompts come again from the beginning of that day."""
    return on_the_clock(datetime.combine(day, time()), zone)


# Askings ------------------------------------------------------------------------------------------------------------


def is_open(asking: Asking, now: datetime) -> bool:
    return asking.standing is not Standing.CLOSED and now < asking.at + OPEN_FOR


def is_old_draft(prompt: Prompt, now: datetime) -> bool:
    return prompt.state is State.DRAFT and now - prompt.at >= DRAFT_KEPT


def counted(body: WishBody, stood: timedelta, sent: bool) -> WishBody:
    """Return a wish after one of its prompts was replaced without an answer."""
    if not sent or stood < SHORTEST_STAND:
        return body
    return replace(body, unanswered=body.unanswered + 1)
