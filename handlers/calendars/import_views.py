"""Screens of an import: the form, what would be made and what not, and the end."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.help import help_row
from bot.core.ids import RoomId
from bot.core.meetings import Audience, zoned
from bot.core.recurrence import parts
from bot.core.replies import Button, Choice, Field, FieldKind, Form, Press, Reply, Style, To
from bot.core.richtext import Block, Bullets, Nodes, Text, Words
from bot.core.schedule import next_start
from bot.core.texts import Say, say_h, say_p
from handlers.calendars.records import Draft, Read, Skipped
from handlers.calendars.views import NAME

DRAFTS, SKIPPED = 10, 8  # lines that a screen shows of each
SHOWN_TITLE = 40


def form(say: Say, room: RoomId, zone: str) -> Reply:
    audiences = tuple(Choice(audience.value, say.label(f"calendars.audience_{audience.value}")) for audience in Audience)
    fields = (
        Field("file", say.label("calendars.field_file"), FieldKind.FILE, say.label("calendars.hint_file"), required=False),
        Field(
            "text",
            say.label("calendars.field_text"),
            FieldKind.LONG,
            say.label("calendars.hint_text"),
            required=False,
            longest=4000,
        ),
        Field("audience", say.label("calendars.field_audience"), FieldKind.CHOICE, choices=audiences, value=Audience.PARTICIPANTS),
        Field("zone", say.label("calendars.field_zone"), hint=say.label("calendars.hint_zone"), value=zone, longest=60, known=True),
    )
    return Reply(
        (say_p(say, "calendars.import_what"),), form=Form(Press(NAME, "import", room), say.label("calendars.form_title"), fields)
    )


def preview(say: Say, read: Read, import_id: str, now: datetime) -> Reply:
    """What Save would make, and what is skipped and why."""
    if not read.drafts:
        nothing: tuple[Block, ...] = (say_h(say, "calendars.nothing_new"), *_skipped(say, read))
        return Reply(nothing, To.ONLY_YOU, (help_row(say),), replace=False)
    lines = [_draft(say, draft, now) for draft in read.drafts[:DRAFTS]]
    if more := len(read.drafts) - DRAFTS:
        lines += [say("calendars.and_more", count=more)] if more > 0 else []
    blocks: tuple[Block, ...] = (
        say_h(say, "calendars.would_make", count=len(read.drafts)),
        Bullets(tuple(lines)),
        *_notes(say, read),
        *_skipped(say, read),
    )
    save = Button(say.label("calendars.save", count=len(read.drafts)), Press(NAME, "save", import_id), Style.MAIN)
    discard = Button(say.label("common.cancel"), Press(NAME, "discard", import_id))
    return Reply(blocks, To.ONLY_YOU, ((save, discard), help_row(say)), replace=False)


def _draft(say: Say, draft: Draft, now: datetime) -> Nodes:
    when = zoned(next_start(draft.schedule, now), ZoneInfo(draft.schedule.zone), say.language)
    given = parts(draft.schedule.rule)
    if given.get("COUNT") == "1":
        return say("calendars.draft_once", title=Words(draft.title), when=when, minutes=draft.minutes)
    how, every = given["FREQ"].lower(), int(given.get("INTERVAL", "1"))
    return say("calendars.draft", title=Words(draft.title), when=when, how=how, every=every, minutes=draft.minutes)


def _notes(say: Say, read: Read) -> Sequence[Bullets]:
    counted: dict[str, int] = {}
    for draft in read.drafts:
        for note in draft.notes:
            counted[note] = counted.get(note, 0) + 1
    lines = tuple(say(f"calendars.note_{note}", count=count, zone=read.zone) for note, count in counted.items())
    return (Bullets(lines),) if lines else ()


def _skipped(say: Say, read: Read) -> Sequence[Bullets]:
    if not read.skipped:
        return ()
    lines = [_why(say, one, by_line=read.by_line) for one in read.skipped[:SKIPPED]]
    if (more := len(read.skipped) - SKIPPED) > 0:
        lines.append(say("calendars.and_more", count=more))
    return (Bullets(tuple(lines)),)


def _why(say: Say, one: Skipped, *, by_line: bool) -> Nodes:
    where = say("calendars.at_line" if by_line else "calendars.at_entry", number=one.entry)
    title = one.title if len(one.title) <= SHOWN_TITLE else f"{one.title[: SHOWN_TITLE - 1]}…"
    named = (Text(", "), Words(title)) if title else ()
    return (*where, *named, Text(": "), *say(f"calendars.skip_{one.why}"))


def saved(say: Say, count: int) -> Reply:
    series = Button(say.label("calendars.show_meetings"), Press("series", "list"))
    return Reply((say_p(say, "calendars.saved", count=count),), To.ONLY_YOU, ((series,), help_row(say)))
