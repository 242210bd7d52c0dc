"""A receiver that answers as a test says, and notes what reached it."""

from collections.abc import Awaitable, Callable, Sequence

from bot.core.calls import Incoming
from bot.core.errors import BotError
from bot.core.happenings import Happening
from bot.core.ids import MessageRef
from bot.core.platform import Answer
from bot.core.replies import NOTHING, Button, Choice, Press, Reply, To
from bot.core.richtext import Node, Paragraph, Text

Decide = Callable[[Incoming], Reply | Awaitable[Reply]]


def said(*nodes: str | Node, buttons: tuple[str, ...] = (), to: To = To.ONLY_YOU, **more: object) -> Reply:
    """A reply of one paragraph. Each button's press is `probe:<label in small letters>`."""
    inner = tuple(Text(node) if isinstance(node, str) else node for node in nodes)
    row = tuple(Button(label, Press("probe", label.lower())) for label in buttons)
    return Reply((Paragraph(inner),), to, (row,) if row else (), **more)  # type: ignore[arg-type]  # a test's own fields


class Scripted:
    """A `bot.core.platform.Receiver`. `on` maps a command's name, or a press's action, to what is answered."""

    def __init__(self) -> None:
        self.on: dict[str, Reply | Decide] = {}
        self.taken: list[Incoming] = []
        self.refs: list[MessageRef | None] = []
        self.failures: list[BotError] = []
        self.happened: list[Happening] = []
        self.offered: list[Choice] = []

    async def take(self, incoming: Incoming) -> Answer:
        self.taken.append(incoming)
        name = incoming.press.action if incoming.press is not None else incoming.name or incoming.kind.value
        answer = self.on.get(name, NOTHING)
        if not isinstance(answer, Reply):
            made = answer(incoming)
            answer = made if isinstance(made, Reply) else await made
        return Answer(incoming, answer, "en")

    async def sent(self, answer: Answer, ref: MessageRef | None) -> None:
        self.refs.append(ref)

    async def not_sent(self, answer: Answer, error: BotError) -> None:
        self.failures.append(error)

    async def heard(self, happening: Happening) -> None:
        self.happened.append(happening)

    async def complete(self, incoming: Incoming, option: str) -> Sequence[Choice]:
        return self.offered
