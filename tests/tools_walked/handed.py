"""A walk through a tool that was given answers: what is there is left as it is."""

from bot.core.flow import prefix
from bot.core.flow_state import State
from bot.core.flow_view import saves
from tests.tools_walked.screens import FLOWS
from tests.tools_walked.walking import Walk


class Handed(Walk):
    """Leaves alone what is answered already."""

    async def answer(self, state: State) -> None:
        if not self.person.has("flow.leave_as_is"):
            await super().answer(state)
            return
        flow = FLOWS[state.flow]
        await self.tap("flow.leave_as_is")
        self.told.update({name: state.answers[name] for name in saves(flow, state.at) if name in state.answers})
        assert all(name.startswith(prefix(state.at)) for name in saves(flow, state.at))
