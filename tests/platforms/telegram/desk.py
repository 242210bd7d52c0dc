"""A receiver that answers by a test's rule, and notes what it was handed."""

import asyncio
from collections.abc import Callable, Sequence

from bot.core.calls import Incoming
from bot.core.errors import BotError
from bot.core.happenings import Happening
from bot.core.ids import MessageRef
from bot.core.platform import Answer
from bot.core.replies import Button, Choice, Press, Reply, To
from bot.core.richtext import Paragraph, Text

Rule = Callable[[Incoming], Reply]


def said(text: str, *labels: str, to: To = To.ONLY_YOU, replace: bool = True) -> Reply:
    """Return a reply of one paragraph, with buttons `flow:next:<label>`."""
    buttons = tuple((Button(label, Press("flow", "next", label.replace(" ", "_"))),) for label in labels)
    return Reply(blocks=(Paragraph((Text(text),)),), to=to, buttons=buttons, replace=replace)


class Desk:
    """`hold(user)` makes `take` wait for that person until `let_go`."""

    def __init__(self) -> None:
        self.rule: Rule = lambda incoming: said(f"{incoming.kind} {incoming.name}".strip())
        self.taken: list[Incoming] = []
        self.arrived: list[tuple[Answer, MessageRef | None]] = []
        self.failed: list[tuple[Answer, BotError]] = []
        self.happened: list[Happening] = []
        self._held: dict[str, asyncio.Event] = {}
        self.changed = asyncio.Event()
        self.listens = asyncio.Event()  # cleared, it takes long to hear
        self.listens.set()

    def hold(self, user: str) -> None:
        self._held[user] = asyncio.Event()

    def let_go(self, user: str) -> None:
        self._held[user].set()

    async def take(self, incoming: Incoming) -> Answer:
        held = self._held.get(incoming.account.user)
        if held is not None:
            await held.wait()
        self.taken.append(incoming)
        self._note()
        return Answer(incoming, self.rule(incoming), "en")

    async def sent(self, answer: Answer, ref: MessageRef | None) -> None:
        self.arrived.append((answer, ref))
        self._note()

    async def not_sent(self, answer: Answer, error: BotError) -> None:
        self.failed.append((answer, error))
        self._note()

    async def heard(self, happening: Happening) -> None:
        await self.listens.wait()
        self.happened.append(happening)
        self._note()

    async def complete(self, incoming: Incoming, option: str) -> Sequence[Choice]:
        return ()

    async def until(self, met: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not met():
                self.changed.clear()
                await self.changed.wait()

    def _note(self) -> None:
        self.changed.set()
