"""Persons at their telephones: they type, tap and read; each act waits until the bot's answer is there (at most 5 s)."""

import asyncio
import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.core.calls import Account, Place
from tests.servers.telegram.groups import Groups
from tests.servers.telegram.server import BotApi
from tests.servers.telegram.world import Chat, Json, Message, Query, User

Where = Literal["private", "room"]
_LINK = "https://t.me/"
_ANSWERING = frozenset({"sendMessage", "sendPhoto", "sendDocument", "editMessageText"})
_NOTHING_COMES_AFTER = 1.0  # seconds an acknowledged press waits for a message: some presses have none


@dataclass(frozen=True)
class Toast:
    user: int
    chat: int
    text: str


class TelegramDriver(Groups):
    """One group (`group`), and the persons who are in it. A person has pressed Start unless said otherwise.

    `async with TelegramDriver() as driver`, or `start` and `stop`. `stop` fails when the bot broke the Bot API's description.
    """

    name = "telegram"

    def __init__(self, *, forum: bool = False) -> None:
        self.api = BotApi()
        self._left: set[int] = set()
        self.group: Chat = self.api.world.add_group("Tuesday group", forum=forum)

    async def start(self) -> None:
        await self.api.start()

    async def stop(self) -> None:
        await self.api.stop()
        assert self.api.problems == []

    async def __aenter__(self) -> "TelegramDriver":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def connected(self) -> None:
        """Wait until the bot fetches updates."""
        await self.api.until(lambda: self.api.polled)

    @property
    def api_base(self) -> str:
        return self.api.url

    @property
    def token(self) -> str:
        return self.api.token

    @property
    def room(self) -> Place:
        chat = str(self.group.id)
        return Place(self.name, chat, space=chat, private=False)

    def person(self, name: str, *, started: bool = True, facilitator: bool = False, locale: str = "en") -> User:
        """Return the person of that name, made on first use."""
        users = self.api.world.users.values()
        user = next((one for one in users if one.name == name), None)
        if user is None:
            user = self.api.world.add_user(name, started=started, language=locale)
        if facilitator:
            self.group.members[user.id] = "administrator"
        elif user.id not in self.group.banned and user.id not in self._left:
            self.group.members.setdefault(user.id, "member")
        return user

    def account(self, person: User) -> Account:
        return Account(self.name, str(person.id))

    # Acts that wait for the answer

    async def command(self, person: User, command: str, place: Where = "private", **options: str) -> None:
        """Type a command; options stand behind it as words."""
        typed = " ".join((command, *options.values()))
        before = len(self.api.calls)
        self.type(person, typed, place)
        await self.api.until(lambda: self._answered(before, person, place))

    async def say(self, person: User, text: str) -> None:
        """Type words in the private chat."""
        before = len(self.api.calls)
        self.type(person, text, "private")
        await self.api.until(lambda: self._answered(before, person, "private"))

    async def press(self, person: User, label_or_data: str, place: Where = "private") -> None:
        """Tap the newest button with that label or data; data that no button has is sent as a forger would."""
        before = len(self.api.calls)
        query = self.tap(person, label_or_data, place)
        if query is None:
            await self.api.until(lambda: self._answered(before, person, "private"))
            return
        await self.api.until(lambda: query.answers)
        if not (query.answers[-1].get("text") or query.answers[-1].get("url")):
            with contextlib.suppress(TimeoutError):
                await self.api.until(lambda: self._answered(before, person, place), _NOTHING_COMES_AFTER)

    async def fill(self, person: User, values: Mapping[str, str], place: Where = "private") -> None:
        """Answer a form's questions, one by one, in the private chat."""
        for value in values.values():
            if value in self.buttons(person, "private"):
                await self.press(person, value, "private")
            else:
                await self.say(person, value)

    async def follow(self, person: User, url: str) -> None:
        """Open a link to the private chat and press Start."""
        before = len(self.api.calls)
        self.open(person, url)
        await self.api.until(lambda: self._answered(before, person, "private"))

    async def upload(
        self, person: User, name: str, content: bytes, values: Mapping[str, str] | None = None, place: Where = "private"
    ) -> None:
        """Answer a form's questions, the last with a file."""
        await self.fill(person, values or {})
        before = len(self.api.calls)
        self.send_file(person, name, content)
        await self.api.until(lambda: self._answered(before, person, "private"))

    # Acts that do not wait

    def send_file(
        self,
        person: User,
        name: str,
        content: bytes,
        place: Where = "private",
        *,
        media_type: str = "text/plain",
        told: bool = True,
    ) -> None:
        """Send a document. `told`: with its size. Of one in a room the bot hears nothing."""
        chat = self._chat(person, place)
        message = Message(next(chat.numbers), chat, "", False, sender=person.id)
        chat.messages.append(message)
        file = f"file{message.id}x{abs(chat.id)}"
        self.api.world.files[file] = content
        document = {"file_id": file, "file_unique_id": file, "file_name": name, "mime_type": media_type}
        size = {"file_size": len(content)} if told else {}
        if place == "private":
            self.api.push("message", {**self.api.world.message_json(message), "document": {**document, **size}})

    def type(self, person: User, text: str, place: Where = "private", *, thread: int | None = None) -> Json:
        chat = self._chat(person, place)
        if place == "private":
            person.started = True
        message = Message(next(chat.numbers), chat, text, False, sender=person.id, thread=thread)
        chat.messages.append(message)
        described = self.api.world.message_json(message)
        if text.startswith("/"):
            length = len(text.split()[0])
            described["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        if place == "private" or text.startswith("/") or self.api.world.me["can_read_all_group_messages"]:
            self.api.push("message", described)
        return described

    def tap(self, person: User, label_or_data: str, place: Where = "private") -> Query | None:
        """Return the query that waits to be acknowledged; None for a link, which is opened."""
        chat = self._chat(person, place)
        shown = [one for one in reversed(chat.messages) if one.by_bot and not one.gone]
        for message in shown:
            for button in message.buttons:
                if label_or_data in (button["text"], button.get("callback_data")):
                    if "url" in button:
                        self.open(person, button["url"])
                        return None
                    return self.forge(person, message, button["callback_data"])
        if ":" not in label_or_data:
            raise AssertionError(f"no button {label_or_data!r} among {self.buttons(person, place)}")
        return self.forge(person, shown[0], label_or_data)

    def forge(self, person: User, message: Message, data: str) -> Query:
        query = self.api.world.new_query(person.id, message.chat.id)
        described = {
            "id": query.id,
            "from": self.api.world.user_json(person.id),
            "chat_instance": str(message.chat.id),
            "message": self.api.world.message_json(message),
            "data": data,
        }
        self.api.push("callback_query", described)
        return query

    def open(self, person: User, url: str) -> None:
        address, _, payload = url.partition("?start=")
        if address == f"{_LINK}{self.api.world.me['username']}":
            self.type(person, f"/start {payload}".strip(), "private")

    # What a person sees

    def screen(self, person: User, place: Where = "private") -> list[str]:
        """Return the bot's messages that this person can read there, oldest first, then toasts shown to them alone."""
        return [one.text for one in self.messages(person, place)] + [
            toast.text for toast in self.toasts(person) if toast.chat == self._chat(person, place).id
        ]

    def buttons(self, person: User, place: Where = "private") -> list[str]:
        """Return the labels of the newest message that has buttons."""
        labels = ([button["text"] for button in message.buttons] for message in reversed(self.messages(person, place)))
        return next(filter(None, labels), [])

    def messages(self, person: User, place: Where = "private") -> list[Message]:
        return [one for one in self._chat(person, place).messages if one.by_bot and not one.gone]

    def toasts(self, person: User) -> list[Toast]:
        return [
            Toast(query.user, query.chat, answer["text"])
            for query in self.api.world.queries.values()
            for answer in query.answers
            if query.user == person.id and answer.get("text")
        ]

    def offered_link(self, person: User) -> str:
        """Return the last link that a press was answered with, or ""."""
        urls = [a["url"] for q in self.api.world.queries.values() if q.user == person.id for a in q.answers if a.get("url")]
        return urls[-1] if urls else ""

    def _chat(self, person: User, place: Where) -> Chat:
        return self.api.world.chats[person.id] if place == "private" else self.group

    def _answered(self, before: int, person: User, place: Where) -> bool:
        chats = {person.id, self._chat(person, place).id}
        return any(
            call.method in _ANSWERING and call.given.get("chat_id") in chats and (call.ok or call.method == "editMessageText")
            for call in self.api.calls[before:]
        )


async def settled(api: BotApi, seconds: float = 0.1) -> None:
    """Wait until nothing was called for a while: for claims that something does not happen."""
    last = -1
    until = time.monotonic() + 5
    while last != len(api.calls) and time.monotonic() < until:
        last = len(api.calls)
        await asyncio.sleep(seconds)
