"""What rooms are told. A discreet announcement names neither meeting nor topic."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core import few
from bot.core.help import help_row
from bot.core.meetings import Occurrence, Series, zoned
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Paragraph, Words
from bot.core.texts import Say, Value, quoted, say_h, say_p
from bot.core.when import clock_time
from handlers.announcements.records import Said, Settings

FEATURE = "announcements"
SOON = timedelta(hours=3)  # from then on it is said with a sound, as "soon"
NOW = timedelta(minutes=2)
MOST_LINES = 15


def announcement(
    say: Say, series: Series, occurrence: Occurrence, zone: ZoneInfo, now: datetime, settings: Settings, heads: int
) -> Reply:
    """An evening in a community's language and zone, with the ways to come. `heads`: how many mean to; a few are not counted."""
    early = occurrence.starts_at - now > SOON
    blocks: list[Block] = [announced(say, series, occurrence.starts_at, zone, now, settings)]
    if few.told(heads):
        blocks.append(say_p(say, "announcements.going", count=heads))
    return Reply(tuple(blocks), To.ROOM, _ways(say, series, occurrence, early=early), replace=False, quiet=early)


def announced(say: Say, series: Series, start: datetime, zone: ZoneInfo, now: datetime, settings: Settings) -> Paragraph:
    """The sentence itself, as a preview shows it too."""
    ahead = start - now
    form = "coming" if ahead > SOON else "soon" if ahead > NOW else "now"
    if settings.discreet:
        when = zoned(start, zone, say.language) if form == "coming" else clock_time(start, zone, say.language)
        return say_p(say, f"announcements.{form}_discreet", when=when)
    return say_p(say, f"announcements.{form}", title=Words(series.title), when=zoned(start, zone, say.language))


def _ways(say: Say, series: Series, occurrence: Occurrence, *, early: bool) -> tuple[Row, ...]:
    """Long before the start nobody can say yet that they are here."""
    going = Button(say.label("announcements.going_button"), Press("reminders", "going", occurrence.id, "yes"))
    remind = Button(say.label("announcements.remind_me"), Press("reminders", "remind", series.id), private=True)
    come: Row = (going,) if early else (join_button(say, occurrence), going)
    return (come, (remind, *help_row(say)))


def join_button(say: Say, occurrence: Occurrence) -> Button:
    """Also where a meeting takes place behind a link: who may come in gets it as the answer, and nobody before."""
    return Button(say.label("announcements.join_button"), Press("meetings", "join", occurrence.id), Style.GO)


def changed(
    say: Say, series: Series, occurrence: Occurrence, said: Said, change: str, zone: ZoneInfo, now: datetime, settings: Settings
) -> Reply:
    """An evening was cancelled, moved, put elsewhere, or takes place after all."""
    gone = change == "cancelled"
    values: dict[str, Value] = {"when": zoned(said.starts_at if gone else occurrence.starts_at, zone, say.language)}
    if change == "moved":
        values["before"] = zoned(said.starts_at, zone, say.language)
    if settings.discreet:
        blocks: list[Block] = [say_p(say, f"announcements.{change}_discreet", **values)]
    else:
        blocks = [say_p(say, f"announcements.{change}", title=Words(series.title), **values)]
        blocks += [quoted(occurrence.reason)] if occurrence.reason else []
    ways = (help_row(say),) if gone else _ways(say, series, occurrence, early=occurrence.starts_at - now > SOON)
    return Reply(tuple(blocks), To.ROOM, ways, replace=False)


def digest(say: Say, lines: list[tuple[str, datetime]], zone: ZoneInfo) -> Reply:
    """The week's meetings. A title of "" is a discreet one."""
    items = tuple(
        say("announcements.week_line", title=Words(title), when=zoned(start, zone, say.language))
        if title
        else say("announcements.week_line_discreet", when=zoned(start, zone, say.language))
        for title, start in lines[:MOST_LINES]
    )
    blocks: list[Block] = [say_h(say, "announcements.week"), Bullets(items)]
    if len(lines) > MOST_LINES:
        blocks.append(say_p(say, "announcements.week_more", count=len(lines) - MOST_LINES))
    every = Button(say.label("announcements.all_button"), Press("directory", "list"), private=True)
    return Reply(tuple(blocks), To.ROOM, ((every, *help_row(say)),), replace=False, quiet=True)
