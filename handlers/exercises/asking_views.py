"""What the one sees whose question it is: their own copy of what the group found, and what they take along of it."""

from collections.abc import Sequence

from bot.core.help import help_row
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Heading, Nodes
from bot.core.screens import in_rows
from bot.core.texts import Say, say_p
from handlers.exercises import rules, views
from handlers.exercises.records import Exercise, Kind, Part

COPY_BUDGET = 900
MOST_A_PAGE = 10


def ways(say: Say, exercise: Exercise, *, asked: bool) -> Row:
    """The way to say, in the room, that it is one's own question; then the way to one's copy. Of what is about all,
    nobody asked."""
    if exercise.kind not in (Kind.IDEAS, Kind.BOARD) or not exercise.topic:
        return ()
    if not asked:
        return (views.press(say, "mine_to_ask", "asks", exercise.id, "on"),)
    return (views.press(say, "copy", "copy", exercise.id),) if exercise.merges else ()


def asks(say: Say, exercise: Exercise) -> Reply:
    """To the one who said that it is their question."""
    back = views.press(say, "not_mine", "asks", exercise.id, "off")
    blocks = (Heading(views.title(say, exercise)), views.about(say, exercise), say_p(say, "exercises.asks"))
    return Reply(blocks, To.ONLY_YOU, ((back,), help_row(say)), replace=False)


def waits(say: Say, exercise: Exercise) -> Reply:
    """A word in private that says nothing of what it is about."""
    show = views.press(say, "copy", "copy", exercise.id, style=Style.MAIN)
    return Reply((say_p(say, "exercises.kept_for_you"),), To.PRIVATE, ((show,), help_row(say)), replace=False)


def copy(say: Say, exercise: Exercise, items: Sequence[rules.Shown], mine: Part, page: int, *, stays: bool) -> Reply:
    """All that the room saw, the most wanted first, each to be taken along with a tap. `stays`: it may be kept, in the
    private chat; else it is there as long as the exercise is on."""
    some, turn = views.paged(say, exercise, ranked(items), page, "copy", COPY_BUDGET, MOST_A_PAGE)
    blocks: list[Block] = [
        Heading(views.title(say, exercise)),
        views.about(say, exercise),
        say_p(say, "exercises.copy_how" if stays else "exercises.copy_how_live"),
    ]
    taken = frozenset(mine.body.chosen)
    if not items:
        blocks.append(say_p(say, "exercises.nothing_left"))
    blocks += views.boxes(say, exercise, some, lambda item: _line(say, item, taken=item.id in taken))
    buttons = [_take(say, item, page, taken=item.id in taken) for item in some]
    rows = [*in_rows(buttons, 5), turn]
    return Reply(tuple(blocks), To.ONLY_YOU, (*(row for row in rows if row), help_row(say)), guarded=True, fleeting=True)


def ranked(items: Sequence[rules.Shown]) -> list[rules.Shown]:
    """Return the items of each box, the most wanted first where a vote said so."""
    return sorted(items, key=lambda item: (item.box, -(item.votes or 0), item.place or len(items) + 1, item.number))


def _line(say: Say, item: rules.Shown, *, taken: bool) -> Nodes:
    key = "item_taken" if taken else "item_votes" if item.votes is not None else "item_place" if item.place else "item_numbered"
    line = views.reads(say, item.words, item.chip)
    if key == "item_votes":
        return say("exercises.item_votes", number=item.number, line=line, votes=item.votes or 0)
    if key == "item_place":
        return say("exercises.item_place", number=item.number, line=line, place=item.place or 0)
    return say(f"exercises.{key}", number=item.number, line=line)


def _take(say: Say, item: rules.Shown, page: int, *, taken: bool) -> Button:
    """The button names what is wanted, so that a second tap changes nothing."""
    label = f"✓ {item.number}" if taken else say.label("exercises.take_button", number=item.number)
    return Button(
        label, Press("exercises", "take", item.id, f"{'off' if taken else 'on'}_{page}"), Style.MAIN if taken else Style.PLAIN
    )
