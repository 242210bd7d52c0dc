"""What comes into a private chat. Unless a person wants it plain, it names neither meeting nor topic: a locked phone shows it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.help import help_row
from bot.core.ids import MeetingId, OccurrenceId
from bot.core.meetings import Admission, Occurrence, Series
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Words
from bot.core.texts import Say, Value, quoted, say_p
from bot.core.when import clock_time, day_and_time
from bot.core.zones import city_of
from handlers.reminders.clocks import Shift
from handlers.reminders.records import Evening, Known, Standing

FEATURE = "reminders"
LONG_BEFORE = 60  # minutes: so early nobody is there yet
HALF_A_DAY = timedelta(hours=12)  # at five past midnight, tomorrow needs no day


def told(say: Say, key: str, *more: Row, replace: bool = False, **values: Value) -> Reply:
    """One sentence for the caller alone."""
    return Reply((say_p(say, f"reminders.{key}", **values),), To.ONLY_YOU, (*more, help_row(say)), replace=replace)


def toast(say: Say, key: str, **values: Value) -> Reply:
    """One sentence for the caller alone, short enough to go by itself."""
    return Reply((say_p(say, f"reminders.{key}", **values),), To.ONLY_YOU, replace=False)


# Reminders ----------------------------------------------------------------------------------------------------------


def reminder_line(say: Say, starts_at: datetime, zone: ZoneInfo, now: datetime, title: str = "") -> Block:
    """The time; the day as well where it is another. After the start: that it has begun. `title`: "" for a discreet one."""
    same_day = now.astimezone(zone).date() == starts_at.astimezone(zone).date()
    form = "begun" if now >= starts_at else "today" if same_day else "at" if starts_at - now < HALF_A_DAY else "day"
    when = day_and_time(starts_at, zone, say.language) if form == "day" else clock_time(starts_at, zone, say.language)
    if title:
        return say_p(say, f"reminders.plain_{form}", title=Words(title), when=when)
    return say_p(say, f"reminders.reminder_{form}", when=when)


def reminder(say: Say, evening: Evening, zone: ZoneInfo, now: datetime, minutes: int, *, plain: bool, again: bool) -> Reply:
    """`again`: it may come once more in a while."""
    occurrence = evening.occurrence
    line = reminder_line(say, occurrence.starts_at, zone, now, evening.series.title if plain else "")
    first = answers_row(say, occurrence.id) if minutes >= LONG_BEFORE else (join_button(say, evening.series, occurrence),)
    more = (Button(say.label("reminders.again_button"), Press(FEATURE, "again", occurrence.id)),) if again else ()
    stop = (stop_button(say, evening.series.id), *help_row(say))
    return Reply((line,), To.PRIVATE, tuple(row for row in (first, more, stop) if row), replace=False)


def join_button(say: Say, series: Series, occurrence: Occurrence) -> Button:
    """To a link at once, where anybody may come in; else whoever may gets it as the answer."""
    label = say.label("reminders.join_button")
    if series.options.link and series.options.admission is Admission.OPEN:
        return Button(label, style=Style.GO, url=series.options.link)
    return Button(label, Press("meetings", "join", occurrence.id), Style.GO)


def stop_button(say: Say, series: MeetingId) -> Button:
    return Button(say.label("reminders.stop_button"), Press(FEATURE, "stop", series))


def series_over(say: Say) -> Reply:
    return Reply((say_p(say, "reminders.over"),), To.PRIVATE, ((coming_button(say), *help_row(say)),), replace=False, quiet=True)


def coming_button(say: Say) -> Button:
    return Button(say.label("reminders.coming_button"), Press("directory", "list"))


def shifted(say: Say, series: Series, shift: Shift, zone: ZoneInfo, *, plain: bool) -> Reply:
    """The week before a clock change moves the meeting on the person's clocks. Hours are words here: as moments, apps would
    show them on the clocks of today."""
    home, language = ZoneInfo(series.schedule.zone), say.language
    values: dict[str, Value] = {
        "day": day_and_time(shift.first, zone, language).text.rpartition(", ")[0],
        "there": clock_time(shift.first, home, language).text,
        "city": city_of(series.schedule.zone, language),
        "after": clock_time(shift.first, zone, language).text,
        "before": clock_time(shift.before, zone, language).text,
    }
    blocks = [say_p(say, "reminders.shift", **values)]
    if plain:
        blocks.insert(0, say_p(say, "reminders.shift_title", title=Words(series.title)))
    return Reply(tuple(blocks), To.PRIVATE, ((stop_button(say, series.id), *help_row(say)),), replace=False, quiet=True)


# Changes ------------------------------------------------------------------------------------------------------------


def changed(say: Say, evening: Evening, known: Known, zone: ZoneInfo, *, plain: bool) -> Reply:
    """An evening that somebody counts on was moved, cancelled, or takes place after all."""
    occurrence, before = evening.occurrence, day_and_time(known.before, zone, say.language)
    form = "cancelled" if known.cancelled else "back" if known.starts_at == known.before else "moved"
    values: dict[str, Value] = {"when": before}
    if form == "moved":
        values = {"when": day_and_time(known.starts_at, zone, say.language), "before": before}
    blocks: list[Block] = []
    if plain:
        blocks.append(say_p(say, f"reminders.plain_{form}", title=Words(evening.series.title), **values))
        blocks += [quoted(occurrence.reason)] if occurrence.reason else []
    else:
        blocks.append(say_p(say, f"reminders.news_{form}", **values))
    rows = ((coming_button(say), *help_row(say)),) if known.cancelled else (answers_row(say, occurrence.id), help_row(say))
    return Reply(tuple(blocks), To.PRIVATE, rows, replace=False)


# An evening ---------------------------------------------------------------------------------------------------------


def answers_row(say: Say, occurrence: OccurrenceId, mine: Standing | None = None, action: str = "going") -> Row:
    """Going, maybe, not; the one that stands has a mark."""
    chosen = {Standing.GOING: "yes", Standing.WAITING: "yes", Standing.MAYBE: "maybe", Standing.NOT: "no"}.get(
        mine or Standing.OFFERED
    )
    return tuple(
        Button(
            f"{'✓ ' if value == chosen else ''}{say.label(f'reminders.answer_{value}')}", Press(FEATURE, action, occurrence, value)
        )
        for value in ("yes", "maybe", "no")
    )


def evening_blocks(say: Say, evening: Evening, mine: Standing | None, going: int, places: int, zone: ZoneInfo) -> list[Block]:
    """When it is, what the person said, and numbers without anybody in them. `going`: 0 for fewer than may be told."""
    blocks: list[Block] = [say_p(say, "reminders.next", when=day_and_time(evening.occurrence.starts_at, zone, say.language))]
    blocks.append(say_p(say, "reminders.count", count=going))
    if evening.capacity:
        blocks.append(say_p(say, "reminders.places", capacity=evening.capacity, free=min(places, 1)))
    if mine is not None:
        blocks.append(say_p(say, f"reminders.standing_{mine.value}"))
    return blocks


def evening_screen(
    say: Say, evening: Evening, mine: Standing | None, going: int, places: int, zone: ZoneInfo, *, replace: bool
) -> Reply:
    """The answers of one person for one evening, in their private chat or seen by them alone."""
    rows = (
        answers_row(say, evening.occurrence.id, mine, "set"),
        (Button(say.label("reminders.list_button"), Press(FEATURE, "list")), *help_row(say)),
    )
    return Reply(tuple(evening_blocks(say, evening, mine, going, places, zone)), To.ONLY_YOU, rows, replace=replace)


def offer(say: Say, evening: Evening, until: datetime, zone: ZoneInfo) -> Reply:
    """A place is free, and kept for this person for a while."""
    occurrence = evening.occurrence.id
    text = say_p(
        say,
        "reminders.offer",
        when=day_and_time(evening.occurrence.starts_at, zone, say.language),
        until=clock_time(until, zone, say.language),
    )
    take = Button(say.label("reminders.take_button"), Press(FEATURE, "set", occurrence, "yes"), Style.GO)
    leave = Button(say.label("reminders.leave_button"), Press(FEATURE, "set", occurrence, "no"))
    return Reply((text,), To.PRIVATE, ((take, leave), help_row(say)), replace=False)


def offer_over(say: Say, occurrence: OccurrenceId) -> Reply:
    """It was not taken in time, and has gone on."""
    ask = Button(say.label("reminders.ask_again_button"), Press(FEATURE, "set", occurrence, "yes"))
    return Reply((say_p(say, "reminders.offer_over"),), To.PRIVATE, ((ask,), help_row(say)), replace=False, quiet=True)
