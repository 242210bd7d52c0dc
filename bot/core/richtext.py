"""Rich text as a small tree. Adapters encode it; nothing ever parses what a member wrote."""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime

import msgspec


class Text(msgspec.Struct, frozen=True, tag="text"):
    """Our own words, from content."""

    text: str


class Strong(msgspec.Struct, frozen=True, tag="strong"):
    inner: "tuple[Node, ...]"


class Emphasis(msgspec.Struct, frozen=True, tag="emphasis"):
    inner: "tuple[Node, ...]"


class Words(msgspec.Struct, frozen=True, tag="words"):
    """Words a person wrote (a title, a name, an answer). Shown as plain text: no link, no mention, isolated for direction."""

    text: str


class Moment(msgspec.Struct, frozen=True, tag="moment"):
    """A point in time (aware, UTC). `text` is how it reads in the reader's zone, for platforms with no date entity.

    `clock`: its time of day is enough, as "7:00 PM".
    """

    at: datetime
    text: str
    clock: bool = False


class Link(msgspec.Struct, frozen=True, tag="link"):
    url: str
    label: str


class Phone(msgspec.Struct, frozen=True, tag="phone"):
    """A number to call: text everywhere, `tel:` on the web; never wrapped, translated or reversed."""

    number: str


Node = Text | Strong | Emphasis | Words | Moment | Link | Phone
Nodes = tuple[Node, ...]


class Paragraph(msgspec.Struct, frozen=True, tag="p"):
    inner: Nodes


class Heading(msgspec.Struct, frozen=True, tag="h"):
    inner: Nodes


class Bullets(msgspec.Struct, frozen=True, tag="ul"):
    items: tuple[Nodes, ...]


class Quote(msgspec.Struct, frozen=True, tag="quote"):
    inner: Nodes


class Meter(msgspec.Struct, frozen=True, tag="meter"):
    """A bar drawn with characters: `done` of `whole`, with its label; the text twin of a picture."""

    label: Nodes
    done: int
    whole: int


Block = Paragraph | Heading | Bullets | Quote | Meter

FIRST_STRONG_ISOLATE, POP_ISOLATE = "\u2068", "\u2069"
_DIRECTION_MARKS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs that show nothing
_KEPT_CONTROLS = frozenset("\n\t")
_KEPT_FORMATS = frozenset("\u200d\ufe0f")  # joiners inside emoji and several scripts


def clean(words: str) -> str:
    """Return a person's words in NFC, without control, direction or invisible format characters, at most 3 marks a letter."""
    kept: list[str] = []
    marks = 0
    for char in unicodedata.normalize("NFC", words.replace("\r\n", "\n").replace("\r", "\n")):
        kind = unicodedata.category(char)
        if char in _DIRECTION_MARKS or kind in ("Cs", "Co"):
            continue
        if kind == "Cc" and char not in _KEPT_CONTROLS:
            continue
        if kind == "Cf" and char not in _KEPT_FORMATS:
            continue
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if marks <= 3:
            kept.append(char)
    return "".join(kept)


def one_line(words: str, most: int | None = None) -> str:
    """Return a person's words cleaned, in one line of at most so many characters."""
    return " ".join(clean(words).split())[:most].strip()


def is_seen(words: str) -> bool:
    """Whether there is anything to be seen in the words: not only blanks, marks and joiners."""
    return any(unicodedata.category(char)[0] in "LNPS" and char not in _BLANK for char in words)


def isolated(words: str) -> str:
    """Return cleaned words between isolates when they hold right-to-left letters, so that they cannot reorder ours."""
    cleaned = clean(words)
    if any(unicodedata.bidirectional(char) in ("R", "AL", "AN") for char in cleaned):
        return f"{FIRST_STRONG_ISOLATE}{cleaned}{POP_ISOLATE}"
    return cleaned


def plain(inner: Iterable[Node]) -> str:
    """Return the nodes as plain text, as the web's title or a test reads them."""
    return "".join(_plain(node) for node in inner)


def _plain(node: Node) -> str:
    match node:
        case Strong(inner) | Emphasis(inner):
            return plain(inner)
        case Words(text):
            return isolated(text)
        case Phone(number):
            return number
        case Link(_, label):
            return label
        case Moment(_, text) | Text(text):
            return text


def plain_block(block: Block) -> str:
    match block:
        case Paragraph(inner) | Heading(inner) | Quote(inner):
            return plain(inner)
        case Bullets(items):
            return "\n".join(f"• {plain(item)}" for item in items)
        case Meter(label, done, whole):
            return f"{plain(label)} {bar(done, whole)}"


def bar(done: int, whole: int, cells: int = 10) -> str:
    """Return `done` of `whole` as filled and empty cells; a value outside the range is held at its edge."""
    filled = 0 if whole <= 0 else round(cells * min(max(done, 0), whole) / whole)
    return "▰" * filled + "▱" * (cells - filled)


def words_in(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield every piece of a member's own words in the blocks (for privacy checks)."""
    for block in blocks:
        nodes: Iterable[Node]
        match block:
            case Bullets(items):
                nodes = (node for item in items for node in item)
            case Meter(label, _, _):
                nodes = label
            case Paragraph(inner) | Heading(inner) | Quote(inner):
                nodes = inner
        yield from _words(nodes)


def _words(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, Words):
            yield node.text
        elif isinstance(node, Strong | Emphasis):
            yield from _words(node.inner)
