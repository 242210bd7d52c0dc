"""SAFETY 5, row 17; Musts 1 and 29. Counted, not timed: what one person's flood costs, and that nobody else waits behind it."""

import asyncio
import contextlib
import json

import pytest

from bot.core.calls import Incoming, Kind, Place
from bot.core.ids import new_id
from bot.core.replies import Press
from bot.platforms.web.limits import FILE_FRAME_BYTES, FRAME_BYTES
from bot.runtime.budget import ACTS
from tests.evening.world import World, world
from tests.security.evenings import account_of, data_of
from tests.security.inside import text_of
from tests.security.rows import changed, dump

FLOOD = 300


def act(here: World, person, name: str, press: Press | None = None) -> Incoming:
    account = account_of(here, person)
    kind = Kind.PRESS if press else Kind.COMMAND
    place = Place(here.name, f"private_{account.user}" if here.name == "web" else account.user)
    return Incoming(kind, new_id(), account, place, here.clock.now(), name=name, press=press)


class Counted:
    """How many transactions were asked for."""

    def __init__(self, here: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.transactions = 0
        real = here.house.store.transact

        async def transact(work):
            self.transactions += 1
            return await real(work)

        monkeypatch.setattr(here.house.store, "transact", transact)


async def test_a_flood_costs_the_database_no_more_than_a_budget_of_acts(here, monkeypatch):
    ana, ben = here.person("Ana"), here.person("Ben")
    take = here.house.dispatch.take
    counted = Counted(here, monkeypatch)
    flood = [asyncio.create_task(take(act(here, ana, "language"))) for _ in range(FLOOD)]
    other = asyncio.create_task(take(act(here, ben, "language")))
    assert "Which language" in text_of((await other).reply)
    answers = await asyncio.gather(*flood)
    assert counted.transactions <= ACTS + 2  # some of the budget comes back while it goes on
    said = [text_of(one.reply) for one in answers]
    assert sum("Which language" in text for text in said) <= ACTS + 1
    assert sum("That was a lot at once" in text for text in said) == 1
    assert said.count("") >= FLOOD - ACTS - 2


async def test_the_flooder_reaches_help_by_command_and_by_button(here):
    ana = here.person("Ana")
    for _ in range(ACTS + 5):
        await here.house.dispatch.take(act(here, ana, "help"))
    assert text_of((await here.house.dispatch.take(act(here, ana, "help"))).reply) == ""
    for _ in range(FLOOD):
        asked = await here.house.dispatch.take(act(here, ana, "", Press("safety", "now")))
        assert "112" in text_of(asked.reply)
    await here.command(ana, "/now")
    await here.sees(ana, "0800 111 0 111")


async def test_a_flood_of_cries_for_help_asks_little_of_a_database_that_hangs(here, monkeypatch):
    ana = here.person("Ana")
    asked = 0

    async def hangs(work):
        nonlocal asked
        asked += 1
        await asyncio.Event().wait()

    monkeypatch.setattr(here.house.store, "transact", hangs)
    answers = await asyncio.gather(*(here.house.dispatch.take(act(here, ana, "now")) for _ in range(FLOOD)))
    assert all("112" in text_of(answer.reply) for answer in answers)
    assert asked <= 32
    monkeypatch.undo()
    for looking in list(here.house.dispatch._helping._looking):
        looking.cancel()


async def test_on_the_wire_others_are_answered_while_one_floods(here):
    """A hundred acts of Ana's come first, then one of Ben's; he has his answer, and Ana no more than her budget and one notice."""
    ana, ben = here.person("Ana"), here.person("Ben")
    await flood(here, ana, 100)
    await here.command(ben, "/start")
    await here.sees(ben, "I am a program")
    await here.command(ana, "/now")
    await here.sees(ana, "0800 111 0 111")
    shown = here.screen(ana)
    assert len([text for text in shown if "Type a command" in text]) <= ACTS + 1
    assert len([text for text in shown if "That was a lot at once" in text]) <= 1


async def flood(here: World, ana, count: int) -> None:
    if here.name == "telegram":
        for _ in range(count):
            here.driver.type(ana, "/help")
    elif here.name == "web":
        for _ in range(count):
            frame = {"type": "command", "pane": "private", "line": "/help", "options": {}, "id": new_id()}
            await here.driver.tab(ana).socket.send_str(json.dumps(frame))
    else:
        from tests.servers.discord import shapes
        from tests.servers.discord.world import COMMAND

        server = here.driver.server
        for _ in range(count):
            begun = server.begin(COMMAND, ana, ana.chat)
            await server.gateway.tell(
                "INTERACTION_CREATE", shapes.interaction(server.world, begun, shapes.command_data(server.world, "help", {}))
            )


async def test_a_message_too_large_for_the_page_ends_its_socket_and_nobody_elses(tmp_path):
    async with world("web", tmp_path) as here:
        ana, ben = here.person("Ana"), here.person("Ben")
        with contextlib.suppress(ConnectionError):  # it may hang up before the whole of it was sent
            await here.driver.tab(ana).socket.send_str("x" * (FILE_FRAME_BYTES + 1))
        await here.until(lambda: here.driver.tab(ana).socket.closed)
        await here.command(ben, "/start")
        await here.sees(ben, "I am a program")


@pytest.mark.parametrize("size", [FRAME_BYTES, 1024 * 1024])
async def test_only_a_file_may_be_larger_than_64_kib(tmp_path, size):
    """Anything else of that size changes nothing, and costs nobody else their answer."""
    async with world("web", tmp_path) as here:
        ana, ben = here.person("Ana"), here.person("Ben")
        frame = {"type": "words", "pane": "private", "text": "x" * size, "id": new_id()}
        await here.driver.tab(ana).socket.send_str(json.dumps(frame))
        before = dump(data_of(here), without=("receipts", "web_chat"))
        await here.command(ben, "/start")
        await here.sees(ben, "I am a program")
        assert changed(before, dump(data_of(here), without=("receipts", "web_chat"))) <= {"people", "accounts"}
        assert b"xxxxxxxx" not in b"".join(path.read_bytes() for path in data_of(here).iterdir() if path.suffix == ".db")
        await here.command(ben, "/start")
        await here.sees(ben, "I am a program")


async def test_words_of_ten_thousand_characters_are_refused_kindly_and_not_kept(inside):
    ana = inside.person("ana", "telegram")
    await ana.agree("/checkin")
    await ana.tap("7")
    assert "longer than I can keep" in text_of(await ana.say("long " * 2000))
    await ana.say("short")
    assert "long long" not in str(await ana.export())
