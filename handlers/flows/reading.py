"""Typed words and relative buttons, as the act they mean: a label or number of what is on the screen, a day, a time of day."""

from collections.abc import Sequence
from datetime import date

from bot.core.daywords import day_in, time_in
from bot.core.flow import AnyStep, Choice, Date, Each, Fields, Many, Order, PickLine, Scale, Time, Timer, Write, line_mark
from bot.core.flow_lines import pair_mark
from bot.core.flow_state import Choose, Input, Pick, Typed, View
from bot.core.richtext import one_line
from bot.core.texts import Say
from handlers.flows.lines import line_text, option_text
from handlers.flows.moments import day_of, time_of

LONGEST = 200  # characters of words that are compared with labels


def pressed(step: AnyStep | None, place: str, value: str, today: date) -> Choose:
    """Return the choice of a button; of a relative day or a time, the day or time that it means today."""
    match step:
        case Date():
            value = day_of(value, today)
        case Time():
            value = time_of(value)
    return Choose(place, value)


def takes_words(step: AnyStep | None) -> bool:
    """Whether typed words answer the step by themselves, without standing for a button."""
    match step:
        case Timer(rate=rate, write=write):
            return bool(rate or write)
        case Each(ask=ask):
            return ask != "choice"
    return isinstance(step, Write | Scale | Fields | Date | Time)


def typed(say: Say, view: View, words: str, today: date) -> Input:
    """Return what typed words do: the button that says the same, the day or time they name, or else they are words."""
    match view.step:
        case Date(past=past):
            day = day_in(words, say.language, today, past=past)
            return Choose(view.at, day.isoformat()) if day is not None else Typed(words)
        case Time():
            time = time_in(words, say.language)
            return Choose(view.at, time.isoformat("minutes")) if time is not None else Typed(words)
        case Choice(options=options):
            return _chosen(say, view, [option.value for option in options], words)
        case Each(ask="choice", options=values):
            number = view.items.index(view.item) if view.item in view.items else 0
            found = _chosen(say, view, values, words, numbered=True)
            return Choose(view.at, f"{number}_{found.value}") if isinstance(found, Choose) else found
        case Many(options=values):
            found = _chosen(say, view, values, words)
            return Pick(view.at, found.value, on=True) if isinstance(found, Choose) else found
        case PickLine(most=most):
            place = _line(say, view, view.items, words)
            if place is None:
                return Typed(words)
            line = line_mark(view.items[place])
            return Choose(view.at, line) if most == 1 else Pick(view.at, line, on=True)
        case Order() if view.pair is not None:
            place = _line(say, view, view.pair, words)
            return Choose(view.at, f"{pair_mark(view.pair)}_{'ab'[place]}") if place is not None else Typed(words)
    return Typed(words)


def _chosen(say: Say, view: View, values: Sequence[str], words: str, *, numbered: bool = False) -> Choose | Typed:
    assert view.step is not None
    labels = [option_text(say, view.flow, view.step, value, family=view.family) for value in values]
    place = _matched(labels, words, numbered=numbered)
    return Choose(view.at, values[place]) if place is not None else Typed(words)


def _line(say: Say, view: View, lines: Sequence[str], words: str) -> int | None:
    assert view.step is not None
    return _matched([line_text(say, view.flow, view.step, line, family=view.family) for line in lines], words, numbered=True)


def _matched(labels: Sequence[str], words: str, *, numbered: bool) -> int | None:
    """Return which label was typed, or whose number in the list; a number that is itself a label is taken as that."""
    wanted = one_line(words).casefold() if len(words) <= LONGEST + 20 else ""
    if not wanted:
        return None
    folded = [one_line(label).casefold() for label in labels]
    if wanted in folded:
        return folded.index(wanted)
    number = wanted.rstrip(".)")
    if numbered and number.isascii() and number.isdecimal() and len(number) < 3 and 1 <= int(number) <= len(labels):
        return int(number) - 1
    return None
