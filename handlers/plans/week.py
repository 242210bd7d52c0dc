"""The week of a plan as a picture (`bot/runtime/drawing/week.py`), with the same in words."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from babel import Locale
from babel.dates import format_skeleton, get_day_names

from bot.core.daywords import said_time
from bot.core.flow import Flow
from bot.core.ports import Entry
from bot.core.replies import Picture
from bot.core.richtext import Bullets, Node, Nodes, Text, Words
from bot.core.texts import Say
from handlers.plans import rules
from handlers.plans.records import DAYS, Action, PlanBody

KIND = "week"
Planned = tuple[int, Action]  # a column, and what is planned there


def week(say: Say, body: PlanBody) -> Picture | None:
    """Return the plan's seven days; None when nothing in it has a day."""
    days = columns(body)
    planned = [(days.index(day), action) for action in body.actions for day in action.days if day in days]
    return _picture(say, say.label("plans.week_title"), [day_name(day, say.language) for day in days], planned, twin(say, body))


def week_of_answers(
    say: Say, flow: Flow, answers: Mapping[str, Entry], _history: Sequence[object] = (), _voice: str = ""
) -> Picture | None:
    """Return a plan that is being made, from Monday to Sunday: which dates these are is told once it is kept.

    A `Draws` for flows with a picture of this kind; the parts are the actions, their days and their hours.
    """
    if flow.picture is None or flow.picture.kind != KIND:
        return None
    thing, day, hour = (*flow.picture.parts.get("of", ()), "", "", "")[:3]
    days, hours = answers.get(day), answers.get(hour)
    if not isinstance(days, dict):
        return None
    planned: list[Planned] = []
    for what in rules.lines(answers, thing):
        named = days.get(what, "")
        at = rules.hour_of(hours.get(what, "")) if isinstance(hours, dict) else None
        columns = range(DAYS) if named == rules.EVERY_DAY else [rules.WEEKDAYS.index(named)] if named in rules.WEEKDAYS else []
        planned.extend((column, Action(what, at=at)) for column in columns)
    names = get_day_names("abbreviated", "stand-alone", locale=_locale(say.language))
    return _picture(say, say.label(f"{flow.name}.picture_title"), [names[n] for n in range(DAYS)], planned, ())


def columns(body: PlanBody) -> tuple[date, ...]:
    """Return the seven days: from the one on which it was made, or the next one when that day's hour was over."""
    days = [day for action in body.actions for day in action.days]
    begin = body.first + timedelta(days=1 if days and max(days) > body.first + timedelta(days=DAYS - 1) else 0)
    return tuple(begin + timedelta(days=n) for n in range(DAYS))


def twin(say: Say, body: PlanBody) -> tuple[Bullets, ...]:
    """Return the same in words: each action with its days and its hour."""
    return (Bullets(tuple(action_line(say, action) for action in body.actions)),) if body.actions else ()


def action_line(say: Say, action: Action) -> Nodes:
    """Return "Walk before work: Tue, Nov 24, 6:00 PM"."""
    said: list[Node] = [Words(action.what)]
    if when := when_said(say, action):
        said += [Text(": "), Text(when)]
    return tuple(said)


def when_said(say: Say, action: Action) -> str:
    days = [str(format_skeleton("MMMEd", day, locale=_locale(say.language))) for day in action.days]
    said = say.label("plans.every_day") if len(days) == DAYS else ", ".join(days)
    return ", ".join(part for part in (said, clock_name(action, say.language)) if part)


def day_name(day: date, language: str) -> str:
    """Return a day like "24 Tue", as its language has it: short enough for the picture."""
    return str(format_skeleton("Ed", day, locale=_locale(language)))


def clock_name(action: Action, language: str) -> str:
    return said_time(f"{action.at:%H:%M}", language) if action.at is not None else ""


def _picture(say: Say, title: str, labels: Sequence[str], planned: Sequence[Planned], words: tuple[Bullets, ...]) -> Picture | None:
    if not planned:
        return None
    in_order = sorted(planned, key=lambda one: (one[0], one[1].at is None, one[1].at or rules.MORNING))
    points = tuple((float(column), float(order)) for order, (column, _) in enumerate(in_order))
    rows = tuple((clock_name(action, say.language), action.what) for _, action in in_order)
    return Picture(KIND, title, points, tuple(labels), words, rows)


def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))
