"""Somebody who tries every button: of each screen first what was never tried, else anything."""

import random
from collections import Counter
from collections.abc import Sequence

from bot.core.replies import FieldKind, Form, Press
from tests.security.inside import Inside, Somebody, Spot, presses_of

Tried = tuple[str, str, str]
LEFT_OUT = {("people", "erase", "yes"), ("meetings", "end", "yes"), ("safety", "now", "")}  # these would end the walk


class Walker:
    def __init__(self, inside: Inside, words: str = "some words") -> None:
        self.inside = inside
        self.words = words
        self.tried: Counter[Tried] = Counter()
        self._choice = random.Random(7)  # the same walk each time

    async def roam(self, who: Somebody, commands: Sequence[str], spot: Spot = "private", *, steps: int = 40) -> None:
        """Type each command and go on from its screen; a timer is waited for, words are typed, forms are filled in."""
        for line in commands:
            await who.command(line, spot)
            await self.go_on(who, spot, steps=steps)

    async def go_on(self, who: Somebody, spot: Spot, *, steps: int) -> None:
        for _ in range(steps):
            if not await self._step(who, spot):
                break

    async def _step(self, who: Somebody, spot: Spot) -> bool:
        if who.screen.form is not None:
            await self._fill(who, who.screen.form, spot)
            return True
        open_to = [press for press in presses_of(who.screen) if _key(press) not in LEFT_OUT]
        fresh = [press for press in open_to if not self.tried[_key(press)]]
        if not open_to:
            return False
        if self._choice.random() < 0.1:
            await self.inside.moments(seconds=self._choice.choice((50, 400)))
        if spot == "private" and self._choice.random() < 0.15:
            await who.say(self._choice.choice((self.words, "7", "x" * 4100)))
            return True
        least = min(self.tried[_key(press)] for press in open_to)
        press = self._choice.choice(fresh or [press for press in open_to if self.tried[_key(press)] <= least + 1])
        self.tried[_key(press)] += 1
        await who.press(press, spot)
        return True

    async def _fill(self, who: Somebody, form: Form, spot: Spot) -> None:
        values = {
            field.name: field.choices[0].value if field.kind is FieldKind.CHOICE else field.value or self.words
            for field in form.fields
        }
        before = who.screen
        await who.fill(form.press, values, spot)
        if who.screen is before:
            who.screen = type(before)()


def _key(press: Press) -> Tried:
    return press.feature, press.action, press.value
