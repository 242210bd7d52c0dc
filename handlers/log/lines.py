"""An urge as a line: when, how strong, what set it off, what was done."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from bot.core.richtext import Node, Nodes, Strong, Text
from bot.core.texts import Say
from bot.core.when import day_and_time
from handlers.log.rules import Urge


def line(say: Say, urge: Urge, zone: ZoneInfo) -> Nodes:
    """Return an urge in one line, with its moment first."""
    nodes: tuple[Node, ...] = (Strong((day_and_time(urge.at, zone, say.language),)),)
    return (*nodes, *(Text(f" · {part}") for part in parts(say, urge)))


def parts(say: Say, urge: Urge) -> list[str]:
    """Return what there is to say of an urge besides its moment."""
    made = [*strength(say, urge)]
    if urge.tool == "urgelater" or not made:
        made.insert(0, say.label(f"log.tool_{urge.tool}"))
    if urge.triggers:
        made.append(say.label("log.line_triggers", list=listed(say, "trigger", urge.triggers)))
    if urge.ways:
        made.append(say.label("log.line_ways", list=listed(say, "way", urge.ways)))
    return made


def strength(say: Say, urge: Urge) -> Iterable[str]:
    """Yield the numbers, "8 → 3" or the one there is."""
    match urge.before, urge.after:
        case int(before), int(after):
            yield say.label("log.line_both", before=before, after=after)
        case (int(number), None) | (None, int(number)):
            yield say.label("log.line_one", number=number)


def listed(say: Say, kind: str, values: Iterable[str]) -> str:
    return ", ".join(say.label(f"log.{kind}_{value}") for value in values)
