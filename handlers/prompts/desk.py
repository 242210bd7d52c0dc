"""`/community prompts` in a room: a facilitator's list and panel. Every change works at once."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.calls import Call, Community, Room
from bot.core.errors import BadInput, BadPress
from bot.core.ids import MeetingId, RoomId, new_id
from bot.core.meetings import Audience, MeetingBook
from bot.core.ports import Unit
from bot.core.replies import Button, Press, Reply
from bot.core.rights import Doors
from bot.core.screens import number_in, told
from bot.core.texts import Say, Texts
from handlers.prompts import panel, rules, widgets
from handlers.prompts.asking import Asker
from handlers.prompts.records import Asks, OwnQuestions, Prompt, PromptStore, QuietOf, State
from handlers.prompts.views import FEATURE


class TooMany(BadInput):
    text_key = "prompts.too_many"


class TwoWorlds(BadInput):
    """A room is for participants or for family and friends: it does not ask both."""

    text_key = "prompts.two_worlds"


class Desk:
    def __init__(
        self,
        texts: Texts,
        books: Callable[[Unit], PromptStore],
        meetings: Callable[[Unit], MeetingBook],
        doors: Doors,
        asker: Asker,
        own: OwnQuestions,
        quiet: QuietOf,
    ) -> None:
        self._texts = texts
        self.books = books
        self._meetings = meetings
        self._doors = doors
        self.asker = asker
        self._own = own
        self._quiet = quiet

    def say(self, call: Call) -> Say:
        return self._texts.of(call.language)

    # Who may, and about what ------------------------------------------------------------------------------------------

    async def may(self, call: Call, unit: Unit, community: Community) -> bool:
        return await self._doors.may(call, unit, community.id, community.id, call.at + rules.GRANT)

    def refused(self, call: Call) -> Reply:
        mine = (Button(self.say(call).label("prompts.mine_button"), Press(FEATURE, "mine"), private=True),)
        reply = told(self.say(call), "prompts.only_facilitators")
        return replace(reply, buttons=(mine, *reply.buttons))

    async def pressed(self, call: Call, unit: Unit) -> tuple[Prompt, Community] | None:
        """Return the prompt of a press; None for somebody who may not change it. Raises BadPress for one that is not there."""
        prompt = await self.books(unit).get(call.press.subject)
        community = await unit.communities.get(prompt.community) if prompt is not None else None
        if prompt is None or community is None:
            raise BadPress(why="prompt")
        return (prompt, community) if await self.may(call, unit, community) else None

    async def _room(self, call: Call, unit: Unit) -> tuple[Room, Community] | None:
        room = await unit.rooms.get(RoomId(call.press.subject))
        community = await unit.communities.get(room.community) if room is not None else None
        if room is None or community is None:
            raise BadPress(why="room")
        return (room, community) if await self.may(call, unit, community) else None

    # The list ---------------------------------------------------------------------------------------------------------

    async def here(self, call: Call, unit: Unit) -> Reply:
        """The command, typed in a room."""
        assert call.community is not None
        if not await self.may(call, unit, call.community):
            return self.refused(call)
        room = await unit.rooms.find_or_make(call.community.id, call.place)
        return replace(await self._list(call, unit, room.id, call.community), replace=False)

    async def listed(self, call: Call, unit: Unit) -> Reply:
        found = await self._room(call, unit)
        if found is None:
            return self.refused(call)
        return await self._list(call, unit, found[0].id, found[1], number=number_in(call.press.value))

    async def _list(self, call: Call, unit: Unit, room: RoomId, community: Community, note: str = "", number: int = 0) -> Reply:
        every = await self.books(unit).of_community(community.id)
        here = [one for one in every if one.room == room]
        lost = [one for one in every if one.room != room and one.state is State.LOST]
        world = here[0].audience if here else None
        lost = [one for one in lost if world in (None, one.audience)]
        if world is None and lost:  # nobody sees those of both audiences together
            lost = [one for one in lost if one.audience is lost[0].audience]
        return panel.listed(self.say(call), room, here, lost, number, note)

    async def make(self, call: Call, unit: Unit) -> Reply:
        """Begin a new one, as most want it; one that was begun here and never started is gone on with."""
        found = await self._room(call, unit)
        if found is None:
            return self.refused(call)
        room, community = found
        book = self.books(unit)
        every = []
        for one in await book.of_community(community.id):
            if rules.is_old_draft(one, call.at):
                await book.drop(one.id)
            else:
                every.append(one)
        here = [one for one in every if one.room == room.id]
        draft = next((one for one in here if one.state is State.DRAFT), None)
        if draft is not None:
            return await self.shown(call, unit, draft)
        if len(every) >= rules.MOST_PROMPTS:
            raise TooMany(count=len(every))
        today = call.at.astimezone(ZoneInfo(community.zone)).date()
        audience = here[0].audience if here else Audience.PARTICIPANTS
        made = Prompt(new_id(), community.id, room.id, rules.usual(community.zone, today), call.at, audience, _usual_for(audience))
        await book.keep(made)
        return await self.shown(call, unit, made)

    # The panel --------------------------------------------------------------------------------------------------------

    async def open(self, call: Call, unit: Unit) -> Reply:
        """With a room's beginning: where the facilitator came from, if the prompt can be taken over there."""
        found = await self.pressed(call, unit)
        if found is None:
            return self.refused(call)
        prompt, community = found
        room = await self.books(unit).room_of(community.id, call.press.value) if call.press.value else None
        return await self.shown(call, unit, prompt, room=room)

    async def shown(self, call: Call, unit: Unit, prompt: Prompt, note: str = "", room: RoomId | None = None) -> Reply:
        shown = await self.look(call, unit, prompt)
        if room is not None and room != prompt.room and prompt.state is State.LOST:
            shown = replace(shown, room=room)
        return panel.panel(self.say(call), shown, note)

    async def look(self, call: Call, unit: Unit, prompt: Prompt) -> panel.Shown:
        community = await unit.communities.get(prompt.community)
        quiet = await self._quiet(prompt.community, unit)
        zone = ZoneInfo(community.zone if community is not None else prompt.schedule.zone)
        series = await self._meetings(unit).series(prompt.series) if prompt.series else None
        ahead = rules.previews(rules.of_prompt(prompt), call.at, quiet, zone)
        return panel.Shown(prompt, call.at, call.zone, ahead, series.title if series is not None else "")

    async def keep(self, call: Call, unit: Unit, prompt: Prompt, *, moved: bool = False) -> None:
        """Store a change; `moved`: its next turn is another now. What is on its way stays as it is."""
        await self.books(unit).keep(prompt)
        if moved:
            await self.asker.promise(prompt, call.at, unit)

    # What is asked, and whom ------------------------------------------------------------------------------------------

    async def what(self, call: Call, unit: Unit) -> Reply:
        found = await self.pressed(call, unit)
        if found is None:
            return self.refused(call)
        prompt, value = found[0], call.press.value
        own = list(await self._own(prompt.community, unit))
        if not value or value[:1] == "p":
            return panel.what_screen(self.say(call), prompt, own, number_in(value[1:]))
        if value[:1] == "q":
            sets = [one for one in own if len(value) > panel.PREFIX and one[0].startswith(value[1:])]
            if len(sets) != 1:
                raise BadPress(why="questions")
            changed = replace(prompt, asks=Asks.OWN, questions=sets[0][0], title=sets[0][1])
        elif value in (Asks.STANDARD, Asks.SHORT, Asks.FAMILY) and Asks(value).audience is prompt.audience:
            changed = replace(prompt, asks=Asks(value), questions="", title="")
        else:
            raise BadPress(why="questions")
        await self.keep(call, unit, changed)
        return await self.shown(call, unit, changed)

    async def whom(self, call: Call, unit: Unit) -> Reply:
        """Participants, or family and friends: settled before it is started, and one of them in a room."""
        found = await self.pressed(call, unit)
        if found is None:
            return self.refused(call)
        prompt = found[0]
        if call.press.value not in list(Audience):
            raise BadPress(why="audience")
        audience = Audience(call.press.value)
        if prompt.state is not State.DRAFT or audience is prompt.audience:
            return await self.shown(call, unit, prompt)
        others = [one for one in await self.books(unit).of_room(prompt.room) if one.id != prompt.id]
        if any(one.audience is not audience for one in others):
            raise TwoWorlds()
        whole = {"questions": "", "title": "", "series": MeetingId(""), "after": 0, "held": ()}
        changed = replace(prompt, audience=audience, asks=_usual_for(audience), **whole)
        await self.keep(call, unit, changed)
        return await self.shown(call, unit, changed)

    # Running ----------------------------------------------------------------------------------------------------------

    async def run(self, call: Call, unit: Unit) -> Reply:
        """Start it, or stop it."""
        found = await self.pressed(call, unit)
        if found is None:
            return self.refused(call)
        prompt = found[0]
        if call.press.value not in ("start", "stop"):
            raise BadPress(why="run")
        wanted = State.RUNNING if call.press.value == "start" else State.STOPPED
        if wanted is prompt.state or (wanted is State.STOPPED and not prompt.is_running):
            return await self.shown(call, unit, prompt)
        changed = replace(prompt, state=wanted, paused_until=None)
        await self.keep(call, unit, changed, moved=True)
        if wanted is State.STOPPED:
            await self.asker.hold(changed, call.at, unit)
        return await self.shown(call, unit, changed)

    async def move(self, call: Call, unit: Unit) -> Reply:
        """Take a prompt whose room is gone over into another room of the community, and start it there."""
        found = await self.pressed(call, unit)
        if found is None:
            return self.refused(call)
        prompt, community = found
        room = await self.books(unit).room_of(community.id, call.press.value)
        if room is None:
            raise BadPress(why="room")
        if prompt.state is not State.LOST:
            return await self.shown(call, unit, prompt)
        if any(one.audience is not prompt.audience for one in await self.books(unit).of_room(room) if one.id != prompt.id):
            raise TwoWorlds()
        changed = replace(prompt, room=room, state=State.RUNNING, paused_until=None)
        await self.keep(call, unit, changed, moved=True)
        return await self.shown(call, unit, changed)

    async def pause(self, call: Call, unit: Unit) -> Reply:
        """Offer how long; pause, or go on."""
        found = await self.pressed(call, unit)
        if found is None:
            return self.refused(call)
        prompt, value, say = found[0], call.press.value, self.say(call)
        if not value:
            return widgets.pause_screen(say, "pause", prompt.id, panel.back_to(say, prompt))
        if value == widgets.OTHER:
            return Reply(form=widgets.pause_form(say, "paused", prompt.id))
        if value == widgets.OFF:
            return await self._paused(call, unit, prompt, None)
        weeks = timedelta(weeks=widgets.weeks_pressed(value))
        return await self._paused(call, unit, prompt, self._day_start(prompt, call.at, weeks))

    async def paused(self, call: Call, unit: Unit) -> Reply:
        """The form's day."""
        found = await self.pressed(call, unit)
        if found is None:
            return self.refused(call)
        prompt, zone = found[0], ZoneInfo(found[0].schedule.zone)
        today = call.at.astimezone(zone).date()
        until = self._day_start(prompt, call.at, widgets.day_typed(call, today) - today)
        return await self._paused(call, unit, prompt, until)

    def _day_start(self, prompt: Prompt, now: datetime, ahead: timedelta) -> datetime:
        zone = ZoneInfo(prompt.schedule.zone)
        return rules.day_start(now.astimezone(zone).date() + ahead, zone)

    async def _paused(self, call: Call, unit: Unit, prompt: Prompt, until: datetime | None) -> Reply:
        changed = replace(prompt, paused_until=until)
        await self.keep(call, unit, changed, moved=True)
        if until is not None:
            await self.asker.hold(changed, call.at, unit)
        return await self.shown(call, unit, changed)

    async def drop(self, call: Call, unit: Unit) -> Reply:
        """Ask, then delete."""
        found = await self.pressed(call, unit)
        if found is None:
            return self.refused(call)
        prompt, community = found
        if call.press.value != "yes":
            return panel.delete_screen(self.say(call), prompt)
        await self.asker.delete(prompt, call.at, unit)
        return await self._list(call, unit, prompt.room, community, "deleted")


def _usual_for(audience: Audience) -> Asks:
    return Asks.FAMILY if audience is Audience.FAMILY else Asks.STANDARD
