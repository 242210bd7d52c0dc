"""What an act does on the present step: one line a kind of step and act."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from bot.core.flow import (
    Choice,
    Date,
    Each,
    Fields,
    Flow,
    Many,
    Order,
    PickLine,
    Scale,
    Show,
    Time,
    Timer,
    Write,
    line_mark,
    prefix,
)
from bot.core.flow_lines import PAIRS, as_asked, item_after, items_of, mapping_of, next_pair, pair_mark, ranked
from bot.core.flow_state import SUMMARY, Back, Choose, Facts, Filled, Go, Input, Pick, Skip, State, Take, Typed
from bot.core.flow_view import visible
from bot.core.flow_ways import as_it_was, back_from, leave, list_of, saved
from bot.core.flow_words import Problem, clock, day, number, read
from bot.core.richtext import clean

MOST_RATINGS = 60


def act_on(flow: Flow, state: State, act: Input, now: datetime, facts: Facts) -> State:
    """Return the state after an act on the present step. Raises Problem when what was given does not fit it."""
    if not isinstance(act, Typed) and getattr(act, "at", state.at) != state.at:
        return state  # a button of another screen
    if isinstance(act, Back):
        return back_from(flow, state)
    if state.at == SUMMARY:
        return state
    step = as_asked(flow.places[state.at], state.answers, prefix(state.at), state.item)
    name = prefix(state.at) + step.save

    def on(state: State, target: str = "") -> State:
        return leave(flow, state, target or step.next, now, facts)

    match step, act:
        case Each(), Skip() if step.skip:
            return _next_line(step, state, on)
        case _, Skip() if step.skip and step.next:
            return on(state, as_it_was(step, state, state.at, facts) or step.next)
        case Show(lines=fact), Go():
            return on(saved(state, name, list(facts.get(fact, ()))) if step.save else state)
        case Scale(), Choose(value=value) | Typed(words=value):
            return on(saved(state, name, number(value, step.low, step.high)))
        case Choice(options=options), Choose(value=value):
            chosen = [option for option in options if option.value == value and value in visible(step, facts)]
            return on(saved(state, name, value), chosen[0].next) if chosen else state
        case Many(options=values), Pick(value=value, on=ticked) if value in values:
            return saved(state, name, _ticked(values, list_of(state, name), value, ticked=ticked))
        case Many(least=least), Go():
            if len(list_of(state, name)) < least:
                raise Problem("flow.problem_pick", least)
            return on(saved(state, name, list_of(state, name)))
        case Write(lines=most), Pick(value=value, on=False) if most:
            return _without(state, name, value)
        case Write(), Take(lines=taken) if taken:
            return _lined(state, step.lines, name, taken) if step.lines else saved(state, name, taken[0][: step.longest])
        case Write(), Typed(words=words):
            lines = read(words, step.longest, several=bool(step.lines))
            return _lined(state, step.lines, name, lines) if step.lines else on(saved(state, name, lines[0]))
        case Write() | Fields(), Go():
            if not any(prefix(state.at) + one in state.answers for one in _asked(step)):
                raise Problem("flow.problem_empty")
            return on(state)
        case Fields(), Filled(values=values):
            return _filled(state, step, values)
        case Fields(fields=fields), Typed(words=words):
            empty = next((one for one, _ in fields if prefix(state.at) + one not in state.answers), fields[-1][0])
            return _filled(state, step, {empty: words})
        case Date(past=past), Choose(value=value) | Typed(words=value):
            return on(saved(state, name, day(value, now, past=past)))
        case Time(), Choose(value=value) | Typed(words=value):
            return on(saved(state, name, clock(value)))
        case PickLine(most=1), Choose(value=value):
            found = [line for line in items_of(step, state.answers, prefix(state.at)) if line_mark(line) == value]
            return on(saved(state, name, found[0])) if found else state
        case PickLine(), Pick(value=value, on=ticked):
            return _line_ticked(state, step, value, ticked=ticked)
        case PickLine(most=most, least=least), Go() if most > 1:
            if len(list_of(state, name)) < least:
                raise Problem("flow.problem_pick", least)
            return on(saved(state, name, list_of(state, name)))
        case Order(), Choose(value=value):
            return _compared(flow, state, step, value, now, facts)
        case Each(), Choose(value=value):
            count, _, said = value.partition("_")
            items = items_of(step, state.answers, prefix(state.at))
            here = count.isdecimal() and int(count) < len(items) and items[int(count)] == state.item
            return _told(state, step, said, on) if here else state
        case Each(ask="scale" | "words"), Typed(words=words):
            return _told(state, step, words, on)
        case Timer(write=write), Pick(value=value, on=False) if write:
            return _without(state, prefix(state.at) + write, value)
        case Timer(rate=rate), Choose(value=value) if rate:
            return _rated(state, step, number(value, step.low, step.high), now)
        case Timer(rate=rate, write=""), Typed(words=value) if rate:
            return _rated(state, step, number(value, step.low, step.high), now)
        case Timer(write=write), Typed(words=words) if write:
            return _lined(state, step.lines, prefix(state.at) + write, read(words, step.longest, several=True))
        case Timer(), Go():
            return on(state)
        case _, Typed():
            raise Problem("flow.problem_buttons")
    return state


def _asked(step: Write | Fields) -> tuple[str, ...]:
    return tuple(name for name, _ in step.fields) if isinstance(step, Fields) else (step.save,)


def _ticked(values: Sequence[str], before: Sequence[str], value: str, *, ticked: bool) -> list[str]:
    chosen = {*before} | {value} if ticked else {*before} - {value}
    return [one for one in values if one in chosen]


def _line_ticked(state: State, step: PickLine, value: str, *, ticked: bool) -> State:
    lines, name = items_of(step, state.answers, prefix(state.at)), prefix(state.at) + step.save
    found = [line for line in lines if line_mark(line) == value]
    if not found:
        return state
    chosen = _ticked(lines, list_of(state, name), found[0], ticked=ticked)
    if len(chosen) > step.most:
        raise Problem("flow.problem_most", step.most)
    return saved(state, name, chosen)


def _next_line(step: Each, state: State, on: Callable[[State], State]) -> State:
    """Go to the next line without an answer; when answers are given anew, to the next line; else on."""
    line = item_after(step, state, state.at, state.item, answered_too=state.at in state.ahead)
    return replace(state, item=line) if line else on(state)


def _told(state: State, step: Each, said: str, on: Callable[[State], State]) -> State:
    """Keep what was said about the present line."""
    if step.ask == "scale":
        said = str(number(said, step.low, step.high))
    elif step.ask == "words":
        said = read(said, step.longest, several=False)[0]
    elif said not in step.options:
        return state
    elif step.said:
        said = step.said[step.options.index(said)]
    name = prefix(state.at) + step.save
    return _next_line(step, saved(state, name, {**mapping_of(state.answers, name), state.item: said}), on)


def _compared(flow: Flow, state: State, step: Order, value: str, now: datetime, facts: Facts) -> State:
    """Keep which of the two matters more; after the last one, keep the order and go on."""
    name = prefix(state.at) + step.save
    taps = list_of(state, name + PAIRS)
    pair = next_pair(items_of(step, state.answers, prefix(state.at)), taps)
    if pair is None or value not in (f"{pair_mark(pair)}_a", f"{pair_mark(pair)}_b"):
        return state
    won = pair if value.endswith("_a") else (pair[1], pair[0])
    state = saved(state, name + PAIRS, [*taps, *won])
    lines = items_of(step, state.answers, prefix(state.at))
    if next_pair(lines, list_of(state, name + PAIRS)) is not None:
        return state
    return leave(flow, saved(state, name, ranked(lines, list_of(state, name + PAIRS))), step.next, now, facts)


def _filled(state: State, step: Fields, values: Mapping[str, str]) -> State:
    made = {}
    for name, longest in step.fields:
        if clean(values.get(name, "")).strip():
            made[prefix(state.at) + name] = read(values[name], longest, several=False)[0]
    if not made:
        raise Problem("flow.problem_empty")
    return replace(state, answers={**state.answers, **made})


def _without(state: State, name: str, mark: str) -> State:
    return saved(state, name, [line for line in list_of(state, name) if line_mark(line) != mark])


def _lined(state: State, most: int, name: str, more: Sequence[str]) -> State:
    """Add lines to a list, each once."""
    lines = list(dict.fromkeys((*list_of(state, name), *more)))
    if len(lines) > most:
        raise Problem("flow.problem_lines", most)
    return saved(state, name, lines)


def _rated(state: State, step: Timer, given: int, now: datetime) -> State:
    """Keep a number with its second; one given within the same five seconds replaces the one before (a second tap)."""
    assert state.timer is not None
    at, name = state.timer.elapsed(now), prefix(state.at) + step.rate
    before = [rating for rating in list_of(state, name) if int(rating.split(" ")[0]) <= at - 5]
    return saved(state, name, [*before, f"{at} {given}"][-MOST_RATINGS:])
