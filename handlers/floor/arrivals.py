"""Who comes, into voice, the group, or by "I am here": the waiting room, and the one private offer when very many come at once."""

from datetime import datetime

from msgspec.structs import replace

from bot.core.deeds import Standing
from bot.core.happenings import Heard
from bot.core.ids import PersonId
from bot.core.ports import Unit
from handlers.floor import order_views, rules
from handlers.floor.holding import Holding
from handlers.floor.records import RAID_WINDOW, Order
from handlers.floor.round_records import At
from handlers.floor.rounds import RoundKeeper
from handlers.floor.stage import Evening, Stage


class Arrivals:
    def __init__(self, stage: Stage, holding: Holding, rounds: RoundKeeper) -> None:
        self._stage = stage
        self._holding = holding
        self._rounds = rounds

    # What is heard ---------------------------------------------------------------------------------------------------

    async def arrived(self, heard: Heard, unit: Unit) -> None:
        """Somebody came. A stranger is only counted; of somebody known what is owed is made good, and in an evening under way they
        are seen in the room."""
        if heard.community is None:
            return
        if heard.person is None:
            await self._count(heard, unit)
            return
        await self._holding.returned(unit, heard.person.id, heard.community.id, heard.at)
        evening = await self._here(heard, unit)
        if evening is None:
            return
        seat = await self._stage.seated(unit, evening, heard.person.id, heard.at)
        await self._stage.books(unit).keep_seat(replace(seat, in_voice_since=heard.at, left_at=None))
        lobby = evening.door(await self._stage.books(unit).order(evening.id)).lobby
        if lobby and seat.let_in_at is None:
            await self._wait(unit, evening, heard.person.id, heard.at)
        await self._rounds.add(unit, evening, heard.at)

    async def left(self, heard: Heard, unit: Unit) -> None:
        """Somebody known went out of a voice room, or left the group: in a round they are passed over."""
        if heard.person is None:
            return
        for evening in await self._left_behind(heard, unit):
            seat = await self._stage.seated(unit, evening, heard.person.id, heard.at)
            await self._stage.books(unit).keep_seat(replace(seat, in_voice_since=None, left_at=heard.at))
            await self._rounds.leave(unit, evening, heard.person.id, At.LEFT, heard.at)

    # The door --------------------------------------------------------------------------------------------------------

    async def came(self, unit: Unit, evening: Evening, now: datetime) -> None:
        """Somebody said that they are here."""
        await self.settle(unit, evening, now)
        await self._rounds.add(unit, evening, now)
        await self._offer(unit, evening, now)

    async def settle(self, unit: Unit, evening: Evening, now: datetime) -> None:
        """Whoever has to wait outside stands in the waiting room. A facilitator who came before their role was seen does not."""
        book = self._stage.books(unit)
        holds = [hold for hold in await book.holds(evening.id) if hold.is_on]
        for hold in holds:
            ours = hold.standing is Standing.WAITING and hold.by is None
            if ours and await self._stage.is_led_by(unit, evening, hold.person, now):
                await self._holding.put(unit, evening, hold.person, Standing.FREE, now, None, "floor.told_let_in")
        door = evening.door(await book.order(evening.id))
        if door.is_open:
            return
        held = {hold.person for hold in holds}
        for one in await book.outside(evening.id, door, now):
            if one.person in held:
                continue
            await self._stage.seated(unit, evening, one.person, one.at)
            await self._wait(unit, evening, one.person, now)

    @staticmethod
    def guarded(order: Order, now: datetime) -> Order:
        """A host took up the offer: from now on accounts new to the house wait at the door."""
        return replace(order, raid_at=order.raid_at or now)

    async def _wait(self, unit: Unit, evening: Evening, person: PersonId, now: datetime) -> None:
        if not await self._stage.is_led_by(unit, evening, person, now):
            await self._holding.put(unit, evening, person, Standing.WAITING, now, None, "floor.told_at_the_door")

    # Very many at once -----------------------------------------------------------------------------------------------

    async def _count(self, heard: Heard, unit: Unit) -> None:
        account, community = heard.happening.account, heard.community
        if account is None or community is None:
            return
        book = self._stage.books(unit)
        await book.arrived(community.id, account, heard.at, heard.at - RAID_WINDOW)
        for occurrence in await self._stage.meetings(unit).live(community.id):
            evening = await self._stage.evening(unit, occurrence)
            if evening is not None:
                await self._offer(unit, evening, heard.at)

    async def _offer(self, unit: Unit, evening: Evening, now: datetime) -> None:
        """Make the hosts the one offer of the evening, when many are new. Nothing happens to anybody by itself."""
        book = self._stage.books(unit)
        order = await book.order(evening.id)
        if order.offered_at is not None or not evening.occurrence.is_live:
            return
        if await book.newcomers(evening.id, evening.community.id, now - RAID_WINDOW) < rules.RAID:
            return
        hosts = await self._stage.meetings(unit).granted(evening.id, now)
        if not hosts:
            return  # nobody to ask yet: the next who comes is looked at again
        await book.keep_order(replace(order, offered_at=now))
        for host in hosts:
            reply = order_views.raid_offer(await self._stage.say(unit, evening, host), evening.id)
            await self._stage.tell(unit, evening, host, f"raid_{evening.id}_{host}", reply, now)

    async def _left_behind(self, heard: Heard, unit: Unit) -> list[Evening]:
        """The evenings under way in the chat that somebody left: whoever leaves a group leaves all of its topics."""
        found, place = list[Evening](), heard.happening.place
        for occurrence in await self._stage.meetings(unit).live(heard.community.id) if heard.community is not None else ():
            evening = await self._stage.evening(unit, occurrence)
            room = await unit.rooms.get(evening.room) if evening is not None else None
            if evening is not None and room is not None and (room.platform, room.chat) == (place.platform, place.chat):
                found.append(evening)
        return found

    async def _here(self, heard: Heard, unit: Unit) -> Evening | None:
        """The evening that is under way where it happened."""
        found = await self._stage.meetings(unit).in_room(heard.room.id) if heard.room is not None else None
        return await self._stage.evening(unit, found.id) if found is not None and found.is_live else None
