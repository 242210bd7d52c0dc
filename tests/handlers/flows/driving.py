"""Persons who use flows, over a real store: they tap what is on their screen, type, and time passes."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.core.calls import Account, Call, Incoming, Kind, Person, Place
from bot.core.features import Feature, FlowEnd
from bot.core.flow import Flow
from bot.core.ids import MessageRef, new_id
from bot.core.ports import Unit
from bot.core.posts import Post
from bot.core.replies import NOTHING, Button, Press, Reply, parse_press
from bot.core.richtext import plain_block
from bot.core.texts import Texts
from content.loader import load_flows, load_texts
from handlers import flows as flow_feature
from handlers import tools
from handlers.flows.asked import Flags, no_flags
from handlers.flows.records import FactProvider
from handlers.flows.wave import Draws, wave
from storage.database import Store
from storage.entries import Entries
from storage.flow_states import FlowStates
from tests.fakes import HeldClock


def text_of(reply: Reply) -> str:
    return "\n".join(plain_block(block) for block in reply.blocks)


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


def fits(reply: Reply) -> None:
    """What every screen keeps to: five rows of five, labels of forty characters, each button its own, help one tap away."""
    if reply.form is not None:
        assert 1 <= len(reply.form.fields) <= 5
        assert all(1 <= len(field.label) <= 45 for field in reply.form.fields)
        return
    assert len(reply.buttons) <= 5, labels(reply)
    assert all(1 <= len(row) <= 5 for row in reply.buttons), labels(reply)
    assert all(label.strip() and len(label) <= 40 for label in labels(reply)), labels(reply)
    presses = [button.press for row in reply.buttons for button in row if button.press is not None]
    assert len(set(presses)) == len(presses), presses
    assert any(press.feature == "safety" for press in presses), labels(reply)


def _is_called(shown: str, label: str) -> bool:
    shown = shown.replace("\u202f", " ")  # between a time and its half of the day
    bare = re.sub(r"^[0-9]{1,2}\. ", "", shown.removeprefix("✓ "))
    return label in (shown, shown.removeprefix("✓ "), bare) or (bare.endswith("…") and label.startswith(bare[:-1]))


class House:
    """The features, the store and the clock."""

    def __init__(
        self,
        store: Store,
        clock: HeldClock,
        flows: Mapping[str, Flow] | None = None,
        ends: Mapping[str, FlowEnd] | None = None,
        facts: Mapping[str, FactProvider] | None = None,
        texts: Texts | None = None,
        draws: Draws = wave,
        flags: Flags = no_flags,
    ) -> None:
        self.store, self.clock = store, clock
        self.texts = texts or load_texts()
        known = flows or load_flows()
        self.feature, self.flows = flow_feature.feature(
            self.texts, known, FlowStates, Entries, ends or {}, facts or {}, new_id, draws=draws, flags=flags
        )
        of_tools = tools.features(known, self.flows)
        self.features: Mapping[str, Feature] = {feature.name: feature for feature in (self.feature, *of_tools)}
        self.edited: list[MessageRef | None] = []  # for each post that was sent: the message it edits, if any

    async def person(self, name: str, *, modals: bool = True, language: str = "en") -> "Someone":
        account = Account("web", name)
        person = await self.store.transact(lambda unit: unit.people.make(account, self.clock.now(), None))
        return Someone(self, account, person, modals, language)

    async def time_passes(self, **by: float) -> list[Post]:
        """Move the clock, run the moments that have come, and return what was put in the outbox by them."""
        end = self.clock.at + timedelta(**by)
        made: list[Post] = []
        while (at := await self.store.due_queue.next_at()) is not None and at <= end:
            self.clock.at = max(self.clock.at, at)
            made.extend(await self.moments())
        self.clock.at = end
        return made

    async def moments(self) -> list[Post]:
        """Run the moments that have come by now."""
        now = self.clock.now()
        for due in await self.store.due_queue.claim("me", now, now + timedelta(minutes=1), 10):

            async def work(unit: Unit, due=due) -> None:
                if await unit.due.take(due):
                    await self.feature.jobs[due.kind](due, now, unit)

            await self.store.transact(work)
        return await self.sent()

    async def sent(self) -> list[Post]:
        """Take what waits in the outbox, as a courier does."""
        now = self.clock.now()
        found = await self.store.outbox_queue.claim("me", "web", now, now + timedelta(minutes=1), 50)
        for claimed in found:
            self.edited.append(claimed.edit)
            await self.store.outbox_queue.mark_sent(claimed, claimed.edit or MessageRef(claimed.id), now)
        return [claimed.post for claimed in found]


class Someone:
    """A person with one screen: the last reply."""

    def __init__(self, house: House, account: Account, person: Person, modals: bool, language: str) -> None:
        self.house, self.account, self.person, self.modals, self.language = house, account, person, modals, language
        self.screen, self.zone = NOTHING, ZoneInfo("UTC")

    def call(self, kind: Kind, *, press: Press | None = None, words: str = "", arguments: dict[str, str] | None = None) -> Call:
        at = self.house.clock.now()
        place = Place("web", self.account.user)
        incoming = Incoming(kind, new_id(), self.account, place, at, press=press, words=words, arguments=arguments or {})
        return Call(incoming, self.language, self.zone, "DE", at, self.modals, self.person)

    async def command(self, name: str) -> Reply:
        command = next(c for feature in self.house.features.values() for c in feature.commands if name in (c.name, *c.aliases))
        return await self._do(command.run, self.call(Kind.COMMAND))

    async def press(self, press: Press) -> Reply:
        """Send a press as it would come over the wire: any data is allowed."""
        press = parse_press(press.data())
        return await self._do(self.house.features[press.feature].presses[press.action].run, self.call(Kind.PRESS, press=press))

    async def tap(self, *tapped: str) -> Reply:
        """Tap buttons by their labels, one screen after another."""
        for label in tapped:
            await self.press(self.press_of(label))
        return self.screen

    def press_of(self, label: str) -> Press:
        press = self.button(label).press
        assert press is not None
        return press

    def button(self, label: str) -> Button:
        """Return the button of a label: also one that is ticked, or that is cut and has the line's number before it."""
        found = [button for row in self.screen.buttons for button in row if _is_called(button.label, label)]
        assert found, f"no button {label}: {labels(self.screen)}"
        return found[0]

    def has(self, label: str) -> bool:
        return any(_is_called(button, label) for button in labels(self.screen))

    async def writes(self, words: str) -> Reply:
        """Open the form with the Write button, and send it."""
        return await self.fills(words=words)

    async def fills(self, button: str = "Write", **fields: str) -> Reply:
        """Open a form with its button, and send it with these fields filled in; the others are sent as they were."""
        await self.tap(button)
        form = self.screen.form
        assert form is not None
        assert fields.keys() <= {field.name for field in form.fields}, f"the form has {[field.name for field in form.fields]}"
        return await self.sends(form.press, {**{field.name: field.value for field in form.fields}, **fields})

    async def sends(self, press: Press, arguments: dict[str, str]) -> Reply:
        """Send a form as it would come over the wire: any arguments are allowed."""
        press = parse_press(press.data())
        call = self.call(Kind.FORM, press=press, arguments=arguments)
        return await self._do(self.house.features[press.feature].forms[press.action].run, call)

    async def says(self, *lines: str) -> Reply:
        """Give words one after another, in the form or typed, as the platform has it; the screen of a list stays."""
        for line in lines:
            await (self.writes(line) if self.modals else self.types(line))
        return self.screen

    async def ranks(self, *best_first: str) -> Reply:
        """Put lines in this order, comparison by comparison."""
        while len(pair := self._pair()) == 2:
            rank = {line: n for line in pair for n, wanted in enumerate(best_first) if _is_called(line, wanted)}
            await self.tap(min(pair, key=lambda line: rank[line]))
        return self.screen

    async def tells(self, *answers: str) -> Reply:
        """Answer an `each`, line by line: with the button of this label, or else in words."""
        for answer in answers:
            await (self.tap(answer) if self.has(answer) else self.says(answer))
        return self.screen

    def _pair(self) -> list[str]:
        pressed = [(button.label, button.press) for row in self.screen.buttons for button in row]
        return [label for label, press in pressed if press is not None and press.value[-2:] in ("_a", "_b")]

    async def types(self, words: str) -> Reply:
        heard = self.house.feature.words
        assert heard is not None
        return await self._do(heard, self.call(Kind.WORDS, words=words))

    async def entries(self) -> Sequence[dict[str, object]]:
        async def read(unit: Unit):
            return await Entries(unit).of_person(self.person.id, self.house.clock.now() - timedelta(days=1))

        return [{"tool": entry.tool, **entry.answers} for entry in await self.house.store.transact(read)]

    async def _do(self, run, call: Call) -> Reply:
        reply: Reply = await self.house.store.transact(lambda unit: run(call, unit))
        if reply != NOTHING:
            fits(reply)
            self.screen = reply
        if reply.slot:
            await self.house.store.outbox_queue.remember(
                reply.slot, self.person.id, None, MessageRef("on screen"), self.house.clock.now()
            )
        return reply
