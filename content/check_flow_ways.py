"""Whether a flow can be gone to its end from everywhere, and whether an answer is there when a step wants it."""

from collections.abc import Iterator, Mapping

from bot.core.flow import END, Branch, Flow, Run
from content.flow_answers import after, answers_of, leads

Found = Iterator[tuple[tuple[str, ...], str]]


def way_problems(flow: Flow) -> Found:
    ways = leads(flow)
    reached = after(ways, [flow.start])
    for name in flow.steps.keys() - reached:
        yield ("steps", name), f"step {name}: no way leads here"
    ends = {END}
    while more := {name for name, targets in ways.items() if name not in ends and targets & ends}:
        ends |= more
    for name in reached - ends:
        yield ("steps", name), f"step {name}: no way leads from here to the end"
    unseen = {name for name, step in flow.steps.items() if isinstance(step, Branch)}
    between = {name: ways[name] & unseen for name in unseen}
    for name in unseen:
        if name in after(between, between[name]):
            yield ("steps", name), f"step {name}: branches go round in a ring"


def answered_before(flow: Flow, flows: Mapping[str, Flow]) -> dict[str, set[str]]:
    """Return by step the names that may be answered when it is met. `flows`: all, since others hand answers over."""
    ways, answers = leads(flow), answers_of(flow)
    there = set(answers) if flow.beside.again else _handed_over(flow, flows)
    before = {name: set(there) for name in flow.steps}
    for name, found in answers.items():
        for step in after(ways, {target for answer in found for target in ways[answer.by]}):
            before[step].add(name)
    return before


def _handed_over(flow: Flow, flows: Mapping[str, Flow]) -> set[str]:
    found = {theirs for other in flows.values() for name, pairs in other.beside.then if name == flow.name for theirs, _ in pairs}
    for other in flows.values():
        for step in other.steps.values():
            if isinstance(step, Run) and step.flow.name == flow.name:
                found.update(theirs for theirs, _ in step.give)
    return found
