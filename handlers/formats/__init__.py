"""A community's own outlines: names, lengths and scripts of the shipped formats changed, or a script of its own."""

from collections.abc import Callable, Mapping

from bot.core.features import Action, Command, Feature, Where
from bot.core.meetings import Hosts
from bot.core.outlines import Outline
from bot.core.ports import Unit
from bot.core.rights import Doors
from bot.core.texts import Texts
from handlers.formats.commands import FormatCommands
from handlers.formats.reading import ReadFile, ReadYaml
from handlers.formats.records import Formats
from handlers.formats.rules import Unreadable


def feature(
    texts: Texts,
    books: Callable[[Unit], Formats],
    hosts: Callable[[Unit], Hosts],
    shipped: Mapping[str, Outline],
    read_yaml: ReadYaml,
) -> Feature:
    """`shipped` outlines by their names; `read_yaml` raises Unreadable."""
    formats = FormatCommands(texts, books, shipped, Doors(hosts), read_yaml)
    return Feature(
        name="formats",
        commands=(Command("meeting format", formats.command, where=Where.ROOM, facilitators=True),),
        presses={
            "list": Action(formats.list),
            "show": Action(formats.show),
            "parts": Action(formats.parts),
            "part": Action(formats.part),
            "edit": Action(formats.edit),
            "file": Action(formats.file),
            "accept": Action(formats.accept),
            "get": Action(formats.get),
            "restore": Action(formats.restore),
        },
        forms={"save": Action(formats.save), "read": Action(formats.read)},
    )


__all__ = ["ReadFile", "ReadYaml", "Unreadable", "feature"]
