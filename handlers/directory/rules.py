"""Which evenings are looked for, where a page of them begins, and what may be said of free places. Pure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from bot.core.coming import Ahead
from bot.core.few import FIVE
from bot.core.ids import CommunityId
from bot.core.meetings import SOON, Series
from handlers.directory.marks import Anchor, anchor_of, is_marked
from handlers.directory.records import TODAY, TOMORROW, Filter, Want

AHEAD = timedelta(days=14)
NAMED_AHEAD = timedelta(days=62)  # of a few meetings asked for by name: a monthly one has an evening in it
FEW = 10  # series
PAGE = 5


class Reader(msgspec.Struct, frozen=True):
    """Who looks, and when. `home`: the community's language, that of a series which has none of its own."""

    zone: ZoneInfo
    language: str
    now: datetime
    home: str


class Listed(msgspec.Struct, frozen=True):
    """One evening of the list. `taken`: how many of its places are."""

    ahead: Ahead
    taken: int = 0

    @property
    def series(self) -> Series:
        return self.ahead.series

    @property
    def anchor(self) -> Anchor:
        return anchor_of(self.ahead.evening.starts_at, self.series.id)


class Page(msgspec.Struct, frozen=True):
    """Some evenings of the list. `first`: the number of the first, from 1. `before`, `after`: where the pages beside it begin."""

    listed: tuple[Listed, ...]
    first: int = 0
    whole: int = 0
    before: Anchor | None = None
    after: Anchor | None = None


class View(msgspec.Struct, frozen=True):
    """All that a list's screen shows. `community`: whose list it is."""

    community: CommunityId
    reader: Reader
    wanted: Filter
    page: Page


def named(found: Sequence[Series], wanted: Filter) -> list[Series]:
    """Return the series of the audience looked for, and of these, where words were given, those that the words name."""
    shown = [series for series in found if series.options.audience is wanted.audience]
    return [series for series in shown if not wanted.mark or is_marked(series.title, series.id, wanted.mark)]


def until(found: Sequence[Series], wanted: Filter, now: datetime) -> datetime:
    """Return up to when evenings of these are listed."""
    return now + (NAMED_AHEAD if wanted.mark and len(found) <= FEW else AHEAD)


def find(listed: Sequence[Listed], wanted: Filter, reader: Reader) -> list[Listed]:
    """Return the evenings looked for, the earliest first. Which series they are of is decided before, by `named`."""
    found = [one for one in listed if _is_wanted(one, wanted, reader)]
    return sorted(found, key=lambda one: (one.anchor, one.ahead.evening.original))


def page_of(found: Sequence[Listed], anchor: Anchor | None) -> Page:
    """Return the page that begins with the anchor, or with what comes next after it; the last one when there is nothing."""
    if not found:
        return Page(())
    at = 0 if anchor is None else next((n for n, one in enumerate(found) if one.anchor >= anchor), max(len(found) - PAGE, 0))
    return Page(
        tuple(found[at : at + PAGE]),
        at + 1,
        len(found),
        found[max(at - PAGE, 0)].anchor if at else None,
        found[at + PAGE].anchor if at + PAGE < len(found) else None,
    )


def may_join(one: Ahead, now: datetime) -> bool:
    """The room's button is shown while the evening is on, and a quarter of an hour before."""
    if one.occurrence is None or one.evening.cancelled:
        return False
    return one.is_live or now >= one.evening.starts_at - SOON


def has_room(one: Listed) -> bool:
    limit = one.series.options.capacity
    return not one.ahead.evening.cancelled and (not limit or one.taken < limit)


def places_left(capacity: int, taken: int) -> int:
    """Return how many places are free at least; it changes only with every fifth person, so that nobody is seen to come or go.

    Below five it is 0 for "a few"; -1 when there is none. Only that the last place went is told at once: it has to be.
    """
    if taken >= capacity:
        return -1
    least = capacity - (taken // FIVE) * FIVE - (FIVE - 1)
    return least if least >= FIVE else 0


def language_of(series: Series, home: str) -> str:
    return series.options.language or home


def _is_wanted(one: Listed, wanted: Filter, reader: Reader) -> bool:
    options, series = one.series.options, one.series
    if wanted.day and not _is_on(one.ahead.evening.starts_at.astimezone(reader.zone).date(), one.ahead.is_live, wanted.day, reader):
        return False
    if Want.LANGUAGE in wanted.wants and _plain(language_of(series, reader.home)) != _plain(reader.language):
        return False
    if Want.ROOM in wanted.wants and not has_room(one):
        return False
    if Want.BEGINNERS in wanted.wants and not options.beginners:
        return False
    return Want.TEXT_ONLY not in wanted.wants or options.text_only


def _is_on(day: date, live: bool, wanted: str, reader: Reader) -> bool:
    """On the reader's own calendar. What is on now is today's, also after midnight."""
    today = reader.now.astimezone(reader.zone).date()
    if wanted == TODAY:
        return day == today or live
    if wanted == TOMORROW:
        return day == today + timedelta(days=1)
    return day.weekday() == int(wanted)


def _plain(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].casefold()
