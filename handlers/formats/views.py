"""Screens of a community's formats."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from bot.core.help import help_row
from bot.core.ids import CommunityId
from bot.core.outlines import Outline, Segment, format_name
from bot.core.replies import Button, Field, FieldKind, File, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Heading, Quote, Text, Words, clean, plain
from bot.core.screens import in_rows
from bot.core.texts import Say, say_h, say_p
from bot.core.when import day
from handlers.formats import rules
from handlers.formats.records import OwnFormat

IN_A_ROW = 2
PARTS_IN_A_ROW = 4


def shipped_words(say: Say, outline: Outline, segment: Segment) -> tuple[str, str]:
    """The shipped name and script of a part, as plain text; "" for a part that only the community has."""
    name = f"outlines.segment_{segment.key}"
    style = "brief" if outline.brief else ""
    script = next((key for key in outline.script_keys(segment, style) if say.has(key)), "")
    return say.label(name) if say.has(name) else "", plain(say(script)) if script else ""


def _part_name(say: Say, segment: Segment) -> str:
    return clean(segment.name) if segment.name else say.label(f"outlines.segment_{segment.key}")


def refused(say: Say) -> Reply:
    return Reply((say_p(say, "formats.only_facilitators"),), To.ONLY_YOU, (help_row(say),), replace=False)


def choose(say: Say, community: CommunityId, names: Sequence[str], own: frozenset[str]) -> Reply:
    buttons = []
    for name in names:
        label = say.label("formats.own_label" if name in own else "formats.label", name=format_name(say, name))[:40]
        buttons.append(Button(label, Press("formats", "show", community, name)))
    rows = in_rows(buttons, IN_A_ROW)
    return Reply((say_h(say, "formats.title"), say_p(say, "formats.choose")), To.ONLY_YOU, (*rows, help_row(say)))


def shown(say: Say, community: CommunityId, outline: Outline, own: OwnFormat | None, note: str = "") -> Reply:
    """A format as it stands: its parts, and what can be done with it."""
    name = outline.outline
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks += [Heading((Text(format_name(say, name)),)), _parts(say, outline)]
    is_own = own is not None and own.outline is not None
    if own is not None and is_own:
        blocks.append(say_p(say, "formats.is_own", day=day(own.at, say.language)))
    else:
        blocks.append(say_p(say, "formats.is_shipped"))
    rows: list[Row] = [
        (_button(say, "parts", community, name, Style.MAIN),),
        (_button(say, "file", community, name), _button(say, "get", community, name)),
    ]
    back = _button(say, "list", community, "")
    rows.append((_button(say, "restore", community, name, Style.STOP), back) if is_own else (back,))
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, help_row(say)))


def _parts(say: Say, outline: Outline) -> Bullets:
    items = []
    for segment in outline.segments:
        name: Words | str = Words(segment.name) if segment.name else _part_name(say, segment)
        items.append(say("formats.kept_part" if segment.protected else "formats.part", name=name, minutes=segment.minutes))
    return Bullets((*items, say("formats.whole", minutes=outline.minutes)))


def parts(say: Say, community: CommunityId, outline: Outline) -> Reply:
    name = outline.outline
    buttons = [
        Button(_part_name(say, segment)[:40], Press("formats", "part", community, f"{name}_{n}"))
        for n, segment in enumerate(outline.segments)
    ]
    rows = in_rows(buttons, PARTS_IN_A_ROW)
    back = _button(say, "show", community, name, label="common.back")
    return Reply((say_p(say, "formats.which_part"),), To.ONLY_YOU, (*rows, (back, *help_row(say))))


def part(say: Say, community: CommunityId, outline: Outline, index: int) -> Reply:
    """One part with its script, as a stand-in would read it out."""
    segment, name = outline.segments[index], outline.outline
    its_name, its_script = shipped_words(say, outline, segment)
    shown_name: Words | str = Words(segment.name) if segment.name else its_name
    script = Quote((Words(segment.script),) if segment.script else (Text(its_script),))
    blocks = (Heading(say("formats.part", name=shown_name, minutes=segment.minutes)), script)
    value = f"{name}_{index}"
    rows: tuple[Row, ...] = (
        (_button(say, "edit", community, value, Style.MAIN), _button(say, "parts", community, name, label="common.back")),
        help_row(say),
    )
    return Reply(blocks, To.ONLY_YOU, rows)


def part_form(say: Say, community: CommunityId, outline: Outline, index: int, answers: Mapping[str, str] | None = None) -> Form:
    segment, given = outline.segments[index], answers or {}
    its_name, its_script = shipped_words(say, outline, segment)
    return Form(
        Press("formats", "save", community, f"{outline.outline}_{index}"),
        say.label("formats.part_title"),
        (
            Field(
                "name",
                say.label("formats.field_name"),
                value=given.get("name") or segment.name or its_name,
                longest=rules.LONGEST_NAME,
            ),
            Field(
                "minutes",
                say.label("formats.field_minutes"),
                hint=say.label("formats.hint_minutes"),
                value=given.get("minutes") or str(segment.minutes),
                longest=3,
            ),
            Field(
                "script",
                say.label("formats.field_script"),
                FieldKind.LONG,
                hint=say.label("formats.hint_script"),
                value=given.get("script") or segment.script or its_script,
                required=False,
                longest=rules.LONGEST_SCRIPT,
            ),
        ),
    )


def asked_again(say: Say, bad: rules.BadFormat, form: Form) -> Reply:
    """The sentence about what to change, then the form again: only the field it is about is asked, the others are as answered."""
    fields = tuple(replace(field, known=len(form.fields) > 1 and field.name != (bad.key or "minutes")) for field in form.fields)
    values = {name: value for name, value in bad.detail.items() if isinstance(value, str | int)}
    return Reply((say_p(say, bad.text_key, **values),), To.ONLY_YOU, form=replace(form, fields=fields), replace=False)


def file_form(say: Say, community: CommunityId, name: str) -> Form:
    field = Field("file", say.label("formats.field_file"), FieldKind.FILE, hint=say.label("formats.hint_file"))
    return Form(Press("formats", "read", community, name), say.label("formats.file_title"), (field,))


def proposed(say: Say, community: CommunityId, outline: Outline) -> Reply:
    """What the file says, before it is in force."""
    name = outline.outline
    blocks = (say_h(say, "formats.preview"), _parts(say, outline), *_scripts(say, outline), say_p(say, "formats.not_saved"))
    yes = _button(say, "accept", community, name, Style.GO)
    no = _button(say, "show", community, name, label="formats.leave_button")
    return Reply(blocks, To.ONLY_YOU, ((yes, no), help_row(say)))


def _scripts(say: Say, outline: Outline) -> list[Block]:
    """The first words of each own script: enough to see that the right text is in the right place."""
    lines = [
        say("formats.script_begins", name=_own_or(say, segment), words=Words(segment.script[:60]))
        for segment in outline.segments
        if segment.script
    ]
    return [Bullets(tuple(lines))] if lines else []


def _own_or(say: Say, segment: Segment) -> Words | str:
    return Words(segment.name) if segment.name else _part_name(say, segment)


def as_file(say: Say, name: str, text: str) -> Reply:
    file = File(f"format-{name}.yaml", text.encode(), "application/yaml")
    return Reply((say_p(say, "formats.file_given"),), To.ONLY_YOU, (help_row(say),), file=file, replace=False)


def _button(say: Say, action: str, community: CommunityId, value: str, style: Style = Style.PLAIN, *, label: str = "") -> Button:
    return Button(say.label(label or f"formats.{action}_button"), Press("formats", action, community, value), style)
