"""What commands and jobs of exercises share: whose evening, by what right, and how the room's message follows."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec
from msgspec.structs import replace

from bot.core.calls import Call, Kind
from bot.core.errors import BadInput, BadPress
from bot.core.held import Held, held
from bot.core.ids import OccurrenceId, PersonId, new_id
from bot.core.meetings import When
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson, ToRoom
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.screens import told
from bot.core.texts import Say, Texts
from handlers.exercises import asking_views, rehearsal_views, room_views, rules
from handlers.exercises import parts as cast
from handlers.exercises.records import KEPT, Evenings, Exercise, ExerciseStore, Role, Stage
from handlers.exercises.records import Kind as Exercises

USELESS = timedelta(hours=1)  # later than that after the end, an edit that is not the last one is of no use


class NoMeetingHere(BadInput):
    text_key = "exercises.none_here"


class At(msgspec.Struct, frozen=True):
    """An exercise in its evening."""

    exercise: Exercise
    evening: Held


class Board:
    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], ExerciseStore],
        meetings: Callable[[Unit], Evenings],
        pictured: frozenset[str],
        unnamed: frozenset[str] = frozenset(),
    ) -> None:
        """`pictured`: platforms where a message with a picture can later be edited into one without. `unnamed`: platforms where a
        line may reach one person without its author's name."""
        self.texts = texts
        self.books = books
        self.meetings = meetings
        self._doors = Doors(meetings)
        self._pictured = pictured
        self._unnamed = unnamed

    # Whose evening, by what right ------------------------------------------------------------------------------------

    async def evening(self, unit: Unit, occurrence: OccurrenceId | str) -> Held | None:
        """Return the evening; None when it, its series or its community is gone."""
        return await held(self.meetings(unit), unit, occurrence)

    async def meant(self, call: Call, unit: Unit) -> Held:
        """The evening of the button or form, or for a typed command the one in the room."""
        if call.incoming.kind is not Kind.COMMAND:
            evening = await self.evening(unit, call.press.subject)
            if evening is None:
                raise BadPress(why="occurrence")
            return evening
        room = await unit.rooms.find(call.place)
        found = await self.meetings(unit).in_room(room.id) if room else None
        evening = await self.evening(unit, found.id) if found else None
        if evening is None:
            raise NoMeetingHere
        return evening

    async def pressed(self, call: Call, unit: Unit, exercise: str = "") -> At:
        """The exercise of the button. Raises BadPress for one that is not there, or is pressed in the room of elsewhere: in private
        its id, which stands on buttons of its own room only, is what lets somebody in."""
        found = await self.books(unit).exercise(exercise or call.press.subject)
        evening = await self.evening(unit, found.occurrence) if found else None
        if found is None or evening is None:
            raise BadPress(why="exercise")
        here = call.community.id if call.community is not None else None
        if not call.place.private and here != found.community:
            raise BadPress(why="community")
        return At(found, evening)

    async def refusal(self, call: Call, unit: Unit, evening: Held) -> Reply | None:
        """What somebody is told who may not lead, or comes when the meeting is not under way; None for go on."""
        say = self.texts.of(call.language)
        until = evening.occurrence.ends_at + rules.GRANT
        if not await self._doors.may(call, unit, evening.id, evening.community.id, until):
            return told(say, "exercises.only_facilitators_private" if call.place.private else "exercises.only_facilitators")
        return None if evening.occurrence.is_live else told(say, "exercises.not_open")

    async def keeps_out(self, call: Call, unit: Unit, at: At) -> Reply | None:
        """What somebody is told who may not take part just now; None for go on."""
        say, evening = self.texts.of(call.language), at.evening
        admission = evening.series.options.admission
        if await self.books(unit).kept_out(evening.id, admission, call.who, call.at):
            return told(say, "exercises.not_inside")
        if not at.exercise.is_on or not evening.occurrence.is_live:
            return told(say, "exercises.ended")
        return None

    # The room's message ----------------------------------------------------------------------------------------------

    async def show(self, unit: Unit, at: At, now: datetime) -> Exercise:
        """Store the exercise, and promise the room its message as things stand now; one that waits is replaced."""
        exercise, evening, book = at.exercise, at.evening, self.books(unit)
        counts = await book.counts(exercise.id)
        parts, zone = await book.parts(exercise.id), ZoneInfo(evening.series.schedule.zone)
        exercise = replace(exercise, lines=counts.lines + len(parts), asked_at=None)
        await book.keep(exercise)
        say = self.texts.of(evening.language)
        last = not exercise.is_on
        items: list[rules.Shown] = []
        if exercise.merges and not last:
            items = rules.shown(await book.lines(exercise.id), await book.items(exercise.id))
        voters = await book.voters(exercise.id) if exercise.stage is Stage.VOTING else 0
        room = await unit.rooms.get(exercise.room)
        pictured = room is not None and room.platform in self._pictured
        reply = room_views.message(say, exercise, counts, items, parts, voters, zone, now, pictured=pictured)
        too_late = None if last else max(evening.occurrence.ends_at, now) + USELESS
        key = f"{exercise.slot}_{new_id()}"
        await unit.outbox.add(Post(key, Lane.ROOM, ToRoom(exercise.room), reply, too_late_at=too_late))
        return exercise

    async def show_soon(self, unit: Unit, exercise: Exercise, now: datetime) -> None:
        """Promise a fresh message in some seconds: however many write until then are one edit. One promise stands till it is kept:
        moved on by each who writes, it would never come."""
        if rules.is_promised(exercise, now):
            return
        await self.books(unit).ask(exercise.id, now)
        await unit.due.add(Due(f"exercise_show_{exercise.id}", rules.SHOW, now + rules.FRESH, exercise.id))

    async def end(self, unit: Unit, at: At, now: datetime) -> At:
        """End an exercise: the room's message becomes a headline. What a group gathered does not outlive its evening in a chat that
        others may scroll back through later, unless somebody copied it on purpose."""
        exercise, book = at.exercise, self.books(unit)
        await book.forget_votes(exercise.id)
        ended = replace(exercise, stage=Stage.ENDED, until=None)
        await self._tell_asker(unit, at, now)
        for part in await book.parts(exercise.id):
            if part.role is not Role.ASKS and not (part.role is Role.PLAYS and part.given):
                await book.drop_part(part.id)  # roles end with the exercise; who it was for has their card for a day
        return replace(at, exercise=await self.show(unit, replace(at, exercise=ended), now))

    async def _tell_asker(self, unit: Unit, at: At, now: datetime) -> None:
        """The one whose question it was finds their copy in private: a word that names nothing, and the way to it."""
        book, exercise = self.books(unit), at.exercise
        asker = next(iter(cast.would(await book.parts(exercise.id), Role.ASKS)), None)
        if asker is not None and exercise.merges and await self.may_reach_one(unit, exercise):
            await self.tell(unit, at, asker.person, f"exercise_copy_{exercise.id}", asking_views.waits, now)
        if exercise.kind is Exercises.REHEARSAL and exercise.stage is Stage.PLAYING:
            await self.tell_player(unit, at, now)

    async def tell_player(self, unit: Unit, at: At, now: datetime) -> None:
        """The one who played, for themself, finds their card in private."""
        player = cast.has(await self.books(unit).parts(at.exercise.id), Role.PLAYS)
        if player is not None:
            await self.tell(unit, at, player.person, f"exercise_card_{at.exercise.id}", rehearsal_views.card_waits, now)

    async def tell(
        self, unit: Unit, at: At, person: PersonId, key: str, view: Callable[[Say, Exercise], Reply], now: datetime
    ) -> None:
        """Write to one person alone, in their language; once for each key."""
        found = await unit.people.get(person)
        say = self.texts.of((found.language if found else "") or at.evening.language)
        too_late = max(at.evening.occurrence.ends_at, now) + USELESS
        await unit.outbox.add(Post(key, Lane.PRIVATE, ToPerson(person), view(say, at.exercise), too_late_at=too_late))

    async def may_reach_one(self, unit: Unit, exercise: Exercise) -> bool:
        """Whether lines may come to one person without their authors' names, or stay with them when the exercise is over. Discord's
        developer policy speaks against masking who somebody is: there, only what five people wrote is shown so, while it is on."""
        room = await unit.rooms.get(exercise.room)
        return room is not None and room.platform in self._unnamed

    async def look_again(self, unit: Unit, evening: Held, now: datetime) -> None:
        """While an exercise is on, look each minute whether its meeting still is. Who closes the meeting may bring it forward."""
        await unit.due.add(When.EXERCISES.due(now + rules.LOOK, evening.id))

    async def forget_later(self, unit: Unit, evening: Held, ended_at: datetime) -> None:
        await unit.due.add(Due(f"exercises_forget_{evening.id}", rules.FORGET, ended_at + KEPT, evening.id))

    def say(self, call: Call) -> Say:
        return self.texts.of(call.language)
