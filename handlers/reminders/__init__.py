"""In private: reminders before a meeting, who means to come, and news of an evening that was changed."""

from collections.abc import Callable

from bot.core.features import Action, Command, Feature
from bot.core.meetings import When
from bot.core.ports import Unit
from bot.core.texts import Texts
from handlers.reminders.changes import ChangeJobs
from handlers.reminders.commands import ReminderCommands
from handlers.reminders.desk import Desk
from handlers.reminders.going import GoingCommands
from handlers.reminders.jobs import AGAIN, CLOCKS, MISSED, ReminderJobs
from handlers.reminders.keeping import PLACES, UNTAKEN, Keeping
from handlers.reminders.notes import Notes
from handlers.reminders.records import EveningBook, GoingBook, ReminderBook
from handlers.reminders.snoozing import SnoozeCommands
from handlers.reminders.wishes import WishCommands


def feature(
    texts: Texts,
    meetings: Callable[[Unit], EveningBook],
    reminders: Callable[[Unit], ReminderBook],
    goings: Callable[[Unit], GoingBook],
) -> Feature:
    desk = Desk(texts, meetings, reminders, goings)
    keeping = Keeping(texts, reminders, goings)
    screens, wishes, snooze = ReminderCommands(desk), WishCommands(desk), SnoozeCommands(desk)
    going = GoingCommands(desk, keeping, screens)
    jobs = ReminderJobs(texts, meetings, reminders, goings, keeping)
    changes = ChangeJobs(texts, meetings, reminders)
    return Feature(
        name="reminders",
        commands=(Command("remind", screens.choose, aliases=("erinnern",)),),
        presses={
            "list": Action(screens.choose),
            "remind": Action(screens.remind),
            "stop": Action(screens.stop),
            "open": Action(screens.open),
            "lead": Action(screens.lead),
            "naming": Action(screens.naming),
            "pause": Action(wishes.pause),
            "quiet": Action(wishes.quiet),
            "going": Action(going.going),
            "set": Action(going.change),
            "mine": Action(going.mine),
            "again": Action(snooze.again),
        },
        forms={"pause_until": Action(wishes.pause_until), "quiet_typed": Action(wishes.quiet_typed)},
        jobs={
            When.REMIND_PLAN.kind: jobs.plan,
            When.REMIND.kind: jobs.remind,
            When.CHANGED.kind: changes.changed,
            When.SERIES_OVER.kind: jobs.series_over,
            AGAIN: jobs.again,
            MISSED: jobs.missed,
            CLOCKS: jobs.clocks,
            PLACES: jobs.places,
            UNTAKEN: jobs.untaken,
        },
        notes=Notes(texts, reminders).of,
    )
