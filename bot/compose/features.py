"""Every feature, with the ports it asks for. Handlers know only those; that storage keeps them is known here."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import content
from bot.compose.farewell import Farewell
from bot.config import Config
from bot.config.confirmed import BadConfirmations, read_confirmed
from bot.core.clock import SystemClock
from bot.core.features import Action, Feature, FlowEnd, Leaves, MenuEntry
from bot.core.flow import Flow
from bot.core.ids import PersonId, new_id
from bot.core.ports import Entry, Unit
from bot.core.replies import Picture
from bot.core.reporting import WHAT, Looks
from bot.core.texts import Say, Texts
from bot.core.whose import Peace
from bot.runtime.forms import Forms
from bot.runtime.pictures import FONT
from content.flags_reader import found_in
from content.help_lines import load_help_lines
from content.loader import load_flows
from content.yaml_file import BadContent, read_text, read_yaml
from handlers import (
    afterwards,
    agenda,
    announcements,
    calendars,
    checkin,
    directory,
    exercises,
    family,
    figures,
    floor,
    flows,
    formats,
    linking,
    log,
    meetings,
    noticeboard,
    ownquestions,
    pairs,
    people,
    plans,
    prompts,
    receipts,
    reminders,
    reports,
    roster,
    safety,
    series,
    settings,
    together,
    toolbox,
    tools,
    topics,
)
from handlers.flows.pictures import picture_of
from handlers.flows.records import FactProvider
from handlers.flows.wave import History
from handlers.formats import ReadFile, Unreadable
from handlers.kit import KitKeeper
from handlers.meetings import Outline, outline_from
from handlers.people import Gate
from handlers.safety.cards import HelpCards
from storage.afterwards import Afterwards
from storage.agenda import AgendaRows
from storage.announcements import Announcements
from storage.attendance import Attendance
from storage.calendars import Calendars
from storage.checkin import CheckIns
from storage.database import concrete
from storage.directory import Directories
from storage.entries import Entries
from storage.exercises import Exercises
from storage.figures import Figures
from storage.floor import FloorBook
from storage.flow_states import FlowStates
from storage.formats import FormatRows
from storage.goings import Goings
from storage.kit import Kits
from storage.linking import Links
from storage.logbook import Logbook
from storage.meetings import Meetings
from storage.noticeboard import Notices
from storage.ownquestions import OwnQuestions
from storage.pairs import Pairs
from storage.passes import Passes
from storage.plans import Plans
from storage.privacy import PersonalRows
from storage.prompts import Prompts
from storage.reminders import Reminders
from storage.reports import Reports
from storage.roster import Roster
from storage.series_sheets import Sheets
from storage.substitutes import SubstituteRows
from storage.together import Together
from storage.topics import Topics

OUTLINES = Path(content.__file__).parent / "meetings"
WITH_EVENTS = frozenset({"discord"})  # platforms with a calendar of their own
WITH_UNNAMED = frozenset({"telegram", "web"})  # Discord's developer policy speaks against masking who somebody is
WITH_EDITED_PICTURES = frozenset({"discord", "web"})  # an edit can take a picture away; Telegram makes a new message of it


def help_cards(config: Config, texts: Texts) -> HelpCards:
    """Make the cards first: they stand when everything else has failed. Unreadable confirmations confirm nothing."""
    lines = load_help_lines()
    try:
        confirmed = frozenset(read_confirmed(config.data, lines.lines))
    except BadConfirmations:
        confirmed = frozenset()  # `doctor` names it
    return HelpCards(texts, lines, confirmed)


def all_features(
    texts: Texts,
    cards: HelpCards,
    gate: Gate,
    forms: Forms,
    menu: Callable[[], Sequence[MenuEntry]],
    base: Callable[[], str] = lambda: "",
    now: Callable[[], datetime] = SystemClock().now,  # noqa: B008  # it is bound once, and asked each time
    contact: str = "",
) -> Sequence[Feature]:
    """`menu` is asked only when somebody wants to read it. `base`: the public address of the pages; "" when there are none.
    `contact`: how members reach the host."""
    ends: dict[str, FlowEnd] = {}
    leaves: list[Leaves] = []
    shipped = load_flows()
    kit = KitKeeper(texts, Kits)
    planning = plans.keeper(texts, Plans, new_id, now, kit.pin)
    asking = ownquestions.keeper(OwnQuestions)
    facts: Mapping[str, FactProvider] = {
        "meeting": checkin.in_a_meeting,
        **kit.facts(),
        **planning.facts(),
        **asking.facts(),
    }
    gated = family.gate(texts, Passes)
    flow_feature, running_flows = flows.feature(
        texts,
        shipped,
        FlowStates,
        Entries,
        ends,
        facts,
        new_id,
        gates=gated,
        pins=kit.pin,
        peace=wishes,
        draws=drawn_for_tools,
        flags=found_in,
        backs=log.BACKS,
    )
    shipped_outlines = outlines()
    listing = directory.feature(texts, Meetings, Directories)
    reminding = reminders.feature(texts, Meetings, Reminders, Goings)
    countries = sorted({line.country for line in load_help_lines().lines})
    features = (  # in the order of menus and /help: what helps in a hard moment comes first
        safety.feature(cards),
        *tools.features(shipped, running_flows),
        toolbox.feature(texts, shipped),
        family.feature(texts, shipped, gated, running_flows),
        *log.features(texts, Logbook, shipped, how_plans_went, checkin.Weeks(CheckIns)),
        listing,
        reminding,
        announcements.feature(texts, Meetings, Announcements, Goings, Meetings, Meetings, moved_from_news(listing, reminding)),
        checkin.feature(texts, CheckIns, Meetings, Meetings, running_flows, planning.reviewed, prompts.answered(texts, Prompts)),
        flow_feature,
        settings.feature(texts, countries),
        linking.feature(texts, Links),
        people.feature(texts, menu, lambda unit: personal(unit, lambda: leaves), cards.emergency, gate, forms.present),
        series.feature(texts, Meetings, Sheets, tuple(shipped_outlines)),
        meetings.feature(
            texts,
            Meetings,
            shipped_outlines,
            AgendaRows,
            own=FormatRows,
            substitutes=SubstituteRows,
            help_card=lambda country, language: cards.card("now", country, language),
            floor=FloorBook,
            role_seen=roster.noticed(texts, Roster, Meetings, SubstituteRows),
        ),
        roster.feature(texts, Roster, Meetings, SubstituteRows, wishes),
        floor.feature(texts, FloorBook, Meetings),
        agenda.feature(texts, AgendaRows, Meetings, wishes),
        exercises.feature(texts, Exercises, Meetings, WITH_EDITED_PICTURES, WITH_UNNAMED),
        noticeboard.feature(texts, Meetings, Notices, Meetings, WITH_EVENTS),
        calendars.feature(texts, Calendars, Meetings, Meetings, lambda unit, who: Calendars(unit).followed(who), base, now),
        formats.feature(texts, FormatRows, Meetings, shipped_outlines, read_format),
        afterwards.feature(texts, Meetings, Afterwards),
        receipts.feature(texts, Meetings, Attendance, base, now, FONT),
        figures.feature(texts, Figures, Meetings),
        together.feature(texts, Together, Meetings, WITH_UNNAMED),
        topics.feature(texts, Topics, Meetings, Roster, wishes, WITH_UNNAMED),
        prompts.feature(
            texts,
            Prompts,
            Meetings,
            Meetings,
            running_flows,
            own=asking.titles,
            quiet=lambda community, unit: Announcements(unit).quiet(community),
            peace=wishes,
            staff=Roster,
        ),
        ownquestions.feature(texts, asking, Meetings, running_flows, new_id),
        pairs.feature(texts, Pairs, WITH_UNNAMED, wishes),
        reports.feature(texts, Reports, Roster, reportable(texts), cards.emergency, contact, wishes),
        kit.feature(running_flows),
        plans.feature(planning, running_flows, wishes),
    )
    for feature in features:
        ends.update(feature.flow_ends)
        leaves += [feature.leaves] if feature.leaves is not None else []
    return features


def reportable(texts: Texts) -> Mapping[str, Looks]:
    found = {**meetings.looks(Meetings), **topics.looks(texts, Topics), **together.looks()}
    return {**found, WHAT["pair"]: pairs.looks(Pairs, Roster)}


async def wishes(person: PersonId, unit: Unit) -> Peace | None:
    return await Reminders(unit).wishes(person)


def personal(unit: Unit, leaves: Callable[[], Sequence[Leaves]]) -> Farewell:
    return Farewell(unit, PersonalRows(concrete(unit)), leaves)


def drawn_for_tools(say: Say, flow: Flow, answers: Mapping[str, Entry], history: History, voice: str) -> Picture | None:
    """Draw what a tool comes to; a week is drawn by the plans."""
    return picture_of(say, flow, answers, history, voice) or plans.week_of_answers(say, flow, answers)


async def how_plans_went(person: PersonId, unit: Unit) -> Mapping[str, int]:
    """Return how often what was planned went how, of the plans there still are."""
    kept = await Plans(unit).of_person(person, datetime.min.replace(tzinfo=UTC))
    return Counter(went for plan in kept if plan.body.review is not None for went in plan.body.review.went.values())


def moved_from_news(listing: Feature, reminding: Feature) -> Mapping[str, Action]:
    """Buttons on messages of earlier versions: the list and reminders were announcements' then."""
    return {"list": listing.presses["list"], **{action: reminding.presses[action] for action in ("remind", "stop")}}


def outlines() -> Mapping[str, Outline]:
    """Return the shipped outlines by their names."""
    read = (outline_from(read_yaml(file).values) for file in sorted(OUTLINES.glob("outline_*.yaml")))
    return {outline.outline: outline for outline in read}


def read_format(text: str) -> ReadFile:
    """Read a community's own format by the rules of our own YAML files."""
    try:
        return read_text(text, Path("format.yaml"))
    except BadContent as error:
        raise Unreadable(error.line) from error
