"""The corner's first screen, and what its other screens share. Only facilitators see any of it."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.help import help_row
from bot.core.ids import CommunityId, PersonId
from bot.core.replies import Button, Field, FieldKind, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Words
from bot.core.texts import Say, say_h, say_p
from bot.core.when import day_and_time
from handlers.roster.records import LONGEST_NAME, Member

PARTICIPANTS, FAMILY = "p", "f"


def refused(say: Say, private: bool) -> Reply:
    key = "roster.refused_private" if private else "roster.refused"
    return Reply((say_p(say, key),), To.ONLY_YOU, (help_row(say),), replace=False)


def button(say: Say, name: str, subject: str, value: str = "", *, action: str = "", style: Style = Style.PLAIN) -> Button:
    return Button(say.label(f"roster.{name}_button"), Press("roster", action or name, subject, value), style)


def corner_button(say: Say, community: CommunityId) -> Button:
    return Button(say.label("common.back"), Press("roster", "corner", community))


def corner(
    say: Say, community: CommunityId, roster: Sequence[Member], viewer: PersonId, *, is_asked: bool, note: str = "", again: bool
) -> Reply:
    """`is_asked`: the viewer is on the list of substitutes. `again`: in place of the screen that was pressed."""
    me = next((one for one in roster if one.person == viewer), None)
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks += [say_h(say, "roster.title"), say_p(say, "roster.only_us")]
    if roster:
        names = tuple(say("roster.you" if one is me else "roster.colleague", name=Words(one.name)) for one in roster)
        blocks += [say_p(say, "roster.members", count=len(roster)), Bullets(names)]
    else:
        blocks.append(say_p(say, "roster.nobody_yet"))
    blocks.append(say_p(say, "roster.asked_on" if is_asked else "roster.asked_off"))
    mine: Row = (button(say, "join", community, style=Style.MAIN),)
    if me is not None:
        mine = (button(say, "rename", community, action="join"), button(say, "leave", community))
    wish = "off" if is_asked else "on"
    rows: tuple[Row, ...] = (
        (button(say, "hosts", community, style=Style.MAIN if me else Style.PLAIN), button(say, "notes", community)),
        (button(say, "say", community), button(say, "training", community)),
        (*mine, button(say, f"ask_{wish}", community, wish, action="ask_me")),
        help_row(say),
    )
    return Reply(tuple(blocks), To.ONLY_YOU, rows, replace=again)


def name_form(say: Say, community: CommunityId, name: str) -> Form:
    field = Field("name", say.label("roster.name_field"), hint=say.label("roster.name_hint"), value=name, longest=LONGEST_NAME)
    return Form(Press("roster", "name", community), say.label("roster.name_title"), (field,))


def confirm_leave(say: Say, community: CommunityId) -> Reply:
    yes = button(say, "leave_yes", community, "yes", action="leave", style=Style.STOP)
    return Reply((say_p(say, "roster.leave_ask"),), To.ONLY_YOU, ((yes, corner_button(say, community)), help_row(say)))


def note_form(say: Say, series: str, words: str, longest: int) -> Form:
    hint = say.label("roster.note_hint")
    field = Field("words", say.label("roster.note_field"), FieldKind.LONG, hint=hint, value=words, longest=longest)
    return Form(Press("roster", "write", series), say.label("roster.note_title"), (field,))


def short_start(say: Say, at: datetime, zone: ZoneInfo) -> str:
    return day_and_time(at, zone, say.language).text
