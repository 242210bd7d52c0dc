"""Rich text -> Discord's markdown, cut into messages. Pure.

Every text is escaped, ours and a member's alike: only the marks made here are parsed. A line is kept as runs of raw text and
escaped when it is written, so that a cut never falls between a backslash and its character, or inside a mark.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from bot.core.replies import Reply
from bot.core.richtext import (
    FIRST_STRONG_ISOLATE,
    POP_ISOLATE,
    Block,
    Bullets,
    Emphasis,
    Heading,
    Link,
    Meter,
    Moment,
    Node,
    Nodes,
    Paragraph,
    Phone,
    Quote,
    Strong,
    Text,
    Words,
    bar,
    clean,
    isolated,
)
from bot.platforms.discord.limits import MESSAGE, length

STRONG, EMPHASIS, ISOLATED, WHOLE = 1, 2, 4, 8  # a run's style; WHOLE: it is never cut
NOTHING_SEEN = "\u200b"  # a message may not be empty
_LEFT_TO_RIGHT_ISOLATE = "\u2066"
_JOINER = "\u2060"  # between two marked runs that touch: `***` would be read otherwise
# A backslash before one of these makes it plain. `/` is among them since a link is known by `//`, an invitation by `gg/`.
_ESCAPES = str.maketrans({char: f"\\{char}" for char in "\\*_~|`[]<@/"})
_LINE_START = re.compile(r"^(\s*)(?=[#>+-])|^(\s*\d+)(?=[.)])")  # heading, quote, lists: marks only where a line begins
_URL = re.compile(r"https?://[^\s<>()\\]+")
_PIECE = 40  # characters of a word longer than a message that are kept together
_MARKS = 8  # units that a run's marks may add


class Run(NamedTuple):
    text: str  # not yet escaped; markup of our own when `ready`
    style: int = 0
    ready: bool = False


class Line(NamedTuple):
    runs: tuple[Run, ...]
    first: str = ""  # before the line
    later: str = ""  # before what is cut off from it


def messages(reply: Reply, limit: int = MESSAGE) -> tuple[str, ...]:
    """Return the reply's text, with its picture's twin, as one or more messages; none when it has no text."""
    twin = reply.picture.twin if reply.picture else ()
    return split((*reply.blocks, *twin), limit)


def split(blocks: Iterable[Block], limit: int = MESSAGE) -> tuple[str, ...]:
    """Return the blocks as messages of at most `limit` (200 or more), cut between blocks if it can be, else lines, else words."""
    done: list[str] = []
    open_message = ""
    before: Block | None = None
    for block in blocks:
        lines = list(_lines(block))
        whole = "\n".join(_write(line) for line in lines)
        pieces = [whole] if length(whole) <= limit else [piece for line in lines for piece in _pieces(line, limit)]
        gap = _gap(before, block)
        for piece in pieces:
            joined = f"{open_message}{gap}{piece}" if open_message else piece
            if length(joined) > limit:
                done.append(open_message)
                joined = piece
            open_message, gap = joined, "\n"
        before = block
    return tuple(message for message in (*done, open_message) if message.strip())


def escape(text: str) -> str:
    """Return the text so that Discord shows it as it stands."""
    return "\n".join(_line_start(line.translate(_ESCAPES)) for line in text.split("\n"))


def _line_start(line: str) -> str:
    return _LINE_START.sub(lambda found: f"{found[0]}\\", line, count=1)


def _gap(before: Block | None, block: Block) -> str:
    if isinstance(before, Heading) or (isinstance(block, Bullets) and isinstance(before, Paragraph)):
        return "\n"
    return "\n\n"


def _lines(block: Block) -> Iterator[Line]:
    match block:
        case Paragraph(inner):
            yield from (Line(runs) for runs in _by_line(inner))
        case Heading(inner):
            yield Line(tuple(run._replace(text=run.text.replace("\n", " ")) for run in _runs(inner)), "### ")
        case Quote(inner):
            yield from (Line(runs, "> ", "> ") for runs in _by_line(inner))
        case Bullets(items):
            for item in items:
                for number, runs in enumerate(_by_line(item)):
                    yield Line(runs, "  " if number else "- ", "  ")
        case Meter(label, done, whole):
            for runs in _by_line((*label, Text(f" {bar(done, whole)}"))):
                yield Line(runs)


def _by_line(inner: Nodes) -> Iterator[tuple[Run, ...]]:
    line: list[Run] = []
    for run in _runs(inner):
        if "\n" not in run.text:
            line.append(run)
            continue
        first, *others = run.text.split("\n")
        line.append(run._replace(text=first))
        for other in others:
            yield tuple(line)
            line = [run._replace(text=other)]
    yield tuple(line)


def _runs(inner: Iterable[Node], style: int = 0) -> Iterator[Run]:
    for node in inner:
        match node:
            case Text(text):
                yield Run(text, style)
            case Strong(nodes):
                yield from _runs(nodes, style | STRONG)
            case Emphasis(nodes):
                yield from _runs(nodes, style | EMPHASIS)
            case Words(text):
                cleaned = clean(text)
                yield Run(cleaned, style if isolated(text) == cleaned else style | ISOLATED)
            case Moment(at, _, clock):
                yield Run(f"<t:{int(at.timestamp())}:{'t' if clock else 'f'}>", style, ready=True)
            case Phone(number):
                yield Run(number.replace(" ", "\u00a0"), style | WHOLE)  # no-break spaces: never on two lines
            case Link(url, label):
                yield _link(url, label, style)


def _link(url: str, label: str, style: int) -> Run:
    if not _URL.fullmatch(url):
        return Run(label, style)
    return Run(f"[{escape(label)}](<{url}>)", style, ready=True)


def _write(line: Line) -> str:
    """Return the line as markdown; runs that touch and have the same marks share one pair of them."""
    text = ""
    right_to_left = any(run.style & WHOLE for run in line.runs) and any(map(_is_right_to_left, line.runs))
    for style, runs in groupby(line.runs, lambda run: run.style & (STRONG | EMPHASIS)):
        marked = _marked("".join(_body(run, right_to_left) for run in runs), style)
        if marked.startswith("*") and text.endswith("*") and not text.endswith("\\*"):
            text += _JOINER
        text += marked
    return f"{line.first}{_line_start(text)}"


def _is_right_to_left(run: Run) -> bool:
    return any(unicodedata.bidirectional(char) in ("R", "AL") for char in run.text)


def _body(run: Run, right_to_left: bool) -> str:
    body = run.text if run.ready else run.text.translate(_ESCAPES)
    if run.style & WHOLE and right_to_left:
        return f"{_LEFT_TO_RIGHT_ISOLATE}{body}{POP_ISOLATE}"
    return f"{FIRST_STRONG_ISOLATE}{body}{POP_ISOLATE}" if run.style & ISOLATED else body


def _marked(body: str, style: int) -> str:
    mark = ("**" if style & STRONG else "") + ("*" if style & EMPHASIS else "")
    inner = body.strip()
    if not mark or not inner:
        return body
    start = body.index(inner)
    return f"{body[:start]}{mark}{inner}{mark[::-1]}{body[start + len(inner) :]}"


def _pieces(line: Line, limit: int) -> Iterator[str]:
    """Yield the line, cut between words (or inside of a word longer than a message) where it does not fit."""
    if length(whole := _write(line)) <= limit:
        yield whole
        return
    taken: list[Run] = []
    room = limit - length(line.first) - 1  # one for an escape where the line begins
    for run in line.runs:
        for part in _parts(run):
            cost = _cost(part)
            if cost > room and taken:
                yield _write(line._replace(runs=tuple(taken))).rstrip()
                line = line._replace(first=line.later)
                taken, room = [], limit - length(line.first) - 1
            taken, room = _added(taken, part), room - cost
    yield _write(line._replace(runs=tuple(taken)))


def _added(taken: list[Run], part: Run) -> list[Run]:
    if taken and not part.ready and not taken[-1].ready and taken[-1].style == part.style:
        return [*taken[:-1], part._replace(text=taken[-1].text + part.text)]
    return [*taken, part]


def _cost(run: Run) -> int:
    body = run.text if run.ready else run.text.translate(_ESCAPES)
    return length(body) + (_MARKS if run.style else 0)


def _parts(run: Run) -> Sequence[Run]:
    if run.ready or run.style & WHOLE:
        return (run,)
    return tuple(run._replace(text=piece) for word in re.findall(r"\S+\s*|\s+", run.text) for piece in _short(word))


def _short(word: str) -> Iterator[str]:
    start = 0
    while len(word) - start > _PIECE:
        end = start + _PIECE
        while end < len(word) and end - start < 2 * _PIECE and _clings(word, end):
            end += 1
        yield word[start:end]
        start = end
    yield word[start:]


def _clings(word: str, at: int) -> bool:
    """Whether the character there belongs to the one before it (marks, joiners, skin tones, the second half of a flag)."""
    return (
        unicodedata.combining(word[at]) > 0
        or unicodedata.category(word[at]) in ("Mn", "Me", "Mc", "Sk", "Cf")
        or word[at - 1] == "\u200d"
        or ("\U0001f1e6" <= word[at] <= "\U0001f1ff" and "\U0001f1e6" <= word[at - 1] <= "\U0001f1ff")
    )
