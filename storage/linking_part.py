"""An account becomes a person of its own again, without anything saved. What belongs to its platform goes with it."""

from datetime import datetime

from sqlalchemy import delete, select, union_all, update

from bot.core.ids import PersonId, new_id
from storage.people import People
from storage.tables.communities import communities, rooms
from storage.tables.due import due
from storage.tables.floor import standings
from storage.tables.linking import links
from storage.tables.meetings import hosts, occurrences, series
from storage.tables.outbox import outbox
from storage.tables.people import accounts, people
from storage.tables.roster import duties, roster
from storage.tables.substitutes import substitutes
from storage.tables.web_chat import web_chat
from storage.unit import Unit

KEEPS_ITS_OWN = "web"  # the platform whose chat is kept by us, and would be shown to whoever has the account


async def part(unit: Unit, person: PersonId, account: str, now: datetime) -> PersonId:
    """Return the new person. Raises LookupError when the account is not the person's."""
    row = await unit.row(select(accounts).where(accounts.c.id == account, accounts.c.person == person))
    if row is None:
        raise LookupError("an account of somebody else")
    new, platform = PersonId(new_id()), row["platform"]
    unit.make_key(new)
    blank = {"language": "", "zone": "", "country": "", "home": None, "consented_at": None}
    await unit.run(unit.insert(people).values(person=new, at=now, **blank))
    user = await unit.open(person, "accounts", "user", account, row["user"], str)
    sealed = await unit.seal(new, "accounts", "user", account, user)
    await unit.run(update(accounts).where(accounts.c.id == account).values(person=new, user=sealed))
    await unit.run(delete(links).where(links.c.account == account))
    if platform == KEEPS_ITS_OWN:
        await unit.run(delete(web_chat).where(web_chat.c.person == person))
    await _powers(unit, person, new, platform)
    door = await People(unit).door(person)
    waiting = (outbox.c.person == person, outbox.c.platform == platform, outbox.c.state == "waiting")
    await unit.run(update(outbox).where(*waiting).values(platform=door))
    unit.wake_outbox()
    return new


async def _powers(unit: Unit, person: PersonId, new: PersonId, platform: str) -> None:
    """What is in force over the account in rooms of its platform, and what it may do there, is the account's."""
    theirs = select(rooms.c.id).where(rooms.c.platform == platform)
    held = select(standings.c.id).where(standings.c.person == person, standings.c.room.in_(theirs))
    ids = [row["id"] for row in await unit.rows(held)]
    if ids:
        await unit.run(update(standings).where(standings.c.id.in_(ids)).values(person=new))
        await unit.run(update(due).where(due.c.person == person, due.c.subject.in_(ids)).values(person=new))
    there = select(communities.c.id).where(communities.c.platform == platform)
    of_them = select(series.c.id).where(series.c.community.in_(there))
    evenings = select(occurrences.c.id).where(occurrences.c.series.in_(of_them))
    subjects = union_all(there, theirs, of_them, evenings).subquery()
    mine = (hosts.c.person == person, hosts.c.subject.in_(select(subjects.c.id)))
    await unit.run(update(hosts).where(*mine).values(person=new))
    await unit.run(delete(substitutes).where(substitutes.c.person == person, substitutes.c.community.in_(there)))
    await unit.run(delete(roster).where(roster.c.person == person, roster.c.community.in_(there)))
    await unit.run(delete(duties).where(duties.c.person == person, duties.c.series.in_(of_them)))
