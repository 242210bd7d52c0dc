"""The whole bot on an embedded database and the web page: what joins it together, and what ends it."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest

from bot.compose import CannotStart, House, openchair
from bot.compose.features import all_features, help_cards
from bot.config import Config
from bot.config.model import MetricsConfig, PlatformsConfig, StorageConfig, WebConfig
from bot.core import ports
from bot.core.calls import Incoming, Kind
from bot.core.errors import PlatformRefused
from bot.core.platform import Capabilities
from bot.platforms.discord.commands import payloads
from bot.platforms.web.records import DEMO, Pane, place_of
from bot.runtime.forms import Forms
from bot.runtime.registry import menu
from content.loader import load_flows, load_texts
from handlers.people import Gate
from storage.database import concrete
from storage.keys import make_master_key
from storage.moving import move_group
from storage.privacy import PersonalRows

ANA = DEMO[0]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    make_master_key(tmp_path / "master.key")
    web = PlatformsConfig(web=WebConfig(enabled=True, port=0))
    return Config(data=tmp_path / "data", platforms=web, storage=StorageConfig(master_key_file=tmp_path / "master.key"))


def typed(name, receipt="1"):
    return Incoming(Kind.COMMAND, receipt, ANA.account, place_of(ANA, Pane.PRIVATE), datetime(2026, 12, 1, 18, tzinfo=UTC), name)


async def kinds(house, now):
    async def work(unit: ports.Unit):
        person = await unit.people.find(ANA.account)
        assert person is not None
        return {held.kind for held in await PersonalRows(concrete(unit)).held(person.id, now)}

    return await house.store.transact(work)


async def opened_and_ended(house: House) -> None:
    running = asyncio.create_task(house.run())
    await house.opened()
    house.stop.set()
    await running


async def test_what_was_kept_long_enough_is_gone_at_the_next_start_also_after_a_long_sleep(config, clock):
    async with openchair(config, clock=clock) as house:
        await house.dispatch.take(typed("timezone"))
        assert "receipts" in await kinds(house, clock.now())
    clock.move(days=8)
    async with openchair(config, clock=clock) as house:
        await opened_and_ended(house)
        assert "receipts" not in await kinds(house, clock.now())


async def test_the_commands_of_every_feature_are_in_the_menu(config, clock):
    async with openchair(config, clock=clock) as house:
        names = {entry.name for entry in house.dispatch.menu()}
    assert {"start", "help", "now", "privacy", "export", "erase", "language", "timezone", "urge", "meetings", "remind"} <= names
    assert "meeting create" in names


async def test_metrics_are_shown_at_an_address_of_their_own_when_one_is_configured(config, clock, unused_tcp_port):
    shown = config.model_copy(update={"metrics": MetricsConfig(port=unused_tcp_port)})
    async with openchair(shown, clock=clock) as house, aiohttp.ClientSession() as session:
        await house.dispatch.take(typed("help"))
        async with session.get(f"http://127.0.0.1:{unused_tcp_port}/metrics") as answer:
            text = await answer.text()
    assert 'openchair_acts_total{outcome="ok",platform="web"} 1.0' in text


class Refusing:
    """A platform that does not take our token."""

    name = "telegram"
    capabilities = Capabilities(False, False, False, False, 100, 20)

    async def run(self, receiver):
        raise PlatformRefused(why="token")

    async def deliver(self, delivery):
        raise AssertionError

    async def check(self):
        return ()


async def test_a_token_that_is_refused_ends_everything_with_one_sentence(config, clock):
    async with openchair(config, clock=clock, platforms=lambda config, fittings: [Refusing()]) as house:
        with pytest.raises(CannotStart, match="Telegram refuses this bot"):
            await house.run()


async def test_a_group_that_became_a_supergroup_keeps_its_community_and_rooms(config, clock):
    async with openchair(config, clock=clock) as house:
        before = await house.store.transact(lambda unit: unit.communities.find_or_make("telegram", "-5"))
        await move_group(house.store, "telegram", "-5", "-1005")
        assert await house.store.transact(lambda unit: unit.communities.find("telegram", "-5")) is None
        after = await house.store.transact(lambda unit: unit.communities.find("telegram", "-1005"))
    assert after is not None
    assert after.id == before.id


def test_every_name_of_every_tool_is_a_command_on_discord_too():
    """Discord takes a hundred commands in all; the tools' names come first."""
    texts = load_texts()
    features = all_features(texts, help_cards(Config(), texts), Gate(texts), Forms(texts), lambda: ())
    registered = {payload["name"] for payload in payloads(menu(features, texts))}
    wanted = {name for flow in load_flows().values() for name in flow.commands}
    assert wanted <= registered
    assert len(registered) <= 100
