"""What the person who asks sees: their receipts, the ask as a facilitator will read it, the code and the paper."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec

from bot.core.codes import grouped
from bot.core.help import help_row
from bot.core.ids import OccurrenceId
from bot.core.replies import Button, Field, File, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Nodes, Quote, Words
from bot.core.screens import cut, told
from bot.core.texts import Say, say_h, say_p
from bot.core.when import clock_time, day, zone_name
from handlers.receipts import rules
from handlers.receipts.records import MOST_TRIES, Ask, Attended, Present, Stand, Visit

MOST_LISTED = 4  # of each kind; a screen has rows for no more
FILE_NAME = "receipt.pdf"  # it says nothing of what kind of meeting


class Mine(msgspec.Struct, frozen=True):
    """What of a person's receipts there is."""

    attended: Sequence[Attended] = ()
    waiting: Sequence[Ask] = ()
    open: Sequence[Visit] = ()


def screen(say: Say, mine: Mine, *, replace: bool) -> Reply:
    blocks: list[Block] = [say_h(say, "receipts.heading"), say_p(say, "receipts.what")]
    rows: list[Row] = []
    attended, waiting, visits = mine.attended[:MOST_LISTED], mine.waiting[:MOST_LISTED], mine.open[:MOST_LISTED]
    if attended:
        blocks.append(say_p(say, "receipts.yours"))
        blocks.append(Bullets(tuple(when(say, one.present) for one in attended)))
        rows += [(_get(say, one),) for one in attended]
    if waiting:
        blocks.append(say_p(say, "receipts.waits", count=len(waiting)))
        rows += [(_press(say, "withdraw", one.occurrence),) for one in waiting]
    if visits:
        blocks.append(say_p(say, "receipts.can_ask"))
        rows += [(_ask(say, one),) for one in visits]
    if not rows:
        blocks.append(say_p(say, "receipts.none"))
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, help_row(say)), replace=replace)


def when(say: Say, present: Present, key: str = "receipts.when") -> Nodes:
    """Return day, times and length, in the meeting's zone."""
    zone, language = ZoneInfo(present.zone), say.language
    return say(
        key,
        day=day(present.began.astimezone(zone), language),
        began=clock_time(present.began, zone, language).text,
        ended=clock_time(present.ended, zone, language).text,
        zone=zone_name(zone, language),
        minutes=present.minutes,
    )


def _get(say: Say, attended: Attended) -> Button:
    zone = ZoneInfo(attended.present.zone)
    on = day(attended.present.began.astimezone(zone), say.language)
    return Button(cut(say.label("receipts.get_button", day=on)), Press("receipts", "get", attended.id), Style.MAIN)


def _ask(say: Say, visit: Visit) -> Button:
    zone = ZoneInfo(visit.zone)
    start = visit.occurrence.starts_at
    on, at = day(start.astimezone(zone), say.language), clock_time(start, zone, say.language).text
    return Button(cut(say.label("receipts.ask_button", day=on, time=at)), Press("receipts", "ask", visit.occurrence.id))


# Asking -----------------------------------------------------------------------------------------------------------------


def ask(say: Say, visit: Visit, name: str, tries: int) -> Reply:
    """The ask, word for word as the facilitator will read it, before anything is sent."""
    occurrence = visit.occurrence
    blocks: list[Block] = [say_p(say, "receipts.ask_who"), Quote(line(say, visit, ""))]
    rows: list[Row] = [(_press(say, "send_plain", occurrence.id, "send", "plain", Style.MAIN),)]
    if name:
        blocks += [say_p(say, "receipts.ask_or"), Quote(line(say, visit, name))]
        rows.append((_press(say, "send_named", occurrence.id, "named"),))
    if not rules.is_over(occurrence):
        blocks.append(say_p(say, "receipts.ask_later"))
    if tries:
        blocks.append(say_p(say, "receipts.ask_left", left=MOST_TRIES - tries))
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, help_row(say)))


def line(say: Say, visit: Visit, name: str) -> Nodes:
    zone = ZoneInfo(visit.zone)
    came = clock_time(visit.came_at, zone, say.language).text
    if name:
        return say("receipts.line_named", name=Words(name), came=came)
    return say("receipts.line", came=came)


def asked(say: Say, occurrence: OccurrenceId, *, over: bool) -> Reply:
    key = "receipts.asked" if over else "receipts.asked_later"
    return Reply((say_p(say, key),), To.ONLY_YOU, ((_press(say, "withdraw", occurrence),), help_row(say)))


def stands(say: Say, found: Ask) -> Reply:
    """Where an ask stands that cannot be made again just now."""
    if found.stand is Stand.WAITING:
        return Reply((say_p(say, "receipts.waiting"),), To.ONLY_YOU, ((_press(say, "withdraw", found.occurrence),), help_row(say)))
    key = "receipts.confirmed_before" if found.stand is Stand.CONFIRMED else "receipts.no_more"
    return Reply((say_p(say, key),), To.ONLY_YOU, ((_press(say, "list", ""),), help_row(say)))


def outcome(say: Say, found: Ask, attended: Attended | None) -> Reply:
    """What the person is told of their ask. A locked phone may show it."""
    if attended is not None:
        row: Row = (_press(say, "get_it", attended.id, "get", style=Style.MAIN),)
        return Reply((say_p(say, "receipts.confirmed"),), To.PRIVATE, (row, help_row(say)))
    key = {Stand.REFUSED: "receipts.refused", Stand.UNANSWERED: "receipts.unanswered"}.get(found.stand, "receipts.nobody")
    again: Row = (_press(say, "again", found.occurrence, "ask"),) if found.tries < MOST_TRIES else ()
    return Reply((say_p(say, key),), To.PRIVATE, (again, help_row(say)))


# What was confirmed -----------------------------------------------------------------------------------------------------


def attended(say: Say, found: Attended) -> Reply:
    blocks = (say_h(say, "receipts.one"), Bullets((when(say, found.present),)), say_p(say, "receipts.choose"))
    rows = (
        (_press(say, "name", found.id, style=Style.MAIN),),
        (_press(say, "code", found.id), _press(say, "drop", found.id, style=Style.STOP)),
    )
    return Reply(blocks, To.ONLY_YOU, (*rows, help_row(say)))


def name_form(say: Say, found: Attended) -> Form:
    name = Field(
        "name",
        say.label("receipts.field_name"),
        hint=say.label("receipts.hint_name"),
        required=False,
        longest=rules.LONGEST_NAME,
    )
    return Form(Press("receipts", "paper", found.id), say.label("receipts.form_title"), (name,))


def code(say: Say, found: Attended, made: str, address: str, paper: bytes | None = None, *, by_hand: bool = False) -> Reply:
    """The code, this once. `by_hand`: the name has signs that cannot be printed, so its line was left empty."""
    blocks: list[Block] = [say_p(say, "receipts.code", code=grouped(made)), Bullets((when(say, found.present),))]
    blocks.append(_check(say, address))
    blocks.append(say_p(say, "receipts.code_until", day=day(rules.good_until(found), say.language)))
    if by_hand:
        blocks.append(say_p(say, "receipts.by_hand"))
    if paper is not None:
        blocks.append(say_p(say, "receipts.paper_care"))
    file = None if paper is None else File(FILE_NAME, paper, "application/pdf")
    return Reply(tuple(blocks), To.ONLY_YOU, (help_row(say),), file=file, replace=False, fleeting=True)


def _check(say: Say, address: str) -> Block:
    return say_p(say, "receipts.check_page", address=address) if address else say_p(say, "receipts.check_chat")


def sure(say: Say, found: Attended) -> Reply:
    yes = _press(say, "drop_yes", found.id, "drop", "yes", Style.STOP)
    return Reply((say_p(say, "receipts.drop_sure"),), To.ONLY_YOU, ((yes, _press(say, "list", "")), help_row(say)))


def _press(say: Say, button: str, subject: str, action: str = "", value: str = "", style: Style = Style.PLAIN) -> Button:
    return Button(say.label(f"receipts.{button}_button"), Press("receipts", action or button, subject, value), style)


# Checking a code --------------------------------------------------------------------------------------------------------


def verified(say: Say, found: Attended | None) -> Reply:
    """The same answer for a code that never was, has run out, or was taken back."""
    if found is None:
        return told(say, "receipts.unknown")
    blocks = (say_p(say, "receipts.valid"), Bullets((when(say, found.present),)), say_p(say, "receipts.valid_means"))
    return Reply(blocks, To.ONLY_YOU, (help_row(say),), replace=False)
