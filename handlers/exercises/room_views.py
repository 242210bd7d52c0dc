"""The one living message that an exercise has in the room: how to join in, how many did, and what was brought together."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.help import help_now
from bot.core.replies import Button, Picture, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Heading, Nodes
from bot.core.texts import Say, say_p
from bot.core.when import clock_time
from handlers.exercises import asking_views, rehearsal_views, rules, views
from handlers.exercises import parts as cast
from handlers.exercises.records import Counts, Exercise, Kind, Part, Role, Stage

BUDGET = 1100  # UTF-16 units of lines in the room: with all else it stays one message, or its last edit would leave parts behind


def message(
    say: Say,
    exercise: Exercise,
    counts: Counts,
    items: Sequence[rules.Shown],
    parts: Sequence[Part],
    voters: int,
    zone: ZoneInfo,
    now: datetime,
    *,
    pictured: bool = False,
) -> Reply:
    blocks: list[Block] = [Heading(views.title(say, exercise))]
    picture: Picture | None = None
    if not exercise.is_on:
        blocks.append(say_p(say, "exercises.ended"))
        return _reply(exercise, blocks, ((help_now(say),),))
    time_up = rules.is_time_up(exercise, now)
    if exercise.kind is Kind.REHEARSAL:
        more_blocks, rows = rehearsal_views.message(say, exercise, parts, counts, items, zone, time_up=time_up)
        return _reply(exercise, [*blocks, *more_blocks], rows)
    blocks.append(views.about(say, exercise))
    asked = bool(cast.would(parts, Role.ASKS))
    if asked:
        blocks.append(say_p(say, "exercises.asked"))
    if not exercise.merges:
        blocks += [*_time(say, exercise, zone, time_up=time_up), say_p(say, "exercises.how")]
        blocks.append(say_p(say, "exercises.writers", count=counts.writers))
        return _reply(exercise, blocks, _buttons(say, exercise, more=0, asked=asked))
    listed = _listed(exercise, items)
    by_box = [[item for item in listed if item.box == box] for box in range(len(rules.BOXES[exercise.kind]))]
    lengths = [[views.length(say, item) for item in of_box] for of_box in by_box]
    fit = [item for of_box, count in zip(by_box, rules.fitting(lengths, BUDGET), strict=True) for item in of_box[:count]]
    more = len(listed) - len(fit)
    blocks += _state(say, exercise, counts, voters, result=rules.has_result(items))
    shown = _placed(say, fit) if exercise.stage is Stage.VOTED and rules.has_result(items) else views.boxes(say, exercise, fit)
    if not shown:
        shown = [say_p(say, "exercises.nothing_left")]
    if more:
        shown.append(say_p(say, "exercises.more", count=more))
    if exercise.kind is Kind.BOARD and pictured and fit:
        picture = table(say, fit, shown)
    else:
        blocks += shown
    return replace(_reply(exercise, blocks, _buttons(say, exercise, more=more, asked=asked)), picture=picture)


def _reply(exercise: Exercise, blocks: Sequence[Block], rows: tuple[Row, ...]) -> Reply:
    return Reply(tuple(blocks), To.ROOM, rows, slot=exercise.slot, quiet=True)


def _time(say: Say, exercise: Exercise, zone: ZoneInfo, *, time_up: bool) -> list[Block]:
    """How ideas come: many first, while the gentle timer runs."""
    if exercise.kind is not Kind.IDEAS:
        return []
    if time_up or exercise.until is None:
        return [say_p(say, "exercises.many_time_up" if time_up else "exercises.many")]
    return [say_p(say, "exercises.many"), say_p(say, "exercises.many_until", until=clock_time(exercise.until, zone, say.language))]


def _state(say: Say, exercise: Exercise, counts: Counts, voters: int, *, result: bool) -> list[Block]:
    match exercise.stage:
        case Stage.VOTING:
            return [say_p(say, "exercises.voting"), say_p(say, "exercises.voters", count=voters)]
        case Stage.VOTED:
            return [say_p(say, "exercises.voted" if result else "exercises.voted_few")]
        case _:
            said: list[Block] = [say_p(say, "exercises.merged")]
            if counts.waiting:
                said.append(say_p(say, "exercises.added", count=counts.waiting))
            return said


def _listed(exercise: Exercise, items: Sequence[rules.Shown]) -> list[rules.Shown]:
    """What is listed, in its order: after a vote what was voted for, the most wanted first."""
    if exercise.stage is not Stage.VOTED or not rules.has_result(items):
        return list(items)
    wanted = [item for item in items if item.votes or item.place]
    return sorted(wanted, key=lambda item: (-(item.votes or 0), item.place or 0, item.number))


def _placed(say: Say, items: Sequence[rules.Shown]) -> list[Block]:
    return [Bullets(tuple(_result(say, item) for item in items))] if items else []


def _result(say: Say, item: rules.Shown) -> Nodes:
    line = views.reads(say, item.words, item.chip)
    if item.votes is not None:
        return say("exercises.item_votes", number=item.number, line=line, votes=item.votes)
    return say("exercises.item_place", number=item.number, line=line, place=item.place or 0)


def _buttons(say: Say, exercise: Exercise, *, more: int, asked: bool) -> tuple[Row, ...]:
    row: list[Button] = []
    match exercise.stage:
        case Stage.WRITING:
            row.append(views.press(say, "write", "write", exercise.id, style=Style.MAIN))
        case Stage.VOTING:
            row.append(views.press(say, "ballot", "ballot", exercise.id, style=Style.MAIN))
    if exercise.stage is not Stage.WRITING or exercise.merges:
        row.append(views.press(say, "mine", "mine", exercise.id))
    if more:
        row.append(views.press(say, "read", "read", exercise.id))
    last = (*asking_views.ways(say, exercise, asked=asked), help_now(say))
    return (tuple(row), last)


def table(say: Say, items: Sequence[rules.Shown], twin: Sequence[Block]) -> Picture:
    """The board as a picture: four headings, then each line with the number of its box."""
    headings = tuple(say.label(f"exercises.cell_{box}") for box in rules.BOXES[Kind.BOARD])
    lines = tuple(item.words or say.label(f"exercises.chip_{item.chip}") for item in items)
    points = tuple((float(item.box), float(order)) for order, item in enumerate(items))
    return Picture("table", say.label("exercises.title_board"), points, (*headings, *lines), tuple(twin))
