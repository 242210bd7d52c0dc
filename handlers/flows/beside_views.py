"""A kept tool beside an earlier one: each answer with both days, in words and as a card. Nothing says which is better."""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from bot.core.flow import Flow, owner, prefix
from bot.core.help import help_now
from bot.core.replies import Button, Picture, Press, Reply, Row
from bot.core.richtext import Block, Bullets, Emphasis, Nodes, Paragraph, Strong, Text, plain
from bot.core.texts import Say, say_h
from bot.core.when import day, day_and_time
from handlers.flows.answers import NOTHING_SHOWN, label_key, named, shown_answer
from handlers.flows.ending import in_pages
from handlers.flows.lines import FAMILY, worded
from handlers.flows.records import ToolEntry

NO_ANSWER = (Text("–"),)


def beside(say: Say, flow: Flow, entry: ToolEntry, before: ToolEntry, zone: ZoneInfo, *, n: int, page: int, more: bool) -> Reply:
    """Return both, answer by answer. `n`: how many lie between them; `more`: there is one before the earlier one."""
    days = _days(say, before, entry, zone)
    both = [*_both(say, flow, before, entry)]
    blocks: list[Block] = [say_h(say, "flow.compare_heading", before=days[0], now=days[1])]
    for label, *answers in both:
        blocks.append(Paragraph((Strong((*label, Text(":"))),)))
        blocks.append(Bullets(tuple((Text(f"{one}: "), *answer) for one, answer in zip(days, answers, strict=True))))
    pages = in_pages(blocks)
    page = min(page, len(pages) - 1)
    shown = list(pages[page])
    if len(pages) > 1:
        shown.append(Paragraph((Emphasis(say("flow.page_of", n=page + 1, of=len(pages))),)))
    rows = (_turns(say, entry, n, page, len(pages)), _earlier(say, entry, n, more=more), _below(say, entry))
    picture = _card(say, flow, entry, days, both) if page == 0 and both else None
    return Reply(tuple(shown), buttons=tuple(row for row in rows if row), picture=picture)


def _days(say: Say, before: ToolEntry, entry: ToolEntry, zone: ZoneInfo) -> tuple[str, str]:
    """Return both days; with the hour where it is the same one."""
    then, now = (day(one.at.astimezone(zone), say.language) for one in (before, entry))
    if then != now:
        return then, now
    return day_and_time(before.at, zone, say.language).text, day_and_time(entry.at, zone, say.language).text


def _both(say: Say, flow: Flow, before: ToolEntry, entry: ToolEntry) -> Iterator[tuple[Nodes, Nodes, Nodes]]:
    """Yield the name of each answer that one of them has, and both answers."""
    family = entry.voice == FAMILY
    for place, name in named(flow, {**before.answers, **entry.answers}):
        step, inner, whole = flow.places[place], owner(flow, place), prefix(place) + name
        if not (key := label_key(say, inner, step, name, family=family)):
            continue
        found = []
        for answers in (before.answers, entry.answers):
            there = whole in answers
            shown = shown_answer(say, inner, step, name, answers[whole], family=family) if there else NOTHING_SHOWN
            found.append(shown.inline or _joined(shown.lines) or NO_ANSWER)
        if found != [NO_ANSWER, NO_ANSWER]:
            yield say(key), found[0], found[1]


def _joined(lines: Sequence[Nodes]) -> Nodes:
    return tuple(node for n, line in enumerate(lines) for node in ((Text(", "),) if n else ()) + line)


def _card(say: Say, flow: Flow, entry: ToolEntry, days: Sequence[str], both: Sequence[tuple[Nodes, Nodes, Nodes]]) -> Picture:
    title = say.label(worded(say, f"{flow.name}.title", family=entry.voice == FAMILY))
    cells = (
        (plain(label), *(f"{one}: {plain(answer)}" for one, answer in zip(days, answers, strict=True))) for label, *answers in both
    )
    return Picture("rows", title, rows=tuple(cells))


def _turns(say: Say, entry: ToolEntry, n: int, page: int, pages: int) -> Row:
    found = (("previous", page - 1, page > 0), ("following", page + 1, page + 1 < pages))
    return tuple(Button(say.label(f"flow.{key}"), _press(entry, n, to)) for key, to, there in found if there)


def _earlier(say: Say, entry: ToolEntry, n: int, *, more: bool) -> Row:
    found = (("compare_earlier", n + 1, more), ("compare_later", n - 1, n > 0))
    return tuple(Button(say.label(f"flow.{key}"), _press(entry, to, 0)) for key, to, there in found if there)


def _below(say: Say, entry: ToolEntry) -> Row:
    return Button(say.label("common.back"), Press("flow", "entry", entry.id)), help_now(say)


def _press(entry: ToolEntry, n: int, page: int) -> Press:
    return Press("flow", "compare", entry.id, f"{n}_{page}")
