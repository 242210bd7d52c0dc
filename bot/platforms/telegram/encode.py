"""Rich text to a text and its entities: no parse mode, so nothing a member wrote is ever parsed."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from telegram import MessageEntity

from bot.core.richtext import (
    Block,
    Bullets,
    Emphasis,
    Heading,
    Link,
    Meter,
    Moment,
    Nodes,
    Paragraph,
    Phone,
    Quote,
    Strong,
    Text,
    Words,
    bar,
    isolated,
)
from bot.platforms.telegram.neutral import neutral
from bot.platforms.telegram.split import Mark, Piece, split

_ATOMIC = frozenset({MessageEntity.TEXT_LINK, MessageEntity.DATE_TIME})


def encode_text(blocks: Iterable[Block], limit: int) -> list[Piece]:
    """Return the blocks as messages of at most `limit` UTF-16 units each, none of them empty."""
    writer = _Writer()
    for block in blocks:
        writer.block(block)
    return split(writer.text, writer.marks, limit)


Entity = dict[str, str | int]
"""A mark, as the Bot API's JSON has it."""


def entities(piece: Piece) -> Sequence[MessageEntity]:
    """Return the piece's marks as the library's entities."""
    return MessageEntity.de_list(marked(piece), None)


def marked(piece: Piece) -> list[Entity]:
    """Return the piece's marks."""
    return [_entity(mark, start, length) for mark, start, length in piece.in_units()]


def _entity(mark: Mark, start: int, length: int) -> Entity:
    made: Entity = {"type": mark.kind, "offset": start, "length": length}
    if mark.url:
        made["url"] = mark.url
    if mark.at is not None:
        made |= {"unix_time": int(mark.at.timestamp()), "date_time_format": _format(mark)}
    return made


def _format(mark: Mark) -> str:
    """Each reader's app shows the moment in their own zone: as a time of day, or with weekday and date."""
    return "t" if mark.clock else "wdt"


class _Writer:
    """Collects text, and marks in characters. Marks of one kind never lie inside each other."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last = ""
        self._on: set[str] = set()
        self._after_heading = False
        self.marks: list[Mark] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def block(self, block: Block) -> None:
        if self._length:
            self._put("\n" if self._after_heading else "\n\n")
        self._after_heading = isinstance(block, Heading)
        match block:
            case Paragraph(inner):
                self._nodes(inner)
            case Heading(inner):
                self._marked(MessageEntity.BOLD, inner)
            case Quote(inner):
                self._marked(MessageEntity.BLOCKQUOTE, inner)
            case Bullets(items):
                for number, item in enumerate(items):
                    self._put("\n• " if number else "• ")
                    self._nodes(item)
            case Meter(label, done, whole):
                self._nodes(label)
                self._put(f" {bar(done, whole)}")

    def _nodes(self, inner: Nodes) -> None:
        for node in inner:
            match node:
                case Text(text):
                    self._put(text)
                case Words(text):
                    self._put(neutral(isolated(text).replace("\t", " "), self._last))
                case Strong(nodes):
                    self._marked(MessageEntity.BOLD, nodes)
                case Emphasis(nodes):
                    self._marked(MessageEntity.ITALIC, nodes)
                case Moment(at, text, clock):
                    self._atom(MessageEntity.DATE_TIME, text, at=at, clock=clock)
                case Link(url, label):
                    self._atom(MessageEntity.TEXT_LINK, label, url=url)
                case Phone(number):
                    self._put(number)

    def _marked(self, kind: str, inner: Nodes) -> None:
        if kind in self._on:
            self._nodes(inner)
            return
        self._on.add(kind)
        start = self._length
        self._nodes(inner)
        self._on.discard(kind)
        self._mark(kind, start)

    def _atom(self, kind: str, text: str, at: datetime | None = None, clock: bool = False, url: str = "") -> None:
        start = self._length
        self._put(text)
        self._mark(kind, start, at=at, clock=clock, url=url)

    def _mark(self, kind: str, start: int, at: datetime | None = None, clock: bool = False, url: str = "") -> None:
        if self._length > start:
            self.marks.append(Mark(kind, start, self._length, at, clock, url, atomic=kind in _ATOMIC))

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)
            self._last = text[-1]
