"""What is coming: news in the room, /meetings, and /remind in private."""

from collections.abc import Callable

from bot.core.features import Action, Command, Feature
from bot.core.meetings import MeetingBook, When
from bot.core.ports import Unit
from bot.core.texts import Texts
from handlers.announcements.commands import AnnouncementCommands
from handlers.announcements.jobs import AnnouncementJobs
from handlers.announcements.records import ReminderBook


def feature(texts: Texts, meetings: Callable[[Unit], MeetingBook], reminders: Callable[[Unit], ReminderBook]) -> Feature:
    commands = AnnouncementCommands(texts, meetings, reminders)
    jobs = AnnouncementJobs(texts, meetings, reminders)
    return Feature(
        name="announcements",
        commands=(
            Command("meetings", commands.coming, aliases=("treffen",)),
            Command("remind", commands.choose, aliases=("erinnern",)),
        ),
        presses={
            "list": Action(commands.coming),
            "remind": Action(commands.remind),
            "stop": Action(commands.stop),
        },
        jobs={
            When.ANNOUNCE_DAY.kind: jobs.day_before,
            When.ANNOUNCE_SOON.kind: jobs.soon,
            When.REMIND.kind: jobs.remind,
            When.SERIES_OVER.kind: jobs.series_over,
        },
    )
