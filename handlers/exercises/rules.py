"""What holds for exercises: how lines are read, merged, voted for. Pure.

Five-person rule: whatever the room comes to see at once is of five people or more, so that no line, mark or sum points at anybody.
A later merge is a difference between two views of the room: it takes five people with something new again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from bot.core.errors import BadInput
from bot.core.few import FIVE
from bot.core.ids import PersonId
from bot.core.richtext import one_line
from bot.core.zones import folded
from handlers.exercises.records import LONGEST_LINE, Counts, Exercise, Item, Kind, Line, Stage, Vote

VOTES = 3
FEWEST_VOTERS = 3  # of one or two, even the order of what was chosen would be their own choice
FIRST = 3
BOXES: Mapping[Kind, tuple[str, ...]] = {
    Kind.BOARD: ("gives", "costs", "loses", "gains"),  # of going on, then of changing; it ends on what is gained
    Kind.IDEAS: ("ideas",),
    Kind.HELPED: ("helped",),
    Kind.REHEARSAL: ("says",),
}
LINES_A_BOX: Mapping[Kind, int] = {Kind.BOARD: 5, Kind.IDEAS: 10, Kind.HELPED: 1, Kind.REHEARSAL: 3}
ASKED = (Kind.IDEAS, Kind.BOARD, Kind.REHEARSAL)  # of one person: they get a copy of their own
CHIPS = ("walk", "called", "dents", "surfed", "left", "busy", "rest", "ate", "meeting")
MOST_CHIPS = 3

GRANT = timedelta(hours=3)  # how long after the end a facilitator's panel works outside the room
FRESH = timedelta(seconds=3)  # people who write within it are one edit of the room's message
FORGOTTEN = timedelta(minutes=1)  # a promised edit that is older was lost
LOOK = timedelta(minutes=1)  # how often an exercise that is on looks whether its meeting still is
SHOW, FORGET, TIME = "room.exercise_show", "housekeeping.exercises", "room.exercise_time"
MINUTES = (3, 5)  # for ideas: as many as come, before anybody weighs them
PLAY = timedelta(minutes=2)  # of a rehearsal; a word at its end, nobody is cut off


class LineTooLong(BadInput):
    text_key = "exercises.line_too_long"


class TooManyLines(BadInput):
    text_key = "exercises.too_many_lines"


# Writing -----------------------------------------------------------------------------------------------------------------


def lines_from(typed: str) -> list[str]:
    """Return what was typed as lines, one a row, each in one line of plain text and each once. Raises LineTooLong."""
    found = dict.fromkeys(one_line(row) for row in typed.splitlines())
    lines = [line for line in found if line]
    if any(len(line) > LONGEST_LINE for line in lines):
        raise LineTooLong(length=max(len(line) for line in lines))
    return lines


def new_lines(kind: Kind, mine: Sequence[Line], typed: Mapping[int, Sequence[str]]) -> list[tuple[int, str]]:
    """Return what is new of lines typed into boxes, without what the person has written before. Raises TooManyLines."""
    new: list[tuple[int, str]] = []
    for box, words in typed.items():
        written = [line for line in mine if line.box == box and not line.chip]
        known = {alike(line.words) for line in written}
        fresh = {key: one for one in reversed(words) if (key := alike(one)) not in known}
        if len(written) + len(fresh) > LINES_A_BOX[kind]:
            raise TooManyLines(count=len(written) + len(fresh))
        new += [(box, one) for one in reversed(fresh.values())]
    return new


def may_write(exercise: Exercise) -> bool:
    """Whether lines may be written. Of a rehearsal: once something is played, about what the one who plays could say."""
    if exercise.kind is Kind.REHEARSAL:
        return exercise.stage in (Stage.PLAYING, Stage.TALKING)
    return exercise.stage is Stage.WRITING


# Merging -----------------------------------------------------------------------------------------------------------------


def may_merge(exercise: Exercise, counts: Counts) -> bool:
    return may_write(exercise) and counts.waiting >= FIVE


def merged(
    exercise: Exercise, lines: Sequence[Line], items: Sequence[Item], new_id: Callable[[], str]
) -> tuple[list[Line], list[Item]]:
    """Return the lines that wait, each with the item it becomes, and the items that are new; nothing when under five people wrote.

    New items stand behind those that the room knows, in the order of ids drawn just now. A line that reads like one that is there
    joins it, and is hidden where that is.
    """
    waiting = [line for line in lines if not line.item]
    if len({line.person for line in waiting}) < FIVE:
        return [], []
    known = {_same(line): line.item for line in lines if line.item}
    drawn: dict[tuple[int, str, str], str] = {}
    for line in waiting:
        if _same(line) not in known:
            known[_same(line)] = drawn[_same(line)] = new_id()
    last = max((item.number for item in items), default=0)
    new = [Item(id_, exercise.id, last + number) for number, id_ in enumerate(sorted(drawn.values()), 1)]
    return [replace(line, item=known[_same(line)]) for line in waiting], new


def alike(words: str) -> str:
    """What words have in common that read alike: no case, accents, or signs at the ends. Signs alone are themselves."""
    return folded(words).strip(" .,;:?!…") or words


def _same(line: Line) -> tuple[int, str, str]:
    return line.box, line.chip, "" if line.chip else alike(line.words)


# Showing -----------------------------------------------------------------------------------------------------------------


class Shown(Item, frozen=True):
    """An item with what is to be read of it. `people`: a round number of those who wrote it, at least; 0 for none that is told."""

    box: int = 0
    words: str = ""
    chip: str = ""
    people: int = 0


def shown(lines: Iterable[Line], items: Sequence[Item], *, hidden: bool = False) -> list[Shown]:
    """Return what the room may see, by number; with `hidden` also what a facilitator hid. An item without a line is gone."""
    by_item: dict[str, list[Line]] = {}
    for line in lines:
        if line.item:
            by_item.setdefault(line.item, []).append(line)
    whole = len({line.person for group in by_item.values() for line in group})
    return [
        Shown(
            item.id,
            item.exercise,
            item.number,
            item.hidden,
            item.votes,
            item.place,
            by_item[item.id][0].box,
            by_item[item.id][0].words,
            by_item[item.id][0].chip,
            told(len({line.person for line in by_item[item.id]}), whole),
        )
        for item in items
        if item.id in by_item and (hidden or not item.hidden)
    ]


def told(count: int, whole: int) -> int:
    """Return how many people a mark may tell of: in steps of five, and only where those who did not write it are five as well."""
    return count // FIVE * FIVE if count >= FIVE and whole - count >= FIVE else 0


# Voting ------------------------------------------------------------------------------------------------------------------


def may_vote(votes: Sequence[str], items: Sequence[Item], item: str) -> bool:
    """Whether one more vote may be given to an item. Votes for what was hidden or withdrawn are free again."""
    open_to = {one.id for one in items}
    return item in open_to and item not in votes and sum(vote in open_to for vote in votes) < VOTES


def counted(items: Sequence[Item], votes: Iterable[Vote]) -> list[Item]:
    """Return the items as a vote left them. Sums stand there from five voters up; of three or four people only the first three
    have their place (equals share one); of fewer nothing."""
    found: dict[str, set[PersonId]] = {item.id: set() for item in items}
    for vote in votes:
        if vote.item in found:
            found[vote.item].add(vote.person)
    voters = {person for people in found.values() for person in people}
    sums = {item: len(people) for item, people in found.items()}
    if len(voters) >= FIVE:
        return [replace(item, votes=sums[item.id]) for item in items]
    if len(voters) < FEWEST_VOTERS:
        return list(items)
    places = {item: 1 + sum(other > count for other in sums.values()) for item, count in sums.items() if count}
    return [replace(item, place=place) if (place := places.get(item.id, 0)) and place <= FIRST else item for item in items]


def has_result(items: Iterable[Item]) -> bool:
    return any(item.votes is not None or item.place is not None for item in items)


# Pages -------------------------------------------------------------------------------------------------------------------


def units(words: str) -> int:
    """Return the length in UTF-16 units, as the narrowest platforms count."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def fitting(lengths: Sequence[Sequence[int]], budget: int) -> list[int]:
    """Return how many of each box fit into one message: one of each in turn, so that no box pushes out another."""
    taken, open_to = [0] * len(lengths), list(range(len(lengths)))
    while open_to:
        for box in tuple(open_to):
            if taken[box] == len(lengths[box]) or lengths[box][taken[box]] > budget:
                open_to.remove(box)
                continue
            budget -= lengths[box][taken[box]]
            taken[box] += 1
    return taken


# Moments -----------------------------------------------------------------------------------------------------------------


def is_promised(exercise: Exercise, now: datetime) -> bool:
    """Whether a fresh message is on its way already."""
    return exercise.asked_at is not None and now - exercise.asked_at < FORGOTTEN


def is_time_up(exercise: Exercise, now: datetime) -> bool:
    return exercise.until is not None and now >= exercise.until
