"""The coping tools: every flow with commands is a feature of its own, made from its file (`content/flows`)."""

from collections.abc import Mapping

from bot.core.calls import Call
from bot.core.features import Action, Command, Feature, Handler, Needs, Where
from bot.core.flow import Flow
from bot.core.ports import Flows, Unit
from bot.core.replies import Reply

FRONT_DOOR = "urge"  # first in every menu
FAMILY = "family"  # the subject of what a relative does


def features(flows: Mapping[str, Flow], running: Flows) -> tuple[Feature, ...]:
    """Return a feature for each flow with commands, named as the flow: its command, and the press `<flow>:start`. A tool that is
    also for relatives has `<flow>:family`, which begins it as theirs."""
    shown = sorted((flow for flow in flows.values() if flow.commands), key=lambda flow: flow.name != FRONT_DOOR)
    return tuple(
        _feature(flow, _begins(flow.name, running), _begins(flow.name, running, FAMILY) if is_for_relatives(flow) else None)
        for flow in shown
    )


def is_for_relatives(flow: Flow) -> bool:
    return flow.beside.family or flow.beside.point == FAMILY


def _feature(flow: Flow, begin: Handler, relative: Handler | None) -> Feature:
    name, *aliases = flow.commands
    return Feature(
        name=flow.name,
        commands=(Command(name, begin, Needs.CONSENT, Where.PRIVATE, aliases=tuple(aliases)),),
        presses={"start": Action(begin, Needs.CONSENT), **({"family": Action(relative, Needs.CONSENT)} if relative else {})},
    )


def _begins(flow: str, running: Flows, subject: str = "") -> Handler:
    async def begin(call: Call, unit: Unit) -> Reply:
        """Begin the flow, or go on with it."""
        assert call.person is not None
        return await running.begin(flow, subject, call.person, call.language, call.at, unit)

    return begin
