"""Taking an evening on and giving it back. Whoever calls these holds the series' duties first: what is read stays true."""

from datetime import datetime

from msgspec.structs import replace

from bot.core.calendar import Change
from bot.core.ids import PersonId
from bot.core.ports import Unit
from handlers.roster import rules
from handlers.roster.desk import Desk, Found
from handlers.roster.records import EVERY, Duty, Role


async def assign(desk: Desk, unit: Unit, found: Found, person: PersonId, role: Role, now: datetime) -> bool:
    """Give an evening to a person. False when somebody else has it."""
    holder = found.duty.of(role)
    if holder is not None:
        return holder == person
    book, other = desk.books(unit), found.duty.role_of(person)
    if other is not None:
        await _let_go(desk, unit, found, person, other, now)
    for duty in rules.mine(await book.duties(found.line), found.line, found.original, role, person):
        if duty.away:
            await book.drop_duty(duty)
    again = await desk.found(unit, found.series, found.original)
    if again is None or again.duty.of(role) not in (None, person):
        return False
    if again.duty.of(role) is None:
        until = rules.kept_until(found.original, found.evening.ends_at, now)
        if not await book.take_duty(Duty(found.series.id, found.original, role, person), now, until):
            return False
    await desk.is_taken(unit, found, now)
    return True


async def release(desk: Desk, unit: Unit, found: Found, person: PersonId, now: datetime) -> bool:
    """Take an evening from a person, who may keep the rest of the series. False when it was not theirs."""
    role = found.duty.role_of(person)
    if role is None:
        return False
    await _let_go(desk, unit, found, person, role, now)
    await desk.is_free(unit, found, person, now, gave=True)
    for swap in await desk.books(unit).swaps_of(found.series.id, found.original):
        if swap.person == person:
            await desk.books(unit).drop_swap(swap.id)  # there is nothing to offer any more
    return True


async def _let_go(desk: Desk, unit: Unit, found: Found, person: PersonId, role: Role, now: datetime) -> None:
    book = desk.books(unit)
    if role is Role.HOST and found.change is not None and found.change.host == person:
        await desk.evenings(unit).put_change(replace(found.change, host=None))
    for duty in rules.mine(await book.duties(found.line), found.line, found.original, role, person):
        if not duty.away:
            await book.drop_duty(duty)
    again = await desk.found(unit, found.series, found.original)
    if again is not None and again.duty.of(role) == person:  # they have every evening of the series: not this one
        until = rules.kept_until(found.original, found.evening.ends_at, now)
        await book.take_duty(Duty(found.series.id, found.original, role, person, away=True), now, until)


async def take_series(desk: Desk, unit: Unit, found: Found, person: PersonId, now: datetime) -> PersonId:
    """Give every evening of a series to a person. Returns who has it then: somebody else, if they had it already."""
    book = desk.books(unit)
    known = await book.duties(found.line)
    has = rules.of_series(known, found.line, Role.HOST)
    if has is not None:
        return has
    for duty in rules.mine(known, found.line[:1], EVERY, Role.HOST, person):
        await book.drop_duty(duty)  # "not this series" is over
    if rules.of_series(await book.duties(found.line), found.line, Role.HOST) != person:
        until = rules.kept_until(EVERY, found.evening.ends_at, now)
        await book.take_duty(Duty(found.series.id, EVERY, Role.HOST, person), now, until)
    await _next_is(desk, unit, found, person, now)
    return person


async def give_series(desk: Desk, unit: Unit, found: Found, person: PersonId, now: datetime) -> bool:
    """Take the series from a person. False when it was not theirs. Evenings that they took by themselves stay theirs."""
    book = desk.books(unit)
    known = await book.duties(found.line)
    if rules.of_series(known, found.line, Role.HOST) != person:
        return False
    for duty in rules.mine(known, found.line[:1], EVERY, Role.HOST, person):
        await book.drop_duty(duty)
    if rules.of_series(await book.duties(found.line), found.line, Role.HOST) == person:  # from a series that this one goes on from
        until = rules.kept_until(EVERY, found.evening.ends_at, now)
        await book.take_duty(Duty(found.series.id, EVERY, Role.HOST, person, away=True), now, until)
    await _next_is(desk, unit, found, person, now)
    return True


async def _next_is(desk: Desk, unit: Unit, found: Found, person: PersonId, now: datetime) -> None:
    """The evening that is planned has another host now, or none: bring its panel in step."""
    planned = await desk.evenings(unit).next_of(found.series.id)
    following = await desk.found(unit, found.series, planned.original) if planned is not None else None
    if following is None:
        return
    if person in following.duty.persons:
        await desk.is_taken(unit, following, now)
    else:
        await desk.is_free(unit, following, person, now)


async def stand_in(desk: Desk, unit: Unit, found: Found, person: PersonId, now: datetime) -> None:
    """Have somebody host one evening who is not on the roster: a substitute. It is as if the series' own screen had them."""
    change = found.change or Change(found.series.id, found.original)
    await desk.evenings(unit).put_change(replace(change, host=person))
    await desk.is_taken(unit, found, now)
