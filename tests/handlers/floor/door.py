"""An evening under way whose door somebody keeps, and people known from before."""

from bot.core.meetings import Admission, Options
from tests.handlers.floor.house import House

LOBBY = Options(admission=Admission.FACILITATOR)


async def led(house: House, options: Options | None = None) -> House:
    await house.open(options)
    await house.here("fay", leads=True)
    await house.hosts("fay")
    return house


async def long_known(house: House, *who: str) -> None:
    """The house met them long ago."""
    await house.consent(*who)
    house.clock.move(hours=1)
