"""Screens of linking. All of them are for the private chat."""

from collections.abc import Sequence

from bot.core.help import help_row
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Nodes
from bot.core.texts import Say, Value, say_h, say_p
from handlers.linking.records import Ask, Linked
from handlers.linking.rules import may_leave


def explained(say: Say, accounts: Sequence[Linked], here: str, *, replace: bool = False) -> Reply:
    """What linking does, or which accounts are linked; a code, and a way back."""
    blocks: list[Block] = [say_h(say, "linking.heading")]
    if len(accounts) > 1:
        blocks += [say_p(say, "linking.linked"), Bullets(tuple(_line(say, one, here) for one in accounts))]
    else:
        blocks += [say_p(say, f"linking.{part}") for part in ("does", "one", "apart")]
    blocks.append(say_p(say, "linking.how"))
    rows: list[Row] = [(Button(say.label("linking.code_button"), Press("linking", "code"), Style.MAIN),)]
    rows += [(_leave_button(say, one),) for one in may_leave(accounts, here)]
    return Reply(tuple(blocks), To.PRIVATE, (*rows, help_row(say)), replace=replace)


def _line(say: Say, account: Linked, here: str) -> Nodes:
    key = "here" if account.platform == here else ("joined" if account.joined else "keeps")
    return say(f"linking.account_{key}", platform=platform(say, account.platform))


def _leave_button(say: Say, account: Linked) -> Button:
    label = say.label("linking.part_button", platform=platform(say, account.platform))
    return Button(label, Press("linking", "part", account.id, "ask"))


def code(say: Say, grouped: str, minutes: int) -> Reply:
    """Nothing keeps it: told again, there is a new one."""
    blocks = (
        say_p(say, "linking.code", code=grouped),
        say_p(say, "linking.code_where", code=grouped),
        say_p(say, "linking.code_care", minutes=minutes),
    )
    return Reply(blocks, To.PRIVATE, (help_row(say),), replace=False, fleeting=True, guarded=True)


def sure(say: Say, ask: Ask, theirs: Sequence[Linked], here: str) -> Reply:
    """Say what will happen; nothing has happened yet."""
    there = platform(say, theirs[0].platform)
    blocks = (
        say_p(say, "linking.sure", there=there, here=platform(say, here)),
        Bullets((say("linking.sure_one"), say("linking.sure_settings", there=there), say("linking.sure_twice", there=there))),
        say_p(say, "linking.sure_whose"),
    )
    yes = Button(say.label("linking.yes_button"), Press("linking", "join", ask.id), Style.MAIN)
    no = Button(say.label("linking.no_button"), Press("linking", "leave"))
    return Reply(blocks, To.PRIVATE, ((yes, no), help_row(say)), replace=False)


def joined(say: Say, there: str, dropped: int) -> Reply:
    blocks: list[Block] = [say_p(say, "linking.done", there=platform(say, there))]
    if dropped:
        blocks.append(say_p(say, "linking.dropped", count=dropped, there=platform(say, there)))
    return Reply(tuple(blocks), To.PRIVATE, (_show(say), help_row(say)))


def told_joined(say: Say, other: str) -> Reply:
    """To the account that made the code: also if somebody else typed it."""
    return Reply((say_p(say, "linking.told", platform=platform(say, other)),), To.PRIVATE, (_show(say), help_row(say)))


def part_sure(say: Say, account: Linked, here: str, keeps: str) -> Reply:
    key = "part_sure_here" if account.platform == here else "part_sure"
    blocks = (say_p(say, f"linking.{key}", platform=platform(say, account.platform), keeps=platform(say, keeps)),)
    yes = Button(say.label("linking.part_yes_button"), Press("linking", "part", account.id, "yes"), Style.STOP)
    no = Button(say.label("linking.part_no_button"), Press("linking", "leave"))
    return Reply(blocks, To.PRIVATE, ((yes, no), help_row(say)), replace=False)


def parted(say: Say, key: str, other: str) -> Reply:
    """One sentence, for each side: `parted_new` for the account that is new, `parted_kept` for the one that keeps."""
    return said(say, key, platform=platform(say, other))


def said(say: Say, key: str, **values: Value) -> Reply:
    return Reply((say_p(say, f"linking.{key}", **values),), To.PRIVATE, (help_row(say),), replace=False)


def platform(say: Say, name: str) -> str:
    """Return the platform's name for people."""
    key = f"linking.on_{name}"
    return say.label(key) if say.has(key) else name


def _show(say: Say) -> Row:
    return (Button(say.label("linking.show_button"), Press("linking", "show")),)
