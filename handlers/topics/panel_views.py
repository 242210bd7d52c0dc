"""A facilitator's screens: what is opened, when it closes, each week by itself, writing without a name. Seen by one alone."""

from collections.abc import Sequence
from datetime import time
from typing import Literal

import msgspec
from babel.dates import format_time, get_day_names

from bot.core.help import help_now, help_row
from bot.core.ids import RoomId
from bot.core.replies import Button, Field, FieldKind, Form, Reply, Row, Style, To
from bot.core.richtext import Block, Words
from bot.core.screens import cut, in_rows, page
from bot.core.texts import Say, say_h, say_p
from handlers.topics import rules, views
from handlers.topics.records import Body, Rules, Topic, Unnamed, Week

A_PAGE = 6
ON, OFF, PAUSE, GO = "on", "off", "pause", "go"


class Shown(msgspec.Struct, frozen=True):
    """All that the panel shows. `can_unnamed`: the platform's rules allow writing without a name at all."""

    room: RoomId
    number: int
    rules: Rules
    week: Week | None
    open: int
    can_unnamed: bool


def panel(say: Say, shown: Shown, note: str = "") -> Reply:
    room = shown.room
    blocks: list[Block] = [say_p(say, f"topics.{note}")] if note else []
    blocks += [
        say_h(say, "topics.panel"),
        say_p(say, "topics.this_week", title=Words(views.title_of(say, shown.number, Body()))),
        _week_line(say, shown.week),
        _closing_line(say, shown.rules),
        _unnamed_line(say, shown.rules, can=shown.can_unnamed),
    ]
    rows: list[Row] = [
        (_to(say, "week_button", "preview", room, f"{shown.number:02}", Style.MAIN), _to(say, "other_button", "browse", room)),
        (_to(say, "own_button", "own", room), _to(say, "weekly_button", "weekly", room)),
        (_to(say, "closing_button", "closing", room),),
    ]
    if shown.can_unnamed:
        rows[-1] += (_to(say, "unnamed_button", "unnamed", room),)
    if shown.open:
        rows.append((_to(say, "open_topics_button", "listed", room),))
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, help_row(say)))


def _to(say: Say, key: str, action: str, subject: str, value: str = "", style: Style = Style.PLAIN) -> Button:
    return Button(say.label(f"topics.{key}"), rules.press(action, subject, value), style)


def _back(say: Say, room: str) -> Row:
    return (Button(say.label("common.back"), rules.press("panel", room)), help_now(say))


def _chosen(say: Say, label: str, press_value: str, action: str, room: str, *, on: bool) -> Button:
    return Button(f"✓ {label}" if on else label, rules.press(action, room, press_value))


# What is opened -------------------------------------------------------------------------------------------------------


def preview(say: Say, local: Say, room: RoomId, number: int, body: Body) -> Reply:
    """What will stand there, word for word, in the community's language."""
    blocks = (
        say_h(say, "topics.card", title=Words(views.title_of(local, number, body))),
        views.prompt_of(local, number, body),
        say_p(say, "topics.where"),
    )
    which = f"{number:02}" if number else rules.OWN
    other = (
        _to(say, "other_button", "browse", room, f"p{rules.point_of(number)}")
        if number
        else _to(say, "change_button", "own", room, "again")
    )
    return Reply(blocks, To.ONLY_YOU, ((_to(say, "open_button", "open", room, which, Style.GO), other), _back(say, room)))


def points(say: Say, room: RoomId) -> Reply:
    buttons = [_to(say, f"point_{point}", "browse", room, f"p{point}") for point in range(1, rules.POINTS + 1)]
    return Reply((say_p(say, "topics.which_point"),), To.ONLY_YOU, (*in_rows(buttons, 2), _back(say, room)))


def prompts(say: Say, local: Say, room: RoomId, point: int, number: int) -> Reply:
    some = page(rules.of_point(point), number, A_PAGE)
    rows: list[Row] = [
        (Button(cut(views.title_of(local, one, Body())), rules.press("preview", room, f"{one:02}")),) for one in some.some
    ]
    following = 0 if not some.more else some.number + 1
    turn = Button(say.label("topics.more_button"), rules.press("browse", room, f"p{point}_{following}"))
    points_again = _to(say, "points_button", "browse", room)
    rows.append((turn, points_again))
    heading = say_p(say, "topics.which_prompt", point=say.label(f"topics.point_{point}"))
    return Reply((heading,), To.ONLY_YOU, (*rows, _back(say, room)))


def own_form(say: Say, room: RoomId, body: Body) -> Form:
    fields = (
        Field("title", say.label("topics.title_label"), value=body.title, longest=rules.LONGEST_TITLE),
        Field("words", say.label("topics.text_label"), FieldKind.LONG, value=body.text, longest=rules.LONGEST_TEXT),
    )
    return Form(rules.press("owned", room), say.label("topics.own_form"), fields)


# The community's rules ------------------------------------------------------------------------------------------------


def _closing_line(say: Say, kept: Rules) -> Block:
    return say_p(say, "topics.closes", days=kept.days) if kept.days else say_p(say, "topics.closes_never")


def closing(say: Say, room: RoomId, kept: Rules) -> Reply:
    buttons = [
        _chosen(
            say,
            say.label("topics.days_button", days=days) if days else say.label("topics.never_button"),
            str(days),
            "closing",
            room,
            on=days == kept.days,
        )
        for days in rules.CLOSES
    ]
    blocks = (_closing_line(say, kept), say_p(say, "topics.closing_how"))
    return Reply(blocks, To.ONLY_YOU, (*in_rows(buttons, 2), _back(say, room)))


def _unnamed_line(say: Say, kept: Rules, *, can: bool) -> Block:
    return say_p(say, "topics.unnamed_not_here" if not can else "topics.unnamed_on" if kept.unnamed else "topics.unnamed_off")


def unnamed(say: Say, room: RoomId, kept: Rules, *, can: bool) -> Reply:
    blocks: list[Block] = [_unnamed_line(say, kept, can=can)]
    if not can:
        return Reply(tuple(blocks), To.ONLY_YOU, (_back(say, room),))
    blocks.append(say_p(say, "topics.unnamed_means"))
    switch = (
        _to(say, "turn_off_button", "unnamed", room, OFF, Style.STOP)
        if kept.unnamed
        else _to(say, "turn_on_button", "unnamed", room, ON, Style.MAIN)
    )
    return Reply(tuple(blocks), To.ONLY_YOU, ((switch,), _back(say, room)))


def _week_line(say: Say, week: Week | None) -> Block:
    if week is None:
        return say_p(say, "topics.weekly_off")
    day, hour = _days(say.language, "wide")[week.weekday], _hour(week.hour, say.language)
    return say_p(say, "topics.weekly_paused" if week.paused else "topics.weekly_on", day=day, hour=hour)


def weekly(say: Say, room: RoomId, week: Week | None) -> Reply:
    blocks: list[Block] = [_week_line(say, week), say_p(say, "topics.weekly_how")]
    if week is None:
        rows: list[Row] = [(_to(say, "turn_on_button", "weekly", room, ON, Style.MAIN),)]
        return Reply(tuple(blocks), To.ONLY_YOU, (*rows, _back(say, room)))
    days = [
        _chosen(say, name, f"d{number}", "weekly", room, on=number == week.weekday)
        for number, name in enumerate(_days(say.language, "abbreviated"))
    ]
    hours = [_chosen(say, _hour(hour, say.language), f"h{hour}", "weekly", room, on=hour == week.hour) for hour in rules.HOURS]
    pause = _to(say, "go_on_button", "weekly", room, GO) if week.paused else _to(say, "pause_button", "weekly", room, PAUSE)
    rows = [*in_rows(days, 4), tuple(hours), (pause, _to(say, "turn_off_button", "weekly", room, OFF, Style.STOP))]
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, _back(say, room)))


def _days(language: str, width: Literal["wide", "abbreviated"]) -> Sequence[str]:
    names = get_day_names(width, locale=language.replace("-", "_"))
    return [str(names[day]) for day in range(7)]


def _hour(hour: int, language: str) -> str:
    return format_time(time(hour), "short", locale=language.replace("-", "_"))


# What is open ---------------------------------------------------------------------------------------------------------


def listed(say: Say, local: Say, room: RoomId, topics: Sequence[Topic]) -> Reply:
    if not topics:
        return Reply((say_p(say, "topics.none_open"),), To.ONLY_YOU, (_back(say, room),))
    rows: list[Row] = [
        (Button(cut(views.title_of(local, topic.number, topic.body)), rules.press("topic", topic.id)),)
        for topic in topics[: rules.MOST_OPEN]
    ]
    return Reply((say_p(say, "topics.which_topic"),), To.ONLY_YOU, (*in_rows([row[0] for row in rows], 3), _back(say, room)))


def one_topic(say: Say, local: Say, topic: Topic, posts: Sequence[Unnamed], number: int, note: str = "") -> Reply:
    """A topic with what was written in it without a name, by number: who wrote is known to nobody, and the words stand there."""
    some = page(posts, number, A_PAGE)
    blocks: list[Block] = [say_p(say, f"topics.{note}")] if note else []
    blocks += [
        say_h(say, "topics.card", title=Words(views.title_of(local, topic.number, topic.body))),
        say_p(say, "topics.posts_here", count=len(posts)),
    ]
    away = [
        Button(say.label("topics.away_button", number=str(post.number)), rules.press("away", post.id, str(some.number)), Style.STOP)
        for post in some.some
    ]
    rows: list[Row] = [*in_rows(away, 2)]
    if some.more or some.number:
        following = some.number + 1 if some.more else 0
        rows.append((Button(say.label("topics.more_button"), rules.press("topic", topic.id, str(following))),))
    rows.append((_to(say, "close_button", "close", topic.id, "", Style.STOP),))
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, _back(say, topic.room)))


def room_lost(say: Say) -> Reply:
    """A lock screen may show it."""
    return Reply((say_p(say, "topics.room_lost"), say_p(say, "topics.room_lost_mend")), To.PRIVATE, (help_row(say),))
