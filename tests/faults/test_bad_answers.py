"""Each platform answers badly once: what arrives, and how often. Only an answer that is lost after its effect can double a
message, and only in Telegram, which cannot be told a key."""

import asyncio
from datetime import timedelta

import pytest

from bot.core.meetings import When
from tests.evening.world import world
from tests.faults.evenings import Evening, promise
from tests.faults.inside import all_sent

HTML = "<html><body>Bad Gateway</body></html>"
FAULTS = {
    "429": {"status": 429},
    "500": {"status": 500},
    "HTML": {"status": 502, "html": True},
    "HTML that says 200": {"status": 200, "html": True},
    "hung up before": {"status": 0},
    "hung up after": {"status": 0, "after_effect": True},
}
ONCE = dict.fromkeys(FAULTS, 1)
ONCE_OR_TWICE = {**ONCE, "hung up after": 2}


@pytest.fixture(params=["discord", "telegram"])
async def here(request, tmp_path):
    async with world(request.param, tmp_path) as here:
        yield here


def goes_wrong(here, name, *, chat, path, wait):
    """Order what the next message to a chat is answered with. `wait`: what a 429 asks for, in seconds."""
    fault = dict(FAULTS[name])
    status, html = fault.pop("status"), fault.pop("html", False)
    if here.name == "telegram":
        here.driver.api.will_answer(
            "sendMessage", status, chat=chat, html=html, retry_after=wait if status == 429 else None, **fault
        )
        return
    busy = {"message": "You are being rate limited.", "retry_after": float(wait), "global": False}
    body, headers = (busy, {"Retry-After": str(wait)}) if status == 429 else (HTML if html else None, {})
    here.driver.server.will_answer("POST", path, status or None, body, headers, **fault)


async def test_an_announcement_arrives_once_when_it_was_told_to_wait_as_late_as_told(here):
    ana, seen, took = here.person("Ana"), {}, {}
    chat = here.driver.group.id if here.name == "telegram" else None
    for number, name in enumerate(FAULTS, 1):
        goes_wrong(here, name, chat=chat, path=r"/channels/\d+/messages$", wait=40)
        before = here.clock.now()
        await promise(here.house.store, here, Evening(name, moments={When.ANNOUNCE_SOON: 0}), before)
        await all_sent(here, number)
        took[name] = here.clock.now() - before
        seen[name] = sum(text.startswith(f"{name} starts soon") for text in here.screen(ana, "room"))
    assert seen == (ONCE if here.name == "discord" else ONCE_OR_TWICE)
    assert timedelta(seconds=40) <= took["429"] < timedelta(minutes=2)


async def test_an_answer_arrives_where_it_cannot_be_given_in_time_the_courier_brings_it(here):
    seen = {}
    brought = [name for name in FAULTS if name == "HTML that says 200" or (here.name == "telegram" and name != "429")]
    for name in FAULTS:
        ana = here.person(f"Ana {name}")
        goes_wrong(here, name, chat=getattr(ana, "id", None), path="/callback$", wait=1)
        asking = asyncio.create_task(here.command(ana, "/language"))
        await here.sees(ana, "language")
        await all_sent(here, len([one for one in brought if list(FAULTS).index(one) <= list(FAULTS).index(name)]))
        seen[name] = sum("language" in text for text in here.screen(ana))
        asking.cancel()  # in Discord it may wait for what cannot come any more
        await asyncio.gather(asking, return_exceptions=True)
    assert seen == (ONCE if here.name == "discord" else ONCE_OR_TWICE)


async def test_a_card_that_changes_while_its_first_sending_is_in_doubt_stays_one_in_discord(tmp_path):
    async with world("discord", tmp_path) as here:
        ana = here.person("Ana")
        goes_wrong(here, "hung up after", chat=None, path=r"/channels/\d+/messages$", wait=0)
        await promise(here.house.store, here, Evening(moments={When.OPEN: 0}), here.clock.now())
        await here.offers(ana, "I am here", "room")
        await here.press(ana, "I am here", "room")
        await all_sent(here)
        await here.sees(ana, "One person is here", "room")
        assert sum(text.startswith("Open evening") for text in here.screen(ana, "room")) == 1
