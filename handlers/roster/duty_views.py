"""Who hosts what: the list of evenings, and one of them."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.core.calendar import digits
from bot.core.help import help_row
from bot.core.ids import CommunityId, PersonId
from bot.core.meetings import Audience, zoned
from bot.core.replies import Button, Press, Reply, Row, Style, To
from bot.core.richtext import Block, Bullets, Nodes, Text, Words
from bot.core.screens import Page, cut, in_rows
from bot.core.texts import Say, say_h, say_p
from handlers.roster.desk import Found
from handlers.roster.records import Role
from handlers.roster.views import FAMILY, PARTICIPANTS, button, corner_button, short_start

Names = Mapping[PersonId, str]
MARK = {Audience.PARTICIPANTS: PARTICIPANTS, Audience.FAMILY: FAMILY}


def listed(
    say: Say,
    community: CommunityId,
    audience: Audience,
    page: Page[Found],
    names: Names,
    viewer: PersonId,
    zone: ZoneInfo,
    *,
    other: bool,
) -> Reply:
    """One audience's evenings. `other`: the other audience has meetings, too; a list of its own."""
    blocks: list[Block] = [say_h(say, f"roster.hosts_{audience}"), say_p(say, "roster.hosts_why")]
    buttons: list[Button] = []
    if page.some:
        blocks.append(Bullets(tuple(_line(say, found, names, viewer, zone) for found in page.some)))
        blocks.append(say_p(say, "roster.hosts_tap"))
        for found in page.some:
            label = cut(short_start(say, found.evening.starts_at, zone))
            style = Style.MAIN if viewer in found.duty.persons else Style.PLAIN
            buttons.append(Button(label, Press("roster", "evening", found.series.id, digits(found.original)), style))
    else:
        blocks.append(say_p(say, "roster.hosts_none"))
    turn: list[Button] = []
    mark = MARK[audience]
    if page.number:
        turn.append(button(say, "earlier", community, f"{mark}{page.number - 1}", action="hosts"))
    if page.more:
        turn.append(button(say, "later", community, f"{mark}{page.number + 1}", action="hosts"))
    if other:
        world = Audience.FAMILY if audience is Audience.PARTICIPANTS else Audience.PARTICIPANTS
        turn.append(button(say, f"world_{world}", community, MARK[world], action="hosts"))
    turn.append(corner_button(say, community))
    return Reply(tuple(blocks), To.ONLY_YOU, (*in_rows(buttons, 3), tuple(turn), help_row(say)))


def _line(say: Say, found: Found, names: Names, viewer: PersonId, zone: ZoneInfo) -> Nodes:
    line: list[Nodes] = [
        say("roster.evening", when=zoned(found.evening.starts_at, zone, say.language), title=Words(found.series.title))
    ]
    if found.evening.cancelled:
        line.append(say("roster.is_off"))
    else:
        line.append(_who(say, found, Role.HOST, names, viewer))
        if found.duty.co is not None:
            line.append(_who(say, found, Role.CO, names, viewer))
    return tuple(node for n, part in enumerate(line) for node in ((Text(" · "), *part) if n else part))


def _who(say: Say, found: Found, role: Role, names: Names, viewer: PersonId) -> Nodes:
    person = found.duty.of(role)
    if person is None:
        return say(f"roster.{role}_nobody")
    if person == viewer:
        return say(f"roster.{role}_you")
    return say(f"roster.{role}_is", name=Words(names[person]) if person in names else say.label("roster.somebody"))


def evening(
    say: Say,
    found: Found,
    names: Names,
    viewer: PersonId,
    zone: ZoneInfo,
    *,
    has_series: PersonId | None,
    is_on: bool,
    is_open: bool,
    note: str = "",
    who: str = "",
) -> Reply:
    """One evening, with what the viewer may do. `has_series`: who hosts every evening. `note`: the key of a sentence about the last
    press, which may name somebody (`who`)."""
    series, community = found.series, found.series.community
    blocks: list[Block] = [say_p(say, note, name=Words(who) if who else say.label("roster.somebody"))] if note else []
    blocks += [say_h(say, "roster.evening", when=zoned(found.evening.starts_at, zone, say.language), title=Words(series.title))]
    rows: list[Row] = []
    if not is_open:
        blocks.append(say_p(say, "roster.is_off_here" if found.evening.cancelled else "roster.is_over"))
    else:
        people = (_who(say, found, Role.HOST, names, viewer), _who(say, found, Role.CO, names, viewer))
        blocks.append(Bullets(people))
        if has_series is not None:
            every = "roster.every_you" if has_series == viewer else "roster.every_is"
            name = Words(names[has_series]) if has_series in names else say.label("roster.somebody")
            blocks.append(say_p(say, every, name=name))
        if is_on:
            rows += _choices(say, found, viewer, has_series)
        else:
            blocks.append(say_p(say, "roster.join_first"))
            rows.append((button(say, "join", community, style=Style.MAIN),))
    rows.append((button(say, "note", series.id), _list_button(say, found)))
    return Reply(tuple(blocks), To.ONLY_YOU, (*rows, help_row(say)))


def _choices(say: Say, found: Found, viewer: PersonId, has_series: PersonId | None) -> list[Row]:
    def act(name: str, style: Style = Style.PLAIN) -> Button:
        return button(say, name, found.series.id, digits(found.original), style=style)

    mine = found.duty.role_of(viewer)
    first: list[Button] = []
    if found.duty.host is None:
        first.append(act("take", Style.GO))
    if found.duty.co is None and mine is None:
        first.append(act("help"))
    if mine is Role.HOST:
        first.append(act("swap", Style.MAIN))
    if mine is not None:
        first.append(act("give"))
    if has_series is None:
        second = [act("every")]
    elif has_series == viewer:
        second = [act("no_more")]
    else:
        second = []
    return [tuple(row) for row in (first, second) if row]


def _list_button(say: Say, found: Found) -> Button:
    mark = MARK[found.series.options.audience]
    return Button(say.label("common.back"), Press("roster", "hosts", found.series.community, mark))


def known(names: Names, person: PersonId | None) -> str:
    return names.get(person, "") if person is not None else ""


def gone(say: Say, viewers: Sequence[Row] = ()) -> Reply:
    return Reply((say_p(say, "roster.no_such"),), To.ONLY_YOU, (*viewers, help_row(say)))
