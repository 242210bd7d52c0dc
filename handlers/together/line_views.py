"""Screens of one's own line: the form, the exact words with all who will see them, what is shared."""

from collections.abc import Sequence

from bot.core.help import help_row
from bot.core.replies import Button, Field, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Nodes, Words
from bot.core.screens import in_rows
from bot.core.texts import Say, quoted, say_h, say_p
from handlers.together import rules
from handlers.together.records import LONGEST_LINE, LONGEST_NAME, Line
from handlers.together.seeing import At


def read(say: Say, line: Line) -> Nodes:
    """A line as everybody reads it."""
    if line.body.name:
        return say("together.line_named", name=Words(line.body.name), line=Words(line.body.words))
    return say("together.line", line=Words(line.body.words))


def form(say: Say, at: At, *, named: bool) -> Form:
    """`named`: the platform wants a name to every word."""
    fields = (
        Field("line", say.label("together.field_line"), hint=say.label("together.hint_line"), longest=LONGEST_LINE),
        Field(
            "name",
            say.label("together.field_name"),
            hint=say.label("together.hint_name" if named else "together.hint_name_free"),
            required=named,
            longest=LONGEST_NAME,
        ),
    )
    return Form(_press(at, "line"), say.label("together.form_line"), fields)


def draft(say: Say, at: At, line: Line, *, again: bool) -> Reply:
    """The exact words, the name that goes with them, and who will see them. `again`: another one is shared this week already."""
    blocks: list[Block] = [say_h(say, "together.draft_title"), quoted(line.body.words)]
    name = Words(line.body.name)
    blocks.append(say_p(say, "together.draft_name", name=name) if line.body.name else say_p(say, "together.draft_no_name"))
    blocks += [say_p(say, f"together.draft_who_{at.audience}"), say_p(say, "together.draft_back")]
    if again:
        blocks.append(say_p(say, "together.draft_again"))
    ways = (
        (Button(say.label("together.share_button"), Press("together", "share", line.id), Style.MAIN),),
        (
            Button(say.label("together.rewrite_button"), _press(at, "write")),
            Button(say.label("together.leave_button"), Press("together", "take", line.id)),
        ),
    )
    return Reply(tuple(blocks), To.ONLY_YOU, (*ways, help_row(say)))


def shared(say: Say, at: At, line: Line) -> Reply:
    back = (_take(say, line), Button(say.label("together.see_button"), _press(at, "of")))
    return Reply((say_p(say, "together.shared"), Bullets((read(say, line),))), To.ONLY_YOU, (back, help_row(say)))


def mine(say: Say, at: At, lines: Sequence[Line], note: str = "") -> Reply:
    blocks: list[Block] = [say_p(say, note)] if note else []
    blocks.append(say_h(say, "together.mine_title"))
    if lines:
        listed = (say(f"together.mine_{'hidden' if line.hidden else 'line'}", line=Words(line.body.words)) for line in lines)
        blocks += [Bullets(tuple(listed)), say_p(say, "together.mine_kept")]
    else:
        blocks.append(say_p(say, "together.mine_none"))
    numbered = [_take(say, line, n) for n, line in enumerate(lines, 1)]
    back: Row = (Button(say.label("common.back"), _press(at, "of")),)
    return Reply(tuple(blocks), To.ONLY_YOU, (*in_rows(numbered[:10], 2), back, help_row(say)))


def _take(say: Say, line: Line, number: int = 0) -> Button:
    label = say.label("together.take_number_button", number=number) if number > 1 else say.label("together.take_button")
    return Button(label, Press("together", "take", line.id))


def _press(at: At, action: str) -> Press:
    return Press("together", rules.named(action, at.audience), at.community.id)
