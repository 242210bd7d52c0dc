"""What a participant sees of the queue and of a power over them. Each screen is for one person alone."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.help import help_now, help_row
from bot.core.ids import OccurrenceId
from bot.core.replies import Button, Field, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Words
from bot.core.screens import cut, toast
from bot.core.texts import Say, Value, say_p
from bot.core.when import clock_time
from handlers.floor.records import LONGEST_NAME, Hand, Order, Seat


def refused(say: Say, in_private: bool) -> Reply:
    """For somebody who is no facilitator, as far as the place tells: a private chat knows it only from an act in the room."""
    return toast(say, "floor.only_facilitators_private" if in_private else "floor.only_facilitators")


# The hand ----------------------------------------------------------------------------------------------------------------


def name_choice(say: Say, occurrence: OccurrenceId) -> Reply:
    """Before the first raising: by a name, or by none. It holds for this meeting."""
    shown = Button(say.label("floor.show_name_button"), Press("floor", "named", occurrence), Style.MAIN)
    none = Button(say.label("floor.no_name_button"), Press("floor", "hand", occurrence, "noname"))
    return Reply((say_p(say, "floor.name_choice"),), To.ONLY_YOU, ((shown, none), help_row(say)), replace=False)


def name_form(say: Say, occurrence: OccurrenceId, prefilled: str, for_: str = "") -> Form:
    field = Field(
        "name",
        say.label("floor.field_name"),
        hint=say.label("floor.hint_name"),
        value=prefilled,
        required=False,
        longest=LONGEST_NAME,
    )
    return Form(Press("floor", "name", occurrence, for_), say.label("floor.name_title"), (field,))


def hand(say: Say, seat: Seat, before: int, until: datetime | None, zone: ZoneInfo, alone: bool) -> Reply:
    """How the person's hand stands. `alone`: there is no facilitator who calls."""
    blocks: list[Block] = []
    match seat.hand:
        case Hand.UP:
            blocks.append(say_p(say, "floor.hand_up", before=before))
        case Hand.SPEAKING if until is not None:
            blocks.append(say_p(say, "floor.hand_speaking_until", until=clock_time(until, zone, say.language)))
        case other:
            blocks.append(say_p(say, f"floor.hand_{other.value}"))
    if seat.hand in (Hand.UP, Hand.SPEAKING):
        blocks.append(say_p(say, "floor.shown_as", name=Words(seat.name)) if seat.name else say_p(say, "floor.shown_as_nobody"))
    return Reply(tuple(blocks), To.ONLY_YOU, _hand_buttons(say, seat, alone=alone and before == 0))


def _hand_buttons(say: Say, seat: Seat, *, alone: bool) -> tuple[Row, ...]:
    def button(wish: str, style: Style = Style.PLAIN) -> Button:
        return Button(say.label(f"floor.{wish}_button"), Press("floor", "hand", seat.occurrence, wish), style)

    name = Button(say.label("floor.change_name_button"), Press("floor", "named", seat.occurrence))
    match seat.hand:
        case Hand.UP:
            first: Row = (button("take", Style.GO),) if alone else ()
            rows: tuple[Row, ...] = ((*first, button("pass"), button("down")), (button("listen"), name))
        case Hand.SPEAKING:
            rows = ((Button(say.label("floor.done_button"), Press("floor", "hand", seat.occurrence, "down"), Style.MAIN),),)
        case Hand.LISTENING:
            rows = ((button("up", Style.MAIN),),)
        case Hand.DOWN:
            rows = ((button("up", Style.MAIN), button("listen")),)
    return (*rows, help_row(say))


def sits_out(say: Say, occurrence: OccurrenceId) -> Reply:
    again = Button(say.label("floor.up_button"), Press("floor", "hand", occurrence, "up"))
    return Reply((say_p(say, "floor.sits_out"),), To.ONLY_YOU, ((again, help_now(say)),))


def your_turn(say: Say, occurrence: OccurrenceId, minutes: int) -> Reply:
    """It comes with a sound: the person waits for it."""
    text = say_p(say, "floor.your_turn_minutes", minutes=minutes) if minutes else say_p(say, "floor.your_turn")
    done_button = Button(say.label("floor.done_button"), Press("floor", "hand", occurrence, "down"), Style.MAIN)
    return Reply((text,), To.PRIVATE, ((done_button, help_now(say)),), replace=False)


def nearly_up(say: Say) -> Reply:
    return Reply((say_p(say, "floor.nearly_up"),), To.PRIVATE, (help_row(say),), replace=False, quiet=True)


def nearly_up_for_host(say: Say, occurrence: OccurrenceId, order: Order, speaker: Seat) -> Reply:
    text = (
        say_p(say, "floor.nearly_up_host", name=Words(speaker.name)) if speaker.name else say_p(say, "floor.nearly_up_host_nobody")
    )
    following = Button(say.label("floor.next_button"), Press("floor", "next", occurrence, str(order.turn)), Style.MAIN)
    return Reply((text,), To.PRIVATE, ((following, help_now(say)),), replace=False, quiet=True)


def skipped(say: Say, occurrence: OccurrenceId) -> Reply:
    again = Button(say.label("floor.up_button"), Press("floor", "hand", occurrence, "up"))
    return Reply((say_p(say, "floor.told_skipped"),), To.PRIVATE, ((again, help_now(say)),), replace=False, quiet=True)


def next_note(say: Say, key: str, first: Seat | None) -> Reply:
    """A facilitator who pressed "next" on another screen hears whom to call; that screen stays."""
    return toast(say, key, **note_values(first))


def note_values(about: Seat | None) -> dict[str, Value]:
    return {"name": Words(about.name)} if about is not None and about.name else {}


# A power -----------------------------------------------------------------------------------------------------------------


def not_done(say: Say, zone: str, seat: Seat | None) -> Reply:
    """For the facilitator who asked for something that the platform did not do."""
    who = Words(label(say, seat, ZoneInfo(zone))) if seat is not None else say.label("floor.somebody")
    return Reply((say_p(say, "floor.not_done", who=who),), To.PRIVATE, (help_row(say),), replace=False)


def help_card(say: Say) -> Reply:
    """From nobody in particular. The button opens the card; that is neither stored nor told to anyone."""
    return Reply((say_p(say, "floor.help_card"),), To.PRIVATE, (help_row(say),), replace=False, quiet=True)


def label(say: Say, seat: Seat, zone: ZoneInfo) -> str:
    """How facilitators read of a person: the name that they chose to show, else their hand, else when they came."""
    if seat.name:
        return cut(seat.name)
    if seat.raised:
        return say.label("floor.label_hand", number=seat.number)
    came = seat.in_voice_since or seat.at
    return say.label("floor.label_came", number=seat.number, at=clock_time(came, zone, say.language).text)
