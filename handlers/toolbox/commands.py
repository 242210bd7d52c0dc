"""The points of the method, and the tools of one point."""

from collections.abc import Mapping

from bot.core.calls import Call
from bot.core.flow import Flow
from bot.core.help import help_now
from bot.core.ports import Unit
from bot.core.replies import Button, Press, Reply, Row, Style
from bot.core.richtext import Bullets, Nodes, Strong, Text
from bot.core.screens import in_few_rows
from bot.core.texts import Say, Texts, say_h, say_p

POINTS = ("1", "2", "3", "4")
FRONT_DOOR = "urge"  # first of its point
ROWS = 4  # of tools; the way back and help stand below


class ToolboxCommands:
    def __init__(self, texts: Texts, flows: Mapping[str, Flow]) -> None:
        self._texts = texts
        shown = sorted((flow for flow in flows.values() if flow.commands), key=lambda flow: flow.name != FRONT_DOOR)
        self._of = {point: [flow for flow in shown if flow.beside.point == point] for point in POINTS}

    async def points(self, call: Call, unit: Unit) -> Reply:
        """Show the four points, and the door for relatives."""
        say = self._texts.of(call.language)
        rows: list[Row] = [(Button(say.label(f"toolbox.point_{n}"), Press("toolbox", "point", value=n)),) for n in POINTS]
        family = Button(say.label("toolbox.family"), Press("family", "list"), private=True)
        return Reply((say_p(say, "toolbox.hello"),), buttons=(*rows, (family, help_now(say))))

    async def point(self, call: Call, unit: Unit) -> Reply:
        """List a point's tools, each with what it is for; a forged point is the list of points."""
        if call.press.value not in self._of:
            return await self.points(call, unit)
        say, flows = self._texts.of(call.language), self._of[call.press.value]
        listed = Bullets(tuple(_told(say, flow) for flow in flows))
        buttons = [Button(say.label(f"{flow.name}.title"), Press(flow.name, "start"), private=True) for flow in flows]
        rows = in_few_rows(buttons, ROWS)
        back = Button(say.label("common.back"), Press("toolbox", "points"), Style.PLAIN)
        return Reply((say_h(say, f"toolbox.point_{call.press.value}"), listed), buttons=(*rows, (back, help_now(say))))


def _told(say: Say, flow: Flow) -> Nodes:
    name = flow.commands[0]
    return (Strong(say(f"{flow.name}.title")), Text(" – "), *say(f"{flow.name}.command_{name}"), Text(f" (/{name})"))
