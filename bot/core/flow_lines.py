"""The person's own lines inside a flow: what a pick, an order or an each is about, and how far it has come."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import ceil, log2

from bot.core.flow import AnyStep, Each, Order, PickLine, line_mark, prefix
from bot.core.flow_own import HIGHEST, LONGEST_ANSWER, LOWEST, HowAsked, Question, from_line
from bot.core.flow_state import State
from bot.core.ports import Entry

PAIRS = "_pairs"  # behind the name of an order: its taps
ASKED = "_asked"  # behind the name of an each with own questions: these, as they were when it was met first
Answers = Mapping[str, Entry]


def lines_in(entry: Entry | None) -> tuple[str, ...]:
    """Return an answer as lines: a list's own, those that a mapping is about, or the one text."""
    match entry:
        case None | "":
            return ()
        case str():
            return (entry,)
        case int():
            return (str(entry),)
    return tuple(entry)


def lines_of(names: Sequence[str], answers: Answers, before: str) -> tuple[str, ...]:
    """Return the lines under these names, each once. `before`: what stands before the names in `answers`."""
    return tuple(dict.fromkeys(line for name in names for line in lines_in(answers.get(before + name))))


def items_of(step: PickLine | Order | Each, answers: Answers, before: str) -> tuple[str, ...]:
    """Return the lines that a step is about."""
    if isinstance(step, Each) and step.fact:
        return tuple(question.words for question in questions_in(answers, before + step.save))
    found = step.items if isinstance(step, Each) and step.items else lines_of(step.of, answers, before)
    if isinstance(step, Each) and step.only[0]:
        asked = mapping_of(answers, before + step.only[0])
        found = tuple(line for line in found if asked.get(line) == step.only[1])
    return found


def mapping_of(answers: Answers, name: str) -> dict[str, str]:
    answer = answers.get(name)
    return answer if isinstance(answer, dict) else {}


# Each ---------------------------------------------------------------------------------------------------------------


def item_after(step: Each, state: State, place: str, item: str, *, answered_too: bool) -> str:
    """Return the next line to ask about, "" when there is none. `item` "": from the first on."""
    before = prefix(place)
    items = items_of(step, state.answers, before)
    answers = mapping_of(state.answers, before + step.save)
    rest = items[items.index(item) + 1 :] if item in items else items
    return next((line for line in rest if answered_too or line not in answers), "")


def item_before(step: Each, state: State, place: str) -> str:
    items = items_of(step, state.answers, prefix(place))
    at = items.index(state.item) if state.item in items else 0
    return items[at - 1] if at > 0 else ""


def questions_in(answers: Answers, name: str) -> tuple[Question, ...]:
    """Return the own questions that are asked under this name."""
    return tuple(from_line(line) for line in lines_in(answers.get(name + ASKED)))


def as_asked(step: AnyStep, answers: Answers, before: str, item: str) -> AnyStep:
    """Return a step as it asks: an each with own questions as the question at hand wants it; any other as it is."""
    if not isinstance(step, Each) or not step.fact:
        return step
    asked = next((one for one in questions_in(answers, before + step.save) if one.words == item), Question(item))
    options = tuple(str(n) for n in range(1, len(asked.answers) + 1))
    low, high = (LOWEST, HIGHEST) if asked.how is HowAsked.SCALE else (step.low, step.high)
    return replace(step, ask=asked.how.value, options=options, said=asked.answers, low=low, high=high, longest=LONGEST_ANSWER)


# Order --------------------------------------------------------------------------------------------------------------


def next_pair(lines: Sequence[str], pairs: Sequence[str]) -> tuple[str, str] | None:
    """Return the two lines to compare next, or None when the order is known. `pairs`: winner, loser, winner, loser..."""
    return _sorted(lines, pairs)[1]


def ranked(lines: Sequence[str], pairs: Sequence[str]) -> list[str]:
    """Return the lines, what matters most first, as far as it is known."""
    return _sorted(lines, pairs)[0]


def pairs_left(lines: Sequence[str], pairs: Sequence[str]) -> int:
    """Return how many comparisons there are still at most, the present one among them."""
    done, pair = _sorted(lines, pairs)
    if pair is None:
        return 0
    whole = sum(ceil(log2(n + 1)) for n in range(1, len(lines)))
    return max(1, whole - len(pairs) // 2) if len(done) < len(lines) else 1


def pair_mark(pair: tuple[str, str]) -> str:
    return line_mark("\n".join(pair))


def _sorted(lines: Sequence[str], pairs: Sequence[str]) -> tuple[list[str], tuple[str, str] | None]:
    """Insert each line where halving finds its place, as far as the comparisons are known."""
    won = {frozenset(pair): pair[0] for pair in zip(pairs[::2], pairs[1::2], strict=False)}
    done: list[str] = []
    for line in lines:
        low, high = 0, len(done)
        while low < high:
            middle = (low + high) // 2
            winner = won.get(frozenset((line, done[middle])))
            if winner is None:
                return done, (done[middle], line)
            low, high = (low, middle) if winner == line else (middle + 1, high)
        done.insert(low, line)
    return done, None
