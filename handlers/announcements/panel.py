"""The facilitators' screens: how a series is announced, and what the community wants of all announcements. Seen by one alone."""

from collections.abc import Sequence
from datetime import time
from zoneinfo import ZoneInfo

import msgspec
from babel.dates import format_time, get_day_names

from bot.core.calls import Community, Room
from bot.core.help import help_row
from bot.core.meetings import Occurrence, Series, zoned
from bot.core.quiet import Quiet
from bot.core.replies import Button, Field, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Nodes, Paragraph, Quote, Words
from bot.core.screens import cut
from bot.core.texts import Say, say_h, say_p
from handlers.announcements import rules
from handlers.announcements.records import Digest, Moment, Settings, Target
from handlers.announcements.views import FEATURE

PREFIX = 12  # of a room's id, in a button beside a series' whole one
A_PAGE = 6
QUIET = ("21:00-07:00", "22:00-07:00", "22:00-08:00", "23:00-08:00")
HOURS = (8, 10, 12, 17, 19)
NONE, OTHER, OFF = "none", "other", "off"


class Shown(msgspec.Struct, frozen=True):
    """All that the panel shows. `preview`: the words of the next announcement; `going`, `waiting`: 0 for a few or none."""

    series: Series
    settings: Settings
    targets: Sequence[tuple[Target, Room]]
    quiet: Quiet | None
    digest: Digest | None
    preview: Paragraph | None = None
    occurrence: Occurrence | None = None
    going: int = 0
    waiting: int = 0


def panel(say: Say, shown: Shown, community: Community, note: str = "") -> Reply:
    series, settings = shown.series, shown.settings
    blocks: list[Block] = [say_p(say, f"announcements.{note}")] if note else []
    blocks.append(say_h(say, "announcements.panel", title=Words(series.title)))
    if shown.occurrence is not None:
        when = zoned(shown.occurrence.starts_at, ZoneInfo(community.zone), say.language)
        blocks += [say_p(say, "announcements.next", when=when), _numbers(say, shown)]
    blocks += [say_p(say, "announcements.preview"), Quote(shown.preview.inner)] if shown.preview else []
    blocks.append(say_p(say, "announcements.where" if shown.targets else "announcements.where_here"))
    if shown.targets:
        blocks.append(Bullets(tuple(_where(say, number, target, room) for number, (target, room) in enumerate(shown.targets, 1))))
    role = "role" if settings.ping else "no_role_yet"
    blocks.append(say_p(say, f"announcements.{role}"))
    rows: list[Row] = [
        tuple(
            Button(
                f"{_mark(moment in settings.moments)}{say.label(f'announcements.when_{moment.value}')}",
                Press(FEATURE, "when", series.id, moment.value),
            )
            for moment in Moment
        ),
        (
            _toggle(say, "discreet", settings.discreet, Press(FEATURE, "words", series.id)),
            _toggle(say, "home", settings.home, Press(FEATURE, "home", series.id)),
        ),
    ]
    rows += [
        (
            Button(
                say.label("announcements.remove_button", number=number),
                Press(FEATURE, "away", series.id, room.id[:PREFIX]),
                Style.STOP,
            ),
        )
        for number, (_, room) in enumerate(shown.targets[:3], 1)
    ]
    further: Row = (Button(say.label("announcements.code_button"), Press(FEATURE, "code", series.id)),)
    if settings.ping:
        further += (Button(say.label("announcements.no_ping_button"), Press(FEATURE, "ping", series.id)),)
    quiet = say.label("announcements.quiet_button", hours=str(shown.quiet or say.label("announcements.off")))
    digest = say.label("announcements.digest_button", when=_digest(say, shown.digest))
    rows += [
        further,
        (Button(cut(quiet), Press(FEATURE, "quiet", series.id)), Button(cut(digest), Press(FEATURE, "digest", series.id))),
        help_row(say),
    ]
    return Reply(tuple(blocks), To.ONLY_YOU, tuple(rows))


def _numbers(say: Say, shown: Shown) -> Block:
    return say_p(say, "announcements.numbers", going=shown.going, waiting=shown.waiting)


def _where(say: Say, number: int, target: Target, room: Room) -> Nodes:
    platform = room.platform.capitalize()
    if target.name:
        return say("announcements.where_named", number=number, name=Words(target.name), platform=platform)
    return say("announcements.where_unnamed", number=number, platform=platform)


def _digest(say: Say, digest: Digest | None) -> str:
    if digest is None:
        return say.label("announcements.off")
    return f"{day_names(say.language)[digest.weekday]} {_hour(digest.wall, say.language)}"


def day_names(language: str) -> Sequence[str]:
    """The week's days in short, from Monday."""
    names = get_day_names("abbreviated", locale=language.replace("-", "_"))
    return [str(names[day]) for day in range(7)]


def _hour(wall: time, language: str) -> str:
    return format_time(wall, "short", locale=language.replace("-", "_"))


def _mark(on: bool) -> str:
    return "✓ " if on else ""


def _toggle(say: Say, key: str, on: bool, press: Press) -> Button:
    return Button(f"{_mark(on)}{say.label(f'announcements.{key}_button')}", press)


# Other screens ------------------------------------------------------------------------------------------------------


def told(say: Say, key: str, *rows: Row) -> Reply:
    return Reply((say_p(say, f"announcements.{key}"),), To.ONLY_YOU, (*rows, help_row(say)), replace=False)


def coded(say: Say, series: Series, code: str) -> Reply:
    """The code, for a facilitator of another community's room. It works once."""
    minutes = int(rules.CODE_LASTS.total_seconds()) // 60
    blocks = (say_p(say, "announcements.code", minutes=minutes), say_p(say, "announcements.code_line", code=code))
    return Reply(blocks, To.ONLY_YOU, (back(say, series),), fleeting=True)


def back(say: Say, series: Series) -> Row:
    return (Button(say.label("common.back"), Press(FEATURE, "settings", series.id)), *help_row(say))


def chooser(say: Say, room: Room, own: Sequence[Series], here: Sequence[Series], others: Sequence[Series], number: int) -> Reply:
    """The meetings of a room: its own, those that are announced here, and those that could be."""
    rows: list[Row] = [(Button(cut(series.title), Press(FEATURE, "settings", series.id)),) for series in own]
    place = room.id[:PREFIX]
    rows += [
        (
            Button(
                cut(say.label("announcements.away_button", title=series.title)),
                Press(FEATURE, "away", series.id, place),
                Style.STOP,
            ),
        )
        for series in here
    ]
    some = others[number * A_PAGE : (number + 1) * A_PAGE]
    rows += [
        (Button(cut(say.label("announcements.here_button", title=series.title)), Press(FEATURE, "here", series.id, place)),)
        for series in some
    ]
    if len(others) > (number + 1) * A_PAGE:
        rows.append((Button(say.label("announcements.more_button"), Press(FEATURE, "others", room.id, str(number + 1))),))
    key = "choose" if rows else "nothing"
    return Reply((say_p(say, f"announcements.{key}"),), To.ONLY_YOU, (*rows, help_row(say)), replace=bool(number))


def which_ping(say: Say, found: Sequence[Series], role: str) -> Reply:
    rows = tuple((Button(cut(series.title), Press(FEATURE, "ping", series.id, rules.packed(role))),) for series in found[:A_PAGE])
    return Reply((say_p(say, "announcements.which_ping"),), To.ONLY_YOU, (*rows, help_row(say)), replace=False)


def quiet_screen(say: Say, series: Series, quiet: Quiet | None) -> Reply:
    choices = tuple(
        Button(
            f"{_mark(hours == str(quiet or ''))}{hours}",
            Press(FEATURE, "quiet", series.id, hours.replace(":", "").replace("-", "_")),
        )
        for hours in QUIET
    )
    none = Button(f"{_mark(quiet is None)}{say.label('announcements.no_quiet_button')}", Press(FEATURE, "quiet", series.id, NONE))
    other = Button(say.label("announcements.other_button"), Press(FEATURE, "quiet", series.id, OTHER))
    return Reply((say_p(say, "announcements.quiet_ask"),), To.ONLY_YOU, (choices, (none, other), back(say, series)))


def quiet_form(say: Say, series: Series, quiet: Quiet | None) -> Form:
    field = Field(
        "hours",
        say.label("announcements.hours_field"),
        hint=say.label("announcements.hours_hint"),
        value=str(quiet or ""),
        longest=20,
    )
    return Form(Press(FEATURE, "quiet_typed", series.id), say.label("announcements.hours_title"), (field,))


def digest_screen(say: Say, series: Series, digest: Digest | None) -> Reply:
    days = [
        Button(f"{_mark(digest is not None and digest.weekday == day)}{name}", Press(FEATURE, "digest", series.id, f"d{day}"))
        for day, name in enumerate(day_names(say.language))
    ]
    hours = tuple(
        Button(
            f"{_mark(digest is not None and digest.wall == time(hour))}{_hour(time(hour), say.language)}",
            Press(FEATURE, "digest", series.id, f"h{hour}"),
        )
        for hour in HOURS
    )
    off = (
        Button(f"{_mark(digest is None)}{say.label('announcements.no_digest_button')}", Press(FEATURE, "digest", series.id, OFF)),
    )
    rows = (tuple(days[:4]), tuple(days[4:]), *((hours,) if digest else ()), off, back(say, series))
    return Reply((say_p(say, f"announcements.digest_ask_{series.options.audience.value}"),), To.ONLY_YOU, rows)
