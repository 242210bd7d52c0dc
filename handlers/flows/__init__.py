"""Conversations step by step: shows and advances every flow, and keeps where a person is. `/continue` goes on."""

from collections.abc import Callable, Mapping

from bot.core.features import Action, Command, Feature, FlowEnd, Needs, Where
from bot.core.flow import Flow
from bot.core.ports import Flows, Unit
from bot.core.texts import Texts
from handlers.flows.commands import FlowCommands
from handlers.flows.jobs import FlowJobs
from handlers.flows.records import Entries, FactProvider, FlowStates
from handlers.flows.runner import TIMER, Runner


def feature(
    texts: Texts,
    flows: Mapping[str, Flow],
    states: Callable[[Unit], FlowStates],
    entries: Callable[[Unit], Entries],
    ends: Mapping[str, FlowEnd],
    facts: Mapping[str, FactProvider],
    ids: Callable[[], str],
) -> tuple[Feature, Flows]:
    """Return the feature, and the door by which others begin flows.

    `ends` may be filled after this call: what a feature does with its finished flow; a flow without one is kept as an entry.
    """
    runner = Runner(texts, flows, states, entries, ends, facts, ids)
    commands, jobs = FlowCommands(runner), FlowJobs(runner)
    presses = {name: Action(handler, Needs.CONSENT) for name, handler in commands.presses().items()}
    feature = Feature(
        name="flow",
        commands=(Command("continue", commands.list_unfinished, Needs.CONSENT, Where.PRIVATE),),
        presses=presses,
        forms={"write": Action(commands.mine(commands.written), Needs.CONSENT)},
        jobs={TIMER: jobs.tick},
        words=commands.words,
    )
    return feature, runner
