"""A person of whom every table that forgets, and every table of persons, has a row: what a test of erasing and of retention needs.

What buttons lead to in one evening is done by the tests themselves; here is what would take weeks, other people or other platforms.
"""

from datetime import datetime, timedelta

from sqlalchemy import select

from bot.core import ports
from bot.core.agenda import AgendaItem
from bot.core.calendar import Change, Pause
from bot.core.calls import Account
from bot.core.deeds import Standing
from bot.core.ids import CommunityId, OccurrenceId, PersonId, new_id
from bot.core.meetings import Audience
from handlers.afterwards.records import Debrief, Note, Went
from handlers.agenda.records import Carried, Entry
from handlers.calendars.records import Draft, Prepared, PrivateFeed
from handlers.exercises.records import Exercise, Item, Kind, Line, Part, PartBody, Role, Vote
from handlers.family.records import Pass
from handlers.floor.records import Act, Hold, Motion, Seat
from handlers.floor.records import Kind as ActKind
from handlers.floor.round_records import Turn
from handlers.pairs.records import Draft as PairDraft
from handlers.pairs.records import Note as PairNote
from handlers.pairs.records import NoteBody, Side, SideBody, Stage
from handlers.plans.records import Action, Plan, PlanBody, Review
from handlers.prompts.records import Asking, Open, Prompt, Wish, WishBody
from handlers.receipts.records import Ask, Attended, Present
from handlers.reminders.records import Going, Subscription, Wishes
from handlers.reminders.records import Standing as Coming
from handlers.reports.records import Body as ReportBody
from handlers.reports.records import Kind as ReportKind
from handlers.reports.records import Report
from handlers.reports.records import State as Told
from handlers.roster.records import EVERY, Duty, HandoverNote, Member, Swap, Ticks
from handlers.roster.records import Role as Leads
from handlers.series.drafts import Sheet
from handlers.together.records import Line as SharedLine
from handlers.together.records import LineBody, Week, Yes
from handlers.topics.records import Draft as TopicDraft
from handlers.topics.records import Pace, Topic, Unnamed
from storage.afterwards import Afterwards
from storage.agenda import AgendaRows
from storage.attendance import Attendance
from storage.calendars import Calendars
from storage.database import Unit, concrete
from storage.exercises import Exercises
from storage.floor import FloorBook
from storage.goings import Goings
from storage.meetings import Meetings
from storage.pairs import Pairs
from storage.passes import Passes
from storage.plans import Plans
from storage.prompts import Prompts
from storage.reminders import Reminders
from storage.reports import Reports
from storage.roster import Roster
from storage.series_sheets import Sheets
from storage.substitutes import SubstituteRows
from storage.tables.linking import link_asks, link_codes, links
from storage.tables.people import accounts
from storage.tables.videos import video_chats
from storage.together import Together
from storage.topics import Topics
from tests.security.inside import Inside

WORDS = "words of one's own"


async def rows_everywhere(inside: Inside, who: PersonId, evening: str, words: str = WORDS) -> None:
    """Leave a row of the person's in each of them, about an evening that is there."""
    now = inside.clock.now()

    async def work(unit: ports.Unit) -> None:
        occurrence = await Meetings(unit).occurrence(OccurrenceId(evening))
        assert occurrence is not None
        series = await Meetings(unit).series(occurrence.series)
        assert series is not None
        community, room, name = series.community, occurrence.room or series.room, occurrence.id
        floor, exercises, attendance, calendars = FloorBook(unit), Exercises(unit), Attendance(unit), Calendars(unit)
        await Reminders(unit).put(Subscription(series.id, who), now)
        await Reminders(unit).keep_wishes(who, Wishes(), now)
        await Goings(unit).put(Going(name, who, Coming.GOING), now, occurrence.ends_at)
        await floor.keep_seat(Seat(name, who, 90, now, name=words))
        await floor.keep_hold(Hold(new_id(), name, who, community, room, Standing.MUTED, now, who))
        await floor.keep_motion(Motion(new_id(), name, who, who, now))
        await floor.keep_turns([Turn(name, who, 1, 1)], now)
        agenda, wish = AgendaRows(unit), AgendaItem("other", words)
        await agenda.keep([Entry(name, wish, now, now, each, new_id(), 1, own=True) for each in (who, None)], community)
        await agenda.carry(Carried(new_id(), who, series.id, wish, now))
        await floor.note(Act(new_id(), community, name, now, ActKind.MUTE, 1), who)
        await floor.arrived(community, Account("discord", f"stranger{who}"), now, now)
        exercise, item = Exercise(new_id(), name, community, room, Kind.IDEAS, now, words), new_id()
        await exercises.keep(exercise)
        await exercises.keep_item(Item(item, exercise.id, 1))
        await exercises.add_line(Line(new_id(), exercise.id, who, 0, words, now, item=item))
        await exercises.vote(exercise.id, Vote(who, item), now)
        await exercises.keep_part(
            Part(new_id(), exercise.id, who, 1, Role.PLAYS, now, True, PartBody(words, words, words, (item,)))
        )
        attended = Attended(new_id(), who, now, Present(now, now + timedelta(minutes=90), "Europe/Berlin"))
        await attendance.put(Ask(new_id(), name, who, now, name=words))
        await attendance.confirm(attended)
        await attendance.add_code(attended, new_id(), now)
        await calendars.keep_private(PrivateFeed(new_id(), who, community, Audience.FAMILY, now), new_id())
        draft = Draft(1, words, series.schedule, 90)
        await calendars.keep(new_id(), who, Prepared(community, room, Audience.PARTICIPANTS, (draft,)), now)
        await SubstituteRows(unit).put(community, who, now)
        await Sheets(unit).keep(who, Sheet(room), now)
        corner = Roster(unit)
        await corner.put(Member(new_id(), community, who, words), now)
        await corner.take_duty(Duty(series.id, EVERY, Leads.HOST, who), now, now + timedelta(days=180))
        await corner.keep_swap(Swap(new_id(), who, series.id, occurrence.original, occurrence.starts_at), now)
        if await corner.note(series.id) is None:  # there is one a series
            await corner.keep_note(HandoverNote(series.id, who, words, now))
        await corner.keep_ticks(who, Ticks((1,)), now)
        plan = PlanBody(now.date(), (Action(words, (now.date(),)),), ((words, words),), words, review=Review(now, gap=words))
        await Plans(unit).keep(Plan(new_id(), who, now, plan))
        own = Wish(new_id(), who, now, body=WishBody(days=(6,)))
        prompt = Prompt(new_id(), community, room, series.schedule, now)
        await Prompts(unit).keep(prompt)
        await Prompts(unit).ask(Asking(new_id(), prompt.id, now, now))
        await Prompts(unit).keep_wish(own)
        await Prompts(unit).keep_open(Open(new_id(), who, own.id, new_id(), now))
        pairs, ends = Pairs(unit), now + timedelta(days=5)
        side = Side(new_id(), who, community, now, Stage.ON, ends, SideBody(Audience.FAMILY, new_id(), new_id(), name=words))
        await pairs.keep(side)
        await pairs.add(PairNote(new_id(), side.id, who, str(now.date()), now, ends, NoteBody(PairDraft(7, "did", words), words)))
        await pairs.part(who, PersonId(new_id()), now)
        await pairs.trace(side.body.pair, community, (who, PersonId(new_id())), now)
        await Passes(unit).keep(who, Pass(now + timedelta(days=30)), now)
        await Afterwards(unit).meet(who, community, now)
        await Afterwards(unit).keep(Debrief(name, Went.FINE, Note.NONE, occurrence.starts_at), now)
        together = Together(unit)
        await together.keep_yes(who, community, Yes({Audience.PARTICIPANTS: now}), now)
        shared = LineBody(words, words)
        await together.keep_line(SharedLine(new_id(), who, community, now.date(), now, shared, shared=True))
        await together.close(Week(community, Audience.PARTICIPANTS, now.date()), now)
        topics, topic = Topics(unit), new_id()
        await topics.keep(Topic(topic, community, room, 1, now))
        await topics.add_post(Unnamed(new_id(), topic, 1, now), who)
        await topics.keep_draft(who, topic, TopicDraft(words, words), now)
        await topics.keep_pace(who, Pace((now,)), now)
        letters, report = (
            Reports(unit),
            Report(new_id(), who, community, now, Told.OPEN, ReportBody(ReportKind.OTHER, "", words=words)),
        )
        await letters.keep(report)
        await letters.send(report.id, who, now)
        later, minute = (now + timedelta(days=14)).date(), int(who[:6], 16) % 1440  # each stands in for an evening of their own
        await Meetings(unit).put_change(Change(series.id, f"{later}T{minute // 60:02}:{minute % 60:02}", host=who))
        await Meetings(unit).add_pause(Pause(new_id(), community, later, later, words))

        await raw_rows(concrete(unit), who, community, now)

    await inside.house.store.transact(work)


async def raw_rows(unit: Unit, who: PersonId, community: CommunityId, now: datetime) -> None:
    """Those whose code, ask or call would have to come from a second platform."""
    account = await unit.row(select(accounts.c.id).where(accounts.c.person == who))
    assert account is not None
    video = unit.insert(video_chats).values(community=community, at=now)
    await unit.run(video.on_conflict_do_update(index_elements=["community"], set_={"at": now}))
    await unit.run(unit.insert(link_codes).values(person=who, mark=new_id(), at=now))
    await unit.run(unit.insert(link_asks).values(id=new_id(), person=who, keeper=who, at=now))
    await unit.run(unit.insert(links).values(account=account["id"], person=who, at=now))
