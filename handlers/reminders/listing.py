"""A person's reminders: one living message in their private chat, and one screen a meeting. Titles stand on buttons only, so that
no preview shows them."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec

from bot.core.help import help_row
from bot.core.ids import MeetingId, PersonId
from bot.core.meetings import Audience, Series
from bot.core.replies import Button, Press, Reply, Row, To
from bot.core.richtext import Block, Words
from bot.core.screens import cut
from bot.core.texts import Say, say_h, say_p
from bot.core.when import day, day_and_time
from handlers.reminders.records import LEADS, USUAL_LEADS, Subscription, Wishes
from handlers.reminders.rules import lead
from handlers.reminders.views import FEATURE, reminder_line, stop_button

A_PAGE = 6
OWN = "list"  # the value of a press that comes from the list itself
PAGES = {Audience.PARTICIPANTS: "p", Audience.FAMILY: "f"}  # no list joins the two


class Page(msgspec.Struct, frozen=True):
    """What the list shows: the meetings of one audience, those that are on, and what the person wants of all. `fresh`: the start
    of a meeting that was turned on just now, `stop` that meeting; `note`: a text to begin with. `other`: there are meetings of the
    other audience."""

    series: Sequence[Series]
    on: frozenset[str]
    wishes: Wishes
    audience: Audience = Audience.PARTICIPANTS
    number: int = 0
    other: bool = False
    fresh: datetime | None = None
    stop: MeetingId | None = None
    note: str = ""
    missed_at: datetime | None = None
    nowhere: bool = False  # no community of theirs is known


def slot_of(person: PersonId) -> str:
    return f"reminders_{person}"


def page_value(audience: Audience, number: int) -> str:
    return f"{PAGES[audience]}{number}"


def parse_page(value: str) -> tuple[Audience | None, int]:
    """Return the audience and page that a button names; none for one that is not of our making."""
    audience = next((audience for audience, letter in PAGES.items() if value[:1] == letter), None)
    number = value[1:4]
    return audience, int(number) if number.isascii() and number.isdigit() else 0


def list_screen(say: Say, page: Page, zone: ZoneInfo, now: datetime, who: PersonId, *, replace: bool) -> Reply:
    blocks: list[Block] = [say_p(say, f"reminders.{page.note}")] if page.note else []
    blocks.append(say_h(say, "reminders.heading"))
    if page.missed_at is not None:
        blocks.append(say_p(say, "reminders.missed", when=day_and_time(page.missed_at, zone, say.language)))
    if page.wishes.are_paused(now) and page.wishes.paused_until is not None:
        blocks.append(say_p(say, "reminders.paused", day=_day(page.wishes.paused_until, zone, say.language)))
    if page.fresh is not None:
        blocks += [say_p(say, "reminders.sample"), reminder_line(say, page.fresh, zone, page.fresh - lead(USUAL_LEADS[0]))]
    else:
        blocks.append(say_p(say, f"reminders.{'choose' if page.series else 'nowhere' if page.nowhere else 'none'}"))
    last = max(len(page.series) - 1, 0) // A_PAGE
    number = min(page.number, last)
    some = page.series[number * A_PAGE : (number + 1) * A_PAGE]
    rows: list[Row] = [(own_stop(say, page.stop),)] if page.stop else []
    rows += [(_entry(say, series, series.id in page.on),) for series in some]
    rows += _turning(say, page.audience, number, last)
    if page.other:
        other = Audience.FAMILY if page.audience is Audience.PARTICIPANTS else Audience.PARTICIPANTS
        rows.append((Button(say.label(f"reminders.audience_{other.value}"), Press(FEATURE, "list", "", page_value(other, 0))),))
    if page.on:
        paused = page.wishes.are_paused(now)
        pause = Button(say.label("reminders.resume_button" if paused else "reminders.pause_button"), Press(FEATURE, "pause"))
        rows.append((pause, Button(say.label("reminders.quiet_button"), Press(FEATURE, "quiet"))))
    return Reply(tuple(blocks), To.PRIVATE, (*rows, help_row(say)), replace=replace, slot=slot_of(who))


def _entry(say: Say, series: Series, on: bool) -> Button:
    if on:
        return Button(cut(f"✓ {series.title}"), Press(FEATURE, "open", series.id))
    return Button(cut(say.label("reminders.remind_one", title=series.title)), Press(FEATURE, "remind", series.id, OWN))


def _turning(say: Say, audience: Audience, number: int, last: int) -> list[Row]:
    back = (Button(say.label("common.back"), Press(FEATURE, "list", "", page_value(audience, number - 1))),) if number else ()
    more = number < last
    on = (Button(say.label("reminders.more_button"), Press(FEATURE, "list", "", page_value(audience, number + 1))),) if more else ()
    return [(*back, *on)] if back or on else []


def opened(say: Say, series: Series, mine: Subscription, about: Sequence[Block], answers: Row, who: PersonId) -> Reply:
    """One meeting: how long before, whether it is named, and the person's answer for the next evening (`about` says more of it)."""
    leads = tuple(
        Button(
            f"{'✓ ' if minutes in mine.leads else ''}{say.label(f'reminders.lead_{minutes}')}",
            Press(FEATURE, "lead", series.id, str(minutes)),
        )
        for minutes in LEADS
    )
    naming = Button(say.label(f"reminders.{'discreet' if mine.plain else 'plain'}_button"), Press(FEATURE, "naming", series.id))
    stop = own_stop(say, series.id)
    back = Button(say.label("common.back"), Press(FEATURE, "list"))
    blocks = (
        say_h(say, "reminders.title", title=Words(series.title)),
        *about,
        say_p(say, "reminders.comes_plain" if mine.plain else "reminders.comes_discreet"),
    )
    rows = tuple(row for row in (leads, (naming,), answers, (stop, back), help_row(say)) if row)
    return Reply(blocks, To.PRIVATE, rows, slot=slot_of(who))


def own_stop(say: Say, series: MeetingId) -> Button:
    """A stop that brings back the list."""
    return msgspec.structs.replace(stop_button(say, series), press=Press(FEATURE, "stop", series, OWN))


def _day(at: datetime, zone: ZoneInfo, language: str) -> str:
    return day(at.astimezone(zone), language)
