"""What is seen of a round: by the room in one line, by each person alone, and by facilitators."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec

from bot.core.help import help_now, help_row
from bot.core.ids import OccurrenceId
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Words
from bot.core.screens import cut, in_rows
from bot.core.texts import Say, say_h, say_p
from bot.core.when import clock_time
from handlers.floor.round_records import At, Round, Turn, Way

LINES = 6  # of those still to come; each has a button

DONE, PASS, LISTEN, BACK, SKIP, GO = "done", "pass", "listen", "back", "skip", "go"


# The room ----------------------------------------------------------------------------------------------------------------


def begins(say: Say, minutes: int) -> Reply:
    text = say_p(say, "floor.round_begins_minutes", minutes=minutes) if minutes else say_p(say, "floor.round_begins")
    return Reply((text,), To.ROOM, replace=False)


def over(say: Say) -> Reply:
    return Reply((say_p(say, "floor.round_over"),), To.ROOM, replace=False, quiet=True)


# One person --------------------------------------------------------------------------------------------------------------


def your_turn(say: Say, occurrence: OccurrenceId, minutes: int) -> Reply:
    """It comes with a sound: the person waits for it."""
    text = say_p(say, "floor.your_turn_minutes", minutes=minutes) if minutes else say_p(say, "floor.your_turn")
    rows = (_mine_row(say, occurrence), help_row(say))
    return Reply((text, say_p(say, "floor.round_pass_is_fine")), To.PRIVATE, rows, replace=False)


class Mine(msgspec.Struct, frozen=True):
    """How somebody stands. `turn`: None when they have none. `before`: how many come before. `may_go`: nobody hosts, and whoever's
    turn it is has used their time."""

    round: Round
    turn: Turn | None
    before: int = 0
    name: str = ""
    may_go: bool = False


def mine(say: Say, scene: Mine, zone: ZoneInfo) -> Reply:
    round_, turn, about = scene.round, scene.turn, scene.round.occurrence
    stands = turn.stands if turn is not None else At.LEFT
    rows: list[Row] = []
    blocks: list[Block] = []
    match stands:
        case At.SPEAKING:
            if round_.until is not None:
                blocks.append(say_p(say, "floor.hand_speaking_until", until=clock_time(round_.until, zone, say.language)))
            else:
                blocks.append(say_p(say, "floor.hand_speaking"))
            rows.append(_mine_row(say, about))
        case At.WAITING:
            blocks.append(say_p(say, "floor.round_before", before=scene.before))
            rows.append((_turn(say, "skip_this", about, SKIP), _turn(say, "listen", about, LISTEN)))
        case At.DONE:
            blocks.append(say_p(say, "floor.round_done"))
        case other:
            blocks.append(say_p(say, f"floor.round_{other.value}"))
            rows.append((_turn(say, "round_back", about, BACK, Style.MAIN),))
    if stands in (At.SPEAKING, At.WAITING):
        shown = say_p(say, "floor.shown_as", name=Words(scene.name)) if scene.name else say_p(say, "floor.shown_as_nobody")
        blocks.append(shown)
        rows.append((Button(say.label("floor.change_name_button"), Press("floor", "named", about, "round")),))
    if scene.may_go:
        rows.append((_turn(say, "round_go", about, f"{GO}_{round_.turn}"),))
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, help_row(say)))


def _mine_row(say: Say, occurrence: OccurrenceId) -> Row:
    return (
        _turn(say, "done", occurrence, DONE, Style.MAIN),
        _turn(say, "round_pass", occurrence, PASS),
        _turn(say, "listen", occurrence, LISTEN),
    )


def _turn(say: Say, key: str, occurrence: OccurrenceId, value: str, style: Style = Style.PLAIN) -> Button:
    return Button(say.label(f"floor.{key}_button"), Press("floor", "turn", occurrence, value), style)


def alone(say: Say, occurrence: OccurrenceId) -> Reply:
    """Nobody hosts: whoever is here may begin a round."""
    return Reply((say_p(say, "floor.round_alone"),), To.ONLY_YOU, (_ways(say, occurrence), help_row(say)))


# Facilitators ------------------------------------------------------------------------------------------------------------


class Led(msgspec.Struct, frozen=True):
    """A round as a facilitator sees it. `names`: what somebody chose to show, by the numbers of turns."""

    occurrence: OccurrenceId
    round: Round | None
    speaker: Turn | None = None
    line: Sequence[Turn] = ()
    names: dict[int, str] = {}


def led(say: Say, scene: Led, zone: ZoneInfo, note: str = "") -> Reply:
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks.append(say_h(say, "floor.round"))
    round_, about = scene.round, scene.occurrence
    back = Button(say.label("floor.panel_button"), Press("floor", "order", about))
    if round_ is None:
        blocks.append(say_p(say, "floor.round_how"))
        return Reply(tuple(blocks), To.ONLY_YOU, (_ways(say, about), (help_now(say), back)))
    if scene.speaker is not None:
        who = Words(_label(say, scene, scene.speaker))
        if round_.until is not None and round_.paused_at is None:
            blocks.append(say_p(say, "floor.speaks_until", who=who, until=clock_time(round_.until, zone, say.language)))
        else:
            blocks.append(say_p(say, "floor.speaks", who=who))
    if round_.paused_at is not None:
        blocks.append(say_p(say, "floor.round_paused"))
    blocks.append(say_p(say, "floor.round_to_come", count=len(scene.line)))
    if scene.line:
        blocks.append(Bullets(tuple((Words(_label(say, scene, turn)),) for turn in scene.line[:LINES])))
    return Reply(tuple(blocks), To.ONLY_YOU, (*_led_rows(say, scene, round_), (help_now(say), back)))


def _led_rows(say: Say, scene: Led, round_: Round) -> tuple[Row, ...]:
    def button(action: str, key: str, value: str = "", style: Style = Style.PLAIN) -> Button:
        return Button(say.label(f"floor.{key}_button"), Press("floor", action, scene.occurrence, value), style)

    turn = str(round_.turn)
    paused = round_.paused_at is not None
    first: Row = () if paused else (button("round_next", "round_next", turn, Style.MAIN),)
    first += (button("round_pause", "round_resume" if paused else "round_pause", "off" if paused else "on"),)
    first += (button("round_end", "round_end", str(round_.number), Style.STOP), button("round", "refresh"))
    there = [scene.speaker] if scene.speaker is not None else []
    later = [
        Button(
            cut(say.label("floor.round_later_button", who=_label(say, scene, one))),
            Press("floor", "round_later", scene.occurrence, str(one.number)),
        )
        for one in [*there, *scene.line][:LINES]
        if len(scene.line) + len(there) > 1
    ]
    return first, *in_rows(later, 2)


def _ways(say: Say, occurrence: OccurrenceId) -> Row:
    return tuple(
        Button(say.label(f"floor.round_{way.value}_button"), Press("floor", "round", occurrence, way.value), Style.MAIN)
        for way in Way
    )


def _label(say: Say, scene: Led, turn: Turn) -> str:
    """The name that they chose to show, else a number that tells nothing."""
    return scene.names.get(turn.number) or say.label("floor.round_number", number=turn.number)
