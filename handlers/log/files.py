"""The log as files: a table with every urge, and a sheet of paper. Their names say nothing."""

from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from bot.core import spreadsheet
from bot.core.replies import File, Paper
from bot.core.richtext import Block, Node, Nodes, Paragraph, Strong, Text, Words
from bot.core.texts import Say, say_p
from bot.core.when import clock_time, day
from handlers.log.lines import listed, parts
from handlers.log.pictures import trend
from handlers.log.rules import Urge

NAME = "notes"
ON_PAPER = 500  # urges: more would be a book, and take long to lay out; the table has them all
COLUMNS = ("when", "tool", "before", "after", "triggers", "ways", "lasted", "went", "where", "who", "thoughts", "feelings", "note")


def as_table(say: Say, urges: Iterable[Urge], zone: ZoneInfo) -> File:
    """Return a row for each urge, in the order given."""
    rows = (_cells(say, urge, zone) for urge in urges)
    content = spreadsheet.table([say.label(f"log.column_{name}") for name in COLUMNS], rows)
    return File(f"{NAME}.csv", content, "text/csv; charset=utf-8")


def _cells(say: Say, urge: Urge, zone: ZoneInfo) -> Sequence[str]:
    words = dict(urge.words)
    return (
        urge.at.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        say.label(f"log.tool_{urge.tool}"),
        "" if urge.before is None else str(urge.before),
        "" if urge.after is None else str(urge.after),
        listed(say, "trigger", urge.triggers),
        listed(say, "way", urge.ways),
        say.label(f"log.lasted_{urge.lasted}") if urge.lasted else "",
        say.label(f"log.went_{urge.went}") if urge.went else "",
        *(words.get(name, "") for name in COLUMNS[8:]),
    )


def as_paper(say: Say, urges: Sequence[Urge], zone: ZoneInfo) -> Paper:
    """Return the sheet: the newest first, each with what was written. `urges`: oldest first."""
    blocks: list[Block] = []
    if len(urges) > ON_PAPER:
        blocks.append(say_p(say, "log.paper_newest", count=ON_PAPER, of=len(urges)))
    for urge in urges[: -ON_PAPER - 1 : -1]:
        when = f"{day(urge.at.astimezone(zone), say.language)}, {clock_time(urge.at, zone, say.language).text}"
        blocks += [Paragraph((Strong((Text(when),)),)), Paragraph(_in_full(say, urge))]
    instead = (say_p(say, "log.text_instead"),)
    return Paper(NAME, say.label("log.heading"), tuple(blocks), trend(say, urges, zone), say.label("log.gaps"), instead)


def _in_full(say: Say, urge: Urge) -> Nodes:
    """Return all that was noted of an urge besides its moment, the person's words each on a line of its own."""
    nodes: list[Node] = [Text(" · ".join(parts(say, urge)))]
    more = [say.label(f"log.{name}_{value}") for name, value in (("lasted", urge.lasted), ("went", urge.went)) if value]
    if more:
        nodes.append(Text("\n" + " · ".join(more)))
    for name, words in urge.words:
        nodes += [Text(f"\n{say.label(f'log.column_{name}')}: "), Words(words)]
    return tuple(nodes)
