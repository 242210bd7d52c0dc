"""Two processes' houses on one database server: what was promised is kept once, whoever keeps it.

One of them fetches Telegram's updates, as only one may; both keep moments and send.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from bot.compose import House, openchair
from bot.compose.platforms import Fittings, configured
from bot.config import Config
from bot.config.model import StorageConfig
from bot.core.platform import Platform, Receiver
from tests.evening.times import RunningAlarm, RunningClock
from tests.evening.world import World, config_for
from tests.security.evenings import SEVEN, plan
from tests.servers.telegram.driver import TelegramDriver
from tests.waiting import until

PERSONS = 40


class SendsOnly:
    """A platform that another house fetches the acts of."""

    def __init__(self, platform: Platform) -> None:
        self.name, self.capabilities = platform.name, platform.capabilities
        self.deliver, self.check = platform.deliver, platform.check
        self._platform = platform

    async def run(self, receiver: Receiver) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await self._platform.close()  # type: ignore[attr-defined]  # Telegram's


def sends_only(config: Config, fittings: Fittings) -> Sequence[Platform]:
    return [SendsOnly(platform) for platform in configured(config, fittings)]


class Street:
    """`first` fetches updates; `second` is not there yet."""

    def __init__(self, config: Config, driver: TelegramDriver, clock: RunningClock, first: House) -> None:
        self.config, self.driver, self.clock, self.first = config, driver, clock, first
        self.here = World("telegram", driver, first, clock)

    @asynccontextmanager
    async def second(self) -> AsyncIterator[House]:
        opened = openchair(self.config, clock=self.clock, platforms=sends_only, alarm=RunningAlarm(self.clock))
        async with opened as house, running(house):
            yield house


@asynccontextmanager
async def running(house: House) -> AsyncIterator[None]:
    task = asyncio.create_task(house.run())
    try:
        yield
    finally:
        house.stop.set()
        await task


@pytest.fixture
async def street(tmp_path, postgres_url):
    clock = RunningClock()
    async with TelegramDriver() as driver:
        config = config_for("telegram", tmp_path, driver)
        storage = StorageConfig(url=postgres_url, master_key_file=config.storage.master_key_file)
        config = config.model_copy(update={"storage": storage})
        async with openchair(config, clock=clock, alarm=RunningAlarm(clock)) as house, running(house):
            await driver.connected()
            yield Street(config, driver, clock, house)


def moments_done(house: House) -> float:
    return house.metrics.registry.get_sample_value("openchair_moments_total", {"outcome": "done"}) or 0.0


async def test_every_reminder_and_every_card_comes_once(street):
    here = street.here
    kim = here.person("Kim", facilitator=True)
    await plan(here, kim, "Tuesday evening")
    await here.sees(kim, "Saved: Tuesday evening")
    persons = [here.person(f"P{n}") for n in range(PERSONS)]
    for person in persons:
        await here.command(person, "/meetings", "room")
        await here.command(person, "/remind")
        await here.sees(person, "This is how a reminder looks")
    before = {person.id: len(here.screen(person)) for person in persons}

    async with street.second() as second:
        await here.pass_time(to=SEVEN.replace(hour=17, minute=45, second=1))
        await until(lambda: all(len(here.screen(person)) > before[person.id] for person in persons))
        await here.pass_time(to=SEVEN)
        await here.sees(kim, "Nobody has said yet", "room")
        assert {len(here.screen(person)) - before[person.id] for person in persons} == {1}

    in_the_room = Counter(text.splitlines()[0] for text in here.screen(kim, "room"))
    assert in_the_room["Tuesday evening"] == 1  # the card, edited since
    assert moments_done(street.first) + moments_done(second) >= 3  # announced, reminded, opened


async def test_an_answer_under_way_in_one_house_is_not_sent_again_by_one_that_starts(street):
    ana = street.here.person("Ana")
    held = street.driver.api.hold("sendMessage", ana.id)
    street.driver.type(ana, "/language")
    await until(lambda: held.waiting == 1)
    async with street.second():
        await asyncio.sleep(0.2)  # it looks for answers that nobody sends
        assert held.waiting == 1
        held.open()
        await until(lambda: street.here.screen(ana))
        await street.here.pass_time(minutes=5)
        await asyncio.sleep(0.1)
        assert len(street.here.screen(ana)) == 1
