"""Screens of this feature."""

from collections.abc import Sequence

from bot.core.features import MenuEntry, Where
from bot.core.help import help_row
from bot.core.ports import Held
from bot.core.replies import Button, File, Press, Reply, Style, To
from bot.core.richtext import Block, Bullets, Heading, Nodes, Paragraph, Strong, Text
from bot.core.texts import Say, say_p
from bot.core.when import day


def welcome(say: Say, emergency: Nodes) -> Reply:
    blocks = (
        Heading(say("people.welcome")),
        say_p(say, "people.what"),
        Paragraph((*say("people.a_program"), Text(" "), *emergency, Text("."))),
        say_p(say, "people.independent"),
    )
    rows = (
        (Button(say.label("people.urge_button"), Press("urge", "start"), Style.MAIN),),
        (
            Button(say.label("people.meetings_button"), Press("announcements", "list")),
            Button(say.label("people.help_button"), Press("people", "help")),
        ),
        help_row(say),
    )
    return Reply(blocks, To.ONLY_YOU, rows, replace=False)


def commands(say: Say, menu: Sequence[MenuEntry], *, facilitator: bool) -> Reply:
    """List the commands: everybody's, and a facilitator's for a facilitator."""

    def line(entry: MenuEntry) -> Nodes:
        described = entry.descriptions.get(say.language) or entry.descriptions.get("en", "")
        return (Strong((Text(f"/{entry.name}"),)), Text(f" — {described}"))

    blocks: list[Block] = [say_p(say, "people.help"), Bullets(tuple(line(entry) for entry in menu if not entry.facilitators))]
    if facilitator:
        blocks += [say_p(say, "people.help_facilitator"), Bullets(tuple(line(entry) for entry in menu if entry.facilitators))]
    rooms = any(entry.where is Where.ROOM for entry in menu)
    if rooms:
        blocks.append(say_p(say, "people.help_rooms"))
    return Reply(tuple(blocks), To.ONLY_YOU, (help_row(say),), replace=False)


def privacy(say: Say, held: Sequence[Held], emergency: Nodes) -> Reply:
    """Say what is kept, row for row, and who could read it."""
    blocks: list[Block] = [Heading(say("people.privacy_title"))]
    if held:
        blocks.append(say_p(say, "people.privacy_held"))
        blocks.append(Bullets(tuple(_held(say, row) for row in held)))
    else:
        blocks.append(say_p(say, "people.privacy_nothing"))
    facts = ("sealed", "plain", "platform", "host", "never", "yours")
    blocks.append(Bullets(tuple(say(f"people.privacy_{fact}") for fact in facts)))
    blocks.append(Paragraph((*say("people.a_program"), Text(" "), *emergency, Text("."))))
    rows = (
        (
            Button(say.label("people.export_button"), Press("people", "export")),
            Button(say.label("people.erase_button"), Press("people", "erase", "", "ask")),
        ),
        help_row(say),
    )
    return Reply(tuple(blocks), To.PRIVATE, rows, replace=False)


def _held(say: Say, row: Held) -> Nodes:
    kind = say(f"people.kind_{row.kind}") if say.has(f"people.kind_{row.kind}") else say("people.kind_other")
    since = (Text(", "), *say("people.since", day=day(row.oldest, say.language))) if row.oldest else ()
    goes = say("people.goes", day=day(row.goes_at, say.language)) if row.goes_at else say("people.stays")
    return (*kind, Text(f": {row.rows}"), *since, Text(". "), *goes)


def export_ready(say: Say, archive: bytes) -> Reply:
    file = File("my-data.zip", archive, "application/zip")
    return Reply((say_p(say, "people.exported"),), To.PRIVATE, (help_row(say),), file=file, replace=False)


def ask(say: Say, text: str, yes: str, press: Press) -> Reply:
    rows = (
        (Button(say.label(yes), press, Style.STOP), Button(say.label("people.stay_button"), Press("people", "stay"))),
        help_row(say),
    )
    return Reply((say_p(say, text),), To.PRIVATE, rows, replace=False)


def said(say: Say, key: str, **values: str) -> Reply:
    return Reply((say_p(say, key, **values),), To.PRIVATE, (help_row(say),))
