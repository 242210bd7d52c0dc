"""How each kind of step is answered: with what its screen shows. What was answered is written down, as it must be kept."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.flow import (
    AnyStep,
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
    owner,
    prefix,
)
from bot.core.flow_lines import PAIRS, items_of, lines_in, next_pair
from bot.core.flow_state import State
from bot.core.ports import Entry
from handlers.flows.lines import line_text, worded
from handlers.flows.moments import TIMES
from tests.tools_walked import ways
from tests.tools_walked.screens import FLOWS, Someone, is_called

ZONE = ZoneInfo("Europe/Berlin")  # the community's
PICKED = 2  # ticked of several


class Answering:
    """`told`: what was answered, by its name; `words`: every text of the person's own, by the name it is kept under. `wanted`:
    answers that are to be given, by their names."""

    def __init__(self, person: Someone, wanted: dict[str, str] | None = None) -> None:
        self.person = person
        self.wanted = wanted or {}
        self.told: dict[str, Entry] = {}
        self.words: dict[str, list[str]] = {}
        self.loose: set[str] = set()  # names under which something is kept that the clock decides
        self.visits: dict[str, int] = {}
        self.family = False
        self.rating = 5  # below seven: some tools have a question more
        self.lines_said = 2  # in a list

    async def answer(self, state: State) -> None:
        """Answer the present step, to the next one."""
        flow = FLOWS[state.flow]
        step, inner, before = flow.places[state.at], owner(flow, state.at), prefix(state.at)
        self.family, visits = state.voice == "family", self.visits.get(state.at, 0)
        key = f"{inner.name}.{step.name}"
        match step:
            case Show():
                await self.tap("common.next")
            case Scale(low=low, high=high):
                await self.number(before + step.save, low, high)
            case Choice():
                there = self.options(key, [option.value for option in step.options])
                wanted = {name.removeprefix(before): value for name, value in self.wanted.items()}
                value = self.chosen(inner, step, there, visits, wanted)
                await self.person.press(there[value])
                self.told[before + step.save] = value
            case Many(options=values):
                await self.tick(before + step.save, {value: self.label(f"{key}_{value}") for value in values}, PICKED)
            case Write():
                await self.write(state, step, before)
            case Fields():
                await self.fields(state, step, before)
            case Date() | Time():
                await self.moment(step, before)
            case PickLine(most=most):
                labels = self.lines(state, step)
                if most > 1:
                    await self.tick(before + step.save, labels, min(most, PICKED))
                else:
                    line = next(iter(labels))
                    await self.person.press(labels[line])
                    self.told[before + step.save] = line
            case Order():
                await self.rank(state, step, before)
            case Each():
                await self.each(state, step, before, key)
            case Timer():
                await self.wait(step, before)
            case _:
                raise AssertionError(f"nobody knows how to answer {state.at}")

    def chosen(self, flow: Flow, step: Choice, there: dict[str, str], visits: int, wanted: dict[str, str]) -> str:
        """Return which option of those on the screen to take."""
        return ways.best(flow, step, there, visits, wanted)

    # Kinds ----------------------------------------------------------------------------------------------------------

    async def number(self, name: str, low: int, high: int) -> None:
        value = min(high, max(low, self.rating))
        await self.person.press(str(value))
        self.told[name] = value

    async def tick(self, name: str, labels: dict[str, str], count: int) -> None:
        """Tick the first ones that are on the screen, then Done."""
        chosen = [value for value, label in labels.items() if self.shows(label)][:count]
        for value in chosen:
            if not any(shown.startswith("✓") and is_called(shown, labels[value]) for shown in self.person.buttons()):
                await self.person.press(labels[value])
        await self.tap("common.done")
        self.told[name] = list(chosen)

    async def write(self, state: State, step: Write, before: str) -> None:
        name = before + step.save
        if not step.lines:
            words = self.text(name, step.longest)
            await self.enter(words)
            self.told[name] = words
            return
        lines = list(lines_in(state.answers.get(name)))
        for chip in step.chips[: 1 if step.lines > 2 else 0]:
            label = self.label(f"{owner(FLOWS[state.flow], state.at).name}.{step.name}_{chip}")
            if self.shows(label):
                await self.person.press(label)
                lines.append(label)
        more = [self.text(name, step.longest) for _ in range(min(self.lines_said, step.lines - len(lines)))]
        if more and self.person.types_into_chat:
            for line in more:
                await self.person.says(line)
        elif more:
            await self.enter("\n".join(more))
        await self.tap("common.done")
        self.told[name] = [*lines, *more]

    async def fields(self, state: State, step: Fields, before: str) -> None:
        there = {before + name: state.answers[before + name] for name, _ in step.fields if before + name in state.answers}
        if there:
            await self.tap("common.done")
            self.told.update(there)
            return
        values = {name: self.text(before + name, longest) for name, longest in step.fields}
        if self.person.types_into_chat:
            for words in values.values():
                await self.person.says(words)
        else:
            await self.tap("common.write")
            await self.person.fills(**values)
        await self.tap("common.done")
        self.told.update({before + name: words for name, words in values.items()})

    async def moment(self, step: Date | Time, before: str) -> None:
        if isinstance(step, Time):
            await self.person.press(TIMES["2000"].label(self.person.say))
            self.told[before + step.save] = "20:00"
            return
        today = self.person.shared.clock.now().astimezone(ZONE).date()
        await self.tap("flow.day_yesterday" if step.past else "flow.day_tomorrow")
        self.told[before + step.save] = (today + timedelta(days=-1 if step.past else 1)).isoformat()

    async def rank(self, state: State, step: Order, before: str) -> None:
        """Tap what stands higher in the list, so that its order is the order; one comparison."""
        items, name = items_of(step, state.answers, before), before + step.save
        pair = next_pair(items, lines_in(state.answers.get(name + PAIRS)))
        assert pair is not None
        inner = owner(FLOWS[state.flow], state.at)
        await self.person.press(line_text(self.person.say, inner, step, min(pair, key=items.index), family=self.family))
        self.told[name] = list(items)
        self.loose.add(name + PAIRS)

    async def each(self, state: State, step: Each, before: str, key: str) -> None:
        """Answer for the present line."""
        items, name = items_of(step, state.answers, before), before + step.save
        place = items.index(state.item)
        match step.ask:
            case "words":
                said = self.text(name, step.longest)
                await self.enter(said)
            case "scale":
                said = str(step.low + (place + 3) % (step.high - step.low + 1))
                await self.person.press(said)
            case _:
                said = step.options[-1 - place % len(step.options)]
                await self.person.press(self.label(f"{key}_{said}"))
        so_far = self.told.get(name, state.answers.get(name))
        there = {line: answer for line, answer in so_far.items() if line in items} if isinstance(so_far, dict) else {}
        self.told[name] = {**there, state.item: said}

    async def wait(self, step: Timer, before: str) -> None:
        if step.rate:
            await self.person.press(str(step.high - 3))
            self.loose.add(before + step.rate)
        if step.write:
            lines = [self.text(before + step.write, step.longest) for _ in range(2)]
            for line in lines:
                await self.enter(line)
            self.told[before + step.write] = list(lines)
        if step.save:
            self.loose.add(before + step.save)
        await self.tap("common.done")

    # What is on the screen ------------------------------------------------------------------------------------------

    async def tap(self, key: str) -> None:
        await self.person.press(self.person.say.label(key))

    async def enter(self, words: str) -> None:
        """Write in the form, or in the chat where there is none."""
        if self.person.types_into_chat:
            await self.person.says(words)
        else:
            await self.tap("common.write")
            await self.person.fills(words=words)

    def text(self, name: str, longest: int) -> str:
        """Return words that nobody else says: the person's mark, a number, and a letter of another alphabet where there is room."""
        self.person.written += 1
        words = self.worded(self.person.written)[:longest].strip()
        self.words.setdefault(name, []).append(words)
        return words

    def worded(self, number: int) -> str:
        return f"{self.person.name} {number} naïve ß"

    def options(self, key: str, values: list[str]) -> dict[str, str]:
        """Return the options that are on the screen, with their labels."""
        labels = {value: self.label(f"{key}_{value}") for value in values}
        return {value: label for value, label in labels.items() if self.shows(label)}

    def lines(self, state: State, step: AnyStep) -> dict[str, str]:
        assert isinstance(step, PickLine)
        inner = owner(FLOWS[state.flow], state.at)
        found = items_of(step, state.answers, prefix(state.at))
        return {line: line_text(self.person.say, inner, step, line, family=self.family) for line in found}

    def label(self, key: str) -> str:
        return self.person.say.label(self.key(key))

    def key(self, key: str) -> str:
        """Return the key of a text in the voice of the person."""
        return worded(self.person.say, key, family=self.family)

    def shows(self, label: str) -> bool:
        return any(is_called(shown, label) for shown in self.person.buttons())
