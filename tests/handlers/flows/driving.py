"""Persons who use flows, over a real store: they tap what is on their screen, type, and time passes."""

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
from content.loader import load_flows, load_texts
from handlers import flows as flow_feature
from handlers import tools
from handlers.flows.records import FactProvider
from storage.database import Store
from storage.entries import Entries
from storage.flow_states import FlowStates
from tests.fakes import HeldClock


def text_of(reply: Reply) -> str:
    return "\n".join(plain_block(block) for block in reply.blocks)


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


class House:
    """The features, the store and the clock."""

    def __init__(
        self,
        store: Store,
        clock: HeldClock,
        flows: Mapping[str, Flow] | None = None,
        ends: Mapping[str, FlowEnd] | None = None,
        facts: Mapping[str, FactProvider] | None = None,
    ) -> None:
        self.store, self.clock = store, clock
        self.texts = load_texts()
        shipped = flows or load_flows()
        self.feature, self.flows = flow_feature.feature(self.texts, shipped, FlowStates, Entries, ends or {}, facts or {}, new_id)
        of_tools = tools.features(load_flows(), self.flows)
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
        self.screen = NOTHING

    def call(self, kind: Kind, *, press: Press | None = None, words: str = "", arguments: dict[str, str] | None = None) -> Call:
        at = self.house.clock.now()
        place = Place("web", self.account.user)
        incoming = Incoming(kind, new_id(), self.account, place, at, press=press, words=words, arguments=arguments or {})
        return Call(incoming, self.language, ZoneInfo("UTC"), "DE", at, self.modals, self.person)

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
        found = [button for row in self.screen.buttons for button in row if button.label.removeprefix("✓ ") == label]
        assert found, f"no button {label}: {labels(self.screen)}"
        return found[0]

    async def writes(self, words: str) -> Reply:
        """Open the form with the Write button, and send it."""
        await self.tap("Write")
        assert self.screen.form is not None
        press = self.screen.form.press
        call = self.call(Kind.FORM, press=press, arguments={"words": words})
        return await self._do(self.house.features[press.feature].forms[press.action].run, call)

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
            self.screen = reply
        if reply.slot:
            await self.house.store.outbox_queue.remember(
                reply.slot, self.person.id, None, MessageRef("on screen"), self.house.clock.now()
            )
        return reply
