"""The urge log as lines, pictures and files. Every picture has the same in words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_time, get_day_names, get_time_format

from bot.core import spreadsheet
from bot.core.help import help_now
from bot.core.replies import Button, File, Paper, Picture, Press, Reply, Row, Style
from bot.core.richtext import Block, Bullets, Node, Nodes, Paragraph, Strong, Text, Words
from bot.core.texts import Say, say_h, say_p
from bot.core.when import day_and_time
from handlers.log.rules import Urge

PAGE = 5
TREND, HEAT, COUNTS = "trend", "heat", "counts"
PICTURES = (TREND, HEAT, COUNTS)
MOST_POINTS = 30  # times in the picture over time, and in its twin
COLUMNS = ("when", "tool", "before", "after", "triggers", "ways", "lasted", "went", "where", "who", "thoughts", "feelings", "note")
NAME = "notes"  # of every file: it says nothing


def lines(say: Say, urges: Sequence[Urge], zone: ZoneInfo, page: int, *, more: bool, replace: bool) -> Reply:
    """Return a page of the log, the newest first, with a button for each line."""
    add = Button(say.label("log.add"), Press("urgelog", "start"), Style.MAIN)
    if not urges and page == 0:
        return Reply((say_h(say, "log.heading"), say_p(say, "log.empty")), buttons=((add, help_now(say)),), replace=replace)
    blocks: list[Block] = [say_h(say, "log.heading")]
    blocks += [Paragraph((Text(f"{n}. "), *line(say, urge, zone))) for n, urge in enumerate(urges, 1)]
    blocks.append(say_p(say, "log.open_which"))
    opens = tuple(Button(str(n), Press("flow", "entry", urge.id)) for n, urge in enumerate(urges, 1))
    turns = _turns(say, page, more=more)
    looks = tuple(Button(say.label(f"log.{kind}_button"), Press("log", "picture", value=kind)) for kind in PICTURES)
    files = (
        Button(say.label("common.send_file"), Press("log", "file")),
        Button(say.label("log.progress_button"), Press("progress", "show")),
    )
    return Reply(
        tuple(blocks), buttons=tuple(row for row in (opens, (*turns, add), looks, (*files, help_now(say))) if row), replace=replace
    )


def _turns(say: Say, page: int, *, more: bool) -> Row:
    found = (("newer", page - 1, page > 0), ("older", page + 1, more))
    return tuple(Button(say.label(f"log.{key}"), Press("log", "show", value=str(to))) for key, to, there in found if there)


def line(say: Say, urge: Urge, zone: ZoneInfo) -> Nodes:
    """Return an urge in one line: when, how strong, what set it off, what was done."""
    nodes: tuple[Node, ...] = (Strong((day_and_time(urge.at, zone, say.language),)),)
    parts = [*_strength(say, urge)]
    if urge.tool == "urgelater" or not parts:
        parts.insert(0, say.label(f"log.tool_{urge.tool}"))
    if urge.triggers:
        parts.append(say.label("log.line_triggers", list=_listed(say, "trigger", urge.triggers)))
    if urge.ways:
        parts.append(say.label("log.line_ways", list=_listed(say, "way", urge.ways)))
    return (*nodes, *(Text(f" · {part}") for part in parts))


def _strength(say: Say, urge: Urge) -> Iterable[str]:
    match urge.before, urge.after:
        case int(before), int(after):
            yield say.label("log.line_both", before=before, after=after)
        case (int(number), None) | (None, int(number)):
            yield say.label("log.line_one", number=number)


def _listed(say: Say, kind: str, values: Iterable[str]) -> str:
    return ", ".join(say.label(f"log.{kind}_{value}") for value in values)


# Pictures -----------------------------------------------------------------------------------------------------------


def picture(say: Say, urges: Sequence[Urge], zone: ZoneInfo, kind: str) -> Reply:
    """Return one of the pictures below each other, with the others a tap away. `urges`: oldest first."""
    made = {TREND: trend, HEAT: heat, COUNTS: counts}[kind](say, urges, zone)
    others = tuple(
        Button(say.label(f"log.{other}_button"), Press("log", "picture", value=other)) for other in PICTURES if other != kind
    )
    back = (Button(say.label("common.back"), Press("log", "show")), help_now(say))
    said = (say_h(say, f"log.{kind}_title"),) if made is not None else (say_p(say, "log.picture_none"),)
    return Reply(said, buttons=(others, back), picture=made)


def trend(say: Say, urges: Sequence[Urge], zone: ZoneInfo) -> Picture | None:
    shown = sorted((urge for urge in urges if urge.before is not None or urge.after is not None), key=lambda urge: urge.at)
    shown = shown[-MOST_POINTS:]
    if not shown:
        return None
    points = [(float(n), _point(urge.before)) for n, urge in enumerate(shown)]
    points += [(float(n), _point(urge.after)) for n, urge in enumerate(shown)]
    names = (say.label("log.column_before"), say.label("log.column_after"))
    twin = Bullets(tuple((Text(f"{_day(urge.at, zone, say.language)}: {', '.join(_strength(say, urge))}"),) for urge in shown))
    days = tuple(_day(urge.at, zone, say.language) for urge in shown)
    return Picture(TREND, say.label("log.trend_title"), tuple(points), days, (twin,), (names,))


def heat(say: Say, urges: Sequence[Urge], zone: ZoneInfo) -> Picture | None:
    at = [urge.at.astimezone(zone) for urge in urges if urge.tool != "urgelater" and _is_urge(urge)]
    if not at:
        return None
    language = say.language.replace("-", "_")
    names = get_day_names("abbreviated", "stand-alone", language)
    days, hours = tuple(names[n] for n in range(7)), tuple(_hour(n, language) for n in range(24))
    often = Counter((one.weekday(), one.hour) for one in at)
    by_day = (
        (days[day], ", ".join(f"{hours[hour]} ({often[day, hour]})" for hour in range(24) if often[day, hour])) for day in range(7)
    )
    twin = Bullets(tuple((Text(f"{day}: {said}"),) for day, said in by_day if said))
    points = tuple((float(one.hour), float(one.weekday())) for one in at)
    return Picture(HEAT, say.label("log.heat_title"), points, days, (twin,), (hours,))


def counts(say: Say, urges: Sequence[Urge], _: ZoneInfo) -> Picture | None:
    often = Counter(trigger for urge in urges for trigger in urge.triggers).most_common()
    if not often:
        return None
    labels = tuple(say.label(f"log.trigger_{trigger}") for trigger, _ in often)
    twin = Bullets(tuple((Text(f"{label}: {count}"),) for label, (_, count) in zip(labels, often, strict=True)))
    points = tuple((float(n), float(count)) for n, (_, count) in enumerate(often))
    return Picture(COUNTS, say.label("log.counts_title"), points, labels, (twin,))


def _is_urge(urge: Urge) -> bool:
    """Whether it is about one urge: not lines that were prepared for another day."""
    return urge.before is not None or urge.after is not None or bool(urge.triggers)


def _point(number: int | None) -> float:
    return -1.0 if number is None else float(number)


def _day(at: datetime, zone: ZoneInfo, language: str) -> str:
    return str(format_skeleton("MMMd", at.astimezone(zone), locale=language.replace("-", "_")))


def _hour(hour: int, language: str) -> str:
    """Return an hour as the language says it: 18, or 6 PM."""
    is_halved = "a" in get_time_format("short", language).pattern
    return str(format_time(time(hour), "h a" if is_halved else "HH", locale=language))


# Files --------------------------------------------------------------------------------------------------------------


def choose_file(say: Say) -> Reply:
    kinds = tuple(Button(say.label(f"log.as_{kind}"), Press("log", "file_as", value=kind)) for kind in ("csv", "pdf"))
    return Reply(
        (say_p(say, "log.file_which"),), buttons=(kinds, (Button(say.label("common.back"), Press("log", "show")), help_now(say)))
    )


def sent(say: Say, content: File | Paper) -> Reply:
    """Return the file, below the screen that asked for it. Nothing else keeps it."""
    file, paper = (content, None) if isinstance(content, File) else (None, content)
    return Reply((say_p(say, "log.file"),), buttons=((help_now(say),),), file=file, paper=paper, replace=False, fleeting=True)


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
        _listed(say, "trigger", urge.triggers),
        _listed(say, "way", urge.ways),
        say.label(f"log.lasted_{urge.lasted}") if urge.lasted else "",
        say.label(f"log.went_{urge.went}") if urge.went else "",
        *(words.get(name, "") for name in COLUMNS[8:]),
    )


def as_paper(say: Say, urges: Sequence[Urge], zone: ZoneInfo) -> Paper:
    """Return the sheet: the newest first, each with what was written. `urges`: oldest first."""
    blocks: list[Block] = []
    for urge in reversed(urges):
        blocks.append(Paragraph(line(say, urge, zone)))
        if urge.lasted or urge.went:
            said = [say.label(f"log.{name}_{value}") for name, value in (("lasted", urge.lasted), ("went", urge.went)) if value]
            blocks.append(Paragraph((Text(" · ".join(said)),)))
        blocks += [Paragraph((Text(f"{say.label(f'log.column_{name}')}: "), Words(words))) for name, words in urge.words]
    instead = (say_p(say, "log.text_instead"),)
    return Paper(NAME, say.label("log.heading"), tuple(blocks), trend(say, urges, zone), say.label("log.gaps"), instead)
