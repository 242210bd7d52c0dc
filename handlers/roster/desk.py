"""What all parts of the corner share: who may, which evening is meant, who is on duty for it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import replace

from bot.core.calendar import Change, Evening, evening_at, original_from
from bot.core.calls import Call, Role
from bot.core.coming import Ahead, coming
from bot.core.errors import BadInput, BadPress
from bot.core.ids import CommunityId, MeetingId, OccurrenceId, PersonId
from bot.core.meetings import AHEAD, DUTY_BEFORE, OVER, Audience, Occurrence, Series, State, When
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.texts import Say, Texts
from handlers.roster import rules, views
from handlers.roster.records import Duty, EveningBook, OnDuty, RosterBook, Substitutes

LEAD = "room.lead"


class InTheRoom(BadInput):
    """Asked where no community is."""

    text_key = "roster.in_room"


@dataclass(frozen=True, slots=True)
class Found:
    """One evening. `line`: its series and those it goes on from; `planned`: its row, once there is one."""

    series: Series
    line: tuple[MeetingId, ...]
    evening: Evening
    duty: OnDuty
    planned: Occurrence | None
    change: Change | None

    @property
    def original(self) -> str:
        return self.evening.original

    def is_open(self, now: datetime) -> bool:
        """Whether it can still be taken or given back: it takes place, and is not over."""
        if self.series.cancelled_at is not None or self.evening.cancelled:
            return False
        if self.planned is not None and self.planned.state in OVER:
            return False
        return self.evening.ends_at > now


class Desk:
    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], RosterBook],
        evenings: Callable[[Unit], EveningBook],
        substitutes: Callable[[Unit], Substitutes],
    ) -> None:
        self.texts = texts
        self.books = books
        self.evenings = evenings
        self.substitutes = substitutes
        self.doors = Doors(evenings)

    def say(self, call: Call) -> Say:
        return self.texts.of(call.language)

    def refused(self, call: Call) -> Reply:
        return views.refused(self.say(call), call.place.private)

    # Who may ------------------------------------------------------------------------------------------------------------

    async def may(self, call: Call, unit: Unit, community: CommunityId) -> bool:
        """Whether the caller is a facilitator of the community: by their role in the room, or by the grant that it left. What the
        room tells of their role is noted on the roster."""
        may = await self.doors.may(call, unit, community, community, call.at + rules.GRANT)
        if call.community is not None and call.community.id == community and not call.place.private:
            if may:
                await self.books(unit).seen(community, call.who, call.at, owner=is_owner(call))
            elif call.has_no_role:
                await self.ended(community, call.who, call.at, unit)
        return may

    async def is_on(self, call: Call, unit: Unit, community: CommunityId) -> bool:
        """Whether the caller is on the roster, and what this room tells of their role does not speak against it. For buttons on
        letters, which may be pressed days after they were seen in a room."""
        here = call.community is not None and call.community.id == community and not call.place.private
        if here and not await self.may(call, unit, community):
            return False
        return await self.books(unit).has(community, call.who)

    async def ended(self, community: CommunityId, person: PersonId, now: datetime, unit: Unit) -> bool:
        """A person has no role there any more, or goes: all that they said they do is free again. False when they were not on the
        roster."""
        book, hosts = self.books(unit), self.evenings(unit)
        if not await book.has(community, person):
            return False
        await hosts.drop(community, person)
        theirs = [found for found in await self.coming_next(unit, community, now) if person in found.duty.persons]
        for found in theirs:
            if found.change is not None and found.change.host == person:
                await hosts.put_change(replace(found.change, host=None))
        await book.leave(community, person)
        for found in theirs:
            await self.is_free(unit, found, person, now)
        return True

    # Which evening ------------------------------------------------------------------------------------------------------

    async def community_of(self, call: Call, unit: Unit) -> CommunityId:
        """The community of a press. Raises BadPress for one that is not there."""
        found = await unit.communities.get(CommunityId(call.press.subject))
        if found is None:
            raise BadPress(why="community")
        return found.id

    async def series(self, unit: Unit, name: str) -> Series:
        found = await self.evenings(unit).series(MeetingId(name))
        if found is None:
            raise BadPress(why="series")
        return found

    async def line(self, unit: Unit, series: Series) -> tuple[MeetingId, ...]:
        line, before = [series.id], series.follows
        while before is not None and before not in line and len(line) < rules.HELD_IN_LINE:
            line.append(before)
            earlier = await self.evenings(unit).series(before)
            before = earlier.follows if earlier is not None else None
        return tuple(line)

    async def pressed(self, call: Call, unit: Unit) -> Found | None:
        """The evening that a press names by its series and its day; None when there is no such evening (any more)."""
        series = await self.series(unit, call.press.subject)
        return await self.found(unit, series, original_from(call.press.value))

    async def found(self, unit: Unit, series: Series, original: str) -> Found | None:
        book = self.evenings(unit)
        changes, pauses = await book.changes([series.id]), await book.pauses(series.community)
        evening = evening_at(series, changes, pauses, original) if original else None
        if evening is None:
            return None
        change = next((one for one in changes if one.original == original), None)
        line = await self.line(unit, series)
        duty = rules.on_duty(await self.books(unit).duties(line), line, original, evening.host)
        return Found(series, line, evening, duty, await book.occurrence_at(series.id, original), change)

    async def planned(self, unit: Unit, occurrence: str) -> Found | None:
        """An evening that has a row."""
        planned = await self.evenings(unit).occurrence(OccurrenceId(occurrence))
        series = await self.evenings(unit).series(planned.series) if planned is not None else None
        if planned is None or series is None:
            return None
        return await self.found(unit, series, planned.original)

    async def coming_next(self, unit: Unit, community: CommunityId, now: datetime) -> Sequence[Found]:
        """The evening of each series that is planned, or under way."""
        every: list[Found] = []
        for series in await self.evenings(unit).of_community(community):
            planned = await self.evenings(unit).next_of(series.id)
            found = await self.found(unit, series, planned.original) if planned is not None else None
            every += [found] if found is not None else []
        return every

    async def coming_up(
        self, unit: Unit, community: CommunityId, audience: Audience, now: datetime, until: datetime
    ) -> Sequence[Found]:
        """One audience's evenings until then, the earliest first, each with who leads it."""
        return await self.led(unit, await coming(self.evenings(unit), community, audience, now, until))

    async def led(self, unit: Unit, ahead: Sequence[Ahead]) -> Sequence[Found]:
        """Who leads each of these: read once for all, however many there are."""
        lines = {one.series.id: await self.line(unit, one.series) for one in {one.series.id: one for one in ahead}.values()}
        changes = {(one.series, one.original): one for one in await self.evenings(unit).changes(list(lines))}
        duties = await self.books(unit).duties(sorted({series for line in lines.values() for series in line}))
        return [_led(one, lines[one.series.id], duties, changes.get((one.series.id, one.evening.original))) for one in ahead]

    # What a change of duty brings with it ---------------------------------------------------------------------------------

    async def is_free(self, unit: Unit, found: Found, person: PersonId, now: datetime, *, gave: bool = False) -> None:
        """Somebody does not lead an evening any more: they lose its panel; when it is near, it is looked who does. `gave`: they
        gave it back, and are not asked themselves."""
        if found.planned is None or found.planned.state in OVER:
            return
        await self.evenings(unit).drop(found.planned.id, person)
        await unit.outbox.withdraw(rules.duty_slot(found.planned.id, person, found.planned.starts_at))
        if found.planned.state in AHEAD and found.planned.starts_at - now <= DUTY_BEFORE:
            subject = f"{found.planned.id}_{person}" if gave else found.planned.id
            await unit.due.add(Due(When.DUTY.key(found.planned.id), When.DUTY.kind, now, subject))

    async def is_taken(self, unit: Unit, found: Found, now: datetime) -> None:
        """Somebody leads it: they get the panel in time."""
        planned = found.planned
        if planned is not None and planned.state not in OVER:
            await unit.due.add(lead_due(planned, now))


def _led(one: Ahead, line: tuple[MeetingId, ...], duties: Sequence[Duty], change: Change | None) -> Found:
    duty = rules.on_duty(duties, line, one.evening.original, one.evening.host)
    return Found(one.series, line, one.evening, duty, one.occurrence, change)


def lead_due(planned: Occurrence, now: datetime) -> Due:
    return Due(f"roster_lead_{planned.id}", LEAD, max(now, planned.starts_at - rules.LEAD), planned.id)


def is_owner(call: Call) -> bool:
    return Role.OWNER in call.incoming.roles


def is_ahead(planned: Occurrence | None) -> bool:
    return planned is not None and planned.state in (*AHEAD, State.LOBBY)
