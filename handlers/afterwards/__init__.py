"""The evening after: the newcomer's card, the 7-day plan, and the facilitator's debrief (/debrief looks back on them)."""

from collections.abc import Callable

from bot.core.features import Action, Command, Feature, Where
from bot.core.meetings import When
from bot.core.ports import Unit
from bot.core.texts import Texts
from handlers.afterwards.commands import AfterCommands
from handlers.afterwards.jobs import AfterJobs
from handlers.afterwards.records import AfterBook, EveningBook


def feature(texts: Texts, meetings: Callable[[Unit], EveningBook], books: Callable[[Unit], AfterBook]) -> Feature:
    """The plan itself is the flow `plan`, a tool like others: its button is the press `plan:start`."""
    commands, jobs = AfterCommands(texts, meetings, books), AfterJobs(texts, meetings, books)
    return Feature(
        name="afterwards",
        commands=(
            Command(
                "facilitator debrief", commands.look_back, where=Where.ROOM, aliases=("debrief", "rückblick"), facilitators=True
            ),
        ),
        presses={
            "card": Action(commands.card),
            "quiet": Action(commands.quiet),
            "loud": Action(commands.loud),
            "how": Action(commands.debrief),
        },
        jobs={When.AFTER.kind: jobs.after, When.DEBRIEF.kind: jobs.debrief},
    )
