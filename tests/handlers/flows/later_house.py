"""A house with the flows of `shelf`, which have all that may stand beside steps, and with every port of the flow feature held."""

import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from msgspec.structs import replace

from bot.core.features import Feature, FlowEnd
from bot.core.ids import PersonId, new_id
from bot.core.ports import FlowDone, Unit
from bot.core.posts import Post
from bot.core.quiet import Quiet
from bot.core.replies import Press, Reply
from bot.core.richtext import Block
from content.loader import TEXTS, load_flows, load_texts
from handlers import flows as flow_feature
from handlers import tools
from handlers.flows.records import ToolEntry
from handlers.flows.wave import Draws, wave
from handlers.reminders.records import Wishes
from storage.database import Store
from storage.entries import Entries
from storage.flow_states import FlowStates
from tests.fakes import HeldClock
from tests.handlers.flows.driving import House, Someone, labels

SHELF = Path(__file__).with_name("shelf")


def shelf_texts(folder: Path) -> Path:
    """Return a folder with the shipped texts, and those of the shelf in English."""
    shutil.copytree(TEXTS, folder / "texts")
    for file in (SHELF / "texts").iterdir():
        shutil.copy(file, folder / "texts" / "en")
    return folder / "texts"


class Answered:
    """What persons said at the gate, kept in memory as `handlers/family` keeps it in the database."""

    def __init__(self) -> None:
        self.said: dict[PersonId, tuple[str, datetime]] = {}
        self.keeps_only_a_no = False

    async def ended(self, done: FlowDone, unit: Unit) -> tuple[Block, ...]:
        self.said[done.person] = (str(done.answers["safe"]), done.at)
        if self.keeps_only_a_no and done.answers["safe"] != "no":
            del self.said[done.person]
        return ()

    async def answered(self, person: PersonId, now: datetime, unit: Unit) -> bool:
        return person in self.said and (now - self.said[person][1]).days < 30

    async def passed(self, person: PersonId, now: datetime, unit: Unit) -> bool:
        return await self.answered(person, now, unit) and self.said[person][0] == "no"


class LaterHouse(House):
    def __init__(self, store: Store, clock: HeldClock, texts: Path) -> None:
        self.store, self.clock = store, clock
        self.texts = load_texts(texts)
        self.shelf = load_flows(SHELF / "flows")
        self.gates = Answered()
        self.pinned: list[tuple[str, tuple[str, ...]]] = []
        self.wishes = Wishes()
        self.ends: dict[str, FlowEnd] = {"gate": self.gates.ended}
        self.edited = []
        self.draws: Draws = wave
        self.restart()

    def restart(self) -> None:
        """Build everything anew over the same store, as a new process does."""

        async def pins(person: PersonId, into: str, lines: tuple[str, ...], unit: Unit, at: datetime) -> None:
            self.pinned.append((into, lines))

        async def peace(person: PersonId, unit: Unit) -> Wishes:
            return self.wishes

        self.feature, self.flows = flow_feature.feature(
            self.texts,
            self.shelf,
            FlowStates,
            Entries,
            self.ends,
            {},
            new_id,
            gates=self.gates,
            pins=pins,
            peace=peace,
            draws=self.draws,
        )
        of_tools = tools.features(self.shelf, self.flows)
        self.features: Mapping[str, Feature] = {feature.name: feature for feature in (self.feature, *of_tools)}

    def be_quiet(self, quiet: Quiet | None) -> None:
        self.wishes = replace(self.wishes, quiet=quiet)

    async def kept(self, person: Someone) -> list[ToolEntry]:
        """Return all that is kept of a person, oldest first."""

        async def read(unit: Unit) -> list[ToolEntry]:
            return list(await Entries(unit).of_person(person.person.id, datetime.min.replace(tzinfo=self.clock.at.tzinfo)))

        return await self.store.transact(read)

    async def under_way(self, person: Someone) -> list[str]:
        async def read(unit: Unit) -> list[str]:
            return [flow.state.flow for flow in await FlowStates(unit).of_person(person.person.id)]

        return await self.store.transact(read)

    async def waiting(self) -> list[Post]:
        return await self.sent()


async def grow(person: Someone, thing: str = "wine", gives: tuple[str, ...] = ("calm", "company"), **said: str) -> Reply:
    """Go through the tool that has everything, from its first screen to Keep."""
    await person.types(thing)
    for line in gives:
        await person.types(line)
    await person.tap("Done")
    await person.types(said.get("why", "for my sleep"))
    await person.tap(said.get("pin", "Do not pin"), said.get("ask", "Do not ask"))
    for step in ("day", "hour"):
        await (person.types(said[step]) if step in said else person.tap("Skip"))
    return await person.tap("Keep")


async def past(person: Someone, *, leave: int) -> None:
    """Leave so many answers as they are."""
    for _ in range(leave):
        await person.tap(next(label for label in labels(person.screen) if label in ("Leave as it is", "Done")))


async def everywhere(person: Someone, subject: str, value: str = "") -> set[str]:
    """Press every button of flows on a subject, and return what was on the screens."""
    seen = set[str]()
    for action in person.house.feature.presses:
        screen = await person.press(Press("flow", action, subject, value))
        seen |= {str(block) for block in screen.blocks}
    return seen
