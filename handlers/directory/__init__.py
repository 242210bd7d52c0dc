"""The list of a community's meetings: /meetings, by filter, by page, by name."""

from collections.abc import Callable

from bot.core.coming import ComingBook
from bot.core.features import Action, Command, Feature, Option
from bot.core.ports import Unit
from bot.core.texts import Texts
from handlers.directory.commands import DirectoryCommands
from handlers.directory.records import DirectoryBook


def feature(
    texts: Texts,
    books: Callable[[Unit], ComingBook],
    directory: Callable[[Unit], DirectoryBook],
) -> Feature:
    commands = DirectoryCommands(texts, books, directory)
    return Feature(
        name="directory",
        commands=(Command("meetings", commands.meetings, aliases=("treffen",), options=(Option("meeting", completes=True),)),),
        presses={"list": Action(commands.turn)},
        completes={"meetings meeting": commands.complete},
    )


__all__ = ["DirectoryBook", "feature"]
