"""A series in words: how it repeats (as it can be typed again), when, and its next dates in two zones. Pure."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.calendar import Evening
from bot.core.meetings import Series
from bot.core.richtext import Block, Bullets, Nodes, Paragraph, Text, Words
from bot.core.schedule import on_the_clock
from bot.core.texts import Say, say_p
from bot.core.when import clock_time, day_and_time, zone_name
from handlers.series.repeats import LAST, Each, Repeat, repeat_of
from handlers.series.vocabulary import weekday_names

YOURS, COMMUNITYS = "yours", "community"


def spelled(say: Say, repeat: Repeat) -> str:
    """Return how it repeats, in words that are understood when they are typed."""
    days = joined(say, [weekday_names(say.language)[day] for day in repeat.days])
    step = repeat.step
    match repeat.each:
        case Each.DAY:
            rule = say.label("series.rule_days", step=step)
        case Each.WEEK:
            rule = say.label("series.rule_weeks", step=step, days=days)
        case Each.MONTH if repeat.days:
            nth = joined(say, [say.label(f"series.nth_{'last' if number == LAST else number}") for number in repeat.ordinals])
            rule = say.label("series.rule_months", step=step, days=f"{nth} {days}")
        case _:
            if repeat.dates == (LAST,):
                rule = say.label("series.rule_last_day", step=step)
            else:
                dates = joined(say, [say.label("series.date", date=number) for number in repeat.dates])
                rule = say.label("series.rule_dates", step=step, dates=dates)
    if repeat.until is not None:
        rule = say.label("series.rule_until", rule=rule, date=repeat.until.date().isoformat())
    return say.label("series.rule_times", rule=rule, times=repeat.times) if repeat.times else rule


def joined(say: Say, names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return say.label("series.and", first=", ".join(names[:-1]), last=names[-1])


def rule_of(say: Say, series: Series) -> str:
    repeat = repeat_of(series.schedule.rule)
    return say.label("series.rule_other") if repeat is None else spelled(say, repeat)


def when_line(say: Say, series: Series) -> Paragraph:
    """Say how it repeats, at what time, where the clocks show it, and how long it takes."""
    zone = ZoneInfo(series.schedule.zone)
    start = on_the_clock(series.schedule.begin, zone)
    return say_p(
        say,
        "series.when",
        rule=rule_of(say, series),
        time=clock_time(start, zone, say.language).text,
        zone=zone_name(zone, say.language),
        minutes=minutes_of(series),
    )


def minutes_of(series: Series) -> int:
    return int(series.length.total_seconds()) // 60


def at_home(evening: Evening, series: Series, language: str) -> str:
    """Return an evening's start on the clocks of its series."""
    return day_and_time(evening.starts_at, ZoneInfo(series.schedule.zone), language).text


def second_zone(home: str, reader: ZoneInfo, community: str, at: datetime) -> tuple[ZoneInfo, str] | None:
    """Return the zone in which dates are shown beside the meeting's own: the reader's, else the community's, if clocks there show
    another time."""
    for zone, whose in ((reader, YOURS), (ZoneInfo(community), COMMUNITYS)):
        if at.astimezone(zone).utcoffset() != at.astimezone(ZoneInfo(home)).utcoffset():
            return zone, whose
    return None


def dates(say: Say, series: Series, coming: Sequence[Evening], second: tuple[ZoneInfo, str] | None) -> Block:
    return Bullets(tuple(_date(say, series, evening, second) for evening in coming))


def _date(say: Say, series: Series, evening: Evening, second: tuple[ZoneInfo, str] | None) -> Nodes:
    line: list[object] = [Text(at_home(evening, series, say.language))]
    if second is not None:
        zone, whose = second
        there = day_and_time(evening.starts_at, zone, say.language).text
        line += [Text(" · "), *say(f"series.date_{whose}", when=there)]
    if evening.cancelled:
        line += [Text(" · "), *say("series.date_off")]
    elif evening.moved:
        line += [Text(" · "), *say("series.date_moved")]
    if evening.why:
        line += [Text(": "), Words(evening.why)] if evening.cancelled or evening.moved else []
    return tuple(line)  # type: ignore[arg-type]  # nodes, all of them
