"""What the page sends, checked, as an `Incoming`. Whatever else arrives is refused without being repeated."""

import re
from collections.abc import Collection
from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from bot.core.calls import Incoming, Kind
from bot.core.errors import BadInput
from bot.core.ids import MessageRef
from bot.core.replies import FILE, LARGEST_FILE, Press, parse_press
from bot.platforms.web.chats import split_ref
from bot.platforms.web.limits import FIELDS, FRAME_BYTES, NAME_LENGTH, WORDS_LENGTH
from bot.platforms.web.records import Pane, Persona, chats_of, pane_of, place_of

ActId = Annotated[str, Meta(pattern=r"\A[A-Za-z0-9-]{8,64}\Z")]
Long = Annotated[str, Meta(max_length=WORDS_LENGTH)]
Name = Annotated[str, Meta(max_length=NAME_LENGTH)]
Short = Annotated[str, Meta(max_length=256)]
Filled = Annotated[dict[Name, Annotated[str, Meta(max_length=2 * LARGEST_FILE)]], Meta(max_length=FIELDS)]
Values = Annotated[dict[Name, Long], Meta(max_length=FIELDS)]


class CommandFrame(msgspec.Struct, frozen=True, tag_field="type", tag="command"):
    """`line` as typed, with its slash; `options` by name."""

    id: ActId
    pane: Pane
    line: Long
    options: Values = {}


class PressFrame(msgspec.Struct, frozen=True, tag_field="type", tag="press"):
    id: ActId
    pane: Pane
    data: Short
    message: Short = ""


class FormFrame(msgspec.Struct, frozen=True, tag_field="type", tag="form"):
    id: ActId
    pane: Pane
    data: Short
    fields: Filled
    message: Short = ""


class CompleteFrame(msgspec.Struct, frozen=True, tag_field="type", tag="complete"):
    """What a command's form has so far; values are wanted for one of its options."""

    id: ActId
    pane: Pane
    line: Short
    option: Name
    options: Values = {}


class WordsFrame(msgspec.Struct, frozen=True, tag_field="type", tag="words"):
    id: ActId
    pane: Pane
    text: Long


class HistoryFrame(msgspec.Struct, frozen=True, tag_field="type", tag="history"):
    pane: Pane
    before: int | None = None


class TypingFrame(msgspec.Struct, frozen=True, tag_field="type", tag="typing"):
    pass


ActFrame = CommandFrame | PressFrame | FormFrame | WordsFrame
Frame = ActFrame | HistoryFrame | TypingFrame | CompleteFrame


class _OnlyId(msgspec.Struct):
    id: ActId


_decoder: msgspec.json.Decoder[Frame] = msgspec.json.Decoder(Frame)
_SPACES = re.compile(r"\s+")
HELP = Press("safety", "now")
TOO_YOUNG = Press("people", "young").data()
HELP_LINES = frozenset(("/now", "/crisis", "/sos"))  # the command, and its other names


def decode_frame(text: str) -> Frame:
    """Raises BadInput."""
    try:
        frame = _decoder.decode(text)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise BadInput(length=len(text)) from error
    if len(text) > FRAME_BYTES and not (isinstance(frame, FormFrame) and FILE in frame.fields):
        raise BadInput(length=len(text))
    if isinstance(frame, FormFrame) and any(len(value) > WORDS_LENGTH for name, value in frame.fields.items() if name != FILE):
        raise BadInput(length=len(text))
    return frame


def act_id(text: str) -> str:
    """Return the id of a frame that `decode_frame` refused, so that the page can be told which; "" when it has none."""

    try:
        return msgspec.json.decode(text, type=_OnlyId).id
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return ""


def is_help(frame: Frame) -> bool:
    """Whether the frame asks for help: that waits for nothing, is never too much, and leaves no trace in the log."""
    match frame:
        case PressFrame(data=data):
            return data.partition(":")[0] == HELP.feature
        case CommandFrame(line=line):
            return line.strip().lower().partition(" ")[0] in HELP_LINES
        case _:
            return False


def leaves_no_trace(frame: Frame) -> bool:
    """Whether the answer is not to be in the log: of asking for help, and of saying that one is too young."""
    return is_help(frame) or (isinstance(frame, PressFrame) and frame.data == TOO_YOUNG)


def receipt_of(frame: ActFrame, persona: Persona) -> str:
    """One person's receipts cannot meet another's."""
    return f"web:{persona.key}:{frame.id}"


def decode_act(
    frame: ActFrame, persona: Persona, at: datetime, *, locale: str, commands: Collection[str], space_name: str
) -> Incoming:
    """Return the act. `commands` are the names of the menu, by which a name of two words is known. Raises BadPress."""
    pane, message = frame.pane, None
    if isinstance(frame, PressFrame | FormFrame):
        message = own_message(frame.message, persona)
        pane = pane if message is None else pane_of(message)
    whole = Incoming(
        kind=Kind.WORDS,
        receipt=receipt_of(frame, persona),
        account=persona.account,
        place=place_of(persona, pane),
        at=at,
        locale=locale,
        roles=persona.roles,
        message=message,
        space_name=space_name if pane is Pane.ROOM else "",
        shown_name=persona.name,
    )
    match frame:
        case CommandFrame(line=line, options=options):
            name, text = split_line(line, commands)
            arguments = {**({"text": text} if text else {}), **options}
            return msgspec.structs.replace(whole, kind=Kind.COMMAND, name=name, arguments=arguments)
        case PressFrame(data=data):
            return msgspec.structs.replace(whole, kind=Kind.PRESS, press=parse_press(data))
        case FormFrame(data=data, fields=fields):
            press = parse_press(data)
            name = f"{press.feature}.{press.action}"
            return msgspec.structs.replace(whole, kind=Kind.FORM, name=name, press=press, arguments=fields)
        case WordsFrame(text=text):
            return msgspec.structs.replace(whole, words=text)


def typed_so_far(frame: CompleteFrame) -> CommandFrame:
    """Return the command as it would be sent now."""
    return CommandFrame(frame.id, frame.pane, frame.line, frame.options)


def own_message(ref: str, persona: Persona) -> MessageRef | None:
    """Return the reference if the persona may see that chat; a foreign or made-up one is as good as none."""
    chat, message_id = split_ref(ref)
    seen = (*chats_of(persona, Pane.ROOM), *chats_of(persona, Pane.PRIVATE))
    return MessageRef(ref) if message_id and chat in seen else None


def split_line(line: str, commands: Collection[str]) -> tuple[str, str]:
    """Return a typed line as command and the words after it: the longest name of the menu, else the first word."""
    typed = line.strip().removeprefix("/").strip()
    for count in (2, 1):
        words = _SPACES.split(typed, maxsplit=count)
        name = " ".join(words[:count]).lower()
        if name in commands or count == 1:
            return name[:NAME_LENGTH], "".join(words[count:])
    raise AssertionError("the first word is always a name")
