"""Screens of files: which kind, asked once more where a file can harm, the file. And a kept one, to look at and to delete."""

from collections.abc import Sequence

from bot.core.help import help_now, help_row
from bot.core.replies import Button, File, Paper, Press, Reply, Row, Style
from bot.core.richtext import Emphasis, Paragraph
from bot.core.screens import in_rows
from bot.core.texts import Say, say_p
from handlers.flows.ending import in_pages
from handlers.flows.making import Made

SURE = "sure"  # the value of a press that was asked about


def choose(say: Say, made: Made, kinds: Sequence[str], *, sure: bool) -> Reply:
    """Return the kinds of file that fit, a button each."""
    more = f"_{SURE}" if sure else ""
    buttons = [Button(say.label(f"files.as_{kind}"), Press("flow", "file_as", made.id, f"{kind}{more}")) for kind in kinds]
    rows = (*in_rows(buttons, 1 if len(buttons) < 3 else 2), (_back(say, made), help_now(say)))
    return Reply((say_p(say, "files.which"),), buttons=rows, slot=_slot(made))


def sure(say: Say, made: Made) -> Reply:
    """Ask once more, before anything is made."""
    yes = Button(say.label("files.sure_yes"), Press("flow", "file", made.id, SURE))
    no = Button(say.label("files.sure_no"), _back(say, made).press, Style.MAIN)
    return Reply((say_p(say, "files.sure"),), buttons=((no,), (yes, help_now(say))), slot=_slot(made))


def sent(say: Say, content: File | Paper) -> Reply:
    """Return the file, below the screen that asked for it. Nothing else keeps it."""
    file, paper = (content, None) if isinstance(content, File) else (None, content)
    said = (say_p(say, "flow.file"),)
    return Reply(said, buttons=(help_row(say),), file=file, paper=paper, replace=False, fleeting=True)


def _slot(made: Made) -> str:
    """Of a flow under way: its one living message."""
    return "" if made.kept else f"flow_{made.id}"


def _back(say: Say, made: Made) -> Button:
    press = Press("flow", "entry", made.id) if made.kept else Press("flow", "resume", made.id)
    return Button(say.label("common.back"), press)


# A kept one ---------------------------------------------------------------------------------------------------------


def entry(say: Say, made: Made, page: int, *, stays: bool, back: Press | None) -> Reply:
    """Return what was kept, with what may be done with it. `back`: where lists of kept ones are."""
    pages = in_pages(made.blocks)
    page = min(page, len(pages) - 1)
    blocks = list(pages[page])
    if len(pages) > 1:
        blocks.append(Paragraph((Emphasis(say("flow.page_of", n=page + 1, of=len(pages))),)))
    rows: list[Row] = [
        (
            Button(say.label("common.send_file"), Press("flow", "file", made.id)),
            Button(say.label("files.delete"), Press("flow", "forget", made.id)),
        ),
    ]
    turns = [
        Button(say.label(f"flow.{key}"), Press("flow", "entry", made.id, str(to)))
        for key, to, there in (("previous", page - 1, page > 0), ("following", page + 1, page + 1 < len(pages)))
        if there
    ]
    if turns:
        rows.append(tuple(turns))
    stay = Press("flow", "stay", made.id, "off" if stays else "on")
    rows.append((Button(say.label("flow.stay_off" if stays else "flow.stay_on"), stay),))
    rows.append((*((Button(say.label("common.back"), back),) if back is not None else ()), help_now(say)))
    return Reply(tuple(blocks), buttons=tuple(rows), picture=made.picture if page == 0 else None)


def ask_forget(say: Say, entry: str) -> Reply:
    rows = (
        (
            Button(say.label("files.delete_yes"), Press("flow", "forgotten", entry), Style.STOP),
            Button(say.label("files.delete_no"), Press("flow", "entry", entry)),
        ),
        help_row(say),
    )
    return Reply((say_p(say, "files.delete_ask"),), buttons=rows)


def forgotten(say: Say, back: Press | None) -> Reply:
    rows = ((Button(say.label("common.back"), back), help_now(say)),) if back is not None else (help_row(say),)
    return Reply((say_p(say, "files.deleted"),), buttons=rows)
