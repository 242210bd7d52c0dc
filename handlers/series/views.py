"""Screens of a new or edited series: the form, the preview, what was saved; and the small sentences of the whole feature."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.calendar import Change, Evening
from bot.core.help import help_row
from bot.core.meetings import Series
from bot.core.replies import Button, Field, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Heading, Text, Words
from bot.core.screens import cut, told
from bot.core.texts import Say, Value, say_p
from bot.core.when import day_and_time
from handlers.series import telling
from handlers.series.drafts import Draft
from handlers.series.reading import LONGEST_TITLE, USUAL_LENGTH
from handlers.series.repeats import repeat_of
from handlers.series.vocabulary import weekday_names

FEATURE = "series"


def refused(say: Say, in_private: bool) -> Reply:
    """For somebody who is no facilitator, as far as the place tells: a private chat knows it only from an act in the room."""
    return told(say, "series.only_facilitators_private" if in_private else "series.only_facilitators")


def button(say: Say, key: str, action: str, subject: str = "", value: str = "", style: Style = Style.PLAIN) -> Button:
    return Button(cut(say.label(f"series.{key}")), Press(FEATURE, action, subject, value), style)


def series_form(
    say: Say, press: Press, home_zone: str, series: Series | None = None, answers: Mapping[str, str] | None = None
) -> Form:
    """The questions of a meeting, filled in with what it is, or with the answers of an earlier try."""
    given = dict(_values(say, series)) if series is not None else {"zone": home_zone, "length": str(USUAL_LENGTH)}
    given |= answers or {}
    days = weekday_names(say.language)
    hint = say.label("series.hint_days", one=days[1], two=days[3])[:100]
    return Form(
        press,
        say.label("series.form_new" if series is None else "series.form_edit"),
        (
            Field("title", say.label("series.field_title"), value=given.get("title", ""), longest=LONGEST_TITLE),
            Field("days", say.label("series.field_days"), hint=hint, value=given.get("days", ""), longest=120),
            Field(
                "time",
                say.label("series.field_time"),
                hint=say.label("series.hint_time"),
                value=given.get("time", ""),
                longest=20,
            ),
            Field(
                "zone",
                say.label("series.field_zone"),
                hint=say.label("series.hint_zone"),
                value=given.get("zone", ""),
                required=False,
                longest=60,
            ),
            Field(
                "length",
                say.label("series.field_length"),
                hint=say.label("series.hint_length"),
                value=given.get("length", ""),
                longest=20,
            ),
        ),
    )


def _values(say: Say, series: Series) -> Mapping[str, str]:
    repeat = repeat_of(series.schedule.rule)
    return {
        "title": series.title,
        "days": telling.spelled(say, repeat) if repeat is not None else say.label("series.rule_other"),
        "time": f"{series.schedule.wall:%H:%M}",
        "zone": series.schedule.zone,
        "length": str(telling.minutes_of(series)),
    }


def asked_again(say: Say, key: str, values: Mapping[str, str], form: Form, wrong: str) -> Reply:
    """The sentence about what to change, then the form again: only the field it is about is asked, the others are as answered."""
    fields = tuple(replace(field, known=field.name != wrong) for field in form.fields)
    return Reply((say_p(say, key, **values),), To.ONLY_YOU, form=replace(form, fields=fields), replace=False)


def preview(
    say: Say,
    draft: Draft,
    coming: Sequence[Evening],
    second: tuple[ZoneInfo, str] | None,
    lost: Sequence[Change] = (),
    *,
    elsewhere: bool = False,
    note: str = "",
) -> Reply:
    """What would be saved, with its next dates; `lost`: what is different about single evenings and would be dropped."""
    series = draft.series
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks += [Heading((Words(series.title),)), telling.when_line(say, series)]
    if elsewhere:
        blocks.append(say_p(say, "series.elsewhere"))
    blocks += [say_p(say, "series.next_dates", count=len(coming)), telling.dates(say, series, coming, second)]
    if draft.original:
        blocks.append(say_p(say, "series.from_then_on", date=draft.original[:10]))
    if lost:
        blocks += [say_p(say, "series.lost", count=len(lost)), Bullets(tuple(_lost(say, change) for change in lost))]
    blocks.append(say_p(say, "series.not_saved_yet"))
    first: Row = (
        button(say, "save_button", "save", draft.id, style=Style.GO),
        button(say, "change_button", "change", draft.id),
        button(say, "discard_button", "discard", draft.id),
    )
    own = draft.base is None or draft.original  # an edit of all evenings has the options of the series itself
    more: tuple[Row, ...] = ((button(say, "options_button", "options", draft.id),),) if own else ()
    return Reply(tuple(blocks), To.ONLY_YOU, (first, *more, help_row(say)))


def _lost(say: Say, change: Change) -> tuple[Text | Words, ...]:
    key = "series.lost_off" if change.cancelled else "series.lost_moved" if change.moves else "series.lost_other"
    line: list[Text | Words] = [Text(say.label(key, date=change.original[:10]))]
    if change.reason:
        line += [Text(": "), Words(change.reason)]
    return tuple(line)


def changed_meanwhile(say: Say, series: Series, names: Sequence[str]) -> Reply:
    """What another facilitator changed while this one was editing."""
    lines = Bullets(tuple(say(f"series.now_{name}", **_now(say, series, name)) for name in names))
    again = (button(say, "look_button", "show", series.id, style=Style.MAIN),)
    return Reply((say_p(say, "series.changed_meanwhile"), lines), To.ONLY_YOU, (again, help_row(say)), replace=False)


def _now(say: Say, series: Series, name: str) -> dict[str, Value]:
    match name:
        case "title":
            return {"title": Words(series.title)}
        case "days":
            return {"rule": telling.rule_of(say, series)}
        case "time":
            return {"time": f"{series.schedule.wall:%H:%M}"}
        case "zone":
            return {"zone": series.schedule.zone}
        case "length":
            return {"minutes": telling.minutes_of(series)}
        case _:
            return {}


def saved_note(say: Say, series: Series, following: Evening | None) -> tuple[Block, ...]:
    blocks: list[Block] = [say_p(say, "series.saved", title=Words(series.title)), telling.when_line(say, series)]
    if following is not None:
        zone = ZoneInfo(series.schedule.zone)
        blocks.append(say_p(say, "series.saved_next", when=day_and_time(following.starts_at, zone, say.language).text))
    return tuple(blocks)


def series_over(say: Say, series: Series, *, ended: bool = False) -> Reply:
    """What the room is told: it was cancelled, or `ended` by its own rule."""
    key = "series.has_ended" if ended else "series.is_over"
    return Reply((say_p(say, key, title=Words(series.title)),), To.ROOM, (help_row(say),), replace=False)
