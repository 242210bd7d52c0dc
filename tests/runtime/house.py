"""A small house around Dispatch: one feature with a command of each kind, over the store in memory."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from bot.core.calls import Call
from bot.core.errors import BadInput
from bot.core.features import Action, Command, Feature, Needs, Option, Where
from bot.core.platform import Answer
from bot.core.ports import Unit
from bot.core.replies import FILE, NOTHING, Button, Choice, Field, FieldKind, File, Form, Press, Reply, To
from bot.core.richtext import Paragraph, Text
from bot.runtime.dispatch import Dispatch
from tests.runtime.fakes import CAN, KeyTexts, Refusal, SteppedClock, command
from tests.runtime.memory import MemoryStore, MemoryUnit
from tests.runtime.queues import MemoryOutboxQueue

MEETING = Form(
    Press("test", "meeting"),
    "New meeting",
    (
        Field("title", "Title", hint="A few words", longest=20),
        Field("day", "Day", FieldKind.CHOICE, choices=(Choice("mo", "Monday"), Choice("tu", "Tuesday"))),
        Field("note", "Note", FieldKind.LONG, required=False),
        Field("zone", "Zone", value="Europe/Berlin"),
    ),
)


def line(words: str, to: To = To.ONLY_YOU, **more: object) -> Reply:
    return Reply((Paragraph((Text(words),)),), to, **more)  # type: ignore[arg-type]


class TestFeature:
    """Writes down what it was called with; what it writes is undone when it raises."""

    __test__ = False

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.refuses = ""

    def feature(self) -> Feature:
        return Feature(
            "test",
            commands=(
                Command("free", self.free, needs=Needs.NOBODY),
                Command("count", self.count, aliases=("c", "zähle"), options=(Option("what", choices=("Cats", "Dogs")),)),
                Command("keep", self.count, needs=Needs.CONSENT),
                Command("meeting", self.count),
                Command("meeting create", self.ask, facilitators=True, where=Where.ROOM),
                Command("fill", self.ask),
                Command("diary", self.ask_diary),
                Command("rota", self.ask_rota),
                Command("import", self.ask_file),
                Command("broken", self.broken),
                Command("refused", self.refused),
                Command("room only", self.count, where=Where.ROOM),
                Command("secret", self.loud, where=Where.PRIVATE, listed=False),
                Command("big", self.big),
            ),
            presses={"count": Action(self.count), "begin": Action(self.count, needs=Needs.CONSENT), "live": Action(self.live)},
            forms={
                "meeting": Action(self.filled, facilitators=False),
                "diary": Action(self.filled, needs=Needs.CONSENT),
                "rota": Action(self.filled, facilitators=True),
                "import": Action(self.filled),
            },
            words=self.hear,
        )

    async def free(self, call: Call, unit: Unit) -> Reply:
        self.calls.append(call)
        return line("free")

    async def count(self, call: Call, unit: Unit) -> Reply:
        return self._wrote(call, unit, "counted")

    async def filled(self, call: Call, unit: Unit) -> Reply:
        reply = self._wrote(call, unit, "filled")
        if self.refuses and self.refuses in call.arguments.values():
            raise BadInput(length=1)
        return reply

    async def ask(self, call: Call, unit: Unit) -> Reply:
        self.calls.append(call)
        return line("A new meeting.", form=MEETING)

    async def ask_diary(self, call: Call, unit: Unit) -> Reply:
        return Reply(form=Form(Press("test", "diary"), "Diary", (Field("entry", "Entry"),)))

    async def ask_rota(self, call: Call, unit: Unit) -> Reply:
        return Reply(form=Form(Press("test", "rota"), "Rota", (Field("who", "Who"),)))

    async def ask_file(self, call: Call, unit: Unit) -> Reply:
        return Reply(form=Form(Press("test", "import"), "Import", (Field(FILE, "File", FieldKind.FILE),)))

    async def broken(self, call: Call, unit: Unit) -> Reply:
        self._wrote(call, unit, "lost")
        raise ValueError("Alice's secret words")

    async def refused(self, call: Call, unit: Unit) -> Reply:
        self._wrote(call, unit, "lost")
        raise Refusal(limit=7)

    async def loud(self, call: Call, unit: Unit) -> Reply:
        return line("loud", To.ROOM)

    async def big(self, call: Call, unit: Unit) -> Reply:
        return line("big", file=File("export.zip", b"x" * 100_000, "application/zip"))

    async def live(self, call: Call, unit: Unit) -> Reply:
        return line("live", To(call.press.value), slot="card")

    async def hear(self, call: Call, unit: Unit) -> Reply:
        return self._wrote(call, unit, "heard") if call.incoming.words.startswith("diary ") else NOTHING

    def _wrote(self, call: Call, unit: Unit, what: str) -> Reply:
        assert isinstance(unit, MemoryUnit)
        self.calls.append(call)
        unit.rows.words = [*unit.rows.words, what]
        return line(f"{what} {len(unit.rows.words)}")


class House:
    def __init__(self, store: MemoryStore, clock: SteppedClock, texts: KeyTexts | None = None) -> None:
        self.store = store
        self.clock = clock
        self.feature = TestFeature()
        self.queue = MemoryOutboxQueue()
        self.safety = Feature(
            "safety",
            commands=(Command("now", self._never, needs=Needs.NOBODY, aliases=("sos",)),),
            presses={"now": Action(self._never, needs=Needs.NOBODY)},
        )
        self.help_fails: Sequence[str] = ()
        self.dispatch = self.build(texts)

    def build(self, texts: KeyTexts | None = None) -> Dispatch:
        """Return a dispatcher as after a restart: same store, nothing in memory."""
        return Dispatch(
            self.store,
            self.queue,
            (self.feature.feature(), self.safety),
            texts or KeyTexts(),
            self.clock,
            zone="UTC",
            language="en",
            country="US",
            gate=lambda call: line(f"gate {call.language}", buttons=((Button("yes", Press("test", "count")),),)),
            help_now=self._help,
            capabilities=CAN,
        )

    def now(self) -> datetime:
        return self.clock.now()

    async def take(self, incoming: object) -> Answer:
        return await self.dispatch.take(incoming)  # type: ignore[arg-type]

    def _help(self, call: Call) -> Reply:
        if call.language in self.help_fails:
            raise KeyError(call.language)
        return line(f"help {call.language} {call.country}")

    async def _never(self, call: Call, unit: Unit) -> Reply:
        raise AssertionError("help is answered from memory")


async def speak(house: House, language: str, zone: str = "", country: str = "") -> None:
    """Set a person's language, and let the bot meet them once more."""
    await house.take(command("count", at=house.now()))
    rows = house.store.rows
    for key, person in rows.people.items():
        rows.people[key] = msgspec.structs.replace(person, language=language, zone=zone, country=country)
    await house.take(command("count", at=house.now()))
