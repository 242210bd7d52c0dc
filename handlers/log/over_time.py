"""Ratings and the wheel over time, from what was kept. Nothing is summed up, compared with anybody, or called good. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.core.ports import Entry
from bot.core.richtext import one_line
from handlers.log.records import Used

RATED = ("rulers", "changeplan")  # tools that ask how important something is, and how sure one is
TITLES = {"rulers": "about", "changeplan": "change"}
WHEELS = {"": ("wheel", "scores"), "family": ("mycare", "happy")}  # by voice: the tool, and its numbers
MONTH = timedelta(days=25)  # what is at least so long ago may stand for last month
MOST_THEMES = 3


class Rating(NamedTuple):
    at: datetime
    importance: int | None
    confidence: int | None


class Theme(NamedTuple):
    """What the numbers are about, as the person called it; oldest first."""

    title: str
    ratings: tuple[Rating, ...]


class Wheel(NamedTuple):
    """An area's number now and then (None: it was not there then), in the order in which they were asked."""

    at: datetime
    before: datetime | None
    areas: tuple[tuple[str, int, int | None], ...]


def themes(used: Sequence[Used]) -> list[Theme]:
    """Return the ratings by what they are about, the one rated last first."""
    found: dict[str, list[tuple[str, Rating]]] = {}
    for one in sorted(used, key=lambda one: one.at):
        answers = one.answers
        rating = Rating(one.at, _scale(answers.get("importance")), _scale(answers.get("confidence")))
        if rating.importance is None and rating.confidence is None:
            continue
        title = answers.get(TITLES.get(one.tool, ""))
        title = one_line(title) if isinstance(title, str) else ""
        found.setdefault(title.casefold(), []).append((title, rating))
    made = [Theme(rated[-1][0], tuple(rating for _, rating in rated)) for rated in found.values()]
    return sorted(made, key=lambda theme: theme.ratings[-1].at, reverse=True)


def wheel(used: Sequence[Used], name: str) -> Wheel | None:
    """Return the newest wheel beside that of about a month before it; of an earlier one where there is none so old."""
    whole = [(one.at, numbers) for one in sorted(used, key=lambda one: one.at) if (numbers := _numbers(one.answers, name))]
    if not whole:
        return None
    at, now = whole[-1]
    earlier = [one for one in whole[:-1] if at - one[0] >= MONTH] or whole[:-1][:1]
    before, then = earlier[-1] if earlier else (None, {})
    return Wheel(at, before, tuple((area, number, then.get(area)) for area, number in now.items()))


def _numbers(answers: Mapping[str, Entry], name: str) -> dict[str, int]:
    found = answers.get(name)
    if not isinstance(found, dict):
        return {}
    return {area: number for area, said in found.items() if (number := _scale(int(said) if said.isdecimal() else None)) is not None}


def _scale(number: Entry | None) -> int | None:
    return number if isinstance(number, int) and 0 <= number <= 10 else None
