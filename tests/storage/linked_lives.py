"""Two persons with a row in every table of persons, who are to become one."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

from sqlalchemy import func, select

from bot.core.agenda import AgendaItem
from bot.core.calls import Account
from bot.core.flow_state import State
from bot.core.ids import FlowId, MessageRef, new_id
from bot.core.moments import Due
from bot.core.ports import PendingForm
from bot.core.replies import Form, Press
from handlers.checkin.records import CheckIn, CheckInBody
from handlers.floor.records import Hold
from handlers.flows.records import ToolEntry, UnderWay
from handlers.kit.records import Kit
from storage.checkin import CheckIns
from storage.entries import Entries
from storage.floor import FloorBook
from storage.flow_states import FlowStates
from storage.keys import NoKey
from storage.kit import Kits
from storage.linking import Links
from storage.privacy import PersonalRows
from storage.tables import metadata
from storage.tables.linking import link_asks, link_codes
from storage.web_chat import WebChat
from tests.security.lives import rows_everywhere
from tests.storage.a_series import a_series, planned
from tests.storage.people import a_room, meet, post, promise, said, to_person

TABLET, PHONE = Account("web", "ana"), Account("telegram", "1001")
HOUR = timedelta(hours=1)


async def an_evening(store):
    return (await planned(store, await a_series(store, await a_room(store)))).id


async def a_whole_life(store, clock, account, evening, word):
    """Return a person who did everything there is to do, in one evening. Their words begin with `word`."""
    person = await meet(store, clock, account)
    now, who = clock.now(), person.id
    key = f"sent{who}"
    await promise(store, post(key, to_person(person), f"{word} sent", slot=f"flow_{who}"))
    claims = await store.outbox_queue.claim("me", account.platform, now, now, 99)
    [claimed] = [one for one in claims if one.post.key == key]
    await store.outbox_queue.mark_sent(claimed, MessageRef("1:1"), now)

    async def work(unit):
        await unit.outbox.add(post(f"waits{who}", to_person(person), f"{word} waits", slot=f"list_{who}"))
        await unit.receipts.keep(f"r{who}", who, said(f"{word} answered"), now)
        await unit.forms.keep(who, PendingForm(Form(Press("a", "b"), "t", ()), {"x": f"{word} begun"}))
        await unit.due.add(Due(f"again_{evening}_{who}", "timer.flow", now + HOUR, f"{evening}_{who}"), who)
        await CheckIns(unit).add(CheckIn(new_id(), who, evening, now, CheckInBody(7, f"{word} well"), AgendaItem("urge")))
        await Entries(unit).add(ToolEntry(new_id(), who, now, "dents", {"words": f"{word} entry"}))
        state = State("urge", "v1", "strength", answers={"words": f"{word} half"})
        await FlowStates(unit).keep(UnderWay(FlowId(new_id()), who, "", "en", now, state))
        await Kits(unit).keep(who, Kit((f"{word} reason", "both reason"), (f"{word} friend",)), now)
        await unit.run(unit.insert(metadata.tables["presences"]).values(occurrence=evening, person=who, at=now))
        grant = {"subject": evening, "person": who, "until": now + HOUR, "hosting": False}
        await unit.run(unit.insert(metadata.tables["hosts"]).values(**grant))

    await store.transact(work)
    inside = cast(Any, SimpleNamespace(house=SimpleNamespace(store=store), clock=clock))
    await rows_everywhere(inside, who, evening, f"{word} everywhere")
    if account.platform == "web":
        assert await WebChat(store, "web", "space").add("private", account, new_id(), f'"{word} chat"'.encode())
    return person


async def join(store, clock, keeper, other):
    return await store.transact(lambda unit: Links(unit).join(keeper.id, other.id, clock.now()))


async def export(store, person):
    """Return all rows of a person, opened: each opens, or this raises."""
    return await store.transact(lambda unit: PersonalRows(unit).export(person.id))


async def counts(store, person):
    """Return how many rows each table has of a person, but for what linking itself keeps for minutes."""

    async def count(unit):
        found = {}
        for table in metadata.sorted_tables:
            if "person" in table.c and table not in (link_asks, link_codes):
                query = select(func.count().label("rows")).select_from(table).where(table.c.person == person.id)
                row = await unit.row(query)
                found[table.name] = row["rows"]
        return found

    return await store.transact(count)


async def has_key(store, person):
    try:
        await store.house.keys.newest(person.id)
    except NoKey:
        return False
    return True


async def hold(store, clock, who, evening, room, standing):
    made = Hold(new_id(), evening, who.id, room.community, room.id, standing, clock.now())
    await store.transact(lambda unit: FloorBook(unit).keep_hold(made))
    return made
