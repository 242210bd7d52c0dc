"""The list of meetings: one screen that its own buttons change."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from babel import Locale
from msgspec.structs import replace

from bot.core.help import help_now, help_row
from bot.core.ids import CommunityId, MeetingId
from bot.core.meetings import Audience, Series, zoned
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Nodes, Text, Words
from bot.core.schedule import on_the_clock
from bot.core.screens import cut
from bot.core.texts import Say, say_h, say_p
from bot.core.when import day_and_time
from handlers.directory import rules
from handlers.directory.marks import Anchor, coded
from handlers.directory.records import TODAY, Filter, Want
from handlers.directory.rules import Listed, View

WHY = 140  # characters of a reason that are shown in a line
_TICK = "✓ "


def listing(say: Say, view: View, reminded: Collection[MeetingId], *, again: bool) -> Reply:
    """One page of evenings, with what can be done about them. `again`: it takes the place of the list that was pressed."""
    page = view.page
    blocks: list[Block] = [say_h(say, "directory.heading_family" if _is_family(view) else "directory.heading")]
    if page.listed:
        blocks.append(Bullets(tuple(_line(say, one, view) for one in page.listed)))
    else:
        blocks.append(say_p(say, "directory.none" if view.wanted == Filter(view.wanted.audience) else "directory.none_fits"))
    if page.whole > len(page.listed):
        last = page.first + len(page.listed) - 1
        blocks.append(say_p(say, "directory.page", first=page.first, last=last, whole=page.whole))
    rows = (_join_row(say, view), _remind_row(say, view, reminded), *_filter_rows(say, view), _way_row(say, view))
    return Reply(tuple(blocks), To.ONLY_YOU, tuple(row for row in rows if row), replace=again)


def choose_community(say: Say, known: Mapping[CommunityId, str]) -> Reply:
    """Communities have no names here; each is told by a meeting of it that the person knows."""
    rows = tuple((Button(cut(title), Press("directory", "list", community)),) for community, title in known.items())
    return Reply((say_p(say, "directory.choose"),), To.ONLY_YOU, (*rows, help_row(say)), replace=False)


# One evening ----------------------------------------------------------------------------------------------------------


def _line(say: Say, one: Listed, view: View) -> Nodes:
    parts = [_when(say, one, view.reader.zone), *_notes(say, one, view)]
    spaced: list[Nodes] = [parts[0], *((Text(" "), *part) for part in parts[1:])]
    return tuple(node for part in spaced for node in part)


def _when(say: Say, one: Listed, reader: ZoneInfo) -> Nodes:
    """The start as the reader's clocks show it and, where that differs, as those of the meeting do."""
    evening, home, language = one.ahead.evening, ZoneInfo(one.series.schedule.zone), say.language
    title, minutes = Words(one.series.title), int((evening.ends_at - evening.starts_at).total_seconds()) // 60
    when = day_and_time(evening.starts_at, reader, language)
    if evening.starts_at.astimezone(reader).utcoffset() == evening.starts_at.astimezone(home).utcoffset():
        return say("directory.line", title=title, when=when, minutes=minutes)
    there = zoned(evening.starts_at, home, language).text
    return say("directory.line_zones", title=title, when=when, there=there, minutes=minutes)


def _notes(say: Say, one: Listed, view: View) -> Iterator[Nodes]:
    """What else is to be known, the reason for a change last: it is in somebody's own words."""
    evening, options = one.ahead.evening, one.series.options
    if one.ahead.is_live:
        yield say("directory.on_now")
    if options.beginners:
        yield say("directory.for_beginners")
    if options.text_only:
        yield say("directory.in_text")
    if options.language and options.language != view.reader.home:
        yield say("directory.in_language", language=_language(options.language, say.language))
    if options.capacity and not evening.cancelled:
        left = rules.places_left(options.capacity, one.taken)
        if left > 0:
            yield say("directory.places", count=left)
        else:
            yield say("directory.few_places" if left == 0 else "directory.full")
    if evening.cancelled:
        yield say("directory.cancelled_why", why=Words(cut(evening.why, WHY))) if evening.why else say("directory.cancelled")
    elif evening.moved:
        was = day_and_time(_first_planned(one), view.reader.zone, say.language)
        yield (
            say("directory.moved_why", was=was, why=Words(cut(evening.why, WHY)))
            if evening.why
            else say("directory.moved", was=was)
        )


def _first_planned(one: Listed) -> datetime:
    return on_the_clock(datetime.fromisoformat(one.ahead.evening.original), ZoneInfo(one.series.schedule.zone))


def _language(tag: str, reader: str) -> str:
    locale = Locale.parse(reader.replace("-", "_"))
    return str(locale.languages.get(tag.replace("_", "-").partition("-")[0], tag))


# Buttons --------------------------------------------------------------------------------------------------------------


def _join_row(say: Say, view: View) -> Row:
    """The rooms that are open or open soon. A link elsewhere is shown only while its room is open."""
    buttons: list[Button] = []
    for one in view.page.listed:
        if one.ahead.occurrence is None or not rules.may_join(one.ahead, view.reader.now):
            continue
        title, link = one.series.title, one.series.options.link
        buttons.append(
            Button(_with_title(say, "directory.join_one", title), Press("meetings", "join", one.ahead.occurrence.id), Style.GO)
        )
        if link and one.ahead.is_live:
            buttons.append(Button(_with_title(say, "directory.link_one", title), url=link))
    return tuple(buttons[: rules.PAGE])


def _remind_row(say: Say, view: View, reminded: Collection[MeetingId]) -> Row:
    once = {one.series.id: one.series for one in view.page.listed}
    return tuple(_remind(say, series, series.id in reminded) for series in once.values())


def _remind(say: Say, series: Series, on: bool) -> Button:
    key, action = ("directory.stop_one", "stop") if on else ("directory.remind_one", "remind")
    return Button(_with_title(say, key, series.title), Press("reminders", action, series.id))


def _filter_rows(say: Say, view: View) -> tuple[Row, ...]:
    wanted = view.wanted
    day = (_toggle(say, view, "today", wanted.day == TODAY, replace(wanted, day="" if wanted.day == TODAY else TODAY)),)
    wants = tuple(
        _toggle(say, view, want.value, want in wanted.wants, replace(wanted, wants=wanted.wants ^ {want})) for want in Want
    )
    other = Audience.PARTICIPANTS if _is_family(view) else Audience.FAMILY
    audience = _to(say.label(f"directory.see_{other.value}"), view, Filter(other))
    return (*day, *wants[:3]), (*wants[3:], audience)


def _toggle(say: Say, view: View, name: str, on: bool, then: Filter) -> Button:
    return _to(f"{_TICK if on else ''}{say.label(f'directory.want_{name}')}", view, then)


def _way_row(say: Say, view: View) -> Row:
    """Paging, everything again where something is left out by name or day, and help."""
    page, wanted = view.page, view.wanted
    buttons = []
    if page.before is not None:
        buttons.append(_to(say.label("directory.before"), view, wanted, page.before))
    if page.after is not None:
        buttons.append(_to(say.label("directory.after"), view, wanted, page.after))
    if wanted.mark or wanted.day not in ("", TODAY) or (not page.listed and wanted != Filter(wanted.audience)):
        buttons.append(_to(say.label("directory.all"), view, Filter(wanted.audience)))
    return (*buttons, help_now(say))


def _to(label: str, view: View, wanted: Filter, anchor: Anchor | None = None) -> Button:
    return Button(label, Press("directory", "list", view.community, coded(wanted, anchor)))


def _is_family(view: View) -> bool:
    return view.wanted.audience is Audience.FAMILY


def _with_title(say: Say, key: str, title: str) -> str:
    return cut(say.label(key, title=title))
