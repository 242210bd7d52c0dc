"""What the bot says: one `Reply`, the same for every platform. `encode` in each adapter degrades it by written rules."""

import enum
import re

import msgspec

from bot.core.errors import BadPress
from bot.core.richtext import Block

_NAME = re.compile(r"[a-z][a-z0-9_]{0,23}")
_SUBJECT = re.compile(r"[A-Za-z0-9_]{0,40}")
_DATA = re.compile(r"[a-z][a-z0-9_]{0,23}:[a-z][a-z0-9_]{0,23}(:[A-Za-z0-9_]{0,40}){0,2}")
LARGEST_FILE = 1024 * 1024  # characters of a text file that is taken in
FILE = "file"  # the argument that holds a file's text, as it is in the file
FILE_PROBLEM = "file_problem"  # in its place when an adapter could not take the file: "large" or "not_text"
DATA_BYTES = 64  # Telegram's callback_data; the narrowest of the platforms


class To(enum.StrEnum):
    ONLY_YOU = "only_you"  # seen by the caller alone, where they are if the platform can, else in their private chat
    ROOM = "room"  # seen by everybody in the room of the call
    PRIVATE = "private"  # always in the private chat


class Style(enum.StrEnum):
    PLAIN = "plain"
    MAIN = "main"
    GO = "go"
    STOP = "stop"
    HELP = "help"


class Press(msgspec.Struct, frozen=True):
    """What a button means: a feature's action on a subject (a row's id, or nothing), with one more value.

    Raises ValueError when it would not fit into a button: at its making, where the mistake is.
    """

    feature: str
    action: str
    subject: str = ""
    value: str = ""

    def __post_init__(self) -> None:
        self.data()

    def data(self) -> str:
        """Return `feature:action[:subject[:value]]`, at most 64 bytes of `A-Za-z0-9_:`. Raises ValueError when it would not fit."""
        text = ":".join((self.feature, self.action, self.subject, self.value)).rstrip(":")
        fits = len(text) <= DATA_BYTES and _DATA.fullmatch(text) and ":" not in self.subject and ":" not in self.value
        if not fits:
            raise ValueError(f"button data does not fit: {self.feature}:{self.action}")
        return text


def parse_press(data: str) -> Press:
    """Return the press that `data` names. Raises BadPress for anything `Press.data` could not have made."""
    parts = data.split(":")
    if not 2 <= len(parts) <= 4 or len(data) > DATA_BYTES:
        raise BadPress(length=len(data))
    feature, action, *rest = parts
    if not (_NAME.fullmatch(feature) and _NAME.fullmatch(action)):
        raise BadPress(length=len(data))
    if not all(_SUBJECT.fullmatch(part) for part in rest):
        raise BadPress(length=len(data))
    return Press(feature, action, *rest)


def deep_link(press: Press) -> str:
    """Return the press as a Telegram `?start=` payload (`A-Za-z0-9_-`, at most 64)."""
    return press.data().replace(":", "-")


def parse_deep_link(payload: str) -> Press:
    return parse_press(payload.replace("-", ":"))


class Button(msgspec.Struct, frozen=True):
    """`label` is at most 40 characters. `private`: the press must be answered in the person's private chat, so a platform that
    cannot answer only-you shows it as a deep link. `url` replaces the press."""

    label: str
    press: Press | None = None
    style: Style = Style.PLAIN
    private: bool = False
    url: str = ""
    off: bool = False


Row = tuple[Button, ...]


class FieldKind(enum.StrEnum):
    SHORT = "short"  # one line
    LONG = "long"  # several lines
    CHOICE = "choice"  # one of `choices`
    FILE = "file"  # a text file that is sent or picked, or its text pasted; the answer is its content. Such a field is named "file"


class Choice(msgspec.Struct, frozen=True):
    value: str
    label: str


class Field(msgspec.Struct, frozen=True):
    name: str
    label: str  # at most 45 characters: Discord's modal label
    kind: FieldKind = FieldKind.SHORT
    hint: str = ""  # at most 100 characters
    value: str = ""  # filled in at first
    required: bool = True
    longest: int = 200  # characters
    choices: tuple[Choice, ...] = ()  # at most 25
    known: bool = False  # `value` is an answer: asked one by one, this field is passed over unless the person goes back to it

    @property
    def limit(self) -> int:
        """The most characters of an answer."""
        return LARGEST_FILE if self.kind is FieldKind.FILE else self.longest


class Form(msgspec.Struct, frozen=True):
    """Questions asked together: a modal in Discord, a page on the web, one after another in Telegram's private chat.

    Sent back as a Call of kind FORM whose name is `feature.action` and whose `subject` and arguments are set. At most 5 fields.
    """

    press: Press
    title: str  # at most 45 characters
    fields: tuple[Field, ...]


class Picture(msgspec.Struct, frozen=True):
    """A picture to be drawn by a worker; `twin` is the same in words and is always sent with it.

    What points, labels and rows mean is said by the drawing of each kind.
    """

    kind: str  # a name known to bot/runtime/drawing/kinds.py
    title: str
    points: tuple[tuple[float, float], ...] = ()
    labels: tuple[str, ...] = ()
    twin: tuple[Block, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()  # cells of text


class File(msgspec.Struct, frozen=True):
    name: str
    content: bytes
    media_type: str


class Paper(msgspec.Struct, frozen=True):
    """A PDF to be printed by a worker once the act is on disk; it arrives as the reply's `file`.

    If that fails the same comes as a text file, with `instead` below the reply. `gaps` is printed at the end where the font lacks
    a sign. The title is on the sheet only: `name` (without its ending) says nothing of what is in it.
    """

    name: str
    title: str
    blocks: tuple[Block, ...]
    picture: Picture | None = None
    gaps: str = ""
    instead: tuple[Block, ...] = ()


class Reply(msgspec.Struct, frozen=True):
    """`replace`: edit the message whose button was pressed, if that message has the same reader(s); else send a new one.

    `slot` names a living message: whoever posts to the same slot later edits this one. `quiet`: no sound. `pin`: keep the message
    pinned in its room, where the bot may. `ping`: a role (its id on the platform) that is mentioned above a room's message and
    hears it; "" for none. `clears`: what the person typed is deleted from the private chat, where the platform can. `guarded`:
    where the platform can, it cannot be forwarded or saved. `fleeting`: nothing keeps it: the act told again is done again, and an
    answer that cannot be sent is lost.
    """

    blocks: tuple[Block, ...] = ()
    to: To = To.ONLY_YOU
    buttons: tuple[Row, ...] = ()
    form: Form | None = None
    picture: Picture | None = None
    file: File | None = None
    replace: bool = True
    slot: str = ""
    quiet: bool = False
    pin: bool = False
    ping: str = ""
    guarded: bool = False
    clears: bool = False
    fleeting: bool = False
    paper: Paper | None = None


NOTHING = Reply()
