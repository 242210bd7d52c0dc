"""A community's own check-in questions: facilitators make them by form, see them as members will, and change them.

They are asked by the flow `owncheckin`, through the fact `own_questions`; a check-in under way keeps those that it began with.
"""

from collections.abc import Callable

from bot.core.features import Action, Command, Feature, Needs, Where
from bot.core.meetings import Hosts
from bot.core.ports import Flows, Unit
from bot.core.rights import Doors
from bot.core.texts import Texts
from handlers.ownquestions.commands import QuestionCommands
from handlers.ownquestions.keeping import QuestionKeeper
from handlers.ownquestions.records import QuestionBook


def keeper(books: Callable[[Unit], QuestionBook]) -> QuestionKeeper:
    """What others need of it: its `facts()` for flows, and `titles` for who lets one be chosen."""
    return QuestionKeeper(books)


def feature(texts: Texts, keeping: QuestionKeeper, hosts: Callable[[Unit], Hosts], flows: Flows, ids: Callable[[], str]) -> Feature:
    commands = QuestionCommands(texts, keeping.books, Doors(hosts), flows, ids)
    of_set = {
        "show": commands.show,
        "rename": commands.rename,
        "delete": commands.delete,
        "drop": commands.drop,
        "add": commands.add,
        "question": commands.question,
        "change": commands.change,
        "up": commands.up,
        "out": commands.out,
    }
    sent = {"renamed": commands.renamed, "added": commands.added, "changed": commands.changed}
    return Feature(
        name="ownquestions",
        commands=(
            Command("facilitator questions", commands.command, where=Where.ROOM, aliases=("ownquestions",), facilitators=True),
        ),
        presses={
            "list": Action(commands.list),
            "new": Action(commands.new),
            "try": Action(commands.of_set(commands.preview), Needs.CONSENT),
            **{name: Action(commands.of_set(run)) for name, run in of_set.items()},
        },
        forms={"made": Action(commands.made), **{name: Action(commands.of_set(run)) for name, run in sent.items()}},
    )


__all__ = ["QuestionKeeper", "feature", "keeper"]
