"""From a finished flow's answers to a plan; its moments; how it went. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from bot.core.ports import Entry
from bot.core.richtext import one_line
from bot.core.schedule import on_the_clock
from handlers.plans.records import ASKED_FOR, ASKED_FROM, DAYS, Action, Plan, PlanBody, Review

MOST_ACTIONS, MOST_GAPS = 3, 3
LONGEST = 200
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
EVERY_DAY = "daily"
MORNING = time(9)  # a note about something without an hour
EVENING = time(18)  # "how did it go?"
WENT = ("done", "partly", "no", "changed")


class Note(msgspec.Struct, frozen=True):
    """A time at which something is planned, on the person's clocks."""

    day: date
    at: time


# Making -------------------------------------------------------------------------------------------------------------


def body_of(answers: Mapping[str, Entry], now: datetime, zone: ZoneInfo) -> PlanBody:
    """Return the plan that was written. A day is the next of its name: today's, as long as its hour is still to come."""
    local = now.astimezone(zone)
    days, hours, thens = _mapping(answers, "day"), _mapping(answers, "hour"), _mapping(answers, "then")
    actions = []
    for what in lines(answers, "thing")[:MOST_ACTIONS]:
        at = hour_of(hours.get(what, "")) if what in days else None
        actions.append(Action(one_line(what, LONGEST), days_of(days.get(what, ""), at, local), at))
    gaps = [(one_line(gap, LONGEST), one_line(thens.get(gap, ""), LONGEST)) for gap in lines(answers, "gaps")[:MOST_GAPS]]
    sure, wish = answers.get("sure"), answers.get("remind", answers.get("later"))
    return PlanBody(
        first=local.date(),
        actions=tuple(actions),
        gaps=tuple(gaps),
        helper=text(answers, "who"),
        sure=sure if isinstance(sure, int) and 0 <= sure <= 10 else None,
        easier=text(answers, "easier"),
        reminds=wish in ("times", "both"),
        asks=wish in ("after", "both"),
    )


def days_of(named: str, at: time | None, local: datetime) -> tuple[date, ...]:
    """Return the days that an answer names: one of the next seven, all of them, or none."""
    begin = 1 if at is not None and at <= local.time() else 0  # today's hour is over
    ahead = [local.date() + timedelta(days=begin + n) for n in range(DAYS)]
    if named == EVERY_DAY:
        return tuple(ahead)
    return tuple(day for day in ahead if WEEKDAYS[day.weekday()] == named)


def hour_of(named: str) -> time | None:
    """Return the time of `h18`; None for any other answer."""
    number = named.removeprefix("h")
    return time(int(number)) if named.startswith("h") and number.isdecimal() and int(number) < 24 else None


def ifthens(gaps: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the lines for the kit: only gaps to which there is an answer."""
    return tuple(f"{gap} → {then}" for gap, then in gaps if gap and then)


# Its moments --------------------------------------------------------------------------------------------------------


def notes(body: PlanBody) -> tuple[Note, ...]:
    """Return the times at which something is planned, each once, the earliest first."""
    found = {Note(day, action.at or MORNING) for action in body.actions for day in action.days}
    return tuple(sorted(found, key=lambda note: (note.day, note.at)))


def moment(note: Note, zone: ZoneInfo) -> datetime:
    return on_the_clock(datetime.combine(note.day, note.at), zone)


def look_back(body: PlanBody, zone: ZoneInfo) -> datetime:
    """Return when the question how it went is asked: the evening after its last day."""
    return on_the_clock(datetime.combine(body.first + timedelta(days=DAYS), EVENING), zone)


def is_live(plan: Plan, today: date) -> bool:
    """Whether one of its days is today or later."""
    return max((plan.last, *(day for action in plan.body.actions for day in action.days))) >= today


def is_asked_about(plan: Plan, now: datetime) -> bool:
    """Whether a check-in asks how it went."""
    return plan.body.review is None and bool(plan.body.actions) and ASKED_FROM <= now - plan.at <= ASKED_FOR


# How it went --------------------------------------------------------------------------------------------------------


def reviewed(plan: Plan, answers: Mapping[str, Entry], now: datetime) -> Plan:
    """Return the plan with how it went, of what the person said about its actions."""
    own = {action.what for action in plan.body.actions}
    went = {what: said for what, said in _mapping(answers, "went").items() if what in own and said in WENT}
    return replace(plan, body=replace(plan.body, review=Review(now, went, text(answers, "gap"), text(answers, "then"))))


# Answers ------------------------------------------------------------------------------------------------------------


def lines(answers: Mapping[str, Entry], name: str) -> tuple[str, ...]:
    match answers.get(name):
        case str(words) if words:
            return (words,)
        case list(found):
            return tuple(found)
    return ()


def text(answers: Mapping[str, Entry], name: str) -> str:
    answer = answers.get(name)
    return one_line(answer, LONGEST) if isinstance(answer, str) else ""


def _mapping(answers: Mapping[str, Entry], name: str) -> dict[str, str]:
    answer = answers.get(name)
    return answer if isinstance(answer, dict) else {}
