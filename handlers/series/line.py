"""A whole new meeting, from one line or from a form's answers. Pure. What is unclear gets one sentence that says what to do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.recurrence import BadRule
from bot.core.schedule import Schedule, checked, clocked
from handlers.series import vocabulary as say
from handlers.series.phrases import take_repeat
from handlers.series.reading import (
    LONGEST,
    SHORTEST,
    USUAL_LENGTH,
    leading_zone,
    length_of,
    time_of,
    title_of,
    zone_of,
)
from handlers.series.repeats import Repeat, end_of
from handlers.series.unclear import NoSuchDay, Unclear, UnknownDate, UnknownDays, UnknownLength, UnknownTime
from handlers.series.words import Words, take_date, take_times

FURTHEST = timedelta(days=5 * 366)  # the first evening is no further away
_QUOTED = re.compile(r"[\"“„»«]([^\"“”„«»]{1,200})[\"”“«»]")
_CHANNEL = re.compile(r"<#([0-9]{5,25})>")
_HASH = re.compile(r"#[^\s#]{1,100}")
_LOOKS_LIKE_A_TIME = re.compile(r"\b[0-9]{1,2}(?:[:.h][0-9]{2}|\s*(?:am|pm|uhr|h\b|heures?))", re.IGNORECASE)
_PAST = re.compile(r"[0-5][0-9]")  # the minutes of "19 h 30"
_SPAN = re.compile(r"(.+?)[-–](.+)")
HERE = "here"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A meeting as a facilitator wants it. `title`: "" when none was given. `room`: "" or HERE, or the platform's id of a room."""

    title: str
    repeat: Repeat
    wall: time
    zone: str
    minutes: int
    first: date | None = None
    room: str = ""

    def schedule(self, now: datetime) -> Schedule:
        return schedule_of(self.repeat, self.wall, self.zone, now, self.first)


def schedule_of(repeat: Repeat, wall: time, zone: str, now: datetime, first: date | None = None) -> Schedule:
    """Return the schedule whose first start is the first fitting day that is still ahead, and not before `first`.

    Steps and times count from that start. Raises NoSuchDay.
    """
    today = now.astimezone(ZoneInfo(zone)).date()
    begin = max(first or today, today)
    if begin > today + FURTHEST:
        raise NoSuchDay()
    near = replace(repeat, step=1, until=None, times=0)
    start = next((at for at, _ in clocked(Schedule(zone, begin, wall, near.rule), now)), None)
    if start is None:
        raise NoSuchDay()
    try:
        found = checked(Schedule(zone, start.date(), wall, repeat.rule))
    except BadRule:
        raise NoSuchDay() from None
    if next(clocked(found, now), None) is None:
        raise NoSuchDay()
    return found


@dataclass(slots=True)
class _Read:
    """What was understood so far."""

    repeat: Repeat | None = None
    wall: time | None = None
    zone: str = ""
    minutes: int = 0
    first: date | None = None
    until: date | None = None
    times: int = 0
    room: str = ""

    def whole(self) -> Repeat | None:
        if self.repeat is None:
            return None
        until = end_of(self.until) if self.until else None
        return replace(self.repeat, until=until, times=0 if until else self.times)


def from_line(line: str, language: str, home_zone: str, now: datetime) -> Wanted:
    """Return the meeting of one line: the days, the time; perhaps a zone, a length, a room, an end; a title in what is left, or
    quoted. Raises Unclear."""
    quoted = _QUOTED.search(line)
    if quoted is not None:
        line = f"{line[: quoted.start()]} {line[quoted.end() :]}"
    words, read = Words(line.split(), language, now.astimezone(ZoneInfo(home_zone)).date()), _Read()
    while words.left and _take(words, read):
        pass
    title = _title(words, read)
    _check(read, line, said=bool(words.typed))
    if quoted is not None:
        if title:
            raise Unclear()
        title = quoted[1]
    repeat = read.whole()
    assert repeat is not None
    assert read.wall is not None
    return Wanted(
        title_of(title) if title else "",
        repeat,
        read.wall,
        read.zone or home_zone,
        read.minutes or USUAL_LENGTH,
        read.first,
        read.room,
    )


def _check(read: _Read, line: str, *, said: bool) -> None:
    """Raise the one reason for which a line cannot be taken."""
    if read.repeat is None and said and _LOOKS_LIKE_A_TIME.search(line):
        raise UnknownDays()
    if read.repeat is None:
        raise Unclear()
    if read.wall is None:
        raise UnknownTime()


def _title(words: Words, read: _Read) -> str:
    """Return what is left as the title, without an end, a length or a room that stand behind it."""
    left = words.left
    for place in range(len(left)):
        behind, more = Words(left[place:], words.language, words.today), replace(read)
        try:
            while behind.left and _take_behind(behind, more):
                pass
        except Unclear:
            continue
        if not behind.left:
            read.first, read.until, read.times, read.minutes, read.room = (
                more.first,
                more.until,
                more.times,
                more.minutes,
                more.room,
            )
            return " ".join(left[:place])
    return " ".join(left)


def _take(words: Words, read: _Read) -> bool:
    """Read one thing on. False at the first word that is none: there the title begins."""
    if read.repeat is None and (repeat := take_repeat(words)) is not None:
        read.repeat = repeat
        return True
    if _take_time(words, read) or _take_behind(words, read, strict=True) or _take_number(words, read):
        return True
    if not read.zone:
        zone, count = leading_zone(words.left, words.language)
        read.zone, words.at = zone, words.at + count
        return count > 0
    return False


def _take_behind(words: Words, read: _Read, *, strict: bool = False) -> bool:
    """Read an end, a beginning, a length with its unit, or a room. `strict`: "until" without a date is told, not passed over."""
    if not read.times and (times := take_times(words)):
        read.times = times
        return True
    try:
        if read.first is None and (first := take_date(words, say.FROM)) is not None:
            read.first = first
            return True
        if read.until is None and (until := take_date(words, say.UNTIL)) is not None:
            read.until = until
            return True
    except UnknownDate:
        if strict and words.peek() in say.UNTIL:
            raise
    return _take_room(words, read) or _take_length(words, read)


def _take_time(words: Words, read: _Read) -> bool:
    """Read "19:00", "at 7 pm", "19 Uhr", "19:00-20:30" or, after a start, "until 20:30"."""
    mark, lead = words.at, words.peek()
    if lead in (say.AT if read.wall is None else say.UNTIL | say.TO):
        words.at += 1
    on_the_hour = words.takes(say.CLOCK)
    span = _SPAN.fullmatch(words.peek()) if read.wall is None else None
    start, end = (span[1], span[2]) if span else (words.peek(), "")
    if on_the_hour and re.fullmatch(r"1[3-9]|2[0-3]", start):
        start = f"{start}:00"
    behind = words.peek(1) if words.peek(1) in say.O_CLOCK else ""
    if behind in say.HOURS and _PAST.fullmatch(words.peek(2)) and words.peek(3) not in say.MINUTES:
        behind = f"{behind} {words.peek(2)}"
    try:
        found = time_of(f"{end or start} {behind}".strip())
        if end:
            read.wall = time_of(f"{start} {behind}".strip())
    except UnknownTime:
        words.at = mark
        return False
    if not end and read.wall is not None and (lead not in say.UNTIL | say.TO or read.minutes):
        words.at = mark
        return False
    words.at += 1 + len(behind.split())
    if read.wall is None:
        read.wall = found
    else:
        read.minutes = _between(read.wall, found)
    return True


def _between(start: time, end: time) -> int:
    minutes = (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % (24 * 60)
    if not SHORTEST <= minutes <= LONGEST:
        raise UnknownLength(shortest=str(SHORTEST), longest=str(LONGEST))
    return minutes


def _take_room(words: Words, read: _Read) -> bool:
    if read.room or not words.left:
        return False
    word = words.left[0].rstrip(",;")
    channel = _CHANNEL.fullmatch(word)
    if channel is None and not _HASH.fullmatch(word):
        return False
    read.room = channel[1] if channel else HERE
    words.at += 1
    return True


def _take_length(words: Words, read: _Read) -> bool:
    """Read a length with its unit."""
    if read.minutes or not words.peek()[:1].isdigit():
        return False
    first, second = words.peek(), words.peek(1)
    if first.isdigit() and second not in say.MINUTES | say.HOURS:
        return False
    count = 1 if not first.replace(".", "").replace(",", "").isdigit() else 2
    try:
        read.minutes = length_of(f"{first} {second}" if count == 2 else first)
    except UnknownLength:
        if count == 2 or first.endswith("min"):
            raise
        return False
    words.at += count
    return True


def _take_number(words: Words, read: _Read) -> bool:
    """Read a bare number after the time as the length."""
    word = words.peek()
    if read.minutes or read.wall is None or not re.fullmatch(r"[0-9]{2,3}", word):
        return False
    read.minutes = length_of(word)
    words.at += 1
    return True


def from_form(answers: Mapping[str, str], language: str, home_zone: str, now: datetime) -> Wanted:
    """Return the meeting that the form's answers mean. Raises Unclear."""
    title = title_of(answers.get("title", ""))
    zone = zone_of(answers.get("zone", "") or home_zone, language)
    repeat, first = days_of(answers.get("days", ""), language, now.astimezone(ZoneInfo(zone)).date())
    return Wanted(title, repeat, time_of(answers.get("time", "")), zone, length_of(answers.get("length", "")), first)


def days_of(typed: str, language: str, today: date) -> tuple[Repeat, date | None]:
    """Return how a meeting repeats, and the day from which, of words that say only that. Raises UnknownDays."""
    words, read = Words(typed.split(), language, today), _Read()
    while words.left:
        if read.repeat is None and (repeat := take_repeat(words)) is not None:
            read.repeat = repeat
        elif not _take_behind(words, read, strict=True) or read.minutes or read.room:
            raise UnknownDays()
    repeat = read.whole()
    if repeat is None:
        raise UnknownDays()
    return repeat, read.first
