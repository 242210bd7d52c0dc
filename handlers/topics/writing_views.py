"""What somebody sees who writes without their name: their words before they go, and what they wrote."""

from collections.abc import Sequence

from bot.core.help import help_now, help_row
from bot.core.replies import Button, Field, FieldKind, Form, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Nodes, Words
from bot.core.screens import page
from bot.core.texts import Say, quoted, say_p
from handlers.topics import rules, views
from handlers.topics.records import Draft, Topic, Unnamed

A_PAGE = 5


def form(say: Say, topic: Topic, draft: Draft | None) -> Form:
    words = draft.words if draft else ""
    field = Field("words", say.label("topics.words_label"), FieldKind.LONG, value=words, longest=rules.LONGEST_WORDS)
    return Form(rules.press("written", topic.id), say.label("topics.words_form"), (field,))


def asked(say: Say, local: Say, topic: Topic, draft: Draft) -> Reply:
    """The exact words, where they go, and who sees them: nothing leaves before the tap below."""
    blocks = (
        say_p(say, "topics.goes_to", title=Words(views.title_of(local, topic.number, topic.body))),
        quoted(draft.words),
        say_p(say, "topics.goes_how"),
    )
    rows: tuple[Row, ...] = (
        (Button(say.label("topics.post_button"), rules.press("post", topic.id), Style.GO),),
        (
            Button(say.label("topics.change_button"), rules.press("write", topic.id, "again")),
            Button(say.label("common.discard"), rules.press("discard", topic.id), Style.STOP),
        ),
        (_mine(say), help_now(say)),
    )
    return Reply(blocks, To.ONLY_YOU, rows)


def posted(say: Say, post: str) -> Reply:
    """Nothing keeps this answer: beside a person's other rows it would tell what is theirs."""
    back = Button(say.label("topics.back_button"), rules.press("back", post), Style.STOP)
    blocks = (say_p(say, "topics.posted"), say_p(say, "topics.posted_how"))
    return Reply(blocks, To.ONLY_YOU, ((back, _mine(say)), help_row(say)), fleeting=True)


def said(say: Say, key: str, *, replace: bool = True) -> Reply:
    return Reply((say_p(say, f"topics.{key}"),), To.ONLY_YOU, ((_mine(say), help_now(say)),), replace=replace)


def mine(say: Say, titles: Sequence[tuple[str, Unnamed]], number: int) -> Reply:
    if not titles:
        return Reply((say_p(say, "topics.mine_none"),), To.ONLY_YOU, (help_row(say),))
    some = page(titles, number, A_PAGE)
    lines: tuple[Nodes, ...] = tuple(
        say(f"topics.mine_{post.state.value}", title=Words(title), number=str(post.number)) for title, post in some.some
    )
    blocks: tuple[Block, ...] = (say_p(say, "topics.mine"), Bullets(lines))
    rows: list[Row] = [
        (Button(say.label("topics.back_number_button", number=str(post.number)), rules.press("back", post.id), Style.STOP),)
        for _, post in some.some
    ]
    if some.more or some.number:
        following = some.number + 1 if some.more else 0
        rows.append((Button(say.label("topics.more_button"), rules.press("mine", value=str(following))),))
    return Reply(blocks, To.ONLY_YOU, (*rows, help_row(say)), fleeting=True)


def _mine(say: Say) -> Button:
    return Button(say.label("topics.mine_button"), rules.press("mine"), private=True)
