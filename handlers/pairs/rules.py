"""Who may be brought together, when somebody is asked, and what may be sent. Pure."""

import hashlib
from collections.abc import Collection
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.errors import BadInput
from bot.core.richtext import one_line
from bot.core.schedule import on_the_clock
from handlers.pairs.records import LONGEST_NAME, LONGEST_WORDS, Draft

LINES = ("did", "partly", "hard", "calm", "kind")
KIND = ("thanks", "heard", "gentle")
TIMES = ("08:00", "12:00", "16:00", "18:00", "19:00", "21:00")
AUDIENCES = {"p": "participants", "f": "family"}  # as a button has them
LATE = timedelta(hours=4)  # a question for the day that comes later than this is left out


class BadCode(BadInput):
    """Never made, run out, used up, or of the other audience: one answer for all."""

    text_key = "pairs.bad_code"


class TooOften(BadInput):
    text_key = "pairs.too_often"


class OwnCode(BadInput):
    text_key = "pairs.own_code"


class TooLong(BadInput):
    text_key = "pairs.too_long"


def name_from(typed: str) -> str:
    return _short(typed, LONGEST_NAME)


def words_from(typed: str) -> str:
    return _short(typed, LONGEST_WORDS)


def _short(typed: str, most: int) -> str:
    """Return words in one line. Raises TooLong: words that reach somebody are not cut behind their writer's back."""
    words = one_line(typed[: most * 4])
    if len(words) > most or len(typed) > most * 4:
        raise TooLong(most=most)
    return words


def speak_alike(one: str, other: str) -> bool:
    """Whether two may read each other: their languages are the same, or one of them named none."""
    return not one or not other or _tongue(one) == _tongue(other)


def _tongue(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def may_write(mine: Collection[str], theirs: Collection[str], unnamed: Collection[str]) -> bool:
    """Whether own words may pass between two: nowhere that either of them is does a platform forbid words without a known name."""
    return bool(mine) and bool(theirs) and {*mine, *theirs} <= {*unnamed}


def day_of(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).date().isoformat()


def asked_today(clock: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return when clocks in the zone show the chosen time on the day that it is there."""
    return on_the_clock(datetime.combine(now.astimezone(zone).date(), time.fromisoformat(clock)), zone)


def next_asked(clock: str, now: datetime, zone: ZoneInfo) -> datetime:
    """Return the first moment later than `now` when clocks in the zone show the chosen time."""
    today = now.astimezone(zone).date()
    wall = time.fromisoformat(clock)
    moments = (on_the_clock(datetime.combine(today + timedelta(days=n), wall), zone) for n in range(4))
    return next(at for at in moments if at > now)  # a zone that leaves out a day leaves out one


def is_empty(draft: Draft) -> bool:
    return draft == Draft()


def seen(draft: Draft, name: str) -> str:
    """Return a mark of what a screen showed: only that is sent."""
    shown = f"{draft.rating}|{draft.line}|{draft.words}|{name}"
    return hashlib.sha256(shown.encode()).hexdigest()[:16]
