"""From numbers to ranges, and when a week is closed. Pure.

What a picture withstands. It is made of how many answers lie in each of three ranges, so nobody, whatever they know, ever learns
more of an answer than its range. The two lowest and the two highest answers may be any that low or high: besides the one that is
left out at each end, a second, since somebody may have put the first there themselves. From the middle it reaches one range further
at most, and in a week of seven not to both sides. So whoever gave one of the answers, and does not know the others', can rule out
no answer of anybody: that is tried for every small week there can be. No answer is in two pictures, each is made once and after its
week, and nothing is told of a week before: to come, to withdraw or to answer again gives no second picture to compare.

What it does not withstand. Somebody who knows all other answers (or that all are those of the week before) may learn in which range
the last one is. In a small week somebody with two of the answers may rule out a range. And where no more than five could have
answered, a picture tells that all did.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.core.few import FIVE
from bot.core.ids import CommunityId
from bot.core.meetings import Audience
from bot.core.moments import Due
from bot.core.schedule import on_the_clock
from handlers.together.records import Sum, Week

RANGES = ((0, 3), (4, 6), (7, 10))
BANDS = ((FIVE, 9), (10, 19), (20, 49), (50, 0))  # people; 0 for no upper end
LEAST_BOTH_WAYS = 8  # people
SHOWN = 8  # weeks
MOST_LINES = 10
GRACE = timedelta(days=1)  # after its end a week can still be put right
STALE = timedelta(days=28)  # after its beginning check-ins begin to go: what is left of them is no week
NEWS = timedelta(days=3)  # after the close a room is not told any more
GRANT = timedelta(hours=3)
KIND = "housekeeping.together"
CODES = {Audience.PARTICIPANTS: "p", Audience.FAMILY: "f"}
_WEEK = timedelta(days=7)


# Numbers ----------------------------------------------------------------------------------------------------------------


def sum_of(numbers: Sequence[int]) -> Sum | None:
    """Return what may be told of a week's numbers, one of each person; None below five."""
    if len(numbers) < FIVE:
        return None
    ranges = sorted(map(range_of, numbers))
    middle = ranges[(len(ranges) - 1) // 2]  # the lower of two; the same without the lowest and the highest
    low, high = max(ranges[2], middle - 1), min(ranges[-3], middle + 1)
    if high - low == 2 and len(numbers) < LEAST_BOTH_WAYS:
        low = high = middle  # one answer alone would hold the middle range: nobody else's could be there
    return Sum(band_of(len(numbers)), low, middle, high)


def range_of(number: int) -> int:
    return next(n for n, (low, high) in enumerate(RANGES) if low <= number <= high)


def band_of(people: int) -> int:
    return next(n for n, (low, high) in enumerate(BANDS) if people >= low and (not high or people <= high))


# Weeks ------------------------------------------------------------------------------------------------------------------


def monday_of(at: datetime, zone: ZoneInfo) -> date:
    """Return the Monday of the week that it is on the clocks of a zone."""
    local = at.astimezone(zone).date()
    return local - timedelta(days=local.weekday())


def begins(monday: date, zone: ZoneInfo) -> datetime:
    return on_the_clock(datetime.combine(monday, time()), zone)


def ends(monday: date, zone: ZoneInfo) -> datetime:
    return begins(monday + _WEEK, zone)


def closes(monday: date, zone: ZoneInfo) -> datetime:
    return ends(monday, zone) + GRACE


def closing(community: CommunityId, monday: date, zone: ZoneInfo) -> Due:
    """Return the promise to close a week. The same week again is the same promise."""
    week = f"{community}_{monday:%Y%m%d}"
    return Due(f"together_{week}", KIND, closes(monday, zone), week)


def week_in(subject: str) -> tuple[CommunityId, date]:
    """Return community and Monday of a promise to close."""
    community, _, day = subject.partition("_")
    return CommunityId(community), datetime.strptime(day, "%Y%m%d").date()  # noqa: DTZ007  # a day, in whatever zone


def after(monday: date) -> date:
    return monday + _WEEK


def shown(weeks: Sequence[Week]) -> list[tuple[date, Sum | None]]:
    """Return the last weeks up to the one that was closed last, each with its sum; nothing if there is none in any.

    So it cannot be told whether nobody answered, four did, or nobody ever agreed.
    """
    sums = {week.monday: week.sum for week in weeks}
    last = max(sums, default=date.min)
    mondays = [last - n * _WEEK for n in reversed(range(SHOWN))] if sums else []
    listed = [(monday, sums.get(monday)) for monday in mondays]
    return listed if any(of for _, of in listed) else []


def named(action: str, audience: Audience) -> str:
    """Return an action of an audience's, by its name: the question for consent carries on what a button does, and no value."""
    return f"{action}_{CODES[audience]}"


def audience_of(action: str) -> Audience | None:
    """Return whose action it is; None for one of nobody's."""
    code = action.rpartition("_")[2]
    return next((audience for audience, own in CODES.items() if own == code), None)
