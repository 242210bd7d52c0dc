"""From evenings to figures: whole months only, people only in bands, a series only with enough evenings. Pure."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from bot.core.ids import MeetingId
from bot.core.meetings import Audience, State
from handlers.figures.records import Evening

BANDS = ((0, 4), (5, 9), (10, 19), (20, 0))  # people; 0 for no upper end
SHOWN = 6  # months
LEAST_OF_SERIES = 5  # evenings held: fewer would say too much of single ones


class Month(NamedTuple):
    year: int
    month: int

    @property
    def before(self) -> "Month":
        return Month(self.year - 1, 12) if self.month == 1 else Month(self.year, self.month - 1)

    @property
    def after(self) -> "Month":
        return Month(self.year + 1, 1) if self.month == 12 else Month(self.year, self.month + 1)

    def starts(self, zone: ZoneInfo) -> datetime:
        return datetime(self.year, self.month, 1, tzinfo=zone).astimezone(UTC)

    @property
    def code(self) -> str:
        return f"{self.year:04}{self.month:02}"


class Tally(msgspec.Struct, frozen=True):
    """`self_run`: of those held, without a host. `not_held`: the room was never opened. `bands`: of those held, by BANDS."""

    held: int = 0
    cancelled: int = 0
    not_held: int = 0
    self_run: int = 0
    bands: tuple[int, int, int, int] = (0, 0, 0, 0)

    @property
    def no_host(self) -> int:
        return self.self_run + self.not_held


def months(now: datetime, zone: ZoneInfo) -> list[Month]:
    """Return the last whole months, the earliest first. The present one is not over: it could be watched growing."""
    local = now.astimezone(zone)
    found = [Month(local.year, local.month).before]
    while len(found) < SHOWN:
        found.append(found[-1].before)
    return found[::-1]


def month_of(at: datetime, zone: ZoneInfo) -> Month:
    local = at.astimezone(zone)
    return Month(local.year, local.month)


def band_of(heads: int) -> int:
    return next(n for n, (low, high) in enumerate(BANDS) if heads >= low and (not high or heads <= high))


def tally(evenings: Sequence[Evening]) -> Tally:
    held = [one for one in evenings if one.began and one.state is not State.CANCELLED]
    counted = [band_of(one.heads) for one in held]
    cancelled = sum(one.state is State.CANCELLED for one in evenings)
    return Tally(
        held=len(held),
        cancelled=cancelled,
        not_held=len(evenings) - len(held) - cancelled,
        self_run=sum(one.self_run for one in held),
        bands=(counted.count(0), counted.count(1), counted.count(2), counted.count(3)),
    )


def by_month(evenings: Sequence[Evening], shown: Sequence[Month], zone: ZoneInfo) -> Mapping[Month, Tally]:
    return {month: tally([one for one in evenings if month_of(one.starts_at, zone) == month]) for month in shown}


def by_series(evenings: Sequence[Evening]) -> Mapping[MeetingId, Tally]:
    """Return the figures of each series with enough evenings, those held most first."""
    tallies = {
        name: tally([one for one in evenings if one.series == name]) for name in dict.fromkeys(one.series for one in evenings)
    }
    enough = {name: of for name, of in tallies.items() if of.held >= LEAST_OF_SERIES}
    return dict(sorted(enough.items(), key=lambda pair: (-pair[1].held, pair[0])))


def wish_in(value: str) -> tuple[Audience, str] | None:
    """Return audience and month code ("" for none) of a button; None when it is not of our making."""
    audience, _, code = value.partition("_")
    if audience not in set(Audience) or not (code == "" or (len(code) == 6 and code.isascii() and code.isdigit())):
        return None
    return Audience(audience), code
