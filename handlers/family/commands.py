"""`/family`: what there is for relatives and friends, as far as it is open to them."""

from collections.abc import Mapping

from bot.core.calls import Call
from bot.core.flow import STRICT, Flow
from bot.core.help import help_now
from bot.core.ports import Flows, Unit
from bot.core.replies import Button, Press, Reply, Style
from bot.core.screens import in_few_rows
from bot.core.texts import Say, Texts, say_p
from handlers.family.gate import FamilyGate

GATE = "gate"
ROWS = 4  # of tools


class FamilyCommands:
    def __init__(self, texts: Texts, flows: Mapping[str, Flow], gate: FamilyGate, running: Flows) -> None:
        self._texts = texts
        self._gate = gate
        self._running = running
        own = [flow for flow in flows.values() if flow.beside.point == "family" and flow.commands]
        self._always = [flow.name for flow in own if flow.beside.gate != STRICT]
        self._strict = [flow.name for flow in own if flow.beside.gate == STRICT]
        self._shared = [flow.name for flow in flows.values() if flow.beside.family and flow.commands]

    async def list(self, call: Call, unit: Unit) -> Reply:
        """Show the tools; those behind the question only after a clear no, else the question."""
        say, is_open = self._texts.of(call.language), await self._gate.passed(call.who, call.at, unit)
        buttons = [self._tool(say, name, "start") for name in self._always]
        if is_open:
            buttons += [self._tool(say, name, "start") for name in self._strict]
        buttons += [self._tool(say, name, "family") for name in self._shared]
        rows = in_few_rows(buttons, ROWS)
        last = (Button(say.label("family.again" if is_open else "family.more"), Press("family", "ask")),)
        blocks = (say_p(say, "family.hello"), say_p(say, "family.device"))
        return Reply(blocks, buttons=(*rows, (*last, help_now(say))))

    async def ask(self, call: Call, unit: Unit) -> Reply:
        """Ask the question of safety by itself. An earlier no ends with it: whoever asks anew is not sure of it any more."""
        assert call.person is not None
        await self._gate.close(call.who, unit)
        return await self._running.begin(GATE, "", call.person, call.language, call.at, unit)

    def _tool(self, say: Say, name: str, action: str) -> Button:
        return Button(say.label(f"{name}.title"), Press(name, action), Style.PLAIN)
