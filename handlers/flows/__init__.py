"""Conversations step by step: shows and advances every flow, and keeps where a person is. `/continue` goes on."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from bot.core.features import Action, Command, Feature, FlowEnd, Needs, Where
from bot.core.flow import Flow
from bot.core.ports import Flows, Pins, Unit
from bot.core.texts import Texts
from bot.core.whose import PeaceOf, no_wishes
from handlers.flows.after import AfterCommands
from handlers.flows.asked import Flags, no_flags
from handlers.flows.commands import FlowCommands
from handlers.flows.files import Backs, FileCommands
from handlers.flows.follow import FOLLOW
from handlers.flows.jobs import FlowJobs, FollowJobs
from handlers.flows.records import Entries, FactProvider, FlowStates, Gates
from handlers.flows.runner import TIMER, Runner
from handlers.flows.shelf import ShelfCommands
from handlers.flows.wave import Draws, wave

NO_BACKS: Backs = MappingProxyType({})


def feature(
    texts: Texts,
    flows: Mapping[str, Flow],
    states: Callable[[Unit], FlowStates],
    entries: Callable[[Unit], Entries],
    ends: Mapping[str, FlowEnd],
    facts: Mapping[str, FactProvider],
    ids: Callable[[], str],
    gates: Gates | None = None,
    pins: Pins | None = None,
    peace: PeaceOf = no_wishes,
    draws: Draws = wave,
    flags: Flags = no_flags,
    backs: Backs = NO_BACKS,
) -> tuple[Feature, Flows]:
    """Return the feature, and the door by which others begin flows.

    `ends` may be filled after this call: what a feature does with its finished flow; a flow without one is kept as an entry.
    `gates`: what a person said of safety at home (none: nothing with a gate opens); `pins`: takes lines for the kit; `peace`: when
    a person does not want to be written to; `draws`: the pictures of summaries; `flags`: what rules find in words;
    `backs`: by a tool's name, the press that shows the list in which its kept ones stand.
    """
    runner = Runner(texts, flows, states, entries, ends, facts, ids, gates, pins, draws, flags)
    commands, after = FlowCommands(runner), AfterCommands(runner)
    kept = {**FileCommands(runner, draws, backs).presses(), **ShelfCommands(runner).presses()}
    handlers = {**commands.presses(), **after.presses(), **kept}
    presses = {name: Action(handler, Needs.CONSENT) for name, handler in handlers.items()}
    feature = Feature(
        name="flow",
        commands=(Command("continue", commands.list_unfinished, Needs.CONSENT, Where.PRIVATE),),
        presses=presses,
        forms={"write": Action(commands.mine(commands.written), Needs.CONSENT)},
        jobs={TIMER: FlowJobs(runner).tick, FOLLOW: FollowJobs(runner, peace).follow},
        words=commands.words,
    )
    return feature, runner
