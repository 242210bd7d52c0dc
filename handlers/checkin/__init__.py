"""The check-ins: how the week was, in private; what the meeting's time is wanted for, on the room's card. `/checkin` alone.

Four flows end here: `checkin`, `quickcheckin` (two taps), `familycheckin` (a relative's), `owncheckin` (a community's questions).
"""

from collections.abc import Callable

from bot.core.features import Action, Command, Feature, FlowEnd, Needs, Where
from bot.core.meetings import MeetingBook, Presence, When
from bot.core.ports import Flows, Unit
from bot.core.texts import Texts
from handlers.checkin.commands import CheckInCommands, in_a_meeting, nothing_more
from handlers.checkin.jobs import CheckInJobs
from handlers.checkin.records import CheckInBook
from handlers.checkin.rules import FLOWS
from handlers.checkin.weeks import Weeks


def feature(
    texts: Texts,
    books: Callable[[Unit], CheckInBook],
    meetings: Callable[[Unit], MeetingBook],
    presence: Callable[[Unit], Presence],
    flows: Flows,
    reviewed: FlowEnd = nothing_more,
    followed: FlowEnd = nothing_more,
) -> Feature:
    """The flows ask for the fact `meeting`, which `in_a_meeting` provides. `reviewed` keeps how a plan went; `followed` is called
    with a check-in that a prompt asked for (`asking_of` its subject)."""
    commands = CheckInCommands(texts, books, meetings, presence, flows, reviewed, followed)
    jobs = CheckInJobs(texts, books, meetings, presence, flows)
    return Feature(
        name="checkin",
        commands=(Command("checkin", commands.alone, Needs.CONSENT, Where.PRIVATE),),
        presses={
            "open": Action(commands.open, Needs.CONSENT),
            "kinds": Action(commands.kinds, Needs.CONSENT),
            "begin": Action(commands.begin, Needs.CONSENT),
        },
        jobs={When.CHECKIN.kind: jobs.hand_out},
        flow_ends=dict.fromkeys(FLOWS, commands.ended),
    )


__all__ = ["Weeks", "feature", "in_a_meeting"]
