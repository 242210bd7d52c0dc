"""Whoever named no zone, and is in no community, lives on the host's clocks: a promised hour is the hour that was shown."""

from zoneinfo import ZoneInfo

from msgspec.structs import replace

from bot.core.calls import Account
from bot.core.whose import zone_of


async def test_the_hosts_zone_is_the_last_to_be_asked(store, clock):
    async def work(unit):
        ana = await unit.people.make(Account("telegram", "1"), clock.now(), None)
        host = ZoneInfo(unit.communities.host_zone)
        home = await unit.communities.find_or_make("telegram", "-5")
        return [
            await zone_of(ana, unit) == host,
            await zone_of(None, unit) == host,
            await zone_of(replace(ana, zone="Nowhere/Gone"), unit) == host,
            await zone_of(replace(ana, home=home.id), unit) == ZoneInfo(home.zone),
            await zone_of(replace(ana, home=home.id, zone="Asia/Tokyo"), unit) == ZoneInfo("Asia/Tokyo"),
        ]

    assert await store.transact(work) == [True] * 5
