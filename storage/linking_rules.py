"""What two rows of a kind become when their persons become one, where "the first's stays" would lose something."""

from datetime import datetime

from msgspec.structs import replace
from sqlalchemy import Table, delete, func, select, update

from bot.core.deeds import Standing
from bot.core.ids import OccurrenceId, PersonId
from handlers.calendars.records import FeedBody
from handlers.floor.records import Hold
from handlers.kit.records import LISTS, Kit
from handlers.pairs.records import Stage
from handlers.roster.records import Ticks
from handlers.topics.records import Pace
from storage.communities import Rooms
from storage.entries import entry_mark
from storage.floor_powers import PowerBook
from storage.flow_states import FlowStates
from storage.keys import NoKey
from storage.kit import Kits
from storage.pairs import Pairs
from storage.people import People
from storage.roster_notes import NoteRows
from storage.sealing import Unopenable
from storage.tables.calendars import private_feeds
from storage.tables.checkin import checkins
from storage.tables.floor import acts
from storage.tables.kit import kits
from storage.tables.meetings import hosts, presences
from storage.tables.passes import passes
from storage.tables.reminders import goings
from storage.tables.roster import training
from storage.tables.tools import entries
from storage.tables.topics import topic_paces
from storage.tools_bodies import EntryBody
from storage.topics import Topics
from storage.unit import Unit

PRESENT, COMING = presences, goings
_STRICTER = (Standing.FREE, Standing.MUTED, Standing.WAITING, Standing.OUT)


async def settle(unit: Unit, keeper: PersonId, other: PersonId, now: datetime) -> int:
    """Make one of two rows that cannot stay beside each other. Returns how many of the second's went for that."""
    await _kits(unit, keeper, other, now)
    await _ticks(unit, keeper, other, now)
    await _checkins(unit, keeper, other)
    await _presence(unit, keeper, other)
    await _hosting(unit, keeper, other)
    await _holds(unit, keeper, other)
    await _reviews(unit, keeper, other)
    await _entries(unit, keeper, other)
    await _paces(unit, keeper, other, now)
    await _pairs(unit, keeper, other, now)
    await unit.run(delete(passes).where(passes.c.person.in_([keeper, other])))  # whose answer came last? It is asked anew
    return await _flows(unit, keeper, other) + await _feeds(unit, keeper, other)


async def both_in(unit: Unit, table: Table, keeper: PersonId, other: PersonId) -> tuple[OccurrenceId, ...]:
    """Return the evenings of which both have a row."""
    mine = select(table.c.occurrence).where(table.c.person == keeper)
    query = select(table.c.occurrence).where(table.c.person == other, table.c.occurrence.in_(mine)).order_by(table.c.occurrence)
    return tuple(OccurrenceId(row["occurrence"]) for row in await unit.rows(query))


async def _kits(unit: Unit, keeper: PersonId, other: PersonId, now: datetime) -> None:
    """No line of one's own is lost: the second's stand below the first's."""
    has = select(func.count().label("kits")).select_from(kits).where(kits.c.person.in_([keeper, other]))
    row = await unit.row(has)
    if row is None or row["kits"] < 2:
        return
    book = Kits(unit)
    mine, theirs = await book.of(keeper), await book.of(other)
    both = Kit(**{name: tuple(dict.fromkeys((*mine.of(name), *theirs.of(name)))) for name in LISTS})
    await book.keep(keeper, both, now)
    await unit.run(delete(kits).where(kits.c.person == other))


async def _paces(unit: Unit, keeper: PersonId, other: PersonId, now: datetime) -> None:
    """How often somebody may write without their name counts for both together."""
    book = Topics(unit)
    theirs = await book.pace(other)
    if theirs.times:
        mine = await book.pace(keeper)
        await book.keep_pace(keeper, Pace(tuple(sorted((*mine.times, *theirs.times)))), now)
        await unit.run(delete(topic_paces).where(topic_paces.c.person == other))


async def _pairs(unit: Unit, keeper: PersonId, other: PersonId, now: datetime) -> None:
    """A report of the pair goes on not reaching who is in it."""
    book = Pairs(unit)
    side = await book.mine(other)
    if side is not None and side.stage in (Stage.ON, Stage.AGAIN):
        await book.trace(side.body.pair, side.community, (keeper,), now)


async def _ticks(unit: Unit, keeper: PersonId, other: PersonId, now: datetime) -> None:
    """What one of them ticked on the checklist is ticked."""
    has = select(func.count().label("lists")).select_from(training).where(training.c.person.in_([keeper, other]))
    row = await unit.row(has)
    if row is None or row["lists"] < 2:
        return
    book = NoteRows(unit)
    mine, theirs = await book.ticks(keeper), await book.ticks(other)
    await book.keep_ticks(keeper, Ticks(tuple(sorted({*mine.items, *theirs.items}))), now)
    await unit.run(delete(training).where(training.c.person == other))


async def _checkins(unit: Unit, keeper: PersonId, other: PersonId) -> None:
    """Of two check-ins in one meeting the second's is kept as one outside it: the room's agenda counts a person once."""
    mine = select(checkins.c.occurrence).where(checkins.c.person == keeper, checkins.c.occurrence != "")
    both = (checkins.c.person == other, checkins.c.occurrence.in_(mine))
    await unit.run(update(checkins).where(*both).values(occurrence=""))


async def _presence(unit: Unit, keeper: PersonId, other: PersonId) -> None:
    """A person is there once, since the earlier of the two."""
    for row in await unit.rows(select(presences).where(presences.c.person == other)):
        mine = (presences.c.person == keeper, presences.c.occurrence == row["occurrence"])
        if await unit.row(select(presences.c.at).where(*mine)) is not None:
            await unit.run(update(presences).where(*mine, presences.c.at > row["at"]).values(at=row["at"]))
            await unit.run(delete(presences).where(presences.c.person == other, presences.c.occurrence == row["occurrence"]))


async def _hosting(unit: Unit, keeper: PersonId, other: PersonId) -> None:
    """Who hosts goes on hosting."""
    for row in await unit.rows(select(hosts).where(hosts.c.person == other)):
        this = (hosts.c.subject == row["subject"], hosts.c.person == keeper)
        mine = await unit.row(select(hosts).where(*this))
        if mine is not None:
            both = {"hosting": mine["hosting"] or row["hosting"], "until": max(mine["until"], row["until"])}
            await unit.run(update(hosts).where(*this).values(**both))
            await unit.run(delete(hosts).where(hosts.c.subject == row["subject"], hosts.c.person == other))


async def _holds(unit: Unit, keeper: PersonId, other: PersonId) -> None:
    """Of two powers in one evening the stricter is in force. The row that stays is the one whose account is on the room's platform:
    with it the platform is asked to undo what it did."""
    book = PowerBook(unit)
    for theirs in await book.holds_on(other):
        mine = await book.hold_of(theirs.occurrence, keeper)
        if mine is None:
            continue
        stays, goes = (theirs, mine) if await _is_there(unit, theirs) else (mine, theirs)
        await book.strike(goes.id)
        if _STRICTER.index(goes.standing) > _STRICTER.index(stays.standing):
            await book.keep_hold(replace(stays, standing=goes.standing, until=goes.until, by=goes.by))


async def _is_there(unit: Unit, hold: Hold) -> bool:
    room = await Rooms(unit).get(hold.room)
    return room is not None and room.platform in {account.platform for account in await People(unit).accounts(hold.person)}


async def _flows(unit: Unit, keeper: PersonId, other: PersonId) -> int:
    """An unfinished tool is found by its person. Of one that both have under way the first's stays."""
    book, dropped = FlowStates(unit), 0
    for flow in await book.of_person(other):
        await book.drop(flow.id)
        if await book.find(keeper, flow.state.flow, flow.subject) is None:
            await book.keep(replace(flow, person=keeper))
        else:
            dropped += 1
    return dropped


async def _entries(unit: Unit, keeper: PersonId, other: PersonId) -> None:
    """The newest entry of a tool is found by its person, too."""
    for row in await unit.rows(select(entries).where(entries.c.person == other)):
        try:
            body = await unit.open(other, "entries", "body", row["id"], row["body"], EntryBody)
        except (NoKey, Unopenable):
            continue  # it is lost when it is moved
        mark = entry_mark(unit, keeper, body.tool, body.voice)
        await unit.run(update(entries).where(entries.c.id == row["id"]).values(mark=mark))


async def _feeds(unit: Unit, keeper: PersonId, other: PersonId) -> int:
    """A private calendar is found by its person, so that a new address ends the old one. Of two of a kind the first's stays."""
    dropped = 0
    for row in await unit.rows(select(private_feeds).where(private_feeds.c.person == other)):
        body = await unit.open(other, "private_feeds", "body", row["id"], row["body"], FeedBody)
        named = f"{keeper}|{row['community']}|{body.audience.value}"
        slot, this = unit.house.keys.index_mark("private_feed", named), private_feeds.c.id == row["id"]
        if await unit.row(select(private_feeds.c.id).where(private_feeds.c.slot == slot)) is None:
            await unit.run(update(private_feeds).where(this).values(slot=slot))
        else:
            dropped += await unit.run(delete(private_feeds).where(this))
    return dropped


async def _reviews(unit: Unit, keeper: PersonId, other: PersonId) -> None:
    """Nobody reviews an act of their own: what the second did is the first's doing."""
    mark = unit.house.keys.index_mark
    for row in await unit.rows(select(acts.c.id, acts.c.mark).where(acts.c.mark != "")):
        if row["mark"] == mark("act", f"{row['id']} {other}"):
            await unit.run(update(acts).where(acts.c.id == row["id"]).values(mark=mark("act", f"{row['id']} {keeper}")))
