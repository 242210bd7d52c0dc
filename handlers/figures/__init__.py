"""/figures: how a community's meetings went, month by month, for its facilitators."""

from collections.abc import Callable

from bot.core.features import Action, Command, Feature, Where
from bot.core.meetings import Hosts
from bot.core.ports import Unit
from bot.core.rights import Doors
from bot.core.texts import Texts
from handlers.figures.commands import FigureCommands
from handlers.figures.records import FigureBook


def feature(texts: Texts, books: Callable[[Unit], FigureBook], hosts: Callable[[Unit], Hosts]) -> Feature:
    """A facilitator's presses are checked in the handlers, by role or by a grant that the role left."""
    commands = FigureCommands(texts, books, Doors(hosts))
    return Feature(
        name="figures",
        commands=(
            Command("facilitator figures", commands.command, where=Where.ROOM, aliases=("figures", "zahlen"), facilitators=True),
        ),
        presses={"of": Action(commands.show), "series": Action(commands.series), "file": Action(commands.file)},
    )
