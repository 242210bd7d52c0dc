"""Parts of the facilitators' and the persons' screens: days and times as buttons, pauses, and how they read."""

from collections.abc import Sequence
from datetime import date, datetime, time

from babel.dates import get_day_names

from bot.core.calls import Call
from bot.core.daywords import day_in, said_time, time_in
from bot.core.errors import BadInput, BadPress
from bot.core.help import help_row
from bot.core.replies import Button, Field, Form, Press, Reply, Row, To
from bot.core.screens import in_rows
from bot.core.texts import Say, say_p
from handlers.prompts import rules
from handlers.prompts.views import FEATURE

WEEKS = (1, 2, 4)
ON, OFF, OTHER = "on", "off", "other"


class UnclearTime(BadInput):
    text_key = "prompts.bad_time"


class UnclearDay(BadInput):
    text_key = "prompts.bad_day"


def marked(on: bool, label: str) -> str:
    return f"✓ {label}" if on else label


def day_names(language: str) -> Sequence[str]:
    """The week's days in short, from Monday."""
    names = get_day_names("abbreviated", locale=language.replace("-", "_"))
    return [str(names[day]) for day in range(7)]


def said_week(say: Say, days: Sequence[int], wall: time) -> str:
    """Return days and time like "Tue, Thu, 7:00 PM"."""
    names = day_names(say.language)
    clock = said_time(f"{wall:%H:%M}", say.language)
    which = say.label("prompts.every_day") if len(set(days)) == 7 else ", ".join(names[day] for day in days)
    return f"{which}, {clock}"


def day_rows(say: Say, action: str, subject: str, days: Sequence[int]) -> tuple[Row, ...]:
    """A button names the state that it leads to: pressed twice is no harm."""
    buttons = [
        Button(marked(day in days, name), Press(FEATURE, action, subject, f"{day}{OFF if day in days else ON}"))
        for day, name in enumerate(day_names(say.language))
    ]
    return in_rows(buttons, 5)


def day_pressed(days: Sequence[int], value: str) -> tuple[int, ...]:
    """Return the days after a press. Raises BadPress."""
    if value[:1] not in tuple("0123456") or value[1:] not in (ON, OFF):
        raise BadPress(why="day")
    day = int(value[0])
    return rules.toggled(days, day) if (day in days) is (value[1:] == OFF) else tuple(days)


def hour_rows(say: Say, action: str, subject: str, wall: time) -> tuple[Row, ...]:
    buttons = [
        Button(marked(wall == time(hour), said_time(f"{hour:02}:00", say.language)), Press(FEATURE, action, subject, str(hour)))
        for hour in rules.HOURS
    ]
    other = say.label("prompts.other_time_button")
    if wall not in map(time, rules.HOURS):
        other = marked(True, say.label("prompts.other_time_is_button", time=said_time(f"{wall:%H:%M}", say.language)))
    return in_rows([*buttons, Button(other, Press(FEATURE, action, subject, OTHER))], 5)


def hour_pressed(value: str) -> time:
    """Raises BadPress."""
    if value not in map(str, rules.HOURS):
        raise BadPress(why="hour")
    return time(int(value))


def time_form(say: Say, action: str, subject: str, wall: time) -> Form:
    shown = said_time(f"{wall:%H:%M}", say.language)
    field = Field("time", say.label("prompts.time_field"), hint=say.label("prompts.time_hint"), value=shown, longest=20)
    return Form(Press(FEATURE, action, subject), say.label("prompts.time_title"), (field,))


def time_typed(call: Call) -> time:
    """Raises UnclearTime."""
    typed = call.arguments.get("time", "")
    found = time_in(typed, call.language)
    if found is None:
        raise UnclearTime(length=len(typed))
    return found


# Pauses -------------------------------------------------------------------------------------------------------------


def pause_screen(say: Say, action: str, subject: str, back: Button) -> Reply:
    weeks = tuple(
        Button(say.label("prompts.weeks_button", count=count), Press(FEATURE, action, subject, str(count))) for count in WEEKS
    )
    other = (Button(say.label("prompts.other_day_button"), Press(FEATURE, action, subject, OTHER)),)
    return Reply((say_p(say, "prompts.pause_ask"),), To.ONLY_YOU, (weeks, other, (back, *help_row(say))))


def pause_form(say: Say, action: str, subject: str) -> Form:
    field = Field("day", say.label("prompts.day_field"), hint=say.label("prompts.day_hint"), longest=40)
    return Form(Press(FEATURE, action, subject), say.label("prompts.day_title"), (field,))


def weeks_pressed(value: str) -> int:
    """Raises BadPress."""
    if value not in map(str, WEEKS):
        raise BadPress(why="weeks")
    return int(value)


def day_typed(call: Call, today: date) -> date:
    """Raises UnclearDay."""
    typed = call.arguments.get("day", "")
    found = day_in(typed, call.language, today)
    if found is None or not today < found <= today + rules.LONGEST_PAUSE:
        raise UnclearDay(length=len(typed))
    return found


def is_paused(until: datetime | None, now: datetime) -> bool:
    return until is not None and now < until
