"""What only a facilitator sees of an exercise: its steps, and what the room has. Never who wrote, never what waits."""

from collections.abc import Sequence

from bot.core.help import help_now, help_row
from bot.core.ids import OccurrenceId
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Heading, Nodes
from bot.core.screens import page as page_of
from bot.core.texts import Say, Value, say_h, say_p
from handlers.exercises import rules, views
from handlers.exercises.records import Counts, Exercise, Kind, Stage

PAGE = 6


def choose(say: Say, occurrence: OccurrenceId) -> Reply:
    buttons = [
        (Button(say.label(f"exercises.choose_{kind.value}"), Press("exercises", "topic", occurrence, kind.value), Style.MAIN),)
        for kind in Kind
    ]
    about = Bullets(tuple(say(f"exercises.about_{kind.value}") for kind in Kind))
    blocks = (say_h(say, "exercises.choose"), about, say_p(say, "exercises.rule_of_five"))
    back = Button(say.label("common.back"), Press("meetings", "panel", occurrence))
    return Reply(blocks, To.ONLY_YOU, (*buttons, (back, help_now(say))))


def control(say: Say, exercise: Exercise, counts: Counts, voters: int, *, has_items: bool, note: str = "") -> Reply:
    """The steps that are open now. `note`: a sentence about the last press."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks += [Heading(views.title(say, exercise)), views.about(say, exercise)]
    match exercise.stage:
        case Stage.WRITING:
            if exercise.kind is Kind.IDEAS and not exercise.merges:
                blocks.append(say_p(say, "exercises.control_many"))
            blocks.append(say_p(say, "exercises.writers", count=counts.writers))
            if exercise.merges and counts.waiting:
                blocks.append(say_p(say, "exercises.control_added", count=counts.waiting))
            if not rules.may_merge(exercise, counts):
                blocks.append(say_p(say, "exercises.control_more" if exercise.merges else "exercises.control_five"))
        case Stage.VOTING:
            blocks += [say_p(say, "exercises.voters", count=voters), say_p(say, "exercises.control_voting")]
        case Stage.VOTED:
            blocks.append(say_p(say, "exercises.control_voted"))
    return Reply(tuple(blocks), To.ONLY_YOU, _steps(say, exercise, counts, has_items=has_items))


def _steps(say: Say, exercise: Exercise, counts: Counts, *, has_items: bool) -> tuple[Row, ...]:
    first: list[Button] = []
    if rules.may_merge(exercise, counts):
        first.append(views.press(say, "merge", "merge", exercise.id, style=Style.GO))
    if exercise.kind is Kind.IDEAS and exercise.stage is Stage.WRITING and has_items:
        first.append(views.press(say, "poll", "poll", exercise.id, style=Style.MAIN))
    if exercise.stage is Stage.VOTING:
        first.append(views.press(say, "count", "count", exercise.id, style=Style.MAIN))
    if has_items:
        first.append(views.press(say, "listed", "listed", exercise.id))
    more = (
        views.press(say, "refresh", "control", exercise.id),
        Button(say.label("exercises.panel_button"), Press("meetings", "panel", exercise.occurrence)),
        views.press(say, "end", "end", exercise.id, style=Style.STOP),
    )
    return (*((tuple(first),) if first else ()), *_timer(say, exercise), more, help_row(say))


def _timer(say: Say, exercise: Exercise) -> tuple[Row, ...]:
    """The gentle timer of ideas: anew, or off."""
    if exercise.kind is not Kind.IDEAS or exercise.stage is not Stage.WRITING or exercise.merges:
        return ()
    row = [
        Button(say.label("exercises.timer_button", count=minutes), Press("exercises", "timer", exercise.id, str(minutes)))
        for minutes in rules.MINUTES
    ]
    off = (views.press(say, "timer_off", "timer", exercise.id, "off"),) if exercise.until is not None else ()
    return ((*row, *off),)


def ask(say: Say, exercise: Exercise, step: str, value: str, **values: Value) -> Reply:
    """Ask before a step that cannot be taken back."""
    style = Style.STOP if step == "end" else Style.GO
    yes = views.press(say, f"{step}_yes", step, exercise.id, value, style)
    no = Button(say.label("common.back"), Press("exercises", "control", exercise.id))
    return Reply((say_p(say, f"exercises.ask_{step}", **values),), To.ONLY_YOU, ((yes, no), help_row(say)))


def ended(say: Say, exercise: Exercise) -> Reply:
    """In place of the steps: the way back to the meeting."""
    panel = Button(say.label("exercises.panel_button"), Press("meetings", "panel", exercise.occurrence), Style.MAIN)
    return Reply((say_p(say, "exercises.ended_told"),), To.ONLY_YOU, ((panel,), help_row(say)))


def listed(say: Say, exercise: Exercise, items: Sequence[rules.Shown], page: int) -> Reply:
    """What the room has and what is hidden of it, with a button each."""
    some, page, more = page_of(items, page, PAGE)
    blocks: list[Block] = [say_h(say, "exercises.listed"), say_p(say, "exercises.listed_how")]
    blocks.append(Bullets(tuple(_line(say, item) for item in some)) if some else say_p(say, "exercises.nothing_left"))
    buttons = [_hide(say, item, page) for item in some]
    turn: list[Button] = []
    if page:
        turn.append(views.press(say, "before", "listed", exercise.id, str(page - 1)))
    if more:
        turn.append(views.press(say, "after", "listed", exercise.id, str(page + 1)))
    turn.append(Button(say.label("common.back"), Press("exercises", "control", exercise.id)))
    rows = (tuple(buttons[:3]), tuple(buttons[3:]), tuple(turn))
    return Reply(tuple(blocks), To.ONLY_YOU, (*(row for row in rows if row), help_row(say)), guarded=True, fleeting=True)


def _line(say: Say, item: rules.Shown) -> Nodes:
    key = "item_hidden" if item.hidden else "item_numbered"
    return say(f"exercises.{key}", number=item.number, line=views.reads(say, item.words, item.chip))


def _hide(say: Say, item: rules.Shown, page: int) -> Button:
    """The button names what is wanted, so that a second tap changes nothing."""
    label = say.label("exercises.unhide_button" if item.hidden else "exercises.hide_button", number=item.number)
    return Button(label, Press("exercises", "hide", item.id, f"{'off' if item.hidden else 'on'}_{page}"))
