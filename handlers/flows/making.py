"""What is in the files of a tool: plain text, paper, a table of its uses, an entry for a calendar. Their names say nothing."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.core import spreadsheet
from bot.core.flow import Each, Flow, Timer, owner, prefix
from bot.core.ports import Entry
from bot.core.replies import File, Paper, Picture
from bot.core.richtext import FIRST_STRONG_ISOLATE, POP_ISOLATE, Block, Heading, Paragraph, Text, one_line, plain, plain_block
from bot.core.texts import Say, say_p
from bot.core.when import day_and_time
from handlers.flows.answers import label_key, length, named, shown_answer
from handlers.flows.earlier import worded_lines
from handlers.flows.lines import FAMILY, line_text, worded

NAME = "notes"  # of every file
MEETS = timedelta(minutes=30)  # how long an entry of a calendar with a time is
LONGEST_TITLE = 80  # characters of an entry's own words
_ISOLATES = {ord(FIRST_STRONG_ISOLATE): None, ord(POP_ISOLATE): None}


class Use(NamedTuple):
    """A tool as it was used once."""

    at: datetime
    answers: Mapping[str, Entry]


class Made(NamedTuple):
    """What a file is made of. `blocks` and `picture`: its summary. `uses`: those kept before that its picture shows, then this."""

    id: str
    flow: Flow
    voice: str
    blocks: tuple[Block, ...]
    picture: Picture | None
    uses: Sequence[Use]
    kept: bool

    @property
    def family(self) -> bool:
        return self.voice == FAMILY


def title_of(say: Say, made: Made) -> str:
    return say.label(worded(say, f"{made.flow.name}.title", family=made.family))


def as_text(made: Made) -> File:
    twin = made.picture.twin if made.picture is not None else ()
    text = "\n\n".join(plain_block(block) for block in (*made.blocks, *twin)) + "\n"
    return File(f"{NAME}.txt", text.encode(), "text/plain; charset=utf-8")


def as_paper(say: Say, made: Made, zone: ZoneInfo) -> Paper:
    """Return the sheet that a worker prints: the day, the answers, the picture."""
    day = Paragraph((Text(day_and_time(made.uses[-1].at, zone, say.language).text),))
    blocks = (day, *(block for block in made.blocks if not isinstance(block, Heading)))
    instead = (say_p(say, "files.text_instead"),)
    return Paper(NAME, title_of(say, made), blocks, made.picture, say.label("files.gaps"), instead)


# A table ------------------------------------------------------------------------------------------------------------


def has_numbers(made: Made) -> bool:
    """Whether a table says more than the text: there are ratings, or times."""
    answers = made.uses[-1].answers
    if any(isinstance(answer, int) for answer in answers.values()):
        return True
    steps = made.flow.places.items()
    return any(isinstance(step, Each) and step.ask == "scale" and prefix(place) + step.save in answers for place, step in steps)


def as_table(say: Say, made: Made, zone: ZoneInfo) -> File:
    """Return a row for each use, the oldest first, with a column for each answer that has a name."""
    rows = [
        {say.label("files.column_when"): use.at.astimezone(zone).strftime("%Y-%m-%d %H:%M"), **dict(_cells(say, made, use))}
        for use in made.uses
    ]
    columns = list(dict.fromkeys(column for row in rows for column in row))
    content = spreadsheet.table(columns, ([row.get(column, "") for column in columns] for row in rows))
    return File(f"{NAME}.csv", content, "text/csv; charset=utf-8")


def _cells(say: Say, made: Made, use: Use) -> Iterable[tuple[str, str]]:
    for place, name in named(made.flow, use.answers):
        step, inner, answer = made.flow.places[place], owner(made.flow, place), use.answers[prefix(place) + name]
        key = label_key(say, inner, step, name, family=made.family)
        if not key:
            continue
        label = say.label(key)
        if isinstance(step, Each) and step.ask == "scale" and isinstance(answer, dict):
            for line, number in answer.items():
                yield f"{label}: {_bare(line_text(say, inner, step, line, family=made.family))}", number
            continue
        shown = shown_answer(say, inner, step, name, answer, family=made.family)
        yield label, "; ".join(_bare(plain(nodes)) for nodes in ((shown.inline,) if shown.inline else shown.lines))
    for place, step in made.flow.places.items():
        ratings = use.answers.get(prefix(place) + step.rate) if isinstance(step, Timer) and step.rate else None
        if isinstance(ratings, list):
            marks = (rating.partition(" ") for rating in ratings)
            yield say.label("files.column_meanwhile"), "; ".join(f"{length(int(at))} – {number}" for at, _, number in marks)


def _bare(words: str) -> str:
    """Return words without the marks of direction, which nobody sees and a search would stumble over."""
    return words.translate(_ISOLATES)


# A calendar ---------------------------------------------------------------------------------------------------------


def day_planned(made: Made) -> str:
    """Return the day of the calendar's entry, or "" when the tool has none, or it was not answered."""
    wanted = made.flow.beside.calendar
    day = made.uses[-1].answers.get(wanted.day) if wanted is not None else None
    return day if isinstance(day, str) and _is_day(day) else ""


def as_calendar(say: Say, made: Made, now: datetime, *, own: bool) -> File | None:
    """Return one entry for a calendar. `own`: its title is the person's words; else it says nothing of what it is about.

    Its time is floating (RFC 5545, 3.3.5, form 1): what the person's own clocks show. Taken in again it takes the place of the
    one before.
    """
    from icalendar import Calendar, Event  # late: it is large, and few ask for this file

    wanted, day = made.flow.beside.calendar, day_planned(made)
    if wanted is None or not day:
        return None
    answers = made.uses[-1].answers
    event = Event()
    event.add("UID", hashlib.blake2s(made.id.encode(), digest_size=16).hexdigest())
    event.add("DTSTAMP", now.astimezone(UTC))
    title = _own_title(say, made, wanted.of) if own else ""
    event.add("SUMMARY", title or say.label("files.calendar_title"))
    hour = _clock(answers.get(wanted.time))
    if hour is None:
        event.add("DTSTART", date.fromisoformat(day))
        event.add("TRANSP", "TRANSPARENT")
    else:
        event.add("DTSTART", datetime.combine(date.fromisoformat(day), hour))
        event.add("DURATION", MEETS)
    event.add("CLASS", "PRIVATE")
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", "-//calendar//EN")
    calendar.add_component(event)
    return File(f"{NAME}.ics", bytes(calendar.to_ical()), "text/calendar; charset=utf-8")


def _own_title(say: Say, made: Made, name: str) -> str:
    answer = made.uses[-1].answers.get(name, "")
    return one_line(", ".join(worded_lines(say, made.flow, name, answer, family=made.family)), LONGEST_TITLE)


def _is_day(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _clock(answer: Entry | None) -> time | None:
    try:
        return time.fromisoformat(answer).replace(tzinfo=None) if isinstance(answer, str) else None
    except ValueError:
        return None
