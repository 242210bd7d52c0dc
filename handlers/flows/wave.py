"""The one picture that every house can draw: ratings over the minutes of a timer, with the same in words."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.core.flow import Flow, Timer
from bot.core.ports import Entry
from bot.core.replies import Picture
from bot.core.richtext import Bullets
from bot.core.texts import Say, say_p
from handlers.flows.answers import length

Answers = Mapping[str, Entry]
History = Sequence[tuple[datetime, Answers]]
"""Answers of the same flow that were kept before, with their moments on the person's clocks, oldest first."""

Draws = Callable[[Say, Flow, Answers, History, str], Picture | None]
"""Return what the flow's own `picture` asks for: from its answers, those kept before, and the voice; None when too little is there.
The answers are the flow's own, without what stands before them when another runs it."""


def wave(say: Say, flow: Flow, answers: Answers, _: History = (), __: str = "") -> Picture | None:
    """Return the ratings over the seconds ridden; None when there are fewer than two, or another kind is wanted."""
    if flow.picture is None or flow.picture.kind != "wave":
        return None
    points = list[tuple[int, int]]()
    ratings, ridden = answers.get(flow.picture.part("ratings")), answers.get(_ridden(flow))
    match answers.get(flow.picture.part("before")):
        case int(first):
            points.append((0, first))
    if isinstance(ratings, list):
        points.extend((int(second), int(number)) for second, _, number in (rating.partition(" ") for rating in ratings))
    match answers.get(flow.picture.part("after")), ridden:
        case int(last), int(seconds):
            points.append((seconds, last))
    if len(points) < 2:
        return None
    twin = (
        say_p(say, f"{flow.name}.picture_twin"),
        Bullets(tuple(say(f"{flow.name}.picture_point", at=length(second), rating=number) for second, number in points)),
    )
    drawn = tuple((second / 60, float(number)) for second, number in points)
    return Picture("wave", say.label(f"{flow.name}.picture_title"), drawn, twin=twin)


def _ridden(flow: Flow) -> str:
    return next((step.save for step in flow.steps.values() if isinstance(step, Timer)), "")
