"""A small house behind the page: it answers like features do, and notes what reached it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

import msgspec

from bot.core.calls import Incoming, Kind
from bot.core.errors import BotError
from bot.core.features import MenuEntry, Option, Where
from bot.core.happenings import Happening
from bot.core.ids import MessageRef
from bot.core.platform import Answer
from bot.core.replies import Button, Choice, Field, FieldKind, File, Form, Picture, Press, Reply, Style, To
from bot.core.richtext import Block, Bullets, Emphasis, Heading, Link, Meter, Moment, Paragraph, Phone, Quote, Strong, Text, Words

HELP = Button("Help now", Press("safety", "now"), Style.HELP)
HELP_CARD = Reply(
    blocks=(
        Heading((Text("Help"),)),
        Paragraph((Text("I am a program. In danger, call "), Phone("112"), Text("."))),
        Paragraph((Text("To talk to somebody: "), Phone("0800 111 0 111"))),
    ),
    buttons=(
        (
            Button("Overdose", Press("safety", "card", "", "overdose")),
            Button("Not safe at home", Press("safety", "card", "", "home")),
        ),
    ),
    replace=False,
)
CHECKIN = Form(
    Press("checkin", "save"),
    "Your week",
    (
        Field("rating", "How was it, 0 to 10", hint="0 is the worst, 10 the best", longest=2),
        Field("words", "One thing that went well", FieldKind.LONG, required=False, longest=500),
        Field("agenda", "Time on the agenda", FieldKind.CHOICE, choices=(Choice("yes", "Yes"), Choice("no", "No"))),
    ),
)
IMPORT = Form(
    Press("import", "take"),
    "Bring in a calendar",
    (Field("file", "Calendar file", FieldKind.FILE, hint="An iCalendar file"), Field("note", "A note", required=False)),
)
EVENING = datetime(2026, 12, 1, 18, 0, tzinfo=UTC)


def said(*words: str, to: To = To.ONLY_YOU, **more: object) -> Reply:
    return msgspec.structs.replace(Reply(blocks=tuple(Paragraph((Text(line),)) for line in words), to=to), **more)


def counter(count: int) -> Reply:
    row = (Button("One more", Press("count", "to", "", str(count + 1)), Style.MAIN), HELP)
    return Reply(blocks=(Paragraph((Text(f"Count {count}"),)),), buttons=(row,), slot="flow_count")


def urge(strength: int | None = None) -> Reply:
    blocks: tuple[Block, ...]
    if strength is not None:
        blocks = (Paragraph((Text("You wrote "), Strong((Text(str(strength)),)), Text(". What would you like to try?"))),)
        row = (Button("Wait it out", Press("urge", "surf"), Style.MAIN), Button("Call somebody", Press("urge", "call")))
        return Reply(blocks=blocks, buttons=(row, (Button("Back", Press("urge", "open")), HELP)))
    scale = tuple(Button(str(number), Press("urge", "at", "", str(number))) for number in range(11))
    blocks = (
        Heading((Text("An urge"),)),
        Paragraph((Text("How strong is it right now? "), Emphasis((Text("Only you see this."),)))),
    )
    return Reply(blocks=blocks, buttons=(scale, (Button("Save and stop", Press("urge", "stop")), HELP)))


def card(present: int) -> Reply:
    blocks = (
        Heading((Text("Tuesday evening: "), Words("Small steps"))),
        Paragraph((Text("Begins "), Moment(EVENING, "Tue, Dec 1, 7:00 PM"), Text("."))),
        Meter((Text(f"{present} of 8 are here"),), present, 8),
        Bullets(((Text("Opening"),), (Strong((Text("Check-in"),)), Text(", now")), (Text("Working time"),))),
    )
    row = (Button("I am here", Press("room", "here"), Style.GO), Button("Leave", Press("room", "leave")))
    return Reply(blocks=blocks, buttons=(row,), to=To.ROOM, slot="card_1")


class House:
    """A Receiver. `waits` holds every act back until it is set; `seen` are the acts, redelivered ones too."""

    def __init__(self) -> None:
        self.seen: list[Incoming] = []
        self.sent_to: list[tuple[str, MessageRef | None]] = []
        self.unsent: list[BotError] = []
        self.answers: dict[str, Reply] = {}
        self.extra: dict[str, Reply] = {}
        self.present: set[str] = set()
        self.gate = asyncio.Event()
        self.gate.set()
        self.order: list[str] = []

    async def take(self, incoming: Incoming) -> Answer:
        again = incoming.receipt in self.answers
        self.seen.append(incoming)
        self.order.append(f"begin {incoming.receipt[-4:]}")
        if incoming.press is None or incoming.press.feature != "safety":
            await self.gate.wait()
        self.order.append(f"end {incoming.receipt[-4:]}")
        if not again:
            self.answers[incoming.receipt] = self._decide(incoming)
        return Answer(incoming, self.answers[incoming.receipt], "de" if incoming.locale.startswith("de") else "en", again)

    async def sent(self, answer: Answer, ref: MessageRef | None) -> None:
        self.sent_to.append((answer.incoming.receipt, ref))

    async def not_sent(self, answer: Answer, error: BotError) -> None:
        self.unsent.append(error)

    async def heard(self, happening: Happening) -> None:
        raise AssertionError("nothing happens on the page by itself")

    async def complete(self, incoming: Incoming, option: str) -> Sequence[Choice]:
        """Zones that begin with what was typed; the label tells what else stands in the command."""
        typed = incoming.arguments.get(option, "")
        label = f"{incoming.name}, {incoming.arguments.get('title', '')}"
        return [Choice(zone, label) for zone in ("Europe/Berlin", "Europe/London") if zone.lower().startswith(typed.lower())]

    def _decide(self, incoming: Incoming) -> Reply:
        match incoming.kind:
            case Kind.COMMAND:
                return self._command(incoming)
            case Kind.WORDS:
                return Reply(blocks=(Paragraph((Text("You wrote:"),)), Quote((Words(incoming.words),))))
            case Kind.FORM:
                lines = tuple((Text(f"{name}: "), Words(value)) for name, value in incoming.arguments.items())
                return Reply(blocks=(Heading((Text(f"Saved {incoming.name}"),)), Bullets(lines)), replace=False)
            case _:
                return self._press(incoming)

    def _command(self, incoming: Incoming) -> Reply:
        if incoming.name in self.extra:
            return self.extra[incoming.name]
        match incoming.name:
            case "start":
                return said(
                    "Hello. I am a program, and nobody is watching this chat.", "Type / to see what I can do.", buttons=((HELP,),)
                )
            case "urge":
                return urge()
            case "count":
                return counter(0)
            case "now":
                return HELP_CARD
            case "checkin":
                return Reply(form=CHECKIN)
            case "import":
                return Reply(form=IMPORT)
            case "pin":
                return said("Coming up: Tuesday at 7", to=To.ROOM, pin=True)
            case "secret":
                return said("Shown once.", fleeting=True)
            case "announce":
                return said("The meeting begins soon.", to=To.ROOM)
            case "whisper":
                return said("I wrote to you in private.", to=To.PRIVATE)
            case "room":
                return card(len(self.present))
            case "picture":
                twin = (Bullets(((Text("Mon 3"),), (Text("Tue 5"),))),)
                return Reply(picture=Picture("trend", "Your last days", twin=twin))
            case "export":
                return Reply(
                    blocks=(Paragraph((Text("Here it is."),)),),
                    file=File("mine.zip", b"PK\x05\x06" + b"\0" * 18, "application/zip"),
                )
            case "meeting create":
                return said(f"Made: {incoming.arguments}", to=To.ROOM)
            case "links":
                nodes = (Link("https://example.org/a", "A page"), Text(" "), Link("javascript:alert(1)", "a trick"))
                return Reply(blocks=(Paragraph(nodes),))
            case "quiet":
                return Reply()
            case _:
                return said(f"No such command: {len(incoming.name)} letters.", buttons=((HELP,),))

    def _press(self, incoming: Incoming) -> Reply:
        assert incoming.press is not None
        press = incoming.press
        match press.feature, press.action:
            case "safety", "now":
                return HELP_CARD
            case "safety", _:
                return said(f"About: {press.value}", buttons=((Button("Back", Press("safety", "now")),),))
            case "count", "to":
                return counter(int(press.value))
            case "urge", "at":
                return urge(int(press.value))
            case "urge", "open":
                return urge()
            case "room", action:
                (self.present.add if action == "here" else self.present.discard)(incoming.account.user)
                return card(len(self.present))
            case "checkin", "open":
                return Reply(form=CHECKIN)
            case _:
                return said("That button is no longer in use.", replace=False)


def _entry(
    name: str, en: str, de: str, *options: tuple[Option, str], where: Where = Where.ANYWHERE, host: bool = False
) -> MenuEntry:
    told = tuple((option, {"en": words, "de": words}) for option, words in options)
    return MenuEntry(name, {"en": en, "de": de}, told, where, host)


MENU = (
    _entry("start", "Begin here", "Hier anfangen"),
    _entry("urge", "Get through an urge, step by step", "Ein Verlangen Schritt für Schritt überstehen"),
    _entry("now", "Help now: numbers to call", "Hilfe jetzt: Nummern zum Anrufen"),
    _entry("help", "What can be done here", "Was du hier tun kannst"),
    _entry("meetings", "The coming meetings, in your time", "Die nächsten Treffen in deiner Zeit"),
    _entry(
        "meeting create",
        "Plan a meeting",
        "Ein Treffen planen",
        (Option("title", required=True), "What it is called"),
        (Option("weekday", required=True, choices=("monday", "tuesday")), "Day of the week"),
        (Option("zone", completes=True), "Time zone"),
        where=Where.ROOM,
        host=True,
    ),
    _entry("checkin", "How was your week", "Wie war deine Woche"),
    _entry("room", "The room's card", "Die Karte des Raums", where=Where.ROOM),
    _entry("picture", "Your last days", "Deine letzten Tage"),
    _entry("export", "A copy of all that is kept of you", "Eine Kopie von allem, was über dich da ist"),
    _entry("privacy", "What is kept, and until when", "Was aufbewahrt wird, und wie lange"),
)


@dataclass
class Painter:
    """Paints one white dot for every picture."""

    png: bytes
    painted: list[str] = field(default_factory=list)

    async def paint(self, reply: Reply) -> bytes | None:
        if reply.picture is None:
            return None
        self.painted.append(reply.picture.kind)
        return self.png
