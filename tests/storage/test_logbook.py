"""A person's kept entries of several tools together: the newest first, and only of one person and one voice."""

from datetime import timedelta

from sqlalchemy import update

from bot.core.calls import Account
from handlers.flows.records import ToolEntry
from storage.entries import Entries
from storage.logbook import Logbook
from storage.tables.tools import entries
from storage.unit import concrete

TOOLS = ("urge", "surf")


async def person(store, clock, name):
    return (await store.transact(lambda unit: unit.people.make(Account("web", name), clock.now(), None))).id


async def filled(store, clock, *kept):
    async def write(unit):
        for n, (who, tool, voice) in enumerate(kept):
            at = clock.now() - timedelta(hours=n)
            await Entries(unit).add(ToolEntry(f"e{n:02}", who, at, tool, {"before": n}, voice))

    await store.transact(write)


async def some(store, who, skip=0, most=10, voice=""):
    return await store.transact(lambda unit: Logbook(unit).newest(who, TOOLS, voice, skip, most))


async def test_tools_stand_together_the_newest_first(store, clock):
    ana = await person(store, clock, "ana")
    await filled(store, clock, (ana, "urge", ""), (ana, "surf", ""), (ana, "abc", ""), (ana, "urge", ""))
    found = await some(store, ana)
    assert [(one.tool, one.answers["before"]) for one in found.used] == [("urge", 0), ("surf", 1), ("urge", 3)]
    assert not found.more
    everything = await store.transact(lambda unit: Logbook(unit).all_of(ana, TOOLS, ""))
    assert [one.id for one in everything] == [one.id for one in reversed(found.used)]


async def test_a_page_knows_whether_there_are_older_ones(store, clock):
    ana = await person(store, clock, "ana")
    await filled(store, clock, *[(ana, "urge", "")] * 5)
    assert [(len(found.used), found.more) for found in [await some(store, ana, skip, 2) for skip in (0, 2, 4, 6)]] == [
        (2, True),
        (2, True),
        (1, False),
        (0, False),
    ]


async def test_persons_and_voices_never_mix(store, clock):
    ana, ben = await person(store, clock, "ana"), await person(store, clock, "ben")
    await filled(store, clock, (ana, "urge", ""), (ana, "urge", "family"), (ben, "urge", ""))
    assert [one.id for one in (await some(store, ana)).used] == ["e00"]
    assert [one.id for one in (await some(store, ana, voice="family")).used] == ["e01"]
    assert [one.id for one in (await some(store, ben)).used] == ["e02"]


async def test_entries_of_an_earlier_version_are_found_too(store, clock):
    ana, ben = await person(store, clock, "ana"), await person(store, clock, "ben")
    await filled(store, clock, (ana, "urge", ""), (ana, "abc", ""), (ben, "urge", ""), (ana, "surf", "family"))

    async def forget_marks(unit):
        await concrete(unit).run(update(entries).values(mark=None))

    await store.transact(forget_marks)
    assert [one.id for one in (await some(store, ana)).used] == ["e00"]
