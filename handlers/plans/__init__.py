"""The 7-day plan: kept with its days, shown as a week, with notes for who wants them; and how it went. The questions are the flows
`plan` and `planreview`."""

from collections.abc import Callable
from datetime import datetime

from bot.core.features import Action, Feature, Needs
from bot.core.ports import Flows, Pins, Unit
from bot.core.texts import Texts
from bot.core.whose import PeaceOf, no_wishes
from handlers.plans.commands import PLAN, REVIEW, PlanCommands
from handlers.plans.jobs import PlanJobs
from handlers.plans.keeping import NOTE, PlanKeeper
from handlers.plans.records import Plan, PlanBook, no_pins
from handlers.plans.week import week_of_answers


def keeper(
    texts: Texts,
    books: Callable[[Unit], PlanBook],
    ids: Callable[[], str],
    now: Callable[[], datetime],
    pins: Pins = no_pins,
) -> PlanKeeper:
    """What flows need before they run: its `facts()`, and `reviewed`, by which a check-in keeps how a plan went."""
    return PlanKeeper(texts, books, ids, pins, now)


def feature(keeping: PlanKeeper, flows: Flows, peace: PeaceOf = no_wishes) -> Feature:
    """`peace`: when a person does not want to be written to."""
    commands = PlanCommands(keeping, flows)
    presses = {
        "look": commands.look,
        "start": commands.start,
        "review": commands.review,
        "calendar": commands.calendar,
        "file": commands.file,
        "quiet": commands.quiet,
        "delete": commands.delete,
        "drop": commands.drop,
    }
    return Feature(
        name="plans",
        presses={name: Action(run, Needs.CONSENT) for name, run in presses.items()},
        jobs={NOTE: PlanJobs(keeping, peace).come},
        flow_ends={PLAN: keeping.ended, REVIEW: keeping.reviewed},
    )


__all__ = ["Plan", "PlanBook", "PlanKeeper", "feature", "keeper", "week_of_answers"]
