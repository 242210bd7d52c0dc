"""The coping tools: every flow with commands is a feature of its own, made from its file (`content/flows`)."""

from collections.abc import Mapping

from bot.core.calls import Call
from bot.core.features import Action, Command, Feature, Handler, Needs, Where
from bot.core.flow import Flow
from bot.core.ports import Flows, Unit
from bot.core.replies import Reply

FRONT_DOOR = "urge"  # first in every menu


def features(flows: Mapping[str, Flow], running: Flows) -> tuple[Feature, ...]:
    """Return a feature for each flow with commands, named as the flow: its command, and the press `<flow>:start`."""
    shown = sorted((flow for flow in flows.values() if flow.commands), key=lambda flow: flow.name != FRONT_DOOR)
    return tuple(_feature(flow, _begins(flow.name, running)) for flow in shown)


def _feature(flow: Flow, begin: Handler) -> Feature:
    name, *aliases = flow.commands
    return Feature(
        name=flow.name,
        commands=(Command(name, begin, Needs.CONSENT, Where.PRIVATE, aliases=tuple(aliases)),),
        presses={"start": Action(begin, Needs.CONSENT)},
    )


def _begins(flow: str, running: Flows) -> Handler:
    async def begin(call: Call, unit: Unit) -> Reply:
        """Begin the flow, or go on with it."""
        assert call.person is not None
        return await running.begin(flow, "", call.person, call.language, call.at, unit)

    return begin
