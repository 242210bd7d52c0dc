"""An evening on the disk of a bot that is down: planned, with people in it, and its moments promised for when a test wants them."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Any

from msgspec.structs import replace

from bot.core import ports
from bot.core.calls import Person, Place
from bot.core.clock import SystemClock
from bot.core.ids import MeetingId, OccurrenceId, new_id
from bot.core.meetings import Occurrence, Options, Series, State, When
from bot.core.recurrence import DAYS
from bot.core.schedule import Schedule
from handlers.floor.records import Order, Seat
from handlers.reminders.records import Going, Standing, Subscription
from storage.database import Store, Unit, concrete, open_store
from storage.floor import FloorBook
from storage.goings import Goings
from storage.meetings import Meetings
from storage.reminders import Reminders
from tests.evening.world import World
from tests.faults.process import Bot
from tests.stores import DEFAULTS, keys_for_tests


@asynccontextmanager
async def disk_of(bot: Bot) -> AsyncIterator[Store]:
    """Open the store of a bot that is not running."""
    url = f"sqlite:///{bot.database}"
    bot.database.parent.mkdir(exist_ok=True)
    async with open_store(url, keys_for_tests(bot.folder), SystemClock(), DEFAULTS) as store:
        yield store


@dataclass(frozen=True)
class Evening:
    """`moments`: seconds from now. `here` are present and seated, numbered from 1; `reminded` have asked for the reminder;
    `leading` have a facilitator's grant; `going` have said so, `waiting` stand on the waiting list, in this order."""

    title: str = "Open evening"
    starts_in: timedelta = timedelta(minutes=14)
    length: timedelta = timedelta(minutes=90)
    state: State = State.PLANNED
    checkin: bool = False
    moments: Mapping[When, float] = field(default_factory=dict)
    here: Sequence[Any] = ()
    reminded: Sequence[Any] = ()
    leading: Sequence[Any] = ()
    going: Sequence[Any] = ()
    waiting: Sequence[Any] = ()
    options: Options = Options()  # noqa: RUF009  # it is frozen
    room: Place | None = None  # another one than the side's


async def promise(store: Store, side: World, evening: Evening, now: datetime | None = None) -> Occurrence:
    """Put an evening on the disk, in the side's room."""
    now = now or datetime.now(UTC)
    start = (now + evening.starts_in).replace(microsecond=0)

    async def work(any_unit: ports.Unit) -> Occurrence:
        unit = concrete(any_unit)
        place, book = side.driver.room, Meetings(unit)
        community = await unit.communities.find_or_make(place.platform, place.space)
        room = await unit.rooms.find_or_make(community.id, evening.room or place)
        schedule = Schedule(
            "UTC", start.date(), time(start.hour, start.minute, start.second), f"FREQ=WEEKLY;BYDAY={DAYS[start.weekday()]}"
        )
        name, options = MeetingId(new_id()), evening.options
        series = Series(name, community.id, room.id, evening.title, schedule, evening.length, options=options)
        await book.add_series(series)
        segment, since = (0, now) if evening.state in (State.OPEN, State.CLOSING) else (-1, None)
        occurrence = Occurrence(OccurrenceId(new_id()), series.id, start, start + series.length, evening.state, segment, since)
        occurrence = await book.plan(replace(occurrence, checkin=evening.checkin))
        for when, seconds in evening.moments.items():
            await unit.due.add(when.due(now + timedelta(seconds=seconds), occurrence.id))
        await FloorBook(unit).keep_order(Order(occurrence.id, numbers=len(evening.here)))
        for number, somebody in enumerate(evening.here, 1):
            person = await known(unit, side, somebody, now)
            await book.join(occurrence.id, person.id, now)
            await FloorBook(unit).keep_seat(Seat(occurrence.id, person.id, number, now))
        for somebody in evening.leading:
            person = await known(unit, side, somebody, now)
            await book.grant(occurrence.id, person.id, occurrence.ends_at + timedelta(hours=3))
        for turn, (somebody, standing) in enumerate(
            [*((one, Standing.GOING) for one in evening.going), *((one, Standing.WAITING) for one in evening.waiting)]
        ):
            person = await known(unit, side, somebody, now)
            mine = Going(occurrence.id, person.id, standing, turn if standing is Standing.WAITING else 0)
            await Goings(unit).put(mine, now, occurrence.ends_at)
        for somebody in evening.reminded:
            await Reminders(unit).put(Subscription(series.id, (await known(unit, side, somebody, now)).id), now)
        return occurrence

    return await store.transact(work)


async def known(unit: Unit, side: World, somebody: Any, now: datetime) -> Person:
    """Return a person of the side's community who has given consent; made if they are not there yet."""
    if (found := await unit.people.find(side.driver.account(somebody))) is not None:
        return found
    place = side.driver.room
    home = (await unit.communities.find_or_make(place.platform, place.space)).id
    person = replace(await unit.people.make(side.driver.account(somebody), now, home), consented_at=now)
    await unit.people.save(person)
    return person


async def agree(here: World, person: Any) -> None:
    """Say yes to age and consent, if asked."""
    yes = "Yes, 18 or older. Go on"
    if yes in here.buttons(person):
        await here.press(person, yes)


async def answer(here: World, person: Any, words: str) -> None:
    """Write an answer in one's own words: typed in Telegram, in a form elsewhere."""
    if here.name == "telegram":
        await here.say(person, words)
    else:
        await here.offers(person, "Write")
        await here.press(person, "Write")
        await here.fill(person, {"words": words}, "private")


async def consented(store: Store, side: World, somebody: Any) -> None:
    """Let a person have answered the question of age and consent."""

    async def work(unit: ports.Unit) -> None:
        await known(concrete(unit), side, somebody, datetime.now(UTC))

    await store.transact(work)
