"""What stands beside a flow's steps -> Beside, Picture. The forms are described in `bot/core/flow.py`."""

import re
from collections.abc import Mapping

from bot.core.flow import ADD, ASK, REVIEW, STRICT, Beside, CalendarEntry, Follow, Only, Picture, Pin, Reviews
from content.flow_part import NAME, SAVED, Part

MOST_DAYS = 366
KIT = ("reasons", "values", "dents", "ifthens", "people", "voice")
_POINTS = ("1", "2", "3", "4", "family")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_PICTURES: Mapping[str, Mapping[str, tuple[int, int]]] = {  # kind -> part -> how many names, at least and at most
    "wave": {"before": (1, 1), "ratings": (1, 1), "after": (1, 1)},
    "table": {"boxes": (4, 4), "marks": (0, 4)},
    "radar": {"of": (1, 1)},
    "trend": {"of": (1, 3)},
    "rows": {"of": (1, 15)},
    "pairs": {"left": (1, 1), "right": (1, 1)},
    "bars": {"before": (1, 1), "after": (1, 1)},
    "ladder": {"of": (1, 1), "more": (0, 1)},
    "grid": {"of": (1, 1), "columns": (1, 5), "chosen": (0, 1)},
    "week": {"of": (1, 15)},
}
KEYS = frozenset(
    {
        "point", "stores", "again", "title", "family", "gate", "then", "follow", "kit", "calendar",
        "look", "passing", "compare", "reviews",
    }
)  # fmt: skip


def read_beside(part: Part) -> Beside:
    """Return what a flow's top mapping says beside its steps. Raises BadContent."""
    return Beside(
        point=_point(part),
        stores=part.flag("stores", default=True),
        again=part.one_of("again", (ADD, REVIEW)),
        title=part.text("title"),
        family=part.flag("family"),
        gate=part.one_of("gate", (ASK, STRICT)),
        then=tuple((name, part.part("then").pairs(name)) for name in part.part("then").body),
        follow=tuple(_follow(name, part.part("follow").part(name)) for name in part.part("follow").body),
        kit=tuple(_pin(name, part.part("kit").part(name)) for name in part.part("kit").body),
        calendar=_calendar(part.part("calendar")) if "calendar" in part.body else None,
        look=part.text("look"),
        passing=part.flag("passing"),
        compare=part.flag("compare"),
        reviews=_reviews(part.part("reviews")) if "reviews" in part.body else None,
    )


def read_picture(part: Part) -> Picture:
    """Return the picture of its mapping. Raises BadContent."""
    kind = part.text("kind")
    if kind not in _PICTURES:
        raise part.wrong(f"picture: kind is one of {', '.join(_PICTURES)}", "kind")
    wanted = _PICTURES[kind]
    part.only({"kind", *wanted})
    parts = {name: part.names(name, pattern=SAVED) for name in wanted if name in part.body}
    for name, (least, most) in wanted.items():
        if not least <= len(parts.get(name, ())) <= most:
            raise part.wrong(f"picture: {kind} wants {name} ({least if least == most else f'{least} to {most}'} names)", name)
    return Picture(kind, parts)


def _point(part: Part) -> str:
    value = part.body.get("point", "")
    if value != "" and (isinstance(value, bool) or str(value) not in _POINTS):
        raise part.wrong(f"point: one of {', '.join(_POINTS)}", "point")
    return str(value)


def _only(part: Part) -> Only:
    return Only(*part.pair("if"))


def _follow(name: str, part: Part) -> Follow:
    part.only({"if", "begin", "minutes", "days", "on", "at"})
    when = [key for key in ("minutes", "days", "on") if key in part.body]
    if not NAME.fullmatch(name) or len(when) != 1 or ("at" in part.body and when != ["on"]):
        raise part.wrong(f"follow: {name}: one of minutes, days, and on (with at)")
    follow = Follow(
        name=name,
        begin=part.text("begin", None),
        when=_only(part),
        minutes=part.number("minutes"),
        days=_days(part),
        on=part.text("on"),
        at=part.text("at", "09:00"),
    )
    if not (follow.minutes or follow.days or follow.on):
        raise part.wrong(f"follow: {name}: when?", *when)
    if not (_CLOCK.fullmatch(follow.at) or SAVED.fullmatch(follow.at)):
        raise part.wrong('at: a time like "09:00", or the save of a time', "at")
    return follow


def _days(part: Part) -> tuple[int, ...]:
    raw, days = part.body.get("days", []), list[int]()
    for day in raw if isinstance(raw, list) else ["no list"]:
        if not isinstance(day, int) or isinstance(day, bool) or not max([0, *days]) < day <= MOST_DAYS:
            raise part.wrong(f"days: a list of numbers from 1 to {MOST_DAYS}, each later than the one before", "days")
        days.append(day)
    return tuple(days)


def _pin(into: str, part: Part) -> Pin:
    part.only({"of", "if"})
    if into not in KIT:
        raise part.wrong(f"kit: one of {', '.join(KIT)}")
    return Pin(into, part.text("of", None), _only(part))


def _calendar(part: Part) -> CalendarEntry:
    part.only({"of", "day", "time"})
    return CalendarEntry(part.text("of", None), part.text("day", None), part.text("time"))


def _reviews(part: Part) -> Reviews:
    part.only({"of", "whole", "done", "far"})
    return Reviews(part.text("of", None), part.text("whole", None), part.text("done", None), part.text("far", None))
