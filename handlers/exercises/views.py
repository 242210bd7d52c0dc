"""What a participant sees of an exercise: each screen is for one person alone.

A screen with the lines of others is fleeting: an answer that is kept for a repeated act would outlive a line that was taken back.
"""

from collections.abc import Callable, Sequence

from bot.core.help import help_now, help_row
from bot.core.replies import Button, Field, FieldKind, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Heading, Nodes, Words
from bot.core.screens import page as page_of
from bot.core.texts import Say, say_h, say_p
from handlers.exercises import parts as cast
from handlers.exercises import rules
from handlers.exercises.records import LONGEST_LINE, LONGEST_TOPIC, Exercise, Item, Kind, Line

OWN_PAGE = 8  # own lines on one screen, each with its button
BALLOT_PAGE = 6
MARK = 9  # hex digits of a line's id in its button
READ_BUDGET = 1400  # UTF-16 units of one page: with headings it stays one message everywhere


def press(say: Say, button: str, action: str, subject: str, value: str = "", style: Style = Style.PLAIN) -> Button:
    return Button(say.label(f"exercises.{button}_button"), Press("exercises", action, subject, value), style)


def title(say: Say, exercise: Exercise) -> Nodes:
    return say(f"exercises.title_{exercise.kind.value}")


def about(say: Say, exercise: Exercise) -> Block:
    """What it is about, in a facilitator's words or the usual ones."""
    if exercise.topic:
        key = "exercises.topic_played" if exercise.kind is Kind.REHEARSAL else "exercises.topic"
        return say_p(say, key, topic=Words(exercise.topic))
    if exercise.script:
        return say_p(say, f"exercises.situation_{exercise.script}")
    return say_p(say, f"exercises.topic_{exercise.kind.value}")


def reads(say: Say, words: str, chip: str) -> Words | str:
    """A line as a value of a text: a person's words, or our own."""
    return say.label(f"exercises.chip_{chip}") if chip else Words(words)


# Own lines ---------------------------------------------------------------------------------------------------------------


def form(say: Say, exercise: Exercise) -> Form:
    """A field a box, one line a row; what is written already is not in it: it may be taken back one by one."""
    most = rules.LINES_A_BOX[exercise.kind]
    one = most == 1
    fields = tuple(
        Field(
            box,
            say.label(f"exercises.field_{box}"),
            FieldKind.SHORT if one else FieldKind.LONG,
            say.label("exercises.hint_line" if one else "exercises.hint_lines", most=most),
            required=exercise.kind is not Kind.BOARD,
            longest=(LONGEST_LINE + 1) * most,
        )
        for box in rules.BOXES[exercise.kind]
    )
    return Form(Press("exercises", "lines", exercise.id), say.label(f"exercises.form_{exercise.kind.value}"), fields)


def mine(
    say: Say,
    exercise: Exercise,
    lines: Sequence[Line],
    hidden: frozenset[str],
    page: int = 0,
    note: str = "",
    *,
    is_open: bool = True,
    plays: Words | str = "",
) -> Reply:
    """The person's own lines, each to be taken back at any time. `hidden`: items that a facilitator hid. `note`: a sentence about
    the last press. `is_open`: the meeting is under way. `plays`: how the one is called who plays, where they may be shown the lines
    by themselves; "" where not."""
    writes = is_open and rules.may_write(exercise)
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks += [Heading(title(say, exercise)), about(say, exercise)]
    own = [line for line in lines if not line.chip] if writes else list(lines)
    some, page, _ = page_of(list(enumerate(own, 1)), page, OWN_PAGE)
    if not lines:
        blocks.append(say_p(say, "exercises.mine_none" if writes else "exercises.mine_nothing"))
    for name in rules.BOXES[exercise.kind]:
        of_box = [(number, line) for number, line in some if rules.BOXES[exercise.kind][line.box] == name]
        if of_box and exercise.kind is Kind.BOARD:
            blocks.append(say_p(say, f"exercises.box_{name}"))
        if of_box:
            blocks.append(Bullets(tuple(_own(say, number, line, hidden) for number, line in of_box)))
    blocks.append(say_p(say, "exercises.private" if writes else "exercises.kept"))
    if writes and exercise.kind in rules.ASKED:
        blocks.append(say_p(say, "exercises.copied"))
    waiting = [line for line in lines if not line.item]
    if writes and plays and waiting:
        agreed = all(line.agreed for line in waiting)
        blocks.append(say_p(say, "exercises.agreed" if agreed else "exercises.agree", who=plays))
    rows = [
        (_agree(say, exercise, waiting),) if writes and plays and waiting else (),
        *_chips(say, exercise, lines, writes=writes),
        *_taking_back(say, some, page),
        _ways(say, exercise, own, page, writes=writes),
    ]
    return Reply(tuple(blocks), To.ONLY_YOU, (*(row for row in rows if row), help_row(say)))


def _own(say: Say, number: int, line: Line, hidden: frozenset[str]) -> Nodes:
    key = "own_hidden" if line.item in hidden else "own_in_room" if line.item else "own"
    return say(f"exercises.{key}", number=number, line=reads(say, line.words, line.chip))


def _agree(say: Say, exercise: Exercise, waiting: Sequence[Line]) -> Button:
    """The button carries a mark of the lines on its screen: what was written since is not agreed to unseen."""
    if all(line.agreed for line in waiting):
        return press(say, "disagree", "agree", exercise.id, f"off_{cast.seen(waiting)}")
    return press(say, "agree", "agree", exercise.id, f"on_{cast.seen(waiting)}")


def _taking_back(say: Say, some: Sequence[tuple[int, Line]], page: int) -> list[Row]:
    buttons = [
        Button(
            say.label("exercises.take_back_button", number=number),
            _back(line, page),
        )
        for number, line in some
    ]
    return [tuple(buttons[:4]), tuple(buttons[4:])]


def _back(line: Line, page: int = 0) -> Press:
    """The beginning of the line's id is enough to find it among the person's own: with the exercise's it fits a button, and a
    second tap finds nothing and shows what is there."""
    return Press("exercises", "withdraw", line.exercise, f"{line.id[:MARK]}_{page}")


def _chips(say: Say, exercise: Exercise, lines: Sequence[Line], *, writes: bool) -> list[Row]:
    """What often helps, to be tapped: on and off."""
    if exercise.kind is not Kind.HELPED or not writes:
        return []
    mine = {line.chip: line for line in lines if line.chip}
    buttons = [
        Button(f"✓ {label}", _back(mine[chip]), Style.MAIN)
        if chip in mine
        else Button(label, Press("exercises", "chip", exercise.id, chip))
        for chip in rules.CHIPS
        for label in (say.label(f"exercises.chip_{chip}"),)
    ]
    return [tuple(buttons[start : start + 3]) for start in range(0, len(buttons), 3)]


def _ways(say: Say, exercise: Exercise, own: Sequence[Line], page: int, *, writes: bool) -> Row:
    row: list[Button] = []
    if writes:
        one = rules.LINES_A_BOX[exercise.kind] == 1
        if not (one and own):
            row.append(press(say, "own_words" if one else "more", "write", exercise.id, "more", Style.MAIN))
    if page:
        row.append(press(say, "before", "mine", exercise.id, str(page - 1)))
    if len(own) > (page + 1) * OWN_PAGE:
        row.append(press(say, "after", "mine", exercise.id, str(page + 1)))
    return tuple(row)


# What the room has -------------------------------------------------------------------------------------------------------


def item_line(say: Say, exercise: Exercise, item: rules.Shown) -> Nodes:
    line = reads(say, item.words, item.chip)
    if exercise.kind is Kind.IDEAS:
        return say("exercises.item_numbered", number=item.number, line=line)
    if item.people:
        return say("exercises.item_people", line=line, people=item.people)
    return say("exercises.item", line=line)


def length(say: Say, item: rules.Shown) -> int:
    """How much room an item takes, with its mark."""
    return rules.units(item.words or say.label(f"exercises.chip_{item.chip}")) + 24


def boxes(
    say: Say, exercise: Exercise, items: Sequence[rules.Shown], line: Callable[[rules.Shown], Nodes] | None = None
) -> list[Block]:
    """Items by box, each box of a board with its heading. `line`: how one reads, where not as in the room."""
    reads_as = line or (lambda item: item_line(say, exercise, item))
    blocks: list[Block] = []
    for box, name in enumerate(rules.BOXES[exercise.kind]):
        of_box = [item for item in items if item.box == box]
        if exercise.kind is Kind.BOARD and of_box:
            blocks.append(say_p(say, f"exercises.box_{name}"))
        if of_box:
            blocks.append(Bullets(tuple(reads_as(item) for item in of_box)))
    return blocks


def read(say: Say, exercise: Exercise, items: Sequence[rules.Shown], page: int) -> Reply:
    """All that the room has, page by page, for one person."""
    some, turn = paged(say, exercise, sorted(items, key=lambda item: (item.box, item.number)), page, "read")
    blocks = [Heading(title(say, exercise)), about(say, exercise), *boxes(say, exercise, some)]
    return Reply(tuple(blocks), To.ONLY_YOU, (*((turn,) if turn else ()), help_row(say)), guarded=True, fleeting=True)


def paged(
    say: Say, exercise: Exercise, ordered: Sequence[rules.Shown], page: int, action: str, budget: int = READ_BUDGET, most: int = 40
) -> tuple[Sequence[rules.Shown], Row]:
    """Return what fits one page, and the buttons that turn it."""
    pages: list[list[rules.Shown]] = [[]]
    room = budget
    for item in ordered:
        if pages[-1] and (length(say, item) > room or len(pages[-1]) == most):
            pages.append([])
            room = budget
        pages[-1].append(item)
        room -= length(say, item)
    page = min(page, len(pages) - 1)
    turn: list[Button] = []
    if page:
        turn.append(press(say, "before", action, exercise.id, str(page - 1)))
    if page + 1 < len(pages):
        turn.append(press(say, "after", action, exercise.id, str(page + 1)))
    return pages[page], tuple(turn)


# Voting ------------------------------------------------------------------------------------------------------------------


def ballot(say: Say, exercise: Exercise, items: Sequence[rules.Shown], mine: Sequence[str], page: int, note: str = "") -> Reply:
    """The ideas with a button each; the person's votes are marked, and may be moved while the vote is open."""
    some, page, more = page_of(items, page, BALLOT_PAGE)
    left = rules.VOTES - sum(item.id in mine for item in items)
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks += [say_h(say, "exercises.ballot"), about(say, exercise), say_p(say, "exercises.votes_left", left=left)]
    blocks.append(Bullets(tuple(item_line(say, exercise, item) for item in some)))
    buttons = [_vote(say, item, page, given=item.id in mine) for item in some]
    turn: list[Button] = []
    if page:
        turn.append(press(say, "before", "ballot", exercise.id, str(page - 1)))
    if more:
        turn.append(press(say, "after", "ballot", exercise.id, str(page + 1)))
    rows = (tuple(buttons[:3]), tuple(buttons[3:]), tuple(turn))
    return Reply(tuple(blocks), To.ONLY_YOU, (*(row for row in rows if row), (help_now(say),)), guarded=True, fleeting=True)


def _vote(say: Say, item: Item, page: int, *, given: bool) -> Button:
    """The button names what is wanted, so that a second tap changes nothing."""
    wish = f"{'off' if given else 'on'}_{page}"
    label = say.label("exercises.voted_button" if given else "exercises.vote_button", number=item.number)
    return Button(label, Press("exercises", "vote", item.id, wish), Style.MAIN if given else Style.PLAIN)


# A facilitator's words ---------------------------------------------------------------------------------------------------


def topic_form(say: Say, occurrence: str, kind: Kind) -> Form:
    field = Field(
        "topic",
        say.label(f"exercises.field_topic_{kind.value}"),
        hint=say.label(f"exercises.hint_topic_{kind.value}"),
        required=kind in (Kind.IDEAS, Kind.REHEARSAL),
        longest=LONGEST_TOPIC,
    )
    return Form(Press("exercises", "begin", occurrence, kind.value), say.label(f"exercises.form_{kind.value}"), (field,))
