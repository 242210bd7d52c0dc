"""Pictures of numbers over time, as any feature makes them, each with its twin in words. Nothing in them is a verdict."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_skeleton

from bot.core.replies import Picture
from bot.core.richtext import Block, Bullets, Words
from bot.core.texts import Say, say_p

MOST_TIMES = 30
NONE = -1.0
_MONDAY = date(2024, 1, 1)


def trend(
    say: Say, title: str, names: Sequence[str], times: Sequence[tuple[datetime | None, Sequence[int | None]]]
) -> Picture | None:
    """Return one to three lines over all times, oldest first; None without a number. No moment: now.

    Given only once, the picture shows rulers, and its twin is left to who shows it.
    """
    given = [(at, values) for at, values in times if any(value is not None for value in values)]
    shown = given[-MOST_TIMES:]
    if not shown:
        return None
    days = tuple(short_day(at.date(), say.language) if at is not None else say.label("pictures.now") for at, _ in shown)
    left = len(given) - len(shown)
    note = ((say.label("pictures.earlier", count=left),),) if left else ()
    points = tuple(
        (float(time), NONE if values[n] is None else float(values[n] or 0))
        for n in range(len(names))
        for time, (_, values) in enumerate(shown)
    )
    twin: tuple[Block, ...] = ()
    if len(shown) > 1:
        lines = tuple(
            say("pictures.trend_point", day=day, numbers=_numbers(say, names, values))
            for day, (_, values) in zip(days, shown, strict=True)
        )
        twin = (say_p(say, "pictures.trend_twin"), Bullets(lines), *((say_p(say, "pictures.earlier", count=left),) if left else ()))
    return Picture("trend", title, points, days, twin, (tuple(names), *note))


def _numbers(say: Say, names: Sequence[str], values: Sequence[int | None]) -> str:
    if len(names) == 1:
        return str(values[0])
    known = ((name, value) for name, value in zip(names, values, strict=True) if value is not None)
    return ", ".join(say.label("pictures.number", name=name, number=value) for name, value in known)


def heat(say: Say, title: str, moments: Sequence[datetime]) -> Picture:
    """Return how often, hour by weekday. The moments are in the person's own zone. The week begins as their language has it."""
    first = _locale(say.language).first_week_day
    weekdays = [(first + n) % 7 for n in range(7)]
    names = tuple(str(_said("EEE", _MONDAY + timedelta(days=day), say.language)) for day in weekdays)
    hours = tuple(hour_name(hour, say.language) for hour in range(24))
    points = tuple((float(at.hour), float(weekdays.index(at.weekday()))) for at in moments)
    often = Counter(points)
    lines = tuple(
        say(
            "pictures.heat_point",
            day=name,
            hours=", ".join(
                say.label("pictures.heat_hour", hour=hours[int(hour)], count=count)
                for (hour, of_day), count in sorted(often.items())
                if of_day == day
            ),
        )
        for day, name in enumerate(names)
        if any(of_day == day for _, of_day in often)
    )
    twin = (say_p(say, "pictures.heat_twin"), Bullets(lines)) if lines else ()
    return Picture("heat", title, points, names, twin, (hours,))


def counts(say: Say, title: str, numbers: Sequence[tuple[str, int]]) -> Picture:
    """Return how often each was said, in the order given; the names may be a person's own words."""
    points = tuple((float(n), float(count)) for n, (_, count) in enumerate(numbers))
    lines = tuple(say("pictures.counts_point", name=Words(name), count=count) for name, count in numbers)
    return Picture(
        "counts", title, points, tuple(name for name, _ in numbers), (say_p(say, "pictures.counts_twin"), Bullets(lines))
    )


def week(say: Say, title: str, first: date, plans: Sequence[tuple[date, str, str]]) -> Picture:
    """Return seven days from `first` on with what is planned: (day, time as it reads or "", words), in the order of a day.

    Its twin is left to who shows it.
    """
    days = tuple(str(_said("MMMEd", first + timedelta(days=n), say.language)) for n in range(7))
    within = [(day, time, words) for day, time, words in plans if 0 <= (day - first).days < 7]
    points = tuple((float((day - first).days), float(n)) for n, (day, _, _) in enumerate(within))
    return Picture("week", title, points, days, rows=tuple((time, words) for _, time, words in within))


def short_day(day: date, language: str) -> str:
    """Return a day like "Nov 24"."""
    return str(_said("MMMd", day, language))


def hour_name(hour: int, language: str) -> str:
    """Return a full hour like "3 PM" or "15 Uhr"."""
    skeleton = "h" if "h" in _locale(language).time_formats["short"].pattern.replace("'h'", "") else "H"
    return str(_said(skeleton, datetime(2024, 1, 1, hour, tzinfo=UTC), language))


def _said(skeleton: str, at: date, language: str) -> str:
    return str(format_skeleton(skeleton, at, locale=_locale(language)))


@lru_cache(maxsize=16)
def _locale(language: str) -> Locale:
    return Locale.parse(language.replace("-", "_"))
