"""Age and consent, asked once, before the first word is kept. One tap, and the act goes on where it stood."""

import contextlib

import msgspec

from bot.core.calls import Call, Incoming, Kind
from bot.core.help import help_row
from bot.core.ports import Unit
from bot.core.replies import Button, Press, Reply, Style, To
from bot.core.richtext import Bullets, Paragraph, Strong
from bot.core.texts import Texts, say_p
from handlers.people.records import Rerun


class Gate:
    """`rerun` is set by the composition root once the dispatcher stands."""

    def __init__(self, texts: Texts, *, adult_age: int = 18) -> None:
        self._texts = texts
        self._adult_age = adult_age
        self.rerun: Rerun | None = None

    def ask(self, call: Call) -> Reply:
        """Return the screen that asks; its yes carries what the person wanted to do."""
        say = self._texts.of(call.language)
        blocks = (
            Paragraph((Strong(say("people.gate_title")),)),
            say_p(say, "people.gate_now"),
            Bullets((say("people.gate_kept"), say("people.gate_platform"), say("people.gate_yours"))),
            say_p(say, "people.gate_ask", age=self._adult_age),
        )
        yes = Button(say.label("people.gate_yes", age=self._adult_age), wanted(call.incoming), Style.MAIN)
        no = Button(say.label("people.gate_young"), Press("people", "young"))
        more = Button(say.label("people.gate_more"), Press("people", "privacy"))
        return Reply(blocks, To.ONLY_YOU, ((yes,), (no, more), help_row(say)), replace=False)

    async def agree(self, call: Call, unit: Unit) -> Reply:
        """Keep the consent, then do what was wanted."""
        assert call.person is not None
        person = call.person
        if person.consented_at is None:
            person = msgspec.structs.replace(person, consented_at=call.at)
            await unit.people.save(person)
        again = unwrapped(call.incoming)
        if again is None or self.rerun is None:
            say = self._texts.of(call.language)
            return Reply((say_p(say, "people.gate_thanks"),), buttons=(help_row(say),))
        return await self.rerun(msgspec.structs.replace(call, person=person, incoming=again), unit)

    async def too_young(self, call: Call, unit: Unit) -> Reply:
        """Nothing is stored; the help lines stay open."""
        say = self._texts.of(call.language)
        blocks = (say_p(say, "people.young", age=self._adult_age), say_p(say, "people.young_lines"))
        return Reply(blocks, To.ONLY_YOU, (help_row(say),))


def wanted(incoming: Incoming) -> Press:
    """Return the yes-press that carries an act: a command by its first word, a press by feature, action and subject. One too long
    for a button is not carried."""
    press = incoming.press
    if incoming.kind in (Kind.PRESS, Kind.FORM) and press is not None:
        with contextlib.suppress(ValueError):
            return Press("people", "agree", press.subject, f"p_{press.feature}_{press.action}")
    name = incoming.name.lower().replace(" ", "_")  # dispatch reads `_` in a name as a space
    safe = name if name.isascii() and name.replace("_", "").isalnum() and len(name) <= 30 else ""
    return Press("people", "agree", "", f"c_{safe}") if safe else Press("people", "agree")


def unwrapped(incoming: Incoming) -> Incoming | None:
    """Return the act that a yes-press carries, or None when it carries nothing usable."""
    assert incoming.press is not None
    mark, _, rest = incoming.press.value.partition("_")
    if mark == "c" and rest:
        return msgspec.structs.replace(incoming, kind=Kind.COMMAND, name=rest, press=None)
    feature, _, action = rest.partition("_")
    if mark == "p" and feature and action:
        return msgspec.structs.replace(incoming, press=Press(feature, action, incoming.press.subject))
    return None
