"""What a community's format may be. Pure. Each thing that is wrong is one sentence, with its line where there is a file."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.core.errors import BadInput
from bot.core.outlines import Outline, Segment
from bot.core.richtext import clean, one_line

LONGEST_NAME, LONGEST_SCRIPT = 40, 1500  # characters: a button's label; a message with room for the rest of the panel
FEWEST, MOST = 2, 12  # parts
SHORTEST, LONGEST = 20, 240  # minutes of a whole format
KEPT = 15  # minutes of the check-out, at least


class BadFormat(BadInput):
    """`line`: of the file, 0 where there is none. Nothing was changed."""

    text_key = "formats.bad_format"

    def __init__(self, line: int = 0, key: str = "", **detail: object) -> None:
        super().__init__(line=line, field=key, **detail)
        self.line, self.key = line, key


class Unreadable(BadFormat):
    text_key = "formats.bad_yaml"


class TooLarge(BadFormat):
    text_key = "formats.bad_size"


class UnknownKey(BadFormat):
    text_key = "formats.bad_key"


class NoParts(BadFormat):
    text_key = "formats.bad_parts"


class BadName(BadFormat):
    text_key = "formats.bad_name"


class BadMinutes(BadFormat):
    text_key = "formats.bad_minutes"


class BadScript(BadFormat):
    text_key = "formats.bad_script"


class BadLength(BadFormat):
    text_key = "formats.bad_length"


class BadCheckOut(BadFormat):
    text_key = "formats.bad_check_out"


def name_of(typed: str, line: int = 0) -> str:
    name = one_line(typed)
    if not any(char.isalnum() for char in name) or len(name) > LONGEST_NAME:
        raise BadName(line, "name", longest=LONGEST_NAME)
    return name


def script_of(typed: str, line: int = 0) -> str:
    script = clean(typed.replace("\u2028", "\n").replace("\u2029", "\n")).strip()
    if len(script) > LONGEST_SCRIPT:
        raise BadScript(line, "script", longest=LONGEST_SCRIPT)
    return script


def minutes_of(typed: str | int, line: int = 0) -> int:
    text = str(typed).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= LONGEST):
        raise BadMinutes(line, "minutes", longest=LONGEST)
    return int(text)


def checked(outline: Outline) -> Outline:
    """Return an outline that keeps the rules of every meeting. Raises BadFormat."""
    segments = outline.segments
    if not FEWEST <= len(segments) <= MOST:
        raise NoParts(fewest=FEWEST, most=MOST)
    if not SHORTEST <= outline.minutes <= LONGEST:
        raise BadLength(minutes=outline.minutes, shortest=SHORTEST, longest=LONGEST)
    kept = [segment.minutes for segment in segments if segment.protected]
    if sum(kept) < KEPT or segments[0].protected or any(not segment.protected for segment in segments[outline.closing :]):
        raise BadCheckOut(kept=KEPT)
    return outline


def with_part(outline: Outline, index: int, part: Segment) -> Outline:
    """Return the outline with one part changed. Raises BadFormat."""
    parts: Sequence[Segment] = [part if n == index else segment for n, segment in enumerate(outline.segments)]
    return checked(replace(outline, segments=tuple(parts)))
