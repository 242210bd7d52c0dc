"""A small house around the real store, dispatch and features: people act, time passes, and what was sent can be read."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.calls import Account, Incoming, Kind, Place, Role
from bot.core.features import Action, Feature, FlowEnd
from bot.core.ids import MeetingId, MessageRef, OccurrenceId, PersonId, new_id
from bot.core.meetings import Floor, Occurrence, Options, Series, room_moments
from bot.core.platform import Capabilities
from bot.core.ports import Unit
from bot.core.posts import Claimed
from bot.core.replies import NOTHING, Press, Reply
from bot.core.richtext import Paragraph, Text
from bot.core.schedule import Schedule
from bot.core.texts import Texts
from bot.runtime.dispatch import Dispatch
from bot.runtime.timekeeper import jobs_of
from content.loader import HERE, load_flows, load_texts
from content.yaml_file import BadContent, read_text, read_yaml
from handlers import checkin, flows, formats, meetings, series
from handlers.formats import ReadFile, Unreadable
from handlers.meetings.hosting import RoleSeen
from handlers.meetings.records import NoFloor
from handlers.people.gate import Gate
from storage.agenda import AgendaRows
from storage.checkin import CheckIns
from storage.database import Store
from storage.entries import Entries
from storage.flow_states import FlowStates
from storage.formats import FormatRows
from storage.meetings import Meetings
from storage.series_sheets import Sheets
from storage.substitutes import SubstituteRows
from tests.fakes import HeldClock
from tests.handlers.screens import labels_of, press_of, text_of
from tests.stores import storage_for_tests

ROLES = frozenset({Role.FACILITATOR})
CAN = {
    "discord": Capabilities(True, True, True, True, 2000, 40),
    "telegram": Capabilities(False, False, False, False, 4096, 40),
}
OUTLINES = {
    outline.outline: outline
    for outline in (meetings.outline_from(read_yaml(file).values) for file in sorted((HERE / "meetings").glob("*.yaml")))
}


def read_format(text: str) -> ReadFile:
    try:
        return read_text(text, Path("format.yaml"))
    except BadContent as error:
        raise Unreadable(error.line) from error


@dataclass
class House:
    """`sent` is every message that left the outbox; `standing` the present text of each living message of the room."""

    store: Store
    clock: HeldClock
    dispatch: Dispatch
    features: tuple[Feature, ...]
    platform: str = "discord"
    sent: list[Claimed] = field(default_factory=list)
    room: list[Reply] = field(default_factory=list)
    acts: int = 0
    space: str = "space"

    # Acts -----------------------------------------------------------------------------------------------------------

    def place(self, who: str, *, private: bool) -> Place:
        return Place(self.platform, who) if private else Place(self.platform, "room", space=self.space, private=False)

    async def act(self, who: str, kind: Kind, *, private: bool = False, leads: bool = False, **more: object) -> Reply:
        """One act of somebody, as their platform tells it; roles are only known in the room."""
        self.acts += 1
        incoming = Incoming(
            kind,
            f"r{self.acts}",
            Account(self.platform, who),
            self.place(who, private=private),
            self.clock.now(),
            locale="en",
            roles=ROLES if leads and not private else frozenset(),
            **more,  # type: ignore[arg-type]  # the fields of an act, by name
        )
        answer = await self.dispatch.take(incoming)
        await self.dispatch.sent(answer, None)
        return answer.reply

    async def type(self, who: str, line: str, *, private: bool = False, leads: bool = False) -> Reply:
        name, _, words = line.removeprefix("/").partition(" ")
        return await self.act(
            who, Kind.COMMAND, private=private, leads=leads, name=name, arguments={"text": words} if words else {}
        )

    async def press(self, who: str, press: Press, *, private: bool = False, leads: bool = False) -> Reply:
        return await self.act(who, Kind.PRESS, private=private, leads=leads, press=press)

    async def write(self, who: str, words: str) -> Reply:
        return await self.act(who, Kind.WORDS, private=True, words=words)

    async def send_form(self, who: str, press: Press, answers: Mapping[str, str], *, leads: bool = True) -> Reply:
        name = f"{press.feature}.{press.action}"
        return await self.act(who, Kind.FORM, leads=leads, press=press, name=name, arguments=dict(answers))

    async def answer_checkin(self, who: str, *given: str) -> Reply:
        """Answer the questions that stand on the person's screen: a button's label, "skip", or words to type."""
        reply = self.of(await self.person(who))[-1].post.reply
        for one in given:
            labels = [label.casefold() for label in labels_of(reply)]
            if one.casefold() in labels:
                reply = await self.press(who, press_of(reply, labels_of(reply)[labels.index(one.casefold())]), private=True)
            else:
                reply = await self.write(who, one)
        return reply

    async def plan(
        self, ahead: timedelta = timedelta(minutes=5), length: int = 90, title: str = "Open evening", **options: object
    ) -> Occurrence:
        """A weekly meeting in the room, whose first evening is so far ahead; its room has promised its moments."""
        starts = self.clock.now() + ahead

        async def work(unit: Unit) -> Occurrence:
            community = await unit.communities.find_or_make(self.platform, self.space)
            room = await unit.rooms.find_or_make(community.id, self.place("", private=False))
            local = starts.astimezone(ZoneInfo("Europe/Berlin"))
            rule = f"FREQ=WEEKLY;BYDAY={('MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU')[local.weekday()]}"
            schedule = Schedule("Europe/Berlin", local.date(), local.time(), rule)
            series = Series(
                MeetingId(new_id()),
                community.id,
                room.id,
                title,
                schedule,
                timedelta(minutes=length),
                options=Options(**options),  # type: ignore[arg-type]  # the fields of options, by name
            )
            await Meetings(unit).add_series(series)
            occurrence = Occurrence(OccurrenceId(new_id()), series.id, starts, starts + series.length)
            occurrence = await Meetings(unit).plan(occurrence)
            for due in room_moments(occurrence):
                await unit.due.add(due)
            return occurrence

        return await self.store.transact(work)

    # Time -----------------------------------------------------------------------------------------------------------

    async def pass_time(self, **by: float) -> None:
        """Let time pass, each promised moment at its own time, and what is sent be sent."""
        until = self.clock.now() + timedelta(**by)
        while (at := await self.store.due_queue.next_at()) is not None and at <= until:
            self.clock.at = max(self.clock.at, at)
            await self.work_off()
        self.clock.at = until
        await self.work_off()

    async def sleep_through(self, **by: float) -> None:
        """The bot is down while time passes; then it starts."""
        self.clock.at += timedelta(**by)
        await self.work_off()

    async def work_off(self) -> None:
        """Do what is due now, then send."""
        jobs = jobs_of(self.features)
        while batch := await self.store.due_queue.claim("test", self.clock.now(), self.clock.now() + timedelta(minutes=1), 64):
            for due in batch:

                async def work(unit, due=due):
                    if await unit.due.take(due) and due.kind in jobs:
                        await jobs[due.kind](due, self.clock.now(), unit)

                await self.store.transact(work)
        await self.deliver()

    async def deliver(self) -> list[Claimed]:
        """Send what waits: to be read in `sent`, and in `room` as it stands there."""
        gone: list[Claimed] = []
        queue, now = self.store.outbox_queue, self.clock.now()
        while batch := await queue.claim("test", self.platform, now, now + timedelta(minutes=1), 64):
            for claimed in batch:
                late = claimed.post.too_late_at
                if late is not None and now > late:
                    await queue.drop(claimed, "late")
                    continue
                ref = claimed.edit or MessageRef(f"m{len(self.sent)}")
                await queue.mark_sent(claimed, ref, now)
                gone.append(claimed)
                if claimed.room is not None:
                    self._stand(claimed)
        self.sent += gone
        return gone

    def _stand(self, claimed: Claimed) -> None:
        slot = claimed.post.reply.slot
        same = [n for n, reply in enumerate(self.room) if slot and reply.slot == slot]
        if same:
            self.room[same[0]] = claimed.post.reply
        else:
            self.room.append(claimed.post.reply)

    # What is there --------------------------------------------------------------------------------------------------

    async def person(self, who: str) -> PersonId:
        person = await self.store.transact(lambda unit: unit.people.find(Account(self.platform, who)))
        assert person is not None
        return person.id

    async def consent(self, who: str) -> None:
        """The person has agreed to what is kept, at some time before."""

        async def work(unit):
            person = await unit.people.make(Account(self.platform, who), self.clock.now(), None)
            await unit.people.save(replace(person, consented_at=self.clock.now()))

        await self.store.transact(work)

    def of(self, person: PersonId) -> list[Claimed]:
        return [claimed for claimed in self.sent if getattr(claimed.post.to, "person", None) == person]

    def private_texts(self, person: PersonId) -> list[str]:
        return [text_of(claimed.post.reply) for claimed in self.of(person)]

    @property
    def card(self) -> Reply:
        return [reply for reply in self.room if reply.slot.startswith("card_")][-1]

    @property
    def news(self) -> list[str]:
        return [text_of(reply) for reply in self.room if not reply.slot.startswith("card_")]

    async def all_series(self) -> list[Series]:
        async def work(unit):
            community = await unit.communities.find(self.platform, "space")
            return list(await Meetings(unit).of_community(community.id)) if community else []

        return await self.store.transact(work)

    async def occurrence(self) -> Occurrence:
        """The occurrence of the room: under way, or the next."""

        async def work(unit) -> Occurrence | None:
            community = await unit.communities.find(self.platform, "space")
            room = await unit.rooms.find_or_make(community.id, self.place("", private=False))
            return await Meetings(unit).in_room(room.id)

        found = await self.store.transact(work)
        assert found is not None
        return found


@asynccontextmanager
async def open_house(
    tmp_path: Path,
    clock: HeldClock,
    platform: str = "discord",
    more: Callable[[Texts], Sequence[Feature]] = lambda texts: (),
    floor: Callable[[Unit], Floor] = lambda unit: NoFloor(),
    role_seen: Callable[[Texts], RoleSeen] | None = None,
) -> AsyncIterator[House]:
    """`more`: features besides the room, its check-ins and formats."""
    texts = load_texts()
    gate = Gate(texts)
    async with storage_for_tests(tmp_path, clock) as store:
        ends: dict[str, FlowEnd] = {}
        flow, runner = flows.feature(
            texts,
            load_flows(),
            FlowStates,
            Entries,
            ends,
            {"meeting": checkin.in_a_meeting},
            new_id,
        )
        check_in = checkin.feature(texts, CheckIns, Meetings, Meetings, runner)
        ends.update(check_in.flow_ends)
        features = (
            meetings.feature(
                texts,
                Meetings,
                OUTLINES,
                AgendaRows,
                own=FormatRows,
                substitutes=SubstituteRows,
                help_card=lambda country, language: Reply((Paragraph((Text(f"Help in {country}"),)),)),
                floor=floor,
                role_seen=role_seen(texts) if role_seen is not None else None,
            ),
            series.feature(texts, Meetings, Sheets, tuple(OUTLINES)),
            formats.feature(texts, FormatRows, Meetings, OUTLINES, read_format),
            check_in,
            flow,
            Feature("people", presses={"agree": Action(gate.agree)}),
            *more(texts),
        )
        dispatch = Dispatch(
            store,
            store.outbox_queue,
            features,
            texts,
            clock,
            zone="Europe/Berlin",
            language="en",
            country="DE",
            gate=gate.ask,
            help_now=lambda call: NOTHING,
            capabilities=CAN,
        )
        gate.rerun = dispatch.rerun
        yield House(store, clock, dispatch, features, platform)
        await dispatch.settle()
