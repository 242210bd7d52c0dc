"""Discord as the contract suite drives it: the same methods as the other platforms' drivers."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.core.calls import Account, Place
from tests.servers.discord import markdown, shapes, things
from tests.servers.discord.rooms import CONNECT, GUILDS
from tests.servers.discord.server import TOKEN, DiscordServer
from tests.servers.discord.world import STAGE, TEXT, VOICE, Channel, Message, Person

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

    async def upload(
        self, person: Person, name: str, content: bytes, values: dict[str, str] | None = None, place: Spot = "private"
    ) -> None:
        """Send the form that the person has open with a file in it."""
        assert self.modal(person) is not None, f"{person.name} has no form open"
        await self.server.submit(person, values or {}, (name, content))

    async def autocomplete(
        self, person: Person, command: str, option: str, typed: str, place: Spot = "private", /, **options: str
    ) -> list[tuple[str, str]]:
        """Type in an option of a command; return what is offered, as values and labels."""
        name = command.removeprefix("/")
        act = await self.server.type(person, self._channel(person, place), name, option, **{**options, option: typed})
        return [(one["value"], one["name"]) for one in act.offered]

    # What happens without a word to the bot ---------------------------------------------------------------------------

    async def join_voice(self, person: Person, channel: str) -> bool:
        """Come into a voice or stage channel. False where the person may not."""
        world = self.server.world
        if not world.person_may_in(world.channels[channel], person) & CONNECT:
            return False
        self.server.rest.rooms.enter(person, channel)
        await self.happened()
        return True

    async def leave_voice(self, person: Person) -> None:
        self.server.rest.rooms.leave(person)
        await self.happened()

    async def delete_channel(self, channel: str) -> None:
        world = self.server.world
        gone = world.channels.pop(channel)
        name = "THREAD_DELETE" if gone.is_thread else "CHANNEL_DELETE"
        world.to_tell.append((name, things.channel(world, gone), GUILDS))
        await self.happened()

    async def remove_bot(self) -> None:
        self.server.world.is_bot_in = False
        self.server.world.to_tell.append(("GUILD_DELETE", {"id": self.server.world.server}, GUILDS))
        await self.happened()

    async def readd_bot(self) -> None:
        world = self.server.world
        world.is_bot_in = True
        world.to_tell.append(("GUILD_CREATE", shapes.server(world), GUILDS))
        await self.happened()

    async def happened(self) -> None:
        await self.server.rest.tell()
        await self.server.settle()

    # The server --------------------------------------------------------------------------------------------------------

    def new_channel(self, name: str, kind: Literal["text", "voice", "stage"] = "text") -> Place:
        """Make a channel before the bot is told of it, as it is told of few."""
        type_ = {"text": TEXT, "voice": VOICE, "stage": STAGE}[kind]
        made = self.server.world.new_channel(type_, name)
        return Place("discord", chat=made.id, space=self.server.world.server, private=False)

    def take_permission(self, *bits: int) -> None:
        """Take permissions away from the bot, by their bits."""
        for bit in bits:
            self.server.world.bot_may &= ~bit

    def give_permission(self, *bits: int) -> None:
        for bit in bits:
            self.server.world.bot_may |= bit

    def events(self) -> list[dict[str, Any]]:
        return list(self.server.world.events.values())

    def edit_event_by_hand(self, event: str, **changed: Any) -> None:
        self.server.world.events[event].update(changed)

    def overwrites(self, channel: str) -> dict[str, tuple[int, int]]:
        """Return what a channel allows and denies, by role or member."""
        return {id_: (allow, deny) for id_, (_, allow, deny) in self.server.world.channels[channel].overwrites.items()}

    def muted(self, person: Person) -> bool:
        """Whether nobody hears the person in voice: muted by the server, or not let speak in their channel."""
        return person.is_muted or person.is_suppressed

    def may(self, person: Person, channel: str, bit: int) -> bool:
        world = self.server.world
        return bool(world.person_may_in(world.channels[channel], person) & bit)

    def pinned(self, channel: str) -> list[str]:
        """Return the pinned messages, as plain text."""
        here = [message for message in self.server.world.messages.values() if message.channel == channel and message.is_pinned]
        return [markdown.plain(message.content) for message in here]

    def threads(self) -> list[Channel]:
        return [channel for channel in self.server.world.channels.values() if channel.is_thread]

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
