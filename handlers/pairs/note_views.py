"""Screens of a day's note: answered by taps, looked at whole before it goes, and read by the other."""

from collections.abc import Sequence

from bot.core.help import help_now, help_row
from bot.core.replies import Button, Field, FieldKind, Form, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Nodes, Text, Words
from bot.core.screens import in_rows
from bot.core.texts import Say, quoted, say_p
from handlers.pairs.records import LONGEST_WORDS, Draft, Note
from handlers.pairs.rules import KIND, LINES, is_empty, seen
from handlers.pairs.views import FEATURE, NEVER, button, end_row, home_row

RATINGS = range(11)


def rating(say: Say, pair: str) -> Reply:
    numbers = [Button(str(n), Press(FEATURE, "rate", pair, str(n))) for n in RATINGS]
    leave = Button(say.label("pairs.leave_out_button"), Press(FEATURE, "rate", pair, NEVER))
    return Reply((say_p(say, "pairs.rating_ask"),), To.PRIVATE, (*in_rows(numbers, 4), (leave, help_now(say))))


def lines(say: Say, pair: str) -> Reply:
    chosen = [Button(say.label(f"pairs.line_{line}"), Press(FEATURE, "line", pair, line)) for line in LINES]
    leave = Button(say.label("pairs.leave_out_button"), Press(FEATURE, "line", pair, NEVER))
    return Reply((say_p(say, "pairs.line_ask"),), To.PRIVATE, (*in_rows(chosen, 2), (leave, help_now(say))))


def words_form(say: Say, pair: str, draft: Draft) -> Form:
    field = Field(
        "words",
        say.label("pairs.words_field"),
        FieldKind.LONG,
        hint=say.label("pairs.words_hint"),
        value=draft.words,
        required=False,
        longest=LONGEST_WORDS,
    )
    return Form(Press(FEATURE, "worded", pair), say.label("pairs.words_title"), (field,))


def preview(say: Say, pair: str, draft: Draft, name: str, *, may_write: bool) -> Reply:
    """The exact words and who receives them. Nothing has gone yet."""
    words: Row = (button(say, "reword" if draft.words else "words", "words", pair),) if may_write else ()
    change = button(say, "change", "write", pair)
    if is_empty(draft):
        return Reply((say_p(say, "pairs.nothing_yet"),), To.PRIVATE, ((change, *words), help_row(say)))
    blocks = (say_p(say, "pairs.preview"), *said(say, draft, name), say_p(say, "pairs.goes_to"))
    send = button(say, "send", "send", pair, seen(draft, name), Style.GO)
    return Reply(blocks, To.PRIVATE, ((send, change, *words), (button(say, "not_today", "home"), help_now(say))))


def said(say: Say, draft: Draft, name: str) -> tuple[Block, ...]:
    """What is sent, as the other reads it."""
    blocks: list[Block] = []
    if name:
        blocks.append(say_p(say, "pairs.from_name", name=Words(name)))
    if draft.rating is not None:
        blocks.append(say_p(say, "pairs.rating", rating=draft.rating))
    if draft.line:
        blocks.append(say_p(say, f"pairs.line_{draft.line}"))
    if draft.words:
        blocks.append(quoted(draft.words))
    return tuple(blocks)


def sent(say: Say) -> Reply:
    return Reply((say_p(say, "pairs.sent"),), To.PRIVATE, (home_row(say),))


def received(say: Say, pair: str, note: Note, draft: Draft, name: str) -> Reply:
    """The other's note. `draft` and `name`: as much of it as may be shown here."""
    blocks = (say_p(say, "pairs.received"), *said(say, draft, name))
    words: tuple[Row, ...] = ()
    if not note.body.back:
        words = tuple((Button(say.label(f"pairs.kind_{word}"), Press(FEATURE, "kind", note.id, word)),) for word in KIND)
    return Reply(blocks, To.PRIVATE, (*words, *end_row(say, pair)), guarded=True)


def back(say: Say, pair: str, note: Note) -> Reply:
    """The kind word that came for an own note."""
    blocks = (say_p(say, "pairs.back"), say_p(say, f"pairs.kind_{note.body.back}"))
    return Reply(blocks, To.PRIVATE, end_row(say, pair))


def all_of_them(say: Say, pair: str, shown: Sequence[tuple[Draft, str]]) -> Reply:
    """What came in this pair, newest first."""
    items = tuple(_line(say, draft, name) for draft, name in shown)
    blocks = (say_p(say, "pairs.all"), Bullets(items))
    return Reply(blocks, To.PRIVATE, end_row(say, pair), guarded=True)


def _line(say: Say, draft: Draft, name: str) -> Nodes:
    parts: list[Nodes] = []
    if name:
        parts.append((Words(name),))
    if draft.rating is not None:
        parts.append(say("pairs.rating", rating=draft.rating))
    if draft.line:
        parts.append(say(f"pairs.line_{draft.line}"))
    if draft.words:
        parts.append((Words(draft.words),))
    nodes = list(parts[0]) if parts else list(say("pairs.line_empty"))
    for part in parts[1:]:
        nodes += [Text(" · "), *part]
    return tuple(nodes)
