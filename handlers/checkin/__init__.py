"""The check-in: how the week was, in private; what the meeting's time is wanted for, on the room's card. `/checkin` alone."""

from collections.abc import Callable

from bot.core.features import Action, Command, Feature, FlowEnd, Needs, Where
from bot.core.meetings import MeetingBook, Presence, When
from bot.core.ports import Flows, Unit
from bot.core.texts import Texts
from handlers.checkin.commands import FLOW, CheckInCommands, in_a_meeting, nothing_more
from handlers.checkin.jobs import CheckInJobs
from handlers.checkin.records import CheckInBook


def feature(
    texts: Texts,
    books: Callable[[Unit], CheckInBook],
    meetings: Callable[[Unit], MeetingBook],
    presence: Callable[[Unit], Presence],
    flows: Flows,
    reviewed: FlowEnd = nothing_more,
) -> Feature:
    """The flow `checkin` asks for the fact `meeting`, which `in_a_meeting` provides. `reviewed` keeps how a plan went."""
    commands = CheckInCommands(texts, books, meetings, presence, flows, reviewed)
    jobs = CheckInJobs(texts, books, meetings, presence, flows)
    return Feature(
        name="checkin",
        commands=(Command("checkin", commands.alone, Needs.CONSENT, Where.PRIVATE),),
        presses={"open": Action(commands.open, Needs.CONSENT)},
        jobs={When.CHECKIN.kind: jobs.hand_out},
        flow_ends={FLOW: commands.ended},
    )


__all__ = ["feature", "in_a_meeting"]
