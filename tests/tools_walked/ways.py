"""Which option a walk takes: first the longest way, so that it meets most steps; where it has been before, the shortest."""

from collections.abc import Collection, Iterator, Mapping

from bot.core.flow import END, Branch, Choice, Flow, Run

SAFE = {"gate": "no"}  # what opens the door: anything else leads to the help card
MOST_ROUNDS = 3  # of a way that goes in a circle

Taken = tuple[str, str, str]
"""An option that somebody took: flow, step, option."""


def best(flow: Flow, step: Choice, there: Collection[str], visits: int, wanted: Mapping[str, str]) -> str:
    """Return the option to take among those that are on the screen. `wanted`: answers that this walk is to give, by their name."""
    if wanted.get(step.save) in there:
        return wanted[step.save]
    if flow.name in SAFE:
        return SAFE[flow.name]
    options = [option for option in step.options if option.value in there]
    if visits:
        return min(options, key=lambda option: _shortest(flow, option.next)).value
    longest = {option.value: _longest(flow, option.next, frozenset({step.name})) for option in options}
    return max(longest, key=lambda value: (longest[value], value == "yes"))


def newest(flow: Flow, step: Choice, there: Collection[str], visits: int, taken: Collection[Taken]) -> str:
    """Return an option that nobody took, or one behind which there is such an option; else the shortest way."""
    options = [option for option in step.options if option.value in there]
    if visits < MOST_ROUNDS:
        for option in options:
            if (flow.name, step.name, option.value) not in taken:
                return option.value
        for option in options:
            if any(one not in taken for one in _options(flow, option.next, {step.name})):
                return option.value
    return best(flow, step, there, 1, {})


def _longest(flow: Flow, name: str, seen: frozenset[str]) -> int:
    """Return how many steps there are at most from here to the end, each gone once."""
    if name == END or not name or name in seen:
        return 0
    step, seen = flow.steps[name], seen | {name}
    own = 0 if isinstance(step, Branch) else len(step.flow.places) if isinstance(step, Run) else 1
    return own + max((_longest(flow, target, seen) for target in _targets(flow, name)), default=0)


def _shortest(flow: Flow, name: str) -> int:
    """Return how many steps there are at least from here to the end."""
    at, seen, steps = {name}, set[str](), 0
    while END not in at:
        seen |= at
        at = {target for one in at for target in _targets(flow, one)} - seen
        steps += 1
    return steps


def _targets(flow: Flow, name: str) -> set[str]:
    step = flow.steps[name]
    targets = {option.next for option in step.options} if isinstance(step, Choice | Branch) else set()
    return {*targets, step.next} - {""}


def _options(flow: Flow, name: str, seen: set[str]) -> Iterator[Taken]:
    """Yield every option on the ways from a step on."""
    if name == END or not name or name in seen:
        return
    seen.add(name)
    step = flow.steps[name]
    if isinstance(step, Choice):
        yield from ((flow.name, name, option.value) for option in step.options)
    if isinstance(step, Run):
        yield from _options(step.flow, step.flow.start, set())
    for target in _targets(flow, name):
        yield from _options(flow, target, seen)
