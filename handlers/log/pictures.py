"""The pictures of the log: strength over time, hour by weekday, what set it off. Each has the same in words, whole."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_time, get_day_names, get_time_format

from bot.core.replies import Picture
from bot.core.richtext import Bullets, Text
from bot.core.texts import Say
from handlers.log.lines import strength
from handlers.log.rules import Urge

TREND, HEAT, COUNTS = "trend", "heat", "counts"
MOST_POINTS = 30  # times in the picture over time, and in its twin


def trend(say: Say, urges: Sequence[Urge], zone: ZoneInfo) -> Picture | None:
    shown = sorted((urge for urge in urges if urge.before is not None or urge.after is not None), key=lambda urge: urge.at)
    shown = shown[-MOST_POINTS:]
    if not shown:
        return None
    points = [(float(n), _point(urge.before)) for n, urge in enumerate(shown)]
    points += [(float(n), _point(urge.after)) for n, urge in enumerate(shown)]
    names = (say.label("log.column_before"), say.label("log.column_after"))
    twin = Bullets(tuple((Text(f"{_day(urge.at, zone, say.language)}: {', '.join(strength(say, urge))}"),) for urge in shown))
    days = tuple(_day(urge.at, zone, say.language) for urge in shown)
    return Picture(TREND, say.label("log.trend_title"), tuple(points), days, (twin,), (names,))


def heat(say: Say, urges: Sequence[Urge], zone: ZoneInfo) -> Picture | None:
    at = [urge.at.astimezone(zone) for urge in urges if urge.tool != "urgelater" and _is_urge(urge)]
    if not at:
        return None
    language = say.language.replace("-", "_")
    names = get_day_names("abbreviated", "stand-alone", language)
    days, hours = tuple(names[n] for n in range(7)), tuple(_hour(n, language) for n in range(24))
    often = Counter((one.weekday(), one.hour) for one in at)
    by_day = (
        (days[day], ", ".join(f"{hours[hour]} ({often[day, hour]})" for hour in range(24) if often[day, hour])) for day in range(7)
    )
    twin = Bullets(tuple((Text(f"{day}: {said}"),) for day, said in by_day if said))
    points = tuple((float(one.hour), float(one.weekday())) for one in at)
    return Picture(HEAT, say.label("log.heat_title"), points, days, (twin,), (hours,))


def counts(say: Say, urges: Sequence[Urge], _: ZoneInfo) -> Picture | None:
    often = Counter(trigger for urge in urges for trigger in urge.triggers).most_common()
    if not often:
        return None
    labels = tuple(say.label(f"log.trigger_{trigger}") for trigger, _ in often)
    twin = Bullets(tuple((Text(f"{label}: {count}"),) for label, (_, count) in zip(labels, often, strict=True)))
    points = tuple((float(n), float(count)) for n, (_, count) in enumerate(often))
    return Picture(COUNTS, say.label("log.counts_title"), points, labels, (twin,))


def _is_urge(urge: Urge) -> bool:
    """Whether it is about one urge: not lines that were prepared for another day."""
    return urge.before is not None or urge.after is not None or bool(urge.triggers)


def _point(number: int | None) -> float:
    return -1.0 if number is None else float(number)


def _day(at: datetime, zone: ZoneInfo, language: str) -> str:
    return str(format_skeleton("MMMd", at.astimezone(zone), locale=language.replace("-", "_")))


def _hour(hour: int, language: str) -> str:
    """Return an hour as the language says it: 18, or 6 PM."""
    is_halved = "a" in get_time_format("short", language).pattern
    return str(format_time(time(hour), "h a" if is_halved else "HH", locale=language))


PICTURES: Mapping[str, Callable[[Say, Sequence[Urge], ZoneInfo], Picture | None]] = {TREND: trend, HEAT: heat, COUNTS: counts}
"""By kind; None where too little is noted. Urges are given oldest first."""
