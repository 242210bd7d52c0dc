"""What several evenings between meetings begin with."""

from tests.evening.cast import Cast
from tests.evening.evening import AGE, Evening
from tests.evening.world import Spot


async def on_the_roster(cast: Cast, *names: str) -> None:
    """Put facilitators onto the roster, in the room."""
    for name in names:
        await cast.command(name, "/facilitator roster", "room")
        await cast.tap(name, "roster.join_button", cast.own)
        await Evening(cast).agree(name, cast.own)
        await cast.fill(name, {"name": name}, cast.own)
        await cast.sees(name, "You are on the roster now.", cast.own)


async def known(cast: Cast, *names: str) -> None:
    """Let persons be known to their community, and agree that what they enter is kept."""
    for name in names:
        await cast.command(name, "/meetings", "room")
        await cast.command(name, "/checkin")
        await cast.tap(name, "people.gate_yes", age=AGE)


def shown(cast: Cast, name: str, words: str = "", place: Spot = "private") -> list[str]:
    """Return the messages with the words that are before somebody there."""
    return [text for text in cast.here.screen(cast.persons[name], place) if words in text]
