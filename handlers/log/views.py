"""Screens of the urge log: a page of lines, a picture, which kind of file."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.core.help import help_now
from bot.core.replies import Button, File, Paper, Press, Reply, Row, Style
from bot.core.richtext import Block, Paragraph, Text
from bot.core.texts import Say, say_h, say_p
from handlers.log.lines import line
from handlers.log.pictures import PICTURES
from handlers.log.rules import Urge

PAGE = 5


def lines(say: Say, urges: Sequence[Urge], zone: ZoneInfo, page: int, *, more: bool, replace: bool) -> Reply:
    """Return a page of the log, the newest first, with a button for each line."""
    add = Button(say.label("log.add"), Press("urgelog", "start"), Style.MAIN)
    if not urges and page == 0:
        return Reply((say_h(say, "log.heading"), say_p(say, "log.empty")), buttons=((add, help_now(say)),), replace=replace)
    blocks: list[Block] = [say_h(say, "log.heading")]
    blocks += [Paragraph((Text(f"{n}. "), *line(say, urge, zone))) for n, urge in enumerate(urges, 1)]
    blocks.append(say_p(say, "log.open_which"))
    opens = tuple(Button(str(n), Press("flow", "entry", urge.id)) for n, urge in enumerate(urges, 1))
    turns = _turns(say, page, more=more)
    looks = tuple(Button(say.label(f"log.{kind}_button"), Press("log", "picture", value=kind)) for kind in PICTURES)
    files = (
        Button(say.label("common.send_file"), Press("log", "file")),
        Button(say.label("log.progress_button"), Press("progress", "show")),
    )
    return Reply(
        tuple(blocks), buttons=tuple(row for row in (opens, (*turns, add), looks, (*files, help_now(say))) if row), replace=replace
    )


def _turns(say: Say, page: int, *, more: bool) -> Row:
    found = (("newer", page - 1, page > 0), ("older", page + 1, more))
    return tuple(Button(say.label(f"log.{key}"), Press("log", "show", value=str(to))) for key, to, there in found if there)


def picture(say: Say, urges: Sequence[Urge], zone: ZoneInfo, kind: str) -> Reply:
    """Return one of the pictures, with the others a tap away. `urges`: oldest first."""
    made = PICTURES[kind](say, urges, zone)
    others = tuple(
        Button(say.label(f"log.{other}_button"), Press("log", "picture", value=other)) for other in PICTURES if other != kind
    )
    back = (Button(say.label("common.back"), Press("log", "show")), help_now(say))
    said = (say_h(say, f"log.{kind}_title"),) if made is not None else (say_p(say, "log.picture_none"),)
    return Reply(said, buttons=(others, back), picture=made)


def choose_file(say: Say) -> Reply:
    kinds = tuple(Button(say.label(f"log.as_{kind}"), Press("log", "file_as", value=kind)) for kind in ("csv", "pdf"))
    return Reply(
        (say_p(say, "log.file_which"),), buttons=(kinds, (Button(say.label("common.back"), Press("log", "show")), help_now(say)))
    )


def sent(say: Say, content: File | Paper) -> Reply:
    """Return the file, below the screen that asked for it. Nothing else keeps it."""
    file, paper = (content, None) if isinstance(content, File) else (None, content)
    return Reply((say_p(say, "log.file"),), buttons=((help_now(say),),), file=file, paper=paper, replace=False, fleeting=True)
