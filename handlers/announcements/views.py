"""What rooms are told, the list of meetings, and reminders. A reminder names neither meeting nor topic: a locked phone shows it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.core.help import help_row
from bot.core.ids import MeetingId
from bot.core.meetings import Occurrence, Series, zoned
from bot.core.replies import Button, Press, Reply, Style, To
from bot.core.richtext import Bullets, Nodes, Words
from bot.core.texts import Say, Value, say_h, say_p
from bot.core.when import clock_time, day_and_time, zone_name

LABEL = 40


def room_news(say: Say, key: str, series: Series, start: datetime, zone: ZoneInfo, *, quiet: bool) -> Reply:
    """An announcement in the community's language and zone."""
    text = say_p(say, key, title=Words(series.title), when=zoned(start, zone, say.language))
    remind = Button(say.label("announcements.remind_me"), Press("announcements", "remind", series.id))
    return Reply((text,), To.ROOM, ((remind, *help_row(say)),), replace=False, quiet=quiet)


# The list -----------------------------------------------------------------------------------------------------------


def coming(say: Say, dates: Sequence[tuple[datetime, Series]], on: Collection[MeetingId], reader: ZoneInfo) -> Reply:
    """The meetings ahead, in the meeting's zone and, where that differs, in the reader's."""
    if not dates:
        return Reply((say_p(say, "announcements.none"),), To.ONLY_YOU, (help_row(say),), replace=False)
    lines = tuple(_line(say, start, series, reader) for start, series in dates)
    once = {series.id: series for _, series in dates}.values()
    rows = tuple((_toggle(say, series, series.id in on),) for series in once)
    return Reply((say_h(say, "announcements.coming"), Bullets(lines)), To.ONLY_YOU, (*rows, help_row(say)), replace=False)


def _line(say: Say, start: datetime, series: Series, reader: ZoneInfo) -> Nodes:
    home, language, title = ZoneInfo(series.schedule.zone), say.language, Words(series.title)
    minutes = int(series.length.total_seconds()) // 60
    if start.astimezone(reader).utcoffset() == start.astimezone(home).utcoffset():
        return say("announcements.line", title=title, when=day_and_time(start, reader, language), minutes=minutes)
    there = f"{day_and_time(start, home, language).text} ({zone_name(home, language)})"
    return say("announcements.line_zones", title=title, when=day_and_time(start, reader, language), there=there, minutes=minutes)


def _toggle(say: Say, series: Series, on: bool) -> Button:
    key, action = ("announcements.stop_one", "stop") if on else ("announcements.remind_one", "remind")
    return Button(_cut(say.label(key, title=series.title)), Press("announcements", action, series.id))


def _cut(label: str) -> str:
    return label if len(label) <= LABEL else f"{label[: LABEL - 1]}…"


# Reminders ----------------------------------------------------------------------------------------------------------


def choose(say: Say, found: Sequence[Series], on: Collection[MeetingId]) -> Reply:
    rows = tuple((_toggle(say, series, series.id in on),) for series in found)
    return Reply((say_p(say, "announcements.choose"),), To.ONLY_YOU, (*rows, help_row(say)), replace=False)


def told(say: Say, key: str, series: MeetingId | None = None, **values: Value) -> Reply:
    """One sentence; with a series, the button that stops its reminders."""
    stop = ((stop_button(say, series),),) if series else ()
    return Reply((say_p(say, key, **values),), To.ONLY_YOU, (*stop, help_row(say)), replace=False)


def test_message(say: Say, series: MeetingId, start: datetime, reader: ZoneInfo) -> Reply:
    """Shows how a reminder looks, and that the private chat is open."""
    blocks = (say_p(say, "announcements.test"), say_p(say, "announcements.reminder", time=clock_time(start, reader, say.language)))
    return Reply(blocks, To.PRIVATE, ((stop_button(say, series), *help_row(say)),), replace=False)


def reminder(say: Say, occurrence: Occurrence, reader: ZoneInfo, now: datetime) -> Reply:
    """Before the start: the time. "Today" is left out at five past midnight. After it: that it has begun."""
    start = occurrence.starts_at
    today = start.astimezone(reader).date() == now.astimezone(reader).date()
    key = "announcements.reminder" if today else "announcements.reminder_at"
    if now >= start:
        key = "announcements.reminder_begun"
    join = Button(say.label("announcements.join_button"), Press("meetings", "join", occurrence.id), Style.GO)
    series, text = occurrence.series, say_p(say, key, time=clock_time(start, reader, say.language))
    return Reply((text,), To.PRIVATE, ((join,), (stop_button(say, series), *help_row(say))), replace=False)


def reminder_over(say: Say) -> Reply:
    coming = Button(say.label("announcements.coming_button"), Press("announcements", "list"))
    return Reply((say_p(say, "announcements.reminder_over"),), To.PRIVATE, ((coming, *help_row(say)),), replace=False, quiet=True)


def stop_button(say: Say, series: MeetingId) -> Button:
    return Button(say.label("announcements.stop_button"), Press("announcements", "stop", series))
