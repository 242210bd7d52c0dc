"""What a room and a person are sent: a card without any count, and private words that may be read on a locked phone."""

from bot.core.help import help_row
from bot.core.meetings import Audience
from bot.core.replies import Button, Press, Reply, Style, To
from bot.core.richtext import Words
from bot.core.texts import Say, say_p
from handlers.prompts.records import Asks, Prompt

FEATURE = "prompts"


def card(say: Say, prompt: Prompt, asking: str) -> Reply:
    """For everybody in the room: what it is in one line, and the ways in. Who presses is seen by nobody."""
    line = say_p(say, f"prompts.card_{prompt.asks.value}", title=Words(prompt.title))
    start = Button(say.label("prompts.open_button"), Press(FEATURE, "open", asking), Style.MAIN, private=True)
    join = Button(say.label("prompts.join_button"), Press(FEATURE, "join", prompt.id), private=True)
    return Reply((line,), To.ROOM, ((start,), (join,), help_row(say)), replace=False)


def card_closed(say: Say, why: str) -> Reply:
    """`why`: newer, or over."""
    return Reply((say_p(say, f"prompts.card_{why}"),), To.ROOM, quiet=True)


def asked(say: Say, asking: str) -> Reply:
    start = Button(say.label("prompts.start_button"), Press(FEATURE, "open", asking), Style.MAIN)
    later = Button(say.label("prompts.pass_button"), Press(FEATURE, "pass", asking))
    mine = Button(say.label("prompts.mine_button"), Press(FEATURE, "mine"))
    return Reply((say_p(say, "prompts.asked"),), To.PRIVATE, ((start, later), (mine,), help_row(say)), replace=False)


def closed(say: Say, why: str) -> Reply:
    """One line in place of a private prompt. `why`: replaced, done, passed, or over."""
    return Reply((say_p(say, f"prompts.closed_{why}"),), To.PRIVATE, (help_row(say),), quiet=True)


def rests(say: Say, wish: str) -> Reply:
    again = Button(say.label("prompts.again_button"), Press(FEATURE, "again", wish), Style.MAIN)
    mine = Button(say.label("prompts.mine_button"), Press(FEATURE, "mine"))
    return Reply((say_p(say, "prompts.rests"),), To.PRIVATE, ((again,), (mine,), help_row(say)), replace=False)


def over(say: Say, audience: Audience = Audience.PARTICIPANTS) -> Reply:
    """What was pressed is over: a check-in for oneself can be done all the same."""
    alone = Asks.FAMILY if audience is Audience.FAMILY else Asks.STANDARD
    button = Button(say.label("prompts.alone_button"), Press(FEATURE, "alone", "", alone.value), Style.MAIN)
    return Reply((say_p(say, "prompts.over"),), To.ONLY_YOU, ((button,), help_row(say)), replace=False)
