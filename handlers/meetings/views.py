"""Screens around a series: the form, what was saved, cancelling. The room's card is in `card.py`, the panel in `panel.py`."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.help import help_row
from bot.core.ids import RoomId
from bot.core.meetings import Series, zoned
from bot.core.replies import Button, Choice, Field, FieldKind, Form, Press, Reply, Style, To
from bot.core.richtext import Block, Words
from bot.core.texts import Say, Value, say_p
from bot.core.when import clock_time, day_and_time, zone_name
from handlers.meetings.parsing import DAYS, LENGTHS, LONGEST_TITLE, weekday_names

MOST_BUTTONS = 4


def told(say: Say, key: str, **values: Value) -> Reply:
    """One sentence for the caller alone, short enough for a toast."""
    return Reply((say_p(say, key, **values),), To.ONLY_YOU, replace=False)


def refused(say: Say, in_private: bool) -> Reply:
    """For somebody who is no facilitator, as far as the place tells: a private chat knows it only from an act in the room."""
    return told(say, "meetings.only_facilitators_private" if in_private else "meetings.only_facilitators")


def create_form(say: Say, room: RoomId, home_zone: str, answers: Mapping[str, str] | None = None) -> Form:
    """The questions of a new meeting; `answers` are kept from an earlier try."""
    given = answers or {}
    days = tuple(Choice(code, name) for code, name in zip(DAYS, weekday_names(say.language), strict=True))
    lengths = tuple(Choice(str(length), say.label("meetings.minutes", minutes=length)) for length in LENGTHS)
    return Form(
        Press("meetings", "save", room),
        say.label("meetings.create_title"),
        (
            Field("title", say.label("meetings.field_title"), value=given.get("title", ""), longest=LONGEST_TITLE),
            Field("weekday", say.label("meetings.field_weekday"), FieldKind.CHOICE, value=given.get("weekday", ""), choices=days),
            Field(
                "time",
                say.label("meetings.field_time"),
                hint=say.label("meetings.hint_time"),
                value=given.get("time", ""),
                longest=20,
            ),
            Field(
                "zone",
                say.label("meetings.field_zone"),
                hint=say.label("meetings.hint_zone"),
                value=given.get("zone") or home_zone,
                required=False,
                longest=60,
            ),
            Field("length", say.label("meetings.field_length"), FieldKind.CHOICE, value=given.get("length", ""), choices=lengths),
        ),
    )


def saved(say: Say, series: Series, start: datetime, reader: ZoneInfo) -> Reply:
    """What was saved, with the next start in the meeting's zone, and in the reader's where that differs."""
    home, language = ZoneInfo(series.schedule.zone), say.language
    local = start.astimezone(home)
    blocks: list[Block] = [
        say_p(say, "meetings.saved", title=Words(series.title)),
        say_p(
            say,
            "meetings.saved_rule",
            day=weekday_names(language)[local.weekday()],
            time=clock_time(start, home, language).text,
            zone=zone_name(home, language),
            minutes=series.length.seconds // 60,
        ),
        say_p(say, "meetings.saved_next", when=day_and_time(start, home, language).text),
    ]
    if start.astimezone(reader).utcoffset() != local.utcoffset():
        blocks.append(say_p(say, "meetings.saved_yours", when=zoned(start, reader, language)))
    blocks.append(say_p(say, "meetings.saved_then"))
    return Reply(tuple(blocks), To.ONLY_YOU, ((cancel_button(say, series),), help_row(say)), replace=False)


def cancel_button(say: Say, series: Series, label: str = "") -> Button:
    return Button(label or say.label("meetings.cancel_button"), Press("meetings", "cancel", series.id), Style.STOP)


def which_to_cancel(say: Say, found: Sequence[Series]) -> Reply:
    if not found:
        return Reply((say_p(say, "meetings.none_here"),), To.ONLY_YOU, (help_row(say),), replace=False)
    rows = tuple((cancel_button(say, series, series.title[:40]),) for series in found[:MOST_BUTTONS])
    return Reply((say_p(say, "meetings.cancel_which"),), To.ONLY_YOU, (*rows, help_row(say)), replace=False)


def confirm_cancel(say: Say, series: Series) -> Reply:
    yes = Button(say.label("meetings.cancel_yes"), Press("meetings", "cancel", series.id, "yes"), Style.STOP)
    no = Button(say.label("meetings.keep_button"), Press("meetings", "keep", series.id))
    return Reply((say_p(say, "meetings.cancel_ask", title=Words(series.title)),), To.ONLY_YOU, ((yes, no), help_row(say)))


def kept(say: Say) -> Reply:
    return Reply((say_p(say, "meetings.kept"),), To.ONLY_YOU, (help_row(say),))


def cancelled(say: Say, series: Series) -> Reply:
    return Reply((say_p(say, "meetings.cancelled", title=Words(series.title)),), To.ONLY_YOU, (help_row(say),))


def series_over(say: Say, series: Series) -> Reply:
    """What the room is told."""
    return Reply((say_p(say, "meetings.series_over", title=Words(series.title)),), To.ROOM, (help_row(say),), replace=False)


def asked_again(say: Say, key: str, values: Mapping[str, str], form: Form, wrong: str) -> Reply:
    """The sentence about what to change, then the form again: only the field it is about is asked, the others are as answered."""
    fields = tuple(replace(field, known=field.name != wrong) for field in form.fields)
    return Reply((say_p(say, key, **values),), To.ONLY_YOU, form=replace(form, fields=fields), replace=False)
