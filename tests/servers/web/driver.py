"""A hand at the web page: the protocol that the page speaks, over real WebSockets."""

import asyncio
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from aiohttp import ClientSession, ClientWebSocketResponse, CookieJar, WSMsgType

from bot.core.calls import Account, Place
from bot.core.ids import new_id
from bot.core.platform import Receiver
from bot.core.replies import FILE
from bot.platforms.web.adapter import WebPlatform
from bot.platforms.web.records import Pane, Persona, place_of
from tests.servers.web.tree import plain_message

Where = Literal["private", "room"]
Frame = dict[str, Any]
PATIENCE = 5.0  # seconds; only a failing test waits so long


@dataclass(frozen=True)
class Handle:
    """A person of a test."""

    persona: Persona

    @property
    def account(self) -> Account:
        return self.persona.account


@dataclass
class Tab:
    """One open page of one persona, and what it shows."""

    persona: str
    socket: ClientWebSocketResponse
    frames: list[Frame] = field(default_factory=list)
    messages: dict[str, Frame] = field(default_factory=dict)
    form: Frame | None = None
    problems: list[str] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    histories: int = 0
    state: Frame = field(default_factory=dict)
    offered: dict[str, list[Frame]] = field(default_factory=dict)  # by the question's id

    def shown(self, place: str) -> list[Frame]:
        return sorted((each for each in self.messages.values() if each["pane"] == place), key=lambda each: each["order"])

    def take(self, frame: Frame) -> None:
        self.frames.append(frame)
        match frame["type"]:
            case "history":
                self.histories += 1
                self.messages.update({message["id"]: message for message in frame["messages"]})
            case "message" | "replace":
                message = frame["message"]
                known = self.messages.get(message["id"])
                if known is None or known["edition"] < message["edition"]:
                    self.messages[message["id"]] = {**message, "order": known["order"] if known else message["order"]}
            case "remove":
                for ref in frame["ids"]:
                    self.messages.pop(ref, None)
            case "state":
                self.state = frame
                if not frame["may_read"]:
                    gone = [ref for ref, message in self.messages.items() if message["pane"] == "room" and not message["only"]]
                    for ref in gone:
                        del self.messages[ref]
            case "choices":
                self.offered[frame["id"]] = frame["choices"]
            case "form":
                self.form = frame
            case "ack":
                self.acknowledged.add(frame["id"])
            case "problem":
                self.problems.append(frame["text"])
                self.acknowledged.add(frame["id"])


class WebDriver:
    """Starts a platform with a receiver, and acts as its persons. After each act every open page has all its frames."""

    def __init__(self, platform: WebPlatform, receiver: Receiver, *, language: str = "en") -> None:
        self.platform = platform
        self._receiver = receiver
        self._language = language
        self._tabs: dict[str, list[Tab]] = {}
        self._given: dict[str, Persona] = {}
        self._changed = asyncio.Condition()
        self._running: asyncio.Task[None] | None = None
        self._readers: list[asyncio.Task[None]] = []
        self.session: ClientSession | None = None

    @property
    def room(self) -> Place:
        return place_of(self.platform.personas[0], Pane.ROOM)

    def person(self, name: str, *, facilitator: bool = False) -> Handle:
        """Return the persona of that name or key; another name stands for the first persona of the part that is still free."""
        named = [persona for persona in self.platform.personas if name in (persona.name, persona.key)]
        free = [each for each in self.platform.personas if bool(each.roles) == facilitator and each not in self._given.values()]
        return Handle(self._given.setdefault(name, named[0] if named else free[0]))

    async def start(self) -> None:
        self._running = asyncio.create_task(self.platform.run(self._receiver))
        started = asyncio.create_task(self.platform.started.wait())
        await asyncio.wait({self._running, started}, return_when=asyncio.FIRST_COMPLETED, timeout=PATIENCE)
        if self._running.done():
            started.cancel()
            await self._running
        jar = CookieJar(unsafe=True)  # cookies of an address of digits
        self.session = ClientSession(base_url=self.platform.address, cookie_jar=jar, headers={"Accept-Language": self._language})
        async with self.session.get("") as page:
            assert page.status == 200
        for persona in self.platform.personas:
            await self.open_tab(Handle(persona))

    async def stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            await asyncio.wait({self._running})
        if self.session is not None:
            await self.session.close()
        for reader in self._readers:
            reader.cancel()
        await asyncio.gather(*self._readers, return_exceptions=True)

    # What a person does -----------------------------------------------------------------------------------------------

    async def command(self, person: Handle, line: str, place: Where = "private", **options: str) -> str:
        """Type a command with its slash; `options` as the page's list asks for them. Returns the act's id."""
        return await self.act(person, {"type": "command", "pane": place, "line": line, "options": options})

    async def say(self, person: Handle, text: str, place: Where = "private") -> str:
        return await self.act(person, {"type": "words", "pane": place, "text": text})

    async def press(self, person: Handle, label_or_data: str, place: Where = "private") -> str:
        """Press the newest button of that label or data; data that no message shows is sent all the same (a forgery)."""
        for message in reversed(self.tab(person).shown(place)):
            for button in _buttons(message):
                if label_or_data in (button["label"], button.get("data")) and not button["off"] and button.get("data"):
                    return await self.act(
                        person, {"type": "press", "pane": place, "data": button["data"], "message": message["id"]}
                    )
        assert ":" in label_or_data, f"no button {label_or_data!r} in {self.buttons(person, place)}"
        return await self.act(person, {"type": "press", "pane": place, "data": label_or_data, "message": ""})

    async def fill(self, person: Handle, values: Mapping[str, str], place: Where = "private") -> str:
        """Fill in the form that is open, and send it."""
        form, tab = self.form(person), self.tab(person)
        assert form is not None, "no form is open"
        assert form["pane"] == place, f"the form is open in {form['pane']}"
        tab.form = None
        fields = {each["name"]: each["value"] for each in form["form"]["fields"]} | dict(values)
        frame = {"type": "form", "pane": place, "data": form["form"]["data"], "message": form["message"], "fields": fields}
        return await self.act(person, frame)

    async def upload(
        self, person: Handle, name: str, content: bytes, values: Mapping[str, str] | None = None, place: Where = "private"
    ) -> str:
        """Fill in the form that is open, with a text file chosen for its field."""
        return await self.fill(person, {**(values or {}), FILE: content.decode("utf-8-sig")}, place)

    async def autocomplete(
        self, person: Handle, command: str, option: str, typed: str, place: Where = "private", /, **options: str
    ) -> list[tuple[str, str]]:
        """Type in an option of a command's form; return what is offered, as values and labels."""
        asked, tab = new_id(), self.tab(person)
        frame = {"type": "complete", "id": asked, "pane": place, "line": command, "option": option}
        await tab.socket.send_str(json.dumps({**frame, "options": {**options, option: typed}}))
        await self.until(lambda: asked in tab.offered)
        return [(one["value"], one["label"]) for one in tab.offered[asked]]

    # What a person sees -----------------------------------------------------------------------------------------------

    def screen(self, person: Handle, place: Where = "private") -> list[str]:
        """The program's messages, oldest first."""
        return [plain_message(message) for message in self.messages(person, place)]

    def everything(self, person: Handle, place: Where = "private") -> list[str]:
        """All messages, also the persons' own, oldest first."""
        return [plain_message(message) for message in self.tab(person).shown(place)]

    def messages(self, person: Handle, place: Where = "private") -> list[Frame]:
        return [message for message in self.tab(person).shown(place) if not message["by"]]

    def buttons(self, person: Handle, place: Where = "private") -> list[str]:
        """The labels on the program's newest message that has any."""
        labels = ([button["label"] for button in _buttons(message)] for message in reversed(self.messages(person, place)))
        return next(filter(None, labels), [])

    def pinned(self, person: Handle) -> list[str]:
        """What stands at the top of the room."""
        return [plain_message(message) for message in self.tab(person).shown("room") if message["pin"]]

    def may_write(self, person: Handle) -> bool:
        return bool(self.tab(person).state["may_write"])

    def told(self, person: Handle) -> str:
        """How the person stands in the room, in the page's words."""
        return str(self.tab(person).state["text"])

    def form(self, person: Handle) -> Frame | None:
        return self.tab(person).form

    def problems(self, person: Handle) -> list[str]:
        """What the page itself said, beside the conversation."""
        return self.tab(person).problems

    # The wire ---------------------------------------------------------------------------------------------------------

    def tab(self, person: Handle, number: int = 0) -> Tab:
        return self._tabs[person.persona.key][number]

    async def open_tab(self, person: Handle) -> Tab:
        """Open one more page of a person."""
        assert self.session is not None
        origin = self.platform.address.rstrip("/")
        key = person.persona.key
        socket = await self.session.ws_connect(f"ws?as={key}", headers={"Origin": origin}, max_msg_size=0)
        tab = Tab(key, socket)
        self._tabs.setdefault(key, []).append(tab)
        self._readers.append(asyncio.create_task(self._read(tab)))
        await self.until(lambda: tab.histories >= len(Pane))
        return tab

    async def act(self, person: Handle, frame: Frame, *, tab: int = 0, act_id: str = "") -> str:
        """Send an act and wait until it is answered and every page has what follows from it."""
        act_id, page = act_id or new_id(), self.tab(person, tab)
        page.acknowledged.discard(act_id)
        await page.socket.send_str(json.dumps({**frame, "id": act_id}, ensure_ascii=False))
        await self.until(lambda: act_id in page.acknowledged)
        await self.settle()
        return act_id

    async def settle(self) -> None:
        """Wait until every open page has read all that was sent to it so far: frames keep their order."""
        waiting = [(tab, tab.histories + 1) for tabs in self._tabs.values() for tab in tabs if not tab.socket.closed]
        for tab, _ in waiting:
            await tab.socket.send_str(json.dumps({"type": "history", "pane": "private", "before": 0}))
        await self.until(lambda: all(tab.histories >= count or tab.socket.closed for tab, count in waiting))

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait, from frame to frame, until something holds."""
        async with asyncio.timeout(PATIENCE), self._changed:
            await self._changed.wait_for(holds)

    async def _read(self, tab: Tab) -> None:
        async for message in tab.socket:
            assert message.type is WSMsgType.TEXT
            async with self._changed:
                tab.take(json.loads(message.data))
                self._changed.notify_all()
        async with self._changed:
            self._changed.notify_all()


def _buttons(message: Frame) -> list[Frame]:
    return [button for row in message["buttons"] for button in row]
