"""/log and /progress: what a person's kept tools come to over time. Only they see it, and nothing of it is kept a second time."""

from collections.abc import Callable, Mapping

from bot.core.features import Action, Command, Feature, Needs, Where
from bot.core.flow import Flow
from bot.core.ports import Unit
from bot.core.replies import Press
from bot.core.texts import Texts
from handlers.log.commands import LogCommands
from handlers.log.progress import ProgressCommands
from handlers.log.records import Logbook, NoWeeks, Weeks, Went, no_plans
from handlers.log.rules import TOOLS

BACKS: Mapping[str, Press] = {tool: Press("log", "show") for tool in TOOLS}
"""Where a kept one of these tools is listed."""
NO_WEEKS = NoWeeks()


def features(
    texts: Texts,
    books: Callable[[Unit], Logbook],
    flows: Mapping[str, Flow],
    went: Went = no_plans,
    weeks: Weeks = NO_WEEKS,
) -> tuple[Feature, Feature]:
    """Return both: they read the same entries. `went`: how often what was planned went how; `weeks`: what check-ins come to."""
    log, progress = LogCommands(texts, books), ProgressCommands(texts, books, flows, went, weeks)
    return (
        Feature(
            name="log",
            commands=(Command("log", log.command, Needs.CONSENT, Where.PRIVATE, aliases=("notizen",)),),
            presses={name: Action(handler, Needs.CONSENT) for name, handler in log.presses().items()},
        ),
        Feature(
            name="progress",
            commands=(Command("progress", progress.command, Needs.CONSENT, Where.PRIVATE, aliases=("verlauf",)),),
            presses={name: Action(handler, Needs.CONSENT) for name, handler in progress.presses().items()},
        ),
    )
