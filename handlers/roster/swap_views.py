"""An offer's screens and letters. What comes unasked names neither meeting nor topic."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.core.calendar import digits
from bot.core.help import help_row
from bot.core.ids import PersonId
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Words, clean
from bot.core.screens import cut, in_rows
from bot.core.texts import Say, Value, say_p
from bot.core.when import day_and_time
from handlers.roster.desk import Found
from handlers.roster.letters import SHORT, View
from handlers.roster.records import Member, Swap, Wanted
from handlers.roster.views import button, corner_button, short_start

_FEW = 6  # digits of a series' id, beside an evening's day


def ref_of(found: Found) -> str:
    """Return an evening's day and a little of its series, as a button can carry both beside an offer's id."""
    return f"{digits(found.original)}_{found.series.id[:_FEW]}"


def to_whom(say: Say, found: Found, swap: Swap, others: Sequence[Member], zone: ZoneInfo) -> Reply:
    when = day_and_time(found.evening.starts_at, zone, say.language)
    if not others:
        back = corner_button(say, found.series.community)
        return Reply((say_p(say, "roster.nobody_else"),), To.ONLY_YOU, ((back,), help_row(say)))
    everybody = button(say, "everybody", swap.id, "all", action="to", style=Style.MAIN)
    each = [Button(cut(clean(one.name)), Press("roster", "to", swap.id, one.id[:SHORT])) for one in others[:15]]
    rows = ((everybody,), *in_rows(each, 5), (button(say, "withdraw", swap.id),), help_row(say))
    return Reply((say_p(say, "roster.swap_to", when=when),), To.ONLY_YOU, rows)


def for_what(say: Say, swap: Swap, asked: Member | None, theirs: Sequence[Found], zone: ZoneInfo) -> Reply:
    nothing = button(say, "for_nothing", swap.id, Wanted.NOTHING, action="fair", style=Style.MAIN)
    rows: list[Row] = [(nothing,)]
    if asked is None:
        rows.append((button(say, "for_any", swap.id, Wanted.ANY, action="fair"),))
    rows += in_rows([_evening(say, one, swap, "fair", zone) for one in theirs], 4)
    told: Value = Words(asked.name) if asked is not None else say.label("roster.everybody")
    blocks: list[Block] = [say_p(say, "roster.swap_for", name=told)]
    if theirs:
        blocks.append(say_p(say, "roster.swap_for_one"))
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, (button(say, "withdraw", swap.id),), help_row(say)))


def _evening(say: Say, found: Found, swap: Swap, action: str, zone: ZoneInfo) -> Button:
    return Button(cut(short_start(say, found.evening.starts_at, zone)), Press("roster", action, swap.id, ref_of(found)))


def sent(say: Say, swap: Swap, found: Found) -> Reply:
    rows = ((button(say, "withdraw", swap.id, style=Style.STOP), corner_button(say, found.series.community)), help_row(say))
    return Reply((say_p(say, "roster.swap_sent"),), To.ONLY_YOU, rows)


def offer(swap: Swap, found: Found, to: PersonId, name: str, wanted: Found | None) -> View:
    def view(say: Say, zone: ZoneInfo) -> Reply:
        when = day_and_time(found.evening.starts_at, zone, say.language)
        blocks = [say_p(say, "roster.swap_offer", name=Words(name) if name else say.label("roster.somebody"), when=when)]
        if wanted is not None:
            blocks.append(say_p(say, "roster.swap_wants", when=day_and_time(wanted.evening.starts_at, zone, say.language)))
        elif swap.wanted is Wanted.ANY:
            blocks.append(say_p(say, "roster.swap_wants_any"))
        else:
            blocks.append(say_p(say, "roster.swap_wants_nothing"))
        answers = (button(say, "yes", swap.id, style=Style.GO), button(say, "no", swap.id))
        return Reply(tuple(blocks), To.PRIVATE, (answers, help_row(say)), slot=_slot(swap, to))

    return view


def choose(say: Say, swap: Swap, theirs: Sequence[Found], zone: ZoneInfo) -> Reply:
    """Which of their own do they give for it?"""
    if not theirs:
        return Reply((say_p(say, "roster.swap_none_of_yours"),), To.ONLY_YOU, (help_row(say),), replace=False)
    rows = in_rows([_evening(say, one, swap, "yes", zone) for one in theirs], 4)
    no = (button(say, "no", swap.id),)
    return Reply((say_p(say, "roster.swap_which"),), To.ONLY_YOU, (*rows, no, help_row(say)))


def yours(say: Say, theirs: Found, mine: Found | None, zone: ZoneInfo) -> Reply:
    when = day_and_time(theirs.evening.starts_at, zone, say.language)
    blocks: list[Block] = [say_p(say, "roster.swap_yours", when=when)]
    if mine is not None:
        blocks.append(say_p(say, "roster.swap_given", when=day_and_time(mine.evening.starts_at, zone, say.language)))
    return Reply(tuple(blocks), To.ONLY_YOU, (help_row(say),))


def swapped(theirs: Found, mine: Found | None, name: str) -> View:
    def view(say: Say, zone: ZoneInfo) -> Reply:
        when = day_and_time(theirs.evening.starts_at, zone, say.language)
        blocks = [say_p(say, "roster.swap_taken", name=Words(name) if name else say.label("roster.somebody"), when=when)]
        if mine is not None:
            blocks.append(say_p(say, "roster.swap_yours", when=day_and_time(mine.evening.starts_at, zone, say.language)))
        return Reply(tuple(blocks), To.PRIVATE, (help_row(say),))

    return view


def settled(swap: Swap, to: PersonId) -> View:
    def view(say: Say, zone: ZoneInfo) -> Reply:
        return Reply((say_p(say, "roster.swap_settled"),), To.PRIVATE, (help_row(say),), slot=_slot(swap, to), quiet=True)

    return view


def _slot(swap: Swap, to: PersonId) -> str:
    return f"swap_{swap.id}_{to}"
