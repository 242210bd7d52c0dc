"""Values that are offered while a command is typed."""

import asyncio
from collections.abc import Sequence

from bot.core.calls import Incoming, Kind
from bot.core.replies import Choice
from tests.platforms.discord.conftest import Running, said


def offering(*choices: Choice):
    async def offers(act: Incoming, option: str) -> Sequence[Choice]:
        return choices

    return offers


async def test_the_house_is_asked_with_what_stands_there_and_its_values_are_offered(bot: Running):
    asked: list[tuple[Incoming, str]] = []

    async def offers(act: Incoming, option: str) -> Sequence[Choice]:
        asked.append((act, option))
        return (Choice("m1", "Tuesday meeting"), Choice("m2", "Wednesday"))

    bot.house.offers = offers
    ann = bot.driver.person("ann", locale="de")
    offered = await bot.driver.autocomplete(ann, "/meeting create", "title", "tu", "room", format="60")
    assert offered == [("m1", "Tuesday meeting"), ("m2", "Wednesday")]
    ((act, option),) = asked
    assert (act.kind, act.name, option, act.arguments) == (Kind.COMMAND, "meeting create", "title", {"format": "60", "title": "tu"})
    assert (act.account, act.place, act.locale) == (bot.driver.account(ann), bot.driver.room, "de")
    assert bot.house.taken == []


async def test_only_an_option_that_completes_is_registered_so(bot: Running):
    (meeting,) = [command for command in bot.server.world.commands if command["name"] == "meeting"]
    create = next(one for one in meeting["options"] if one["name"] == "create")
    assert {one["name"]: bool(one.get("autocomplete")) for one in create["options"]} == {
        "format": False,
        "zone": False,
        "title": True,
    }


async def test_at_most_25_are_offered_and_what_does_not_fit_is_cut_or_left_out(bot: Running):
    long = Choice("x" * 101, "too long a value")
    bot.house.offers = offering(long, Choice("a", "\u202eA\n" + "y" * 200), *(Choice(str(n), f"Meeting {n}") for n in range(40)))
    offered = await bot.driver.autocomplete(bot.driver.person("ann"), "/meeting create", "title", "")
    assert len(offered) == 25
    value, label = offered[0]
    assert (value, label[:4], len(label)) == ("a", "A yy", 100)


async def test_an_offer_does_not_wait_for_the_persons_acts_and_trouble_with_it_hurts_nothing(bot: Running):
    ann, go_on = bot.driver.person("ann"), asyncio.Event()

    async def slowly(act: Incoming):
        await go_on.wait()
        return said("Ready")

    bot.house.decide = slowly
    bot.house.offers = offering(Choice("m", "Meeting"))
    acting = asyncio.create_task(bot.driver.command(ann, "/urge"))
    await bot.server.until(lambda: len(bot.house.taken) == 1)
    bot.server.will_answer("POST", "/callback", 404, {"code": 10062, "message": "Unknown interaction"})
    typing = asyncio.create_task(bot.driver.autocomplete(ann, "/meeting create", "title", "m"))
    await bot.server.until(lambda: len(bot.server.calls("POST", "/callback")) == 1)
    typing.cancel()
    assert await bot.driver.autocomplete(ann, "/meeting create", "title", "me") == [("m", "Meeting")]
    go_on.set()
    await acting
    assert bot.driver.screen(ann) == ["Ready"]
