"""Screens of calendars. An address is shown once, in the person's own chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.help import help_row
from bot.core.meetings import Audience
from bot.core.replies import Button, File, Press, Reply, Row, Style, To
from bot.core.richtext import Block
from bot.core.screens import told
from bot.core.texts import Say, Value, say_h, say_p
from bot.core.when import day
from handlers.calendars.records import PrivateFeed

NAME = "calendars"
ICS, GUIDE = "ics", "json"
TYPES = {ICS: "text/calendar", GUIDE: "application/json"}


@dataclass(frozen=True, slots=True)
class Shown:
    """What the screen of calendars says. `public`: the addresses of the community's public pages, without `.ics`."""

    has_pages: bool
    audiences: Sequence[Audience]
    private: Mapping[Audience, PrivateFeed]
    public: Mapping[Audience, str] = field(default_factory=dict)
    is_facilitator: bool = False


def screen(say: Say, shown: Shown, *, replace: bool = False) -> Reply:
    if not shown.has_pages:
        return told(say, "calendars.no_pages")
    blocks: list[Block] = [say_h(say, "calendars.title"), say_p(say, "calendars.what")]
    rows: list[Row] = []
    several = len(shown.audiences) > 1
    for audience in shown.audiences:
        feed = shown.private.get(audience)
        key = "none" if feed is None else "has_plain" if feed.plain else "has_discreet"
        since = {} if feed is None else {"day": day(feed.at, say.language)}
        blocks.append(say_p(say, f"calendars.{key}", audience=audience.value, several=_yes(several), **since))
        rows.append(_own(say, audience, feed, several=several))
    for audience, address in shown.public.items():
        blocks.append(
            say_p(say, "calendars.public_is_on", audience=audience.value, several=_yes(several), address=f"{address}.ics")
        )
    if shown.is_facilitator:
        blocks.append(say_p(say, "calendars.public_what"))
        rows.append(tuple(_switch(say, audience, audience in shown.public, several=several) for audience in shown.audiences))
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, help_row(say)), replace=replace)


def _own(say: Say, audience: Audience, feed: PrivateFeed | None, *, several: bool) -> Row:
    values: dict[str, Value] = {"audience": audience.value, "several": _yes(several)}
    if feed is None:
        return (Button(say.label("calendars.make", **values), Press(NAME, "make", audience), Style.MAIN, private=True),)
    titles = ("discreet", "calendars.be_discreet") if feed.plain else ("plain", "calendars.be_plain")
    return (
        Button(say.label("calendars.renew", **values), Press(NAME, "make", audience), private=True),
        Button(say.label(titles[1], **values), Press(NAME, "titles", audience, titles[0])),
        Button(say.label("calendars.drop", **values), Press(NAME, "drop", audience)),
    )


def _switch(say: Say, audience: Audience, is_on: bool, *, several: bool) -> Button:
    key = "calendars.public_off" if is_on else "calendars.public_on"
    label = say.label(key, audience=audience.value, several=_yes(several))
    return Button(label, Press(NAME, "public", audience, "off" if is_on else "on"))


def address(say: Say, page: str, *, plain: bool) -> Reply:
    """The one time that a private address is shown. `page`: the address without `.ics`."""
    blocks = (
        say_h(say, "calendars.made"),
        say_p(say, "calendars.address", address=f"{page}.ics"),
        say_p(say, "calendars.once"),
        say_p(say, "calendars.plain_now" if plain else "calendars.discreet_now"),
    )
    rows = ((Button(say.label("calendars.open"), url=page, style=Style.MAIN),), (_back(say),), help_row(say))
    return Reply(blocks, To.ONLY_YOU, rows, replace=False, guarded=True)


def sure(say: Say, key: str, action: str, audience: Audience) -> Reply:
    """Ask before an address ends that a calendar somewhere may still read."""
    yes = Button(say.label(f"{key}_yes"), Press(NAME, action, audience, "yes"), Style.STOP, private=action == "make")
    return Reply((say_p(say, key),), To.ONLY_YOU, ((yes, _back(say)), help_row(say)))


def _back(say: Say) -> Button:
    return Button(say.label("calendars.back"), Press(NAME, "feeds"))


def refused(say: Say) -> Reply:
    return told(say, "error.not_allowed")


# Export -------------------------------------------------------------------------------------------------------------


def which_file(say: Say, audiences: Sequence[Audience]) -> Reply:
    several = _yes(len(audiences) > 1)
    rows = tuple(
        tuple(
            Button(
                say.label(f"calendars.export_{kind}", audience=audience.value, several=several),
                Press(NAME, "export", audience, kind),
            )
            for kind in (ICS, GUIDE)
        )
        for audience in audiences
    )
    return Reply((say_p(say, "calendars.export_which"),), To.ONLY_YOU, (*rows, help_row(say)), replace=False)


def exported(say: Say, kind: str, content: bytes, left_out: int) -> Reply:
    blocks = [say_p(say, "calendars.exported")]
    if left_out:
        blocks.append(say_p(say, "calendars.left_out", count=left_out))
    return Reply(tuple(blocks), To.ONLY_YOU, (help_row(say),), file=File(f"meetings.{kind}", content, TYPES[kind]), replace=False)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
