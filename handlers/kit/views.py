"""Screens of the kit: what is in it, list by list, and which line to take out."""

from bot.core.flow import line_mark
from bot.core.help import help_now, help_row
from bot.core.replies import Button, Press, Reply, Row, Style
from bot.core.richtext import Block, Bullets, Paragraph, Strong, Text, Words, one_line
from bot.core.screens import cut, in_rows
from bot.core.texts import Say, say_h, say_p
from handlers.kit.records import LISTS, Kit

ROOM = 1500  # characters for all lines of a screen: the narrowest platform's message
LABEL = 36


def look(say: Say, kit: Kit) -> Reply:
    """The whole kit under its headings, each line in one line, and what may be done with it."""
    add: Row = (Button(say.label("kit.add_button"), Press("kit", "start"), Style.MAIN),)
    there = [name for name in LISTS if kit.of(name)]
    if not there:
        return Reply((say_p(say, "kit.emptied"),), buttons=(add, help_row(say)))
    most = max(20, ROOM // max(1, sum(len(kit.of(name)) for name in there)))
    blocks: list[Block] = [say_h(say, "kit.title")]
    for name in there:
        blocks.append(_heading(say, name))
        blocks.append(Bullets(tuple((Words(cut(one_line(line), most)),) for line in kit.of(name))))
    rows: tuple[Row, ...] = (
        add,
        (
            Button(say.label("kit.out_button"), Press("kit", "lists")),
            Button(say.label("kit.anew_button"), Press("kit", "anew")),
        ),
        (help_now(say),),
    )
    return Reply(tuple(blocks), buttons=rows)


def which_list(say: Say, kit: Kit) -> Reply:
    buttons = [Button(say.label(f"kit.in_{name}"), Press("kit", "list", name)) for name in LISTS if kit.of(name)]
    return Reply((say_p(say, "kit.which_list"),), buttons=(*in_rows(buttons, 2), _back(say)))


def which_line(say: Say, kit: Kit, name: str) -> Reply:
    """One list, with a button for each of its lines: a tap takes it out."""
    lines = kit.of(name)
    buttons = [
        Button(cut(f"{n}. {one_line(line)}", LABEL), Press("kit", "out", name, line_mark(line))) for n, line in enumerate(lines, 1)
    ]
    numbered = Bullets(tuple((Text(f"{n}. "), Words(cut(one_line(line), ROOM // 10))) for n, line in enumerate(lines, 1)))
    rows = in_rows(buttons, 1 if len(lines) <= 4 else 3)
    return Reply((_heading(say, name), numbered, say_p(say, "kit.which_line")), buttons=(*rows, _back(say)))


def ask_anew(say: Say) -> Reply:
    yes = Button(say.label("kit.anew_yes"), Press("kit", "empty"), Style.STOP)
    return Reply((say_p(say, "kit.anew_ask"),), buttons=((yes,), _back(say)))


def kept(say: Say, kit: Kit) -> tuple[Block, ...]:
    """What is said once lines were added: how many there are, without judging it."""
    return (say_p(say, "kit.count", lines=sum(len(kit.of(name)) for name in LISTS)),)


def _heading(say: Say, name: str) -> Block:
    return Paragraph((Strong(say(f"kit.in_{name}")),))


def _back(say: Say) -> Row:
    return (Button(say.label("common.back"), Press("kit", "look")), *help_row(say))
