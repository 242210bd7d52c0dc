"""What a person entered, as they see it at the end: their own words and figures, without judgement."""

from collections.abc import Mapping

import msgspec

from bot.core.flow import AnyStep, Choice, Flow, Many, Scale, Timer, Write, head, owner, prefix, runs
from bot.core.flow_state import State, View
from bot.core.flow_view import answers_on_way
from bot.core.ports import Entry
from bot.core.replies import Picture
from bot.core.richtext import Block, Bullets, Heading, Nodes, Paragraph, Strong, Text, Words
from bot.core.texts import Say, say_p


class Summary(msgspec.Struct, frozen=True):
    """`empty`: nothing was entered, and `blocks` say only that."""

    blocks: tuple[Block, ...]
    picture: Picture | None = None
    empty: bool = False


def summary(say: Say, flow: Flow, state: State) -> Summary:
    """Return the answers that have a name (the text `<flow>.<step>_label`), in the flow's own order."""
    answers = answers_on_way(flow, state)
    title = f"{flow.name}.summary" if say.has(f"{flow.name}.summary") else "flow.summary"
    blocks: list[Block] = [Heading(say(title))]
    for place in _named(flow, answers):
        blocks.extend(_answer(say, flow, place, answers))
    if len(blocks) == 1:
        return Summary((say_p(say, "flow.nothing_entered"),), empty=True)
    return Summary(tuple(blocks), _picture(say, flow, state, answers))


def last_rating(state: State, view: View) -> int | None:
    """Return the last number given while the view's timer runs; ratings are kept as "<seconds> <number>"."""
    if not isinstance(view.step, Timer) or not view.step.rate:
        return None
    match state.answers.get(prefix(view.at) + view.step.rate):
        case [*_, last]:
            return int(str(last).partition(" ")[2])
    return None


def length(seconds: int) -> str:
    """Return seconds as minutes and seconds, like 4:30."""
    return f"{seconds // 60}:{seconds % 60:02}"


def _named(flow: Flow, answers: Mapping[str, Entry]) -> list[str]:
    """Return the places whose answers are shown; what one flow gave another is shown once, where it was given."""
    twice: set[str] = set()
    for place in flow.places:
        for run_place, run in runs(flow, place):
            inside = f"{run_place}/".replace("/", ".")
            twice.update(inside + theirs for theirs, ours in run.give if prefix(run_place) + ours in answers)
            twice.update(inside + theirs for ours, theirs in run.take if prefix(run_place) + ours in answers)
    return [
        place
        for place, step in flow.places.items()
        if step.save and (name := prefix(place) + step.save) in answers and name not in twice
    ]


def _answer(say: Say, flow: Flow, place: str, answers: Mapping[str, Entry]) -> tuple[Block, ...]:
    step, inner = flow.places[place], owner(flow, place)
    key = f"{inner.name}.{step.name}"
    shown = _value(say, key, step, answers[prefix(place) + step.save])
    if not shown or not say.has(f"{key}_label"):
        return ()
    label = Strong((*say(f"{key}_label"), Text(":")))
    if isinstance(shown, Bullets):
        return Paragraph((label,)), shown
    return (Paragraph((label, Text(" "), *shown)),)


def _value(say: Say, key: str, step: AnyStep, answer: Entry) -> Nodes | Bullets:
    match step, answer:
        case Write(), str(words):
            return (Words(words),)
        case Write(), list(lines):
            return Bullets(tuple((Words(line),) for line in lines)) if lines else ()
        case Scale(), int(number):
            return (Text(str(number)),)
        case Timer(), int(seconds):
            return (Text(length(seconds)),)
        case Choice() | Many(), str() | list():
            chosen = [answer] if isinstance(answer, str) else answer
            known = [say.label(f"{key}_{value}") for value in chosen if isinstance(value, str) and say.has(f"{key}_{value}")]
            return (Text(", ".join(known)),) if known else ()
    return ()


def _picture(say: Say, flow: Flow, state: State, answers: Mapping[str, Entry]) -> Picture | None:
    for place in reversed(state.past):
        inner = owner(flow, place) if place in flow.places else flow
        if inner.picture is not None:
            return _wave(say, inner, head(place).replace("/", "."), answers)
    return None


def _wave(say: Say, flow: Flow, before: str, answers: Mapping[str, Entry]) -> Picture | None:
    """Return the ratings over the seconds ridden, with the same in words; None when there are fewer than two."""
    assert flow.picture is not None
    wanted, points = flow.picture, list[tuple[int, int]]()
    ratings, ridden = answers.get(before + wanted.ratings), answers.get(before + _ridden(flow))
    match answers.get(before + wanted.before):
        case int(first):
            points.append((0, first))
    if isinstance(ratings, list):
        points.extend((int(second), int(number)) for second, _, number in (rating.partition(" ") for rating in ratings))
    match answers.get(before + wanted.after), ridden:
        case int(last), int(seconds):
            points.append((seconds, last))
    if len(points) < 2:
        return None
    twin = (
        say_p(say, f"{flow.name}.picture_twin"),
        Bullets(tuple(say(f"{flow.name}.picture_point", at=length(second), rating=number) for second, number in points)),
    )
    drawn = tuple((second / 60, float(number)) for second, number in points)
    return Picture(wanted.kind, say.label(f"{flow.name}.picture_title"), drawn, twin=twin)


def _ridden(flow: Flow) -> str:
    return next((step.save for step in flow.steps.values() if isinstance(step, Timer)), "")
