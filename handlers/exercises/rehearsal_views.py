"""What is seen of a rehearsal: the room's card, a facilitator's steps, and each one's part in private.

People are called by the name that they ticked to show for it, else by a number.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.core.help import help_now, help_row
from bot.core.ids import OccurrenceId
from bot.core.replies import Button, Field, FieldKind, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Heading, Words, isolated, one_line
from bot.core.screens import cut, in_rows
from bot.core.texts import Say, say_h, say_p
from bot.core.when import clock_time
from handlers.exercises import parts as cast
from handlers.exercises import rules, views
from handlers.exercises.records import Counts, Exercise, Line, Part, Role, Stage

BUDGET = 900  # UTF-16 units of lines in the room, beside what stands there of who plays
CARD_BUDGET = 700
MOST_NAMED = 5  # of those who would have a role: one row of buttons
Parts = Sequence[Part]


def called(say: Say, part: Part) -> Words | str:
    """How a person is called, as a value of a text."""
    return Words(part.body.name) if part.body.name else say.label("exercises.person", number=part.number)


def _label(say: Say, key: str, part: Part) -> str:
    who = isolated(one_line(part.body.name)) if part.body.name else say.label("exercises.person", number=part.number)
    return cut(say.label(f"exercises.{key}_button", who=who))


# The room ----------------------------------------------------------------------------------------------------------------


def message(
    say: Say, exercise: Exercise, parts: Parts, counts: Counts, items: Sequence[rules.Shown], zone: ZoneInfo, *, time_up: bool
) -> tuple[list[Block], tuple[Row, ...]]:
    """What the room's card says below its heading, and its buttons."""
    blocks: list[Block] = [views.about(say, exercise)]
    match exercise.stage:
        case Stage.WRITING:
            blocks += [say_p(say, "exercises.roles_how"), *_who_would(say, parts)]
        case Stage.PLAYING:
            blocks += _playing(say, exercise, parts, zone, time_up=time_up)
        case _:
            blocks += [say_p(say, "exercises.played"), say_p(say, "exercises.how_was_that")]
    if exercise.stage is not Stage.WRITING:
        blocks.append(say_p(say, "exercises.others_write"))
        if counts.writers:
            blocks.append(say_p(say, "exercises.writers", count=counts.writers))
    more = 0
    if exercise.merges:
        (fit,) = rules.fitting([[views.length(say, item) for item in items]], BUDGET)
        more = len(items) - fit
        blocks.append(say_p(say, "exercises.lines_for_them" if items else "exercises.nothing_left"))
        blocks += views.boxes(say, exercise, items[:fit])
        if more:
            blocks.append(say_p(say, "exercises.more", count=more))
    return blocks, _room_buttons(say, exercise, more=more)


def _who_would(say: Say, parts: Parts) -> list[Block]:
    """By name or number those who would have a role; of those who watch only how many."""
    blocks: list[Block] = []
    for role, key in ((Role.PLAYS, "would_play"), (Role.OFFERS, "would_offer")):
        blocks += [say_p(say, f"exercises.{key}", who=called(say, part)) for part in _named(parts, role)]
    return [*blocks, say_p(say, "exercises.watchers", count=len(cast.would(parts, Role.WATCHES)))]


def _named(parts: Parts, role: Role) -> list[Part]:
    """Some of those who would have a role, whoever was given it among them."""
    some = sorted(cast.would(parts, role), key=lambda part: not part.given)[:MOST_NAMED]
    return sorted(some, key=lambda part: part.number)


def _playing(say: Say, exercise: Exercise, parts: Parts, zone: ZoneInfo, *, time_up: bool) -> list[Block]:
    answers, offers = cast.answers(parts, exercise), cast.offers(parts, exercise)
    blocks: list[Block] = []
    if answers is not None and offers is not None:
        blocks.append(say_p(say, "exercises.plays_now", answers=called(say, answers), offers=called(say, offers)))
    if time_up:
        blocks.append(say_p(say, "exercises.play_time_up"))
    elif exercise.until is not None:
        blocks.append(say_p(say, "exercises.play_until", until=clock_time(exercise.until, zone, say.language)))
    return blocks


def _room_buttons(say: Say, exercise: Exercise, *, more: int) -> tuple[Row, ...]:
    def press(button: str, action: str, value: str = "", style: Style = Style.PLAIN) -> Button:
        return views.press(say, button, action, exercise.id, value, style)

    if exercise.stage is Stage.WRITING:
        roles = (
            press("plays", "join", Role.PLAYS.value, Style.MAIN),
            press("offers", "join", Role.OFFERS.value),
            press("watches", "join", Role.WATCHES.value),
        )
        return roles, (press("my_part", "part"), help_now(say))
    first = [press("line", "write", style=Style.MAIN), press("mine", "mine")]
    if more:
        first.append(press("read", "read"))
    if exercise.stage is Stage.PLAYING:
        return tuple(first), (press("my_part", "part"), press("stop", "stop", style=Style.STOP)), (help_now(say),)
    return tuple(first), (press("card", "card"), help_now(say))


# A facilitator -----------------------------------------------------------------------------------------------------------


def situations(say: Say, occurrence: OccurrenceId) -> Reply:
    """Four that are ready, or own words."""
    buttons = [
        Button(say.label(f"exercises.script_{one}"), Press("exercises", "script", occurrence, one), Style.MAIN)
        for one in (*cast.SCRIPTS, cast.OWN)
    ]
    back = Button(say.label("common.back"), Press("exercises", "open", occurrence))
    blocks = (say_h(say, "exercises.title_rehearsal"), say_p(say, "exercises.situations"))
    listed = Bullets(tuple(say(f"exercises.situation_{one}") for one in cast.SCRIPTS))
    return Reply((*blocks, listed), To.ONLY_YOU, (*in_rows(buttons, 2), (back,), help_row(say)))


def control(say: Say, exercise: Exercise, parts: Parts, counts: Counts, note: str = "") -> Reply:
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks += [Heading(views.title(say, exercise)), views.about(say, exercise)]
    rows: list[Row] = []
    if exercise.stage is Stage.WRITING:
        blocks += [*_who_would(say, parts), say_p(say, "exercises.give_how")]
        rows += _giving(say, exercise, parts)
    else:
        blocks.append(say_p(say, "exercises.control_playing" if exercise.stage is Stage.PLAYING else "exercises.control_talking"))
        blocks.append(say_p(say, "exercises.writers", count=counts.writers))
        if not rules.may_merge(exercise, counts):
            blocks.append(say_p(say, "exercises.control_more" if exercise.merges else "exercises.control_few"))
        rows += _playing_steps(say, exercise, counts)
    more = (
        views.press(say, "refresh", "control", exercise.id),
        Button(say.label("exercises.panel_button"), Press("meetings", "panel", exercise.occurrence)),
        views.press(say, "end", "end", exercise.id, style=Style.STOP),
    )
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, more, help_row(say)))


def _giving(say: Say, exercise: Exercise, parts: Parts) -> list[Row]:
    """Whom to give a role, where more than one would have it; then the way to begin."""
    rows: list[Row] = []
    for role, key in ((Role.PLAYS, "give_play"), (Role.OFFERS, "give_offer")):
        some, has = _named(parts, role), cast.chosen(parts, role)
        if len(some) > 1:
            buttons = [
                Button(
                    cut(f"✓ {_label(say, key, part)}" if part == has else _label(say, key, part)),
                    Press("exercises", "give", part.id),
                    Style.MAIN if part == has else Style.PLAIN,
                )
                for part in some
            ]
            rows.append(tuple(buttons))
    if cast.chosen(parts, Role.PLAYS) and cast.chosen(parts, Role.OFFERS):
        rows.append((views.press(say, "play", "play", exercise.id, style=Style.GO),))
    return rows


def _playing_steps(say: Say, exercise: Exercise, counts: Counts) -> list[Row]:
    rows: list[Row] = []
    if exercise.stage is Stage.PLAYING:
        swap = views.press(say, "swap", "swap", exercise.id, str(exercise.round), Style.MAIN)
        rows.append((swap, views.press(say, "stop", "stop", exercise.id, style=Style.STOP)))
    lines: list[Button] = []
    if rules.may_merge(exercise, counts):
        lines.append(views.press(say, "merge", "merge", exercise.id, style=Style.GO))
    if exercise.merges:
        lines.append(views.press(say, "listed", "listed", exercise.id))
    return [*rows, tuple(lines)] if lines else rows


# One's own part ----------------------------------------------------------------------------------------------------------


def part(say: Say, exercise: Exercise, parts: Parts, mine: Part | None, note: str = "") -> Reply:
    """What somebody is just now, and what they may do about it."""
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks += [Heading(views.title(say, exercise)), views.about(say, exercise)]
    rows: list[Row] = []
    if mine is None or mine.role is Role.WATCHES:
        blocks.append(say_p(say, "exercises.part_watches"))
    elif exercise.stage is Stage.PLAYING and mine.given:
        is_offer = mine == cast.offers(parts, exercise)
        blocks += offer_lines(say, exercise) if is_offer else [say_p(say, "exercises.part_answers")]
        rows.append((views.press(say, "stop", "stop", exercise.id, style=Style.STOP),))
    else:
        blocks.append(say_p(say, f"exercises.part_{mine.role.value}", who=called(say, mine)))
    if mine is not None and mine.role is not Role.WATCHES and exercise.stage in (Stage.WRITING, Stage.PLAYING):
        name = "change_name" if mine.body.name else "name"
        watch = views.press(say, "watches", "join", exercise.id, Role.WATCHES.value)
        rows.append((views.press(say, name, "name", exercise.id), watch))
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, help_row(say)))


def offer_lines(say: Say, exercise: Exercise) -> list[Block]:
    """What the one may say who makes the offer: mild, and no more than said before them."""
    script = cast.script(exercise)
    lines = Bullets(tuple(say(f"exercises.offer_{script}_{number}") for number in range(1, cast.LINES + 1)))
    return [say_p(say, "exercises.part_offer_now"), lines, say_p(say, "exercises.part_offer_gently")]


def begins(say: Say, exercise: Exercise) -> Reply:
    """For the one who makes the offer, when it begins: a word that says nothing of what it is, and the way to their lines."""
    mine = views.press(say, "my_part", "part", exercise.id, style=Style.MAIN)
    return Reply((say_p(say, "exercises.begins"),), To.PRIVATE, ((mine,), help_row(say)), replace=False)


def name_form(say: Say, exercise: Exercise, value: str) -> Form:
    field = Field(
        "name",
        say.label("exercises.field_name"),
        hint=say.label("exercises.hint_name"),
        value=value,
        required=False,
        longest=cast.LONGEST_NAME,
    )
    return Form(Press("exercises", "named", exercise.id), say.label("exercises.form_name"), (field,))


# The card of the one who played ------------------------------------------------------------------------------------------


def card_waits(say: Say, exercise: Exercise) -> Reply:
    """A word in private that says nothing of what it is about."""
    show = views.press(say, "card", "card", exercise.id, style=Style.MAIN)
    return Reply((say_p(say, "exercises.kept_for_you"),), To.PRIVATE, ((show,), help_row(say)), replace=False)


def card(say: Say, exercise: Exercise, mine: Part, items: Sequence[rules.Shown], few: Sequence[Line], page: int) -> Reply:
    """What the one who played takes along. `few`: lines that come to them alone, since their authors agreed."""
    body = mine.body
    blocks: list[Block] = [say_h(say, "exercises.card"), views.about(say, exercise)]
    blocks.append(say_p(say, "exercises.card_best", line=Words(body.best)) if body.best else say_p(say, "exercises.card_empty"))
    if body.leave:
        blocks.append(say_p(say, "exercises.card_leave", line=Words(body.leave)))
    some, turn = views.paged(say, exercise, items, page, "card", CARD_BUDGET)
    if some:
        blocks += [say_p(say, "exercises.card_lines"), *views.boxes(say, exercise, some)]
    rows: list[Row] = [(views.press(say, "note", "note", exercise.id, style=Style.MAIN),)]
    if few:
        rows.append((Button(say.label("exercises.few_button", count=len(few)), Press("exercises", "few", exercise.id)),))
    if turn:
        rows.append(turn)
    alone = Button(say.label("exercises.alone_button"), Press("rehearse", "start"))
    blocks.append(say_p(say, "exercises.card_kept"))
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, (alone,), help_row(say)), guarded=True, fleeting=True)


def few(say: Say, exercise: Exercise, lines: Sequence[Line]) -> Reply:
    """Lines of people who agreed that they alone see them. Few people wrote: that it may be guessed is said."""
    back = Button(say.label("common.back"), Press("exercises", "card", exercise.id))
    listed: Block = Bullets(tuple(say("exercises.item", line=Words(line.words)) for line in lines))
    if not lines:
        listed = say_p(say, "exercises.nothing_left")
    blocks = (say_h(say, "exercises.few"), listed, say_p(say, "exercises.few_kept"))
    return Reply(blocks, To.ONLY_YOU, ((back,), help_row(say)), guarded=True, fleeting=True)


def note_form(say: Say, exercise: Exercise, mine: Part) -> Form:
    fields = tuple(
        Field(
            name,
            say.label(f"exercises.field_{name}"),
            FieldKind.LONG,
            say.label(f"exercises.hint_{name}"),
            value=value,
            required=False,
            longest=cast.LONGEST_BEST,
        )
        for name, value in (("best", mine.body.best), ("leave", mine.body.leave))
    )
    return Form(Press("exercises", "noted", exercise.id), say.label("exercises.form_card"), fields)
