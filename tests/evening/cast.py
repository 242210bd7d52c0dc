"""Persons of a world by their names, and what they do: each act waits for the button it presses."""

from collections.abc import Mapping
from typing import Any

from bot.core.texts import Say
from content.loader import load_texts
from tests.evening.world import Spot, World


class Cast:
    """`own`: where an answer for one person stands after an act in the room. Labels are texts' keys, in the world's language."""

    def __init__(self, here: World, persons: Mapping[str, Any]) -> None:
        self.here = here
        self.persons = dict(persons)
        self.say_: Say = load_texts(strict=False).of(here.language)
        self.own: Spot = "private" if here.name == "telegram" else "room"

    def label(self, key: str, **values: Any) -> str:
        return self.say_.label(key, **values)

    async def command(self, name: str, text: str, place: Spot = "private", **options: str) -> None:
        await self.here.command(self.persons[name], text, place, **options)
        await self.after()

    async def press(self, name: str, label: str, place: Spot = "private") -> None:
        """Press the newest button with that label, once there is one. Discord makes a plain space of one that does not break."""
        person = self.persons[name]
        shown = lambda: [one for one in self.here.labels(person, place) if _plain(one) == _plain(label)]  # noqa: E731
        await self.here.until(
            lambda: bool(shown()),
            lambda: f"{name} has no {label!r} among {self.here.labels(person, place)}: {self.here.screen(person, place)}",
        )
        await self.here.press(person, shown()[-1], place)
        await self.after()

    async def press_like(self, name: str, part: str, place: Spot = "private") -> None:
        """Press the newest button with these words in its label."""
        person = self.persons[name]
        found = lambda: [label for label in self.here.labels(person, place) if part in label]  # noqa: E731
        await self.here.until(lambda: bool(found()), lambda: f"{name} has no {part!r} in {self.here.labels(person, place)}")
        await self.press(name, found()[-1], place)

    async def tap(self, name: str, key: str, place: Spot = "private", **values: Any) -> None:
        await self.press(name, self.label(key, **values), place)

    async def fill(self, name: str, values: Mapping[str, str], place: Spot = "private") -> None:
        """Fill in the form that is open, or answer its questions one after the other; "" leaves one out."""
        if self.here.name != "telegram":
            await self.here.until(lambda: self.here.has_form(self.persons[name]), lambda: f"{name} has no form open")
            await self.here.fill(self.persons[name], values, place)
            await self.after()
            return
        for value in values.values():
            if not value:
                await self.tap(name, "common.skip")
            elif value in self.here.buttons(self.persons[name]):
                await self.press(name, value)
            else:
                await self.say(name, value)

    async def say(self, name: str, words: str) -> None:
        await self.here.say(self.persons[name], words)
        await self.after()

    async def sees(self, name: str, words: str, place: Spot = "private") -> str:
        return await self.here.sees(self.persons[name], words, place)

    async def pass_time(self, **by: Any) -> None:
        await self.here.pass_time(**by)
        await self.after()

    async def after(self) -> None:
        """What follows each act; the transcript looks around."""


def _plain(label: str) -> str:
    return label.replace("\u00a0", " ").replace("\u202f", " ")
