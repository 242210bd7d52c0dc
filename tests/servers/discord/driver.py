"""Discord as the contract suite drives it: the same methods as the other platforms' drivers."""

from dataclasses import dataclass
from typing import Literal

from bot.core.calls import Account, Place
from tests.servers.discord.server import TOKEN, DiscordServer
from tests.servers.discord.world import Message, Person

Spot = Literal["private", "room"]
_MANAGE_EVENTS = 1 << 33


@dataclass(frozen=True)
class Modal:
    title: str
    fields: dict[str, str]  # labels by field name


class DiscordDriver:
    """`async with DiscordDriver() as driver`, or `start` and `stop`. `stop` fails when the bot broke Discord's contract."""

    name = "discord"
    token = TOKEN

    def __init__(self) -> None:
        self.server = DiscordServer()

    async def start(self) -> None:
        await self.server.start()

    async def stop(self) -> None:
        await self.server.stop()

    async def __aenter__(self) -> "DiscordDriver":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def connected(self) -> None:
        """Wait until the bot listens."""
        await self.server.until(self.server.gateway.ready.is_set)
        await self.server.settle()

    @property
    def api_base(self) -> str:
        return self.server.api_base

    @property
    def gateway(self) -> str:
        return self.server.gateway.address

    @property
    def room(self) -> Place:
        return Place("discord", chat=self.server.world.room, space=self.server.world.server, private=False)

    def person(self, name: str, *, facilitator: bool = False, locale: str = "en-US") -> Person:
        """Return the person of that name, made on first use."""
        person = self.server.world.person(name)
        person.locale = locale
        if facilitator:
            person.permissions |= _MANAGE_EVENTS
        return person

    def account(self, person: Person) -> Account:
        return Account("discord", person.id)

    # Acts -----------------------------------------------------------------------------------------------------------

    async def command(self, person: Person, text: str, place: Spot = "private", /, **options: str) -> None:
        await self.server.command(person, self._channel(person, place), text.removeprefix("/"), **options)

    async def press(self, person: Person, label_or_data: str, place: Spot = "private") -> None:
        """Press the newest button with that label or data; data that no button has is sent all the same, as a forger would."""
        found = self._find(person, label_or_data, place)
        if found is None and ":" not in label_or_data:
            raise AssertionError(f"no button {label_or_data!r} among {self.buttons(person, place)}")
        message, custom_id = found or (self._newest(person, place), f"oc:{label_or_data}")
        await self.server.press(person, message, custom_id)

    async def fill(self, person: Person, values: dict[str, str], place: Spot = "private") -> None:
        """Send the form that the person has open; fields by name or label."""
        assert self.modal(person) is not None, f"{person.name} has no form open"
        await self.server.submit(person, values)

    async def say(self, person: Person, text: str) -> None:
        await self.server.say(person, text)
        await self.server.settle()

    # Screens --------------------------------------------------------------------------------------------------------

    def screen(self, person: Person, place: Spot = "private") -> list[str]:
        """Return the messages the person sees there, as plain text, oldest first."""
        return self.server.screen(person, self._channel(person, place))

    def buttons(self, person: Person, place: Spot = "private") -> list[str]:
        """Return the labels of the newest message that has buttons; those switched off are left out."""
        for message in reversed(self._seen(person, place)):
            if message.buttons:
                return [button["label"] for button in message.buttons if not button.get("disabled")]
        return []

    def modal(self, person: Person) -> Modal | None:
        if person not in self.server.world.modals:
            return None
        modal, _ = self.server.world.modals[person]
        fields = [part for part in modal["components"] if "component" in part]
        return Modal(modal["title"], {part["component"]["custom_id"]: part["label"] for part in fields})

    def _channel(self, person: Person, place: Spot) -> str:
        return person.chat if place == "private" else self.server.world.room

    def _seen(self, person: Person, place: Spot) -> list[Message]:
        return self.server.world.seen(person, self._channel(person, place))

    def _newest(self, person: Person, place: Spot) -> Message:
        seen = self._seen(person, place)
        if not seen:
            raise AssertionError("there is no message whose button could be pressed")
        return seen[-1]

    def _find(self, person: Person, wanted: str, place: Spot) -> tuple[Message, str] | None:
        for message in reversed(self._seen(person, place)):
            for button in message.buttons:
                custom_id = button.get("custom_id") or ""
                if button["label"] == wanted or custom_id in (wanted, f"oc:{wanted}"):
                    return message, custom_id
        return None
