"""The ports of this feature."""

from collections.abc import Awaitable, Callable

from bot.core.calls import Call
from bot.core.ports import Unit
from bot.core.replies import Reply
from bot.core.richtext import Nodes
from bot.core.texts import Say

Emergency = Callable[[str, Say], Nodes]
"""The emergency number of a country, or words for "your local one"."""

Rerun = Callable[[Call, Unit], Awaitable[Reply]]
"""Do a call again from the start, in the same transaction."""
