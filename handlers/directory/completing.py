"""What is offered while somebody types the name of a meeting. Pure: 500 titles are looked through in a moment."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from bot.core.ids import MeetingId
from bot.core.meetings import Series
from bot.core.replies import Choice
from bot.core.texts import Say
from bot.core.when import day_and_time
from bot.core.zones import folded
from handlers.directory.asking import LONGEST, heard_in, phrases
from handlers.directory.records import Filter

MOST = 25
LONGEST_TITLE = 60
LEAST = 2  # letters of a filter's word before it is offered
_ALIKE = 0.6
_FILTERS = ("today", "tomorrow", "family", "language", "beginners", "text_only", "room")


def offered(
    typed: str, found: Sequence[Series], next_at: Mapping[MeetingId, datetime], languages: Sequence[Say], zone: ZoneInfo
) -> Sequence[Choice]:
    """Return filters that begin so, then the meetings that the words may mean: the soonest first, of those whose title begins so,
    then of those with such a word, then of those that are like it.

    Family meetings are offered to whoever names them as such, and then they alone.
    """
    heard = heard_in(typed, found, languages)
    filters = list(_filters(folded(typed[:LONGEST]), languages[0]))
    if not heard.words and heard.wanted != Filter(heard.wanted.audience):
        return filters[:MOST]
    series = {one.id: one for one in found if one.options.audience is heard.wanted.audience}
    ranks = _ranks(heard.words, {one.id: folded(one.title) for one in series.values()})

    def order(one: MeetingId) -> tuple[int, float, str]:
        at = next_at.get(one)
        return ranks[one], at.timestamp() if at else float("inf"), one

    best = sorted(ranks, key=order)[:MOST]
    return [*filters, *(_choice(series[one], next_at.get(one), languages[0], zone) for one in best)][:MOST]


def _filters(line: str, say: Say) -> Iterator[Choice]:
    for name in _FILTERS:
        if len(line) >= LEAST and any(phrase.startswith(line) for phrase in phrases(say, name)):
            yield Choice(phrases(say, name)[0], say.label(f"directory.want_{name}"))


def _ranks(words: str, names: Mapping[MeetingId, str]) -> Mapping[MeetingId, int]:
    ranks = {one: rank for one, name in names.items() if (rank := _rank(words, name)) is not None}
    if ranks or not words:
        return ranks
    alike = set(get_close_matches(words, sorted(set(names.values())), n=MOST, cutoff=_ALIKE))
    return {one: 0 for one, name in names.items() if name in alike}


def _rank(words: str, name: str) -> int | None:
    if name.startswith(words):
        return 0
    if f" {words}" in name:
        return 1
    return 2 if words in name else None


def _choice(series: Series, at: datetime | None, say: Say, zone: ZoneInfo) -> Choice:
    title = series.title if len(series.title) <= LONGEST_TITLE else f"{series.title[: LONGEST_TITLE - 1]}…"
    if at is None:
        return Choice(series.id, title)
    return Choice(series.id, say.label("directory.choice", title=title, when=day_and_time(at, zone, say.language).text))
