"""`/tools`: every tool, by the four points of the method. Made from the flows: a new tool stands in it by itself."""

from collections.abc import Mapping

from bot.core.features import Action, Command, Feature, Needs
from bot.core.flow import Flow
from bot.core.texts import Texts
from handlers.toolbox.commands import ToolboxCommands


def feature(texts: Texts, flows: Mapping[str, Flow]) -> Feature:
    commands = ToolboxCommands(texts, flows)
    return Feature(
        name="toolbox",
        commands=(Command("tools", commands.points, Needs.NOBODY),),
        presses={"points": Action(commands.points, Needs.NOBODY), "point": Action(commands.point, Needs.NOBODY)},
    )
