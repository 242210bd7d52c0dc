"""Connecting, resuming, registering commands, stopping."""

import asyncio
import threading
from datetime import timedelta

import pytest

from bot.core.calls import Incoming
from bot.core.errors import PlatformRefused
from bot.core.features import MenuEntry, Where
from bot.core.replies import Reply
from tests.platforms.discord.conftest import MENU, Running, said
from tests.servers.discord import shapes
from tests.servers.discord.world import COMMAND


async def test_commands_are_registered_once_and_not_again(bot: Running):
    assert len(bot.server.calls("PUT", "/commands")) == 1
    await bot.restart()
    assert len(bot.server.calls("PUT", "/commands")) == 1


async def test_commands_are_registered_again_when_they_changed(bot: Running):
    await bot.restart(menu=(*MENU, MenuEntry("now", {"en": "Help now", "de": "Hilfe jetzt"}, (), Where.ANYWHERE, False)))
    assert [command["name"] for command in bot.server.world.commands] == ["urge", "meeting", "now"]


async def test_a_bot_whose_commands_cannot_be_registered_runs_on_and_tries_again(idle_bot: Running):
    idle_bot.server.will_answer("GET", "/commands", 503)
    await idle_bot.start()
    await idle_bot.server.until(lambda: bool(idle_bot.server.world.commands))


async def test_a_dropped_gateway_is_resumed_where_the_session_said_and_no_act_is_lost(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Ready")
    await bot.server.gateway.drop()
    await bot.driver.command(ann, "/urge")  # it happens while nobody is connected
    assert bot.driver.screen(ann) == ["Ready"]
    gateway = bot.server.gateway
    assert (gateway.identified, gateway.resumed, gateway.paths) == (1, 1, ["/gateway", "/gateway/resume"])


async def test_a_configured_gateway_is_used_for_resuming_too(idle_bot: Running):
    address = f"{idle_bot.driver.gateway}/through/a/proxy"
    await idle_bot.start(gateway=address)
    await idle_bot.server.gateway.drop()
    await idle_bot.driver.connected()
    assert idle_bot.server.gateway.paths == ["/gateway/through/a/proxy"] * 2
    assert idle_bot.server.calls("GET", "/gateway/bot") == []


async def test_an_ended_session_begins_anew_after_discords_pause(bot: Running):
    ann = bot.driver.person("ann")
    bot.house.decide = lambda act: said("Ready")
    await bot.server.gateway.invalidate()
    await bot.driver.connected()
    await bot.driver.command(ann, "/urge")
    assert bot.driver.screen(ann) == ["Ready"]
    assert bot.server.gateway.identified == 2
    assert bot.clock.slept == [timedelta(seconds=5)]


async def test_shards_connect_resume_and_answer_alike(idle_bot: Running):
    ann = idle_bot.driver.person("ann")
    idle_bot.house.decide = lambda act: said("Ready")
    await idle_bot.start(sharded=True, gateway=idle_bot.driver.gateway)
    await idle_bot.server.gateway.drop()
    await idle_bot.driver.command(ann, "/urge")
    assert idle_bot.driver.screen(ann) == ["Ready"]
    assert idle_bot.server.gateway.paths == ["/gateway"] * 2


async def test_a_refused_token_ends_the_run_and_is_not_tried_again(idle_bot: Running):
    platform = idle_bot.new_platform(token="wrong")
    with pytest.raises(PlatformRefused) as refused:
        await platform.run(idle_bot.house)
    assert refused.value.detail == {"why": "token"}
    assert len(idle_bot.server.rest.calls) == 1


async def test_a_discord_out_of_reach_at_the_start_is_tried_with_growing_waits(idle_bot: Running):
    idle_bot.server.will_answer("GET", "/users/@me", 503, times=3)
    await idle_bot.start()
    assert idle_bot.clock.slept == [timedelta(seconds=seconds) for seconds in (2, 4, 8)]


async def test_a_gateway_out_of_reach_at_the_start_is_tried_again(idle_bot: Running):
    starting = asyncio.create_task(idle_bot.new_platform(gateway="ws://127.0.0.1:9/").run(idle_bot.house))
    await idle_bot.server.until(lambda: len(idle_bot.clock.slept) > 1)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting


async def test_a_stop_lets_the_answer_under_way_end(bot: Running):
    ann = bot.driver.person("ann")
    go_on = asyncio.Event()

    async def decide(act: Incoming) -> Reply:
        await go_on.wait()
        return said("Ready")

    bot.house.decide = decide
    acting = asyncio.create_task(bot.driver.command(ann, "/urge"))
    await bot.server.until(lambda: len(bot.house.taken) == 1)
    stopping = asyncio.create_task(bot.stop())
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.gather(acting, stopping)
    assert bot.driver.screen(ann) == ["Ready"]
    assert len(bot.house.sent_refs) == 1


async def test_after_a_stop_nothing_of_the_bot_is_left_running(idle_bot: Running):
    def running() -> set[str]:
        tasks = {str(getattr(task.get_coro(), "__qualname__", "")) for task in asyncio.all_tasks()}
        beats = {thread.name for thread in threading.enumerate() if thread.name.startswith("keep-alive")}
        return {name for name in tasks | beats if not name.startswith("RequestHandler.")}  # the test server's

    before = running()
    await idle_bot.start()
    assert len(running() - before) > 2
    assert idle_bot.platform.started.is_set()
    await idle_bot.stop()
    assert not idle_bot.platform.started.is_set()
    await idle_bot.server.until(lambda: running() == before)


async def test_an_act_of_no_known_kind_is_let_be(bot: Running):
    ann = bot.driver.person("ann")
    act = bot.server.begin(COMMAND, ann, ann.chat)
    payload = shapes.interaction(bot.server.world, act, shapes.command_data(bot.server.world, "urge", {}))
    await bot.server.gateway.tell("INTERACTION_CREATE", {**payload, "type": 4})  # an autocompletion
    await bot.server.settle()
    assert bot.house.taken == []


async def test_the_doctor_finds_all_well_and_changes_nothing(idle_bot: Running):
    findings = await idle_bot.platform.check()
    assert [(finding.topic, finding.ok) for finding in findings] == [
        ("token", True),
        ("gateway", True),
        ("servers", True),
        ("permissions", True),
        ("powers", True),
        ("policy", True),
    ]
    assert {method for method, _, _ in idle_bot.server.rest.calls} == {"GET"}


async def test_the_doctor_names_missing_permissions_and_how_to_give_them(idle_bot: Running):
    server = {"id": "1", "name": "Tuesday people", "permissions": "1024"}  # view channels
    idle_bot.server.will_answer("GET", "/users/@me/guilds", 200, [server])
    found = next(finding for finding in await idle_bot.platform.check() if finding.topic == "permissions")
    assert not found.ok
    assert "Send Messages" in found.said
    assert "View Channels" not in found.said
    assert found.mend


async def test_the_doctor_names_what_the_room_cannot_do_for_want_of_a_permission_and_finds_no_fault(idle_bot: Running):
    idle_bot.driver.take_permission(1 << 22, 1 << 44)  # mute members, create events
    found = next(finding for finding in await idle_bot.platform.check() if finding.topic == "powers")
    assert found.ok
    assert (
        "remove (Mute Members); lock and calm the room (Mute Members); events in the server's calendar (Create Events)."
        in found.said
    )
    assert found.mend


async def test_the_doctor_tells_a_wrong_token_from_a_discord_out_of_reach(idle_bot: Running):
    (refused, _) = await idle_bot.new_platform(token="wrong").check()
    assert (refused.topic, refused.ok) == ("token", False)
    idle_bot.server.will_answer("GET", "/users/@me", 503)
    (unreachable, _) = await idle_bot.platform.check()
    assert (unreachable.topic, unreachable.ok) == ("address", False)
