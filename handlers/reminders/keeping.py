"""Keeping an evening's places: who gets one, who is offered one, and what comes of an offer. In one transaction, one at a time."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog
from msgspec.structs import replace

from bot.core.calls import Community, Person
from bot.core.ids import OccurrenceId, PersonId
from bot.core.moments import Due
from bot.core.ports import Unit
from bot.core.posts import Lane, Post, ToPerson
from bot.core.texts import Say, Texts
from handlers.reminders import places, views
from handlers.reminders.records import Evening, Going, GoingBook, ReminderBook, Standing

log = structlog.get_logger()

PLACES = "reminders.places"
UNTAKEN = "reminders.untaken"
_A_MOMENT = timedelta(seconds=1)  # whoever presses at the last moment is in time
OFFERS_AT_ONCE = 20  # the rest is offered by the next moment


class Keeping:
    def __init__(self, texts: Texts, reminders: Callable[[Unit], ReminderBook], goings: Callable[[Unit], GoingBook]) -> None:
        self._texts = texts
        self._reminders = reminders
        self._goings = goings

    async def free(self, unit: Unit, evening: Evening) -> int:
        taken = await self._goings(unit).count(evening.occurrence.id, Standing.GOING, Standing.OFFERED)
        return places.free(evening.capacity, taken)

    async def answer(self, unit: Unit, evening: Evening, who: PersonId, wanted: Standing, now: datetime) -> Going:
        """Note what a person says of an evening, and offer the place that they may have given back."""
        book, occurrence = self._goings(unit), evening.occurrence
        await book.hold(occurrence.id)
        mine = await book.of(occurrence.id, who) or Going(occurrence.id, who, Standing.NOT)
        first = await book.first_waiting(occurrence.id)
        after = places.answered(
            wanted,
            mine,
            await self.free(unit, evening),
            others_wait=first is not None and first.person != who,
            started=now >= occurrence.starts_at,
            now=now,
        )
        if after.standing is Standing.WAITING and mine.standing is not Standing.WAITING:
            after = replace(after, turn=await book.last_turn(occurrence.id) + 1)
        await book.put(after, now, occurrence.ends_at)
        await self._offer(unit, evening, now)
        return after

    async def review(self, unit: Unit, evening: Evening, now: datetime) -> None:
        """Let offers go that ran out, and offer what is free: at the time of an offer, and when the evening was changed."""
        book, occurrence = self._goings(unit), evening.occurrence
        await book.hold(occurrence.id)
        for one in await book.offers(occurrence.id):
            if one.until is None or now > one.until or now >= occurrence.starts_at + _A_MOMENT:
                await self._lapse(unit, evening, one, now)
        await self._offer(unit, evening, now)

    async def untaken(self, unit: Unit, evening: Evening, who: PersonId, now: datetime) -> None:
        """An offer did not reach the person: the place goes on at once."""
        book, occurrence = self._goings(unit), evening.occurrence
        await book.hold(occurrence.id)
        mine = await book.of(occurrence.id, who)
        if mine is not None and mine.standing is Standing.OFFERED:
            await book.put(replace(mine, standing=Standing.MAYBE, turn=0, until=None), now, occurrence.ends_at)
            await self._offer(unit, evening, now)

    async def _lapse(self, unit: Unit, evening: Evening, one: Going, now: datetime) -> None:
        occurrence = evening.occurrence
        await self._goings(unit).put(replace(one, standing=Standing.MAYBE, turn=0, until=None), now, occurrence.ends_at)
        found = await self._reader(unit, evening, one.person)
        if found is not None:
            say, _ = found
            reply = replace(views.offer_over(say, occurrence.id), slot=offer_slot(one))
            key = f"offer_over_{occurrence.id}_{one.person}_{_stamp(one.until)}"
            post = Post(key, Lane.PRIVATE, ToPerson(one.person), reply, too_late_at=occurrence.ends_at)
            await unit.outbox.add(post)

    async def _offer(self, unit: Unit, evening: Evening, now: datetime) -> None:
        """Offer each free place to the first who waits. From the start on there is no list."""
        book, occurrence = self._goings(unit), evening.occurrence
        for _ in range(OFFERS_AT_ONCE):
            if now >= occurrence.starts_at or not await self.free(unit, evening):
                break
            first = await book.first_waiting(occurrence.id)
            if first is None:
                break
            await self._offer_to(unit, evening, first, now)
        else:
            await unit.due.add(Due(_key(occurrence.id), PLACES, now, occurrence.id))
            return
        await self._promise(unit, occurrence.id)

    async def _offer_to(self, unit: Unit, evening: Evening, first: Going, now: datetime) -> None:
        occurrence = evening.occurrence
        found = await self._reader(unit, evening, first.person)
        quiet = (await self._reminders(unit).wishes(first.person)).quiet
        say, zone = found if found is not None else (self._texts.of(""), ZoneInfo("UTC"))
        heard = places.heard_at(now, occurrence.starts_at, quiet, zone)
        until = places.kept_until(heard, occurrence.starts_at)
        offered = replace(first, standing=Standing.OFFERED, until=until)
        await self._goings(unit).put(offered, now, occurrence.ends_at)
        post = Post(
            key=f"offer_{occurrence.id}_{first.person}_{_stamp(now)}_{_stamp(until)}",  # near the start all are kept until then
            lane=Lane.PRIVATE,
            to=ToPerson(first.person),
            reply=replace(views.offer(say, evening, until, zone), slot=offer_slot(offered)),
            not_before=heard if heard > now else None,
            too_late_at=until,
            failed=Due(f"untaken_{occurrence.id}_{first.person}", UNTAKEN, now, f"{occurrence.id}_{first.person}"),
        )
        await unit.outbox.add(post)
        log.info("place.offered", seconds=int((until - now).total_seconds()))

    async def _promise(self, unit: Unit, occurrence: OccurrenceId) -> None:
        """Look again when the first offer runs out."""
        key, offers = _key(occurrence), await self._goings(unit).offers(occurrence)
        if offers and offers[0].until is not None:
            await unit.due.add(Due(key, PLACES, offers[0].until + _A_MOMENT, occurrence))
        else:
            await unit.due.drop(key)

    async def _reader(self, unit: Unit, evening: Evening, who: PersonId) -> tuple[Say, ZoneInfo] | None:
        person = await unit.people.get(who)
        community = await unit.communities.get(evening.series.community)
        return spoken(self._texts, person, community) if person and community else None


def spoken(texts: Texts, person: Person, community: Community) -> tuple[Say, ZoneInfo]:
    """How a person is written to: in their language and zone, else the community's."""
    return texts.of(person.language or community.language), ZoneInfo(person.zone or community.zone)


def _key(occurrence: OccurrenceId) -> str:
    return f"places_{occurrence}"


def offer_slot(going: Going) -> str:
    """One message an offer: it says in the end what became of it. A new offer is a new message, which makes a sound."""
    return f"offer_{going.occurrence}_{going.person}_{_stamp(going.until)}"


def _stamp(at: datetime | None) -> int:
    return int(at.timestamp()) if at is not None else 0
