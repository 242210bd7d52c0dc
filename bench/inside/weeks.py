"""A community's week with many answers, closed in the whole house without a platform, while a few persons talk to it."""

import asyncio
import sqlite3
import sys
import time
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count as counted
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from msgspec.structs import replace
from sqlalchemy import delete

from bench.bots.asked import members
from bench.bots.many import ROOM, group
from bench.obedience import Said, obey, say
from bot.cli.running import run_async
from bot.compose import House, openchair
from bot.config import Config
from bot.config.model import CommunityConfig, StorageConfig
from bot.core.calls import Account, Incoming, Kind
from bot.core.ids import CommunityId, OccurrenceId, PersonId, new_id
from bot.core.meetings import Audience
from bot.core.ports import Unit
from bot.runtime.garbage import leave_out_what_is_here
from bot.runtime.logs import set_up_logs
from handlers.checkin.records import CheckIn, CheckInBody
from handlers.together import rules
from handlers.together.records import Yes
from storage.checkin import CheckIns
from storage.keys import make_master_key
from storage.sealing import place, seal, unseal
from storage.tables.together import together_weeks
from storage.together import Answer, Together
from storage.unit import concrete

ZONE = "Europe/Berlin"
FIRST = 100_000
TOGETHER = 100  # persons in one transaction
STEP = 0.005  # seconds between two acts of the few
PATIENCE = 30.0  # seconds
_CLOSED = "SELECT count(*) FROM together_weeks WHERE monday = ?"
_ROWS = (
    "SELECT c.id, c.person, c.body, y.id, y.body FROM checkins c JOIN together_yes y ON y.person = c.person "
    "WHERE y.community = ? ORDER BY c.at, c.id"
)


class Weeks:
    def __init__(self, house: House, folder: Path) -> None:
        self._house, self._file = house, folder / "openchair.db"
        self._numbers = counted(1)
        self._monday = date.min
        self._community = CommunityId("")

    async def fill(self, persons: int) -> Said:
        """Let so many persons agree to the picture, and check in in the week before last."""
        zone = ZoneInfo(ZONE)
        self._monday = rules.monday_of(datetime.now(UTC), zone) - timedelta(days=14)
        start = rules.begins(self._monday, zone)

        async def home(unit: Unit) -> CommunityId:
            return (await unit.communities.find_or_make("telegram", ROOM)).id

        async def answer(few: list[PersonId], unit: Unit) -> None:
            for number, person in enumerate(few):
                yes, body = Yes({Audience.PARTICIPANTS: start}), CheckInBody(rating=number % 11, success="It went well enough.")
                await Together(unit).keep_yes(person, self._community, yes, start)
                at = start + timedelta(hours=1, minutes=number)
                await CheckIns(unit).add(CheckIn(new_id(), person, OccurrenceId(""), at, body))

        people = list(await members(self._house.store, range(FIRST, FIRST + persons), start))
        self._community = await self._house.store.transact(home)
        for first in range(0, persons, TOGETHER):
            await self._house.store.transact(partial(answer, people[first : first + TOGETHER]))
        return {}

    async def idle(self, acts: int) -> Said:
        return {"waits": [await self._act() for _ in range(acts)]}

    async def close(self, cold: bool) -> Said:
        """The moment of the close comes now. `cold`: nobody's key is in memory, as after a start."""

        async def again(unit: Unit) -> None:
            await concrete(unit).run(delete(together_weeks).where(together_weeks.c.monday == f"{self._monday}"))
            due = rules.closing(self._community, self._monday, ZoneInfo(ZONE))
            await unit.due.add(replace(due, at=datetime.now(UTC)))

        if cold:
            keys = self._house.store.house.keys
            keys._cache.clear()
            keys._newest.clear()
        waits, began = list[float](), time.perf_counter()
        await self._house.store.transact(again)
        async with asyncio.timeout(PATIENCE):
            while self._closed() < len(Audience):
                waits.append(await self._act())
        return {"seconds": time.perf_counter() - began, "waits": waits}

    async def raw(self) -> Said:
        """The same rows by sqlite3, and as many values opened, with nothing around it."""
        key, bound = AESGCM(bytes(32)), place("bench")
        yes = seal(key, 1, bound, Yes({Audience.PARTICIPANTS: datetime.now(UTC)}))
        body = seal(key, 1, bound, CheckInBody(rating=5, success="It went well enough."))
        began = time.perf_counter()
        with closing(sqlite3.connect(self._file)) as file:
            for _ in file.execute(_ROWS, (self._community,)).fetchall():
                unseal(key, bound, yes, Yes)
                unseal(key, bound, body, Answer)
        return {"seconds": time.perf_counter() - began}

    async def _act(self) -> float:
        """Return how long somebody waits for an answer; each is somebody else: one alone would be too fast."""
        await asyncio.sleep(STEP)
        number = str(next(self._numbers))
        act = Incoming(Kind.COMMAND, number, Account("telegram", number), group(0), datetime.now(UTC), name="language")
        began = time.perf_counter()
        await self._house.dispatch.take(act)
        return time.perf_counter() - began

    def _closed(self) -> int:
        with closing(sqlite3.connect(self._file)) as file:
            return int(file.execute(_CLOSED, (f"{self._monday}",)).fetchone()[0])


async def main(folder: Path) -> None:
    key = folder / "master.key"
    make_master_key(key)
    home = CommunityConfig(zone=ZONE, language="en", country="DE")
    config = Config(data=folder / "data", community=home, storage=StorageConfig(master_key_file=key))
    set_up_logs("info")
    async with openchair(config, platforms=lambda _, __: ()) as house:
        weeks = Weeks(house, config.data)
        leave_out_what_is_here()
        running = asyncio.create_task(house.run())
        say({"ready": True})
        await obey({"fill": weeks.fill, "idle": weeks.idle, "close": weeks.close, "raw": weeks.raw})
        house.stop.set()
        await running


if __name__ == "__main__":
    run_async(main(Path(sys.argv[1])))
