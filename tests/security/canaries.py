"""Words that must turn up nowhere, and an evening in which they are typed wherever something can be typed."""

from typing import Any

from bot.core.ids import new_id
from tests.evening.world import World
from tests.security.evenings import SEVEN, agree, check_in, gather, plan, quiet, write

CANARY = "kanarienvogel"
JUNK = ("/language", "/timezone", "/country", "/start", "/help", "/privacy", "/export", "/continue", "/urge", "/now", "/nonsense")


class Canary:
    """A new word each time, all with the same stem."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def __call__(self, where: str) -> str:
        self.said.append(f"{CANARY}{len(self.said)}x{where}")
        return self.said[-1]


async def typed(here: World, person: Any, line: str, place: Any = "private") -> None:
    """Type a command with words behind it, as far as the platform lets them be typed."""
    if here.name != "discord":
        await here.driver.command(person, line, place)
        return
    name, _, words = line.removeprefix("/").partition(" ")
    option = {"language": "language", "timezone": "city", "country": "country"}.get(name)
    if any(command["name"] == name for command in here.driver.server.world.commands):
        await here.driver.command(person, name, place, **({option: words} if option else {}))


async def words_everywhere(here: World, canary: Canary) -> None:
    """Type canaries into every command, form, flow, name and title that there is, and at moments when nobody asked."""
    kim = here.person("Kim" if here.name == "web" else canary("facilitator"), facilitator=True)
    ana = here.person("Ana" if here.name == "web" else canary("name"))
    ben = here.person("Ben" if here.name == "web" else canary("other"))
    if here.name == "telegram":
        here.driver.group.title = canary("group")
    if here.name != "discord":
        await here.say(ana, canary("nobody_asked"))
        await here.say(ana, canary("too_long") + " x" * 2030)
    for line in JUNK:
        await typed(here, ana, f"{line} {canary('argument')}")
    await here.pass_time(minutes=2)  # so that nobody is over their budget of acts
    await plan(here, kim, canary("title"))
    await typed(here, kim, f"/meeting create {canary('line')}" if here.name != "discord" else "/meetings", "room")
    await here.command(ana, "/remind", "room")
    await here.sees(ana, "This is how a reminder looks")
    await here.pass_time(minutes=2)
    await tools(here, ana, canary)
    await here.pass_time(minutes=2)
    await gather(here, kim, ana, ben)
    await check_in(here, ana, canary("success"), canary("challenge"), "An urge", canary("card"))
    await check_in(here, ben, canary("success"), canary("challenge"), "A conflict")
    await here.sees(kim, "Check-ins: 2 of 2", "room")
    await here.pass_time(minutes=2)
    await here.press(ana, "flow:answer:" + CANARY)
    await here.press(ana, f"flow:resume:{new_id()}")
    await here.command(ana, "/export")
    await here.press(ana, "Send the file")
    await here.sees(ana, "Here is everything")
    await here.pass_time(to=SEVEN.replace(hour=21))
    await here.sees(ana, "This meeting has ended", "room")
    await here.pass_time(hours=12)  # what was left open is asked about in the morning
    await quiet(here)


async def tools(here: World, ana: Any, canary: Canary) -> None:
    """An urge with a note, left unfinished; a zone by a form, given wrong."""
    await here.command(ana, "/timezone")
    await here.press(ana, "Change it")
    await here.fill(ana, {"city": canary("city")})
    if here.name == "telegram":
        await here.say(ana, canary("city"))
    await here.command(ana, "/surf")
    await agree(here, ana)
    await here.offers(ana, "3 min")
    await here.command(ana, "/checkin")
    await here.offers(ana, "7")
    await here.press(ana, "7")
    await write(here, ana, canary("alone"))
    await here.offers(ana, "Save and stop")
    await here.press(ana, "Save and stop")
    await here.command(ana, "/continue")
