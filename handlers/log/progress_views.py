"""What was kept, over time: counts, what came before a lower number, ratings, the wheel, plans. No score, no goal, no verdict."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from bot.core.flow import line_mark
from bot.core.help import help_now
from bot.core.replies import Button, Picture, Press, Reply, Row
from bot.core.richtext import Block, Bullets, Node, Paragraph, Strong, Text, Words, one_line
from bot.core.screens import LABEL, cut, in_rows, page
from bot.core.texts import Say, say_h, say_p
from bot.core.when import day
from handlers.log.helped import FIVE, Helped
from handlers.log.over_time import MOST_THEMES, Theme, Wheel
from handlers.log.records import FAMILY
from handlers.log.recurring import Recurring

HELPED, RATINGS, WHEEL, PLANS, BELIEFS, KEPT, WEEKS = "helped", "ratings", "wheel", "plans", "beliefs", "kept", "weeks"
KEPT_TOOLS = 8  # tools on a page of those of which something is kept
WENT = ("done", "partly", "no", "changed")
MOST_RATINGS = 6  # of a theme, in words
MOST_DRAWN = 30
MOST_BELIEFS = 6
LONGEST_BELIEF = 150  # characters of one in the list


def overview(say: Say, counts: Mapping[str, int], voice: str, *, relative: bool, replace: bool) -> Reply:
    """Return how much there is of each part, with a button for each. `counts`: by part; 0 leaves it out. `relative`: they have
    entries as one, which are shown apart."""
    there = [part for part in (WEEKS, HELPED, BELIEFS, RATINGS, WHEEL, PLANS) if counts.get(part)]
    if there:
        blocks: list[Block] = [
            say_h(say, "progress.heading"),
            Bullets(tuple(say(f"progress.count_{part}", count=counts[part]) for part in there)),
            say_p(say, "progress.made_of"),
        ]
    else:
        blocks = [say_h(say, "progress.heading"), say_p(say, "progress.kept_only" if counts.get(KEPT) else "progress.empty")]
    parts = [Button(say.label(f"progress.{part}_button"), press(part, voice)) for part in there]
    rows: list[Row] = [*in_rows(parts, 2)]
    if counts.get(KEPT):
        rows.append((Button(say.label("progress.kept_button"), press(KEPT, voice)),))
    other: Row = ()
    if voice == FAMILY:
        other = (Button(say.label("progress.own_button"), Press("progress", "show")),)
    elif relative:
        other = (Button(say.label("progress.relative_button"), Press("progress", "show", FAMILY)),)
    log = () if voice == FAMILY else (Button(say.label("progress.log_button"), Press("log", "show")),)
    rows.append((*log, *other, help_now(say)))
    return Reply(tuple(blocks), buttons=tuple(rows), replace=replace)


def press(part: str, voice: str) -> Press:
    return Press("progress", "part", voice or "own", part)


def _below(say: Say, voice: str) -> tuple[Row, ...]:
    return ((Button(say.label("common.back"), Press("progress", "show", voice)), help_now(say)),)


def what_helped(say: Say, found: Sequence[Helped]) -> Reply:
    """Return the ways with their numbers, and those of which there are too few entries."""
    told, others = [one for one in found if one.is_told], [one for one in found if not one.is_told]
    blocks: list[Block] = [say_h(say, "progress.helped_heading"), say_p(say, "progress.helped_how")]
    if told:
        blocks.append(Bullets(tuple(_way(say, one) for one in told)))
    if others:
        blocks.append(say_p(say, "progress.helped_few", least=FIVE))
        blocks.append(Bullets(tuple(say("progress.helped_missing", way=_name(say, one), missing=one.missing) for one in others)))
    return Reply(tuple(blocks), buttons=_below(say, ""))


def _way(say: Say, one: Helped) -> tuple[Node, ...]:
    said = say("progress.helped_way", way=_name(say, one), lower=one.lower, entries=one.entries)
    by = ceil(one.middle)
    return (*said, Text(" "), *say("progress.helped_by", by=by)) if by > 0 else said


def _name(say: Say, one: Helped) -> str:
    return say.label(f"progress.way_{one.way}")


def ratings(say: Say, found: Sequence[Theme], zone: ZoneInfo) -> Reply:
    """Return the ratings of what was rated last, theme by theme; the picture is of the first."""
    blocks: list[Block] = [say_h(say, "progress.ratings_heading")]
    for theme in found[:MOST_THEMES]:
        title = (Words(theme.title),) if theme.title else say("progress.no_title")
        blocks.append(Paragraph((Strong(title),)))
        shown = theme.ratings[-MOST_RATINGS:]
        if len(theme.ratings) > len(shown):
            blocks.append(say_p(say, "progress.ratings_last", count=len(shown), of=len(theme.ratings)))
        blocks.append(Bullets(tuple(_rating(say, one.at, one.importance, one.confidence, zone) for one in shown)))
    if len(found) > MOST_THEMES:
        blocks.append(say_p(say, "progress.ratings_others", count=len(found) - MOST_THEMES))
    return Reply(tuple(blocks), buttons=_below(say, ""), picture=_trend(say, found[0], zone) if found else None)


def _rating(say: Say, at: datetime, importance: int | None, confidence: int | None, zone: ZoneInfo) -> tuple[Node, ...]:
    parts = [
        say.label(f"progress.{name}", number=number)
        for name, number in (("importance", importance), ("confidence", confidence))
        if number is not None
    ]
    return (Text(f"{_day(at, zone, say)}: {', '.join(parts)}"),)


def _trend(say: Say, theme: Theme, zone: ZoneInfo) -> Picture:
    shown = theme.ratings[-MOST_DRAWN:]
    lines = [[one.importance for one in shown], [one.confidence for one in shown]]
    points = tuple((float(n), -1.0 if number is None else float(number)) for line in lines for n, number in enumerate(line))
    days = tuple(_day(one.at, zone, say) for one in shown)
    names = (say.label("progress.importance_name"), say.label("progress.confidence_name"))
    twin = Bullets(tuple(_rating(say, one.at, one.importance, one.confidence, zone) for one in shown))
    return Picture("trend", theme.title or say.label("progress.ratings_heading"), points, days, (twin,), (names,))


def wheel(say: Say, found: Wheel, labels: Mapping[str, str], voice: str, zone: ZoneInfo) -> Reply:
    """Return the newest wheel beside an earlier one. `labels`: how an area reads, where it is not in the person's own words."""
    blocks: list[Block] = [say_h(say, "progress.wheel_heading")]
    if found.before is not None:
        blocks.append(say_p(say, "progress.wheel_days", before=_day(found.before, zone, say), now=_day(found.at, zone, say)))
    else:
        blocks.append(say_p(say, "progress.wheel_first", now=_day(found.at, zone, say)))
    twin = Bullets(tuple((*_area(labels, area), Text(f": {_numbers(now, then)}")) for area, now, then in found.areas))
    points = tuple((float(now), -1.0 if then is None else float(then)) for _, now, then in found.areas)
    names = (_day(found.at, zone, say), _day(found.before, zone, say) if found.before is not None else "")
    areas = tuple(labels.get(area, area) for area, _, _ in found.areas)
    picture = Picture("radar", say.label("progress.wheel_heading"), points, areas, (twin,), (names,))
    return Reply(tuple(blocks), buttons=_below(say, voice), picture=picture)


def _area(labels: Mapping[str, str], area: str) -> tuple[Node, ...]:
    return (Text(labels[area]),) if area in labels else (Words(area),)


def _numbers(now: int, then: int | None) -> str:
    return f"{now}" if then is None else f"{then} → {now}"


def weeks(say: Say, picture: Picture, voice: str) -> Reply:
    """Return four weeks' check-ins, as the person gave them."""
    blocks = (say_h(say, "progress.weeks_heading"), say_p(say, "progress.weeks_how"))
    return Reply(blocks, buttons=_below(say, voice), picture=picture)


def plans(say: Say, went: Mapping[str, int]) -> Reply:
    """Return how what was planned went, as the person said it."""
    lines = tuple(say(f"progress.went_{name}", count=went[name]) for name in WENT if went.get(name))
    blocks = (say_h(say, "progress.plans_heading"), Bullets(lines), say_p(say, "progress.plans_how"))
    return Reply(blocks, buttons=_below(say, ""))


def beliefs(say: Say, found: Sequence[Recurring], zone: ZoneInfo) -> Reply:
    """Return the thoughts that came back, each with a button that looks at it closely."""
    shown = found[:MOST_BELIEFS]
    lines = []
    for number, one in enumerate(shown, 1):
        times = say("progress.beliefs_times", count=one.times, day=_day(one.at, zone, say))
        lines.append(Paragraph((Text(f"{number}. "), Words(cut(one.line, LONGEST_BELIEF)), Text("\n"), *times)))
    presses = [Press("flow", "line", one.entry, f"dispute_{line_mark(one.line)}") for one in shown]
    labels = [f"{number}. {cut(one_line(one.line), LABEL - 4)}" for number, one in enumerate(shown, 1)]
    looks = list(map(Button, labels, presses))
    head = (say_h(say, "progress.beliefs_heading"), say_p(say, "progress.beliefs_how"))
    rows = (*in_rows(looks, 1 if len(looks) <= 3 else 2), *_below(say, ""))
    return Reply((*head, *lines, say_p(say, "progress.beliefs_which")), buttons=rows)


def kept(say: Say, tools: Sequence[tuple[str, int]], voice: str, number: int) -> Reply:
    """Return the tools of which something is kept, and how much, each with a button for its list."""
    some = page(tools, number, KEPT_TOOLS)
    counted = [f" ({count})" for _, count in some.some]
    labels = [cut(say.label(f"{tool}.title"), LABEL - len(n)) + n for (tool, _), n in zip(some.some, counted, strict=True)]
    buttons = [Button(label, Press("flow", "shelf", tool, voice)) for label, (tool, _) in zip(labels, some.some, strict=True)]
    ways = [Button(say.label("common.back"), Press("progress", "show", voice))]
    if some.number:
        ways.append(Button(say.label("progress.kept_previous"), press(f"{KEPT}_{some.number - 1}", voice)))
    if some.more:
        ways.append(Button(say.label("progress.kept_next"), press(f"{KEPT}_{some.number + 1}", voice)))
    rows = (*in_rows(buttons, 1 if len(buttons) <= KEPT_TOOLS // 2 else 2), (*ways, help_now(say)))
    return Reply((say_h(say, "progress.kept_button"), say_p(say, "progress.kept_how")), buttons=rows)


def nothing(say: Say, voice: str) -> Reply:
    """Return what is said where there is nothing of a part any more."""
    return Reply((say_p(say, "progress.empty"),), buttons=_below(say, voice))


def _day(at: datetime, zone: ZoneInfo, say: Say) -> str:
    return day(at.astimezone(zone), say.language)
