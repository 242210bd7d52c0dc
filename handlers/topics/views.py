"""What stands in rooms: topics, the card where there are none, and what was written in them without a name."""

from bot.core.deeds import OpenTopic
from bot.core.help import help_now
from bot.core.replies import Button, Reply, Row, Style, To
from bot.core.reporting import report_button
from bot.core.richtext import Block, Paragraph, Words
from bot.core.texts import Say, quoted, say_h, say_p
from handlers.topics import rules
from handlers.topics.records import Body, Topic


def title_of(say: Say, number: int, body: Body) -> str:
    return say.label(f"weekly.title_{number:02}") if number else body.title


def prompt_of(say: Say, number: int, body: Body) -> Block:
    return say_p(say, f"weekly.prompt_{number:02}") if number else Paragraph((Words(body.text),))


def opening(say: Say, topic: Topic) -> OpenTopic:
    blocks = (prompt_of(say, topic.number, topic.body), _how(say))
    return OpenTopic(title_of(say, topic.number, topic.body), blocks, (_buttons(say, topic),))


def card(say: Say, topic: Topic, *, takes_words: bool) -> Reply:
    """In place of a topic, in the room itself. Who wants to answers in the room, or without their name."""
    blocks: list[Block] = [say_h(say, "topics.card", title=Words(title_of(say, topic.number, topic.body)))]
    blocks += [prompt_of(say, topic.number, topic.body), _how(say)]
    rows: tuple[Row, ...] = ((write_button(say, topic),), _buttons(say, topic)) if takes_words else (_buttons(say, topic),)
    return Reply(tuple(blocks), To.ROOM, rows, replace=False, slot=rules.topic_slot(topic.id))


def card_closed(say: Say, topic: Topic) -> Reply:
    gone = say_p(say, "topics.card_closed", title=Words(title_of(say, topic.number, topic.body)))
    return Reply((gone,), To.ROOM, ((help_now(say),),), replace=False, slot=rules.topic_slot(topic.id), quiet=True)


def door(say: Say, topic: Topic, *, is_open: bool) -> Reply:
    """The message in a topic by which one writes in it without a name."""
    slot = rules.door_slot(topic.id)
    if not is_open:
        return Reply((say_p(say, "topics.door_closed"),), To.ROOM, ((help_now(say),),), replace=False, slot=slot, quiet=True)
    rows = ((write_button(say, topic),), (help_now(say),))
    return Reply((say_p(say, "topics.door"),), To.ROOM, rows, replace=False, slot=slot, quiet=True)


def write_button(say: Say, topic: Topic) -> Button:
    return Button(say.label("topics.write_button"), rules.press("write", topic.id), Style.MAIN, private=True)


def _how(say: Say) -> Block:
    return say_p(say, "topics.how")


def _buttons(say: Say, topic: Topic) -> Row:
    return (report_button(say, "topic", topic.id), help_now(say))


def unnamed(say: Say, post: str, number: int, words: str) -> Reply:
    """What somebody wrote, as their own words: nothing in them does anything."""
    blocks = (say_p(say, "topics.somebody", number=str(number)), quoted(words))
    slot = rules.post_slot(post)
    return Reply(blocks, To.ROOM, ((report_button(say, "post", post),),), replace=False, slot=slot, quiet=True, guarded=True)


def taken(say: Say, post: str, why: str) -> Reply:
    """What stays where something was: taken back by its writer (`back`), away by a facilitator (`away`), or out of sight
    since the topic was closed (`closed`)."""
    return Reply((say_p(say, f"topics.taken_{why}"),), To.ROOM, replace=False, slot=rules.post_slot(post), quiet=True)
