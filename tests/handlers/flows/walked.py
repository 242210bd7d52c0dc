"""Answers as somebody gives them who walks a flow and leaves little out. The same seed walks the same way."""

import random
from datetime import UTC, datetime, timedelta

from bot.core.flow import Choice, Date, Each, Fields, Flow, Many, Order, PickLine, Scale, Show, Time, Timer, Write, line_mark
from bot.core.flow_advance import advance, begin
from bot.core.flow_lines import pair_mark
from bot.core.flow_state import SUMMARY, Choose, Filled, Go, Input, Pick, Skip, State, Typed, View
from bot.core.flow_view import answers_on_way
from bot.core.ports import Entry

START = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)
WORDS = (
    "It calms me down",
    "Money for the bike",
    "Walk home through the park after work",
    "I can say no and stay",
    "Ask Kim",
    "Last time it was Sunday before I stopped",
    "Trust at home",
)
LONGEST_WAY = 300


class Walker:
    def __init__(self, seed: int, words: tuple[str, ...] = WORDS) -> None:
        self.dice, self.words, self.said = random.Random(seed), words, 0

    def walk(self, flow: Flow) -> dict[str, Entry]:
        now, outcome = START, begin(flow, START)
        for _ in range(LONGEST_WAY):
            if outcome.state.at == SUMMARY:
                return answers_on_way(flow, outcome.state)
            now += timedelta(seconds=50)
            outcome = advance(flow, outcome.state, self.act(outcome.view, outcome.state), now)
        raise AssertionError(f"{flow.name} does not end: {outcome.state.at}")

    def say(self, longest: int) -> str:
        self.said += 1
        return f"{self.words[self.said % len(self.words)]} {self.said}"[-longest:]

    def act(self, view: View, state: State) -> Input:
        at, choose = view.at, self.dice.choice
        answered = len(view.answer) if isinstance(view.answer, list) else 0
        match view.step:
            case Show():
                return Go(at)
            case Scale(low=low, high=high):
                return Choose(at, str(self.dice.randint(low, high)))
            case Choice():
                return Choose(at, choose(view.options))
            case Many(options=options):
                return Go(at) if answered > 1 else Pick(at, options[answered], on=True)
            case Write(lines=0, longest=longest):
                return Typed(self.say(longest))
            case Write(lines=lines, longest=longest):
                return Go(at) if answered >= min(lines, 4) else Typed(self.say(longest))
            case Fields(fields=fields):
                texts = {name: self.say(longest) for name, longest in fields}
                return Filled(at, texts) if view.answer is None else Go(at)
            case Date(past=past):
                return Choose(at, (START if past else START + timedelta(days=3)).date().isoformat())
            case Time():
                return Choose(at, "18:30")
            case PickLine(most=1) if view.items:
                return Choose(at, line_mark(choose(view.items)))
            case PickLine(most=most) if view.items:
                left = [item for item in view.items if not isinstance(view.answer, list) or item not in view.answer]
                return Pick(at, line_mark(left[0]), on=True) if left and answered < min(most, 3) else Go(at)
            case Order() if view.pair is not None:
                return Choose(at, f"{pair_mark(view.pair)}_{choose('ab')}")
            case Each() as step if view.items:
                return self._of_each(step, view)
            case Timer(rate=rate, write=write):
                if rate and len(str(state.answers.get(rate))) < 40:
                    return Choose(at, str(self.dice.randint(0, 10)))
                return Typed(self.say(60)) if write and len(view.written) < 4 else Go(at)
        return Skip(at)

    def _of_each(self, step: Each, view: View) -> Input:
        number = view.items.index(view.item)
        if step.ask == "words":
            return Typed(self.say(step.longest))
        value = self.dice.choice(step.options) if step.ask == "choice" else str(self.dice.randint(step.low, step.high))
        return Choose(view.at, f"{number}_{value}")
