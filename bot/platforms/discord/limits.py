"""Discord's limits, in Discord's own way of counting, and the time limits of our calls to it."""

from datetime import timedelta

from bot.core.platform import Capabilities

MESSAGE = 2000  # UTF-16 units: the apps count so, and the service (code points) never counts more
LABEL = 80
ROWS = 5
ROW = 5
MODAL_TITLE = 45
MODAL_LABEL = 45
MODAL_HINT = 100
MODAL_PARTS = 5
MODAL_INTRO = 4000
MODAL_ANSWER = 4000
CHOICES = 25
CHOICE = 100
CUSTOM_ID = 100
COMMAND_TEXT = 100
COMMANDS = 100  # of an application, aliases among them
NONCE = 25

TOKEN_LIVES = timedelta(minutes=14, seconds=30)  # an interaction's token lives 15 minutes; half a minute is for the way
DEFER_AFTER = 2.0  # seconds; Discord waits 3 for the first answer
CONNECT_SECONDS = 10.0  # a message waits so long for the connection
ANSWER_SECONDS = 20.0  # for one call that answers an interaction
CALL_SECONDS = 45.0  # for any other call: longer than the wait below, which counts in
RATE_LIMIT_SECONDS = 30.0  # discord.py waits out a 429 up to so long (its least), then the courier is told

CAPABILITIES = Capabilities(
    modals=True,
    only_you=True,
    writes_first=True,
    same_key_once=True,
    message_length=MESSAGE,
    label_length=LABEL,
    edits=True,
    deeds=True,
    events=True,
    topics=True,
)


def length(text: str) -> int:
    """Return the length as Discord's apps count it: UTF-16 units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> str:
    """Return the text, with an ellipsis in place of what is over `most`."""
    if length(text) <= most:
        return text
    while length(text) > most - 1:
        text = text[:-1]
    return f"{text}…"
