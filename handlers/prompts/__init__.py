"""Check-in prompts: a community's in its rooms, on days of the week or after a meeting; in private for those who want that."""

from collections.abc import Callable

from bot.core.calls import Call
from bot.core.features import Action, Command, Feature, FlowEnd, Needs
from bot.core.happenings import What
from bot.core.meetings import Hosts, MeetingBook, When
from bot.core.ports import Flows, Unit
from bot.core.replies import Reply
from bot.core.rights import Doors
from bot.core.staff import StaffOf, no_staff
from bot.core.texts import Texts
from bot.core.whose import PeaceOf, no_wishes
from handlers.prompts.answering import Answering
from handlers.prompts.asking import ASK, CARD_MISSED, CARD_SENT, HAND_OUT, TAKE_BACK, Asker
from handlers.prompts.desk import Desk
from handlers.prompts.jobs import PromptJobs
from handlers.prompts.mine import Mine
from handlers.prompts.own import OWN
from handlers.prompts.private import MISSED, SENT, Private
from handlers.prompts.records import OwnQuestions, PromptStore, QuietOf, never_quiet, none_made
from handlers.prompts.timing import Timing


def answered(texts: Texts, books: Callable[[Unit], PromptStore], peace: PeaceOf = no_wishes) -> FlowEnd:
    """Return what is to be done when a check-in that a prompt asked for has ended."""
    return Private(texts, books, peace).answered


def feature(
    texts: Texts,
    books: Callable[[Unit], PromptStore],
    meetings: Callable[[Unit], MeetingBook],
    hosts: Callable[[Unit], Hosts],
    flows: Flows,
    own: OwnQuestions = none_made,
    quiet: QuietOf = never_quiet,
    peace: PeaceOf = no_wishes,
    staff: StaffOf = no_staff,
) -> Feature:
    """`own`: a community's own questions. `quiet`: the hours in which its rooms are not written to. `peace`: when a person does not
    want to be. `staff`: who hears that a room is gone. A facilitator's presses are checked in the handlers."""
    private, asker = Private(texts, books, peace), Asker(texts, books, quiet, staff, peace)
    desk = Desk(texts, books, meetings, Doors(hosts), asker, own, quiet)
    timing, mine = Timing(desk, meetings), Mine(texts, books, peace, private)
    answering = Answering(texts, books, flows, private)
    jobs = PromptJobs(books, meetings, asker, private)

    async def prompts(call: Call, unit: Unit) -> Reply:
        """In a room for those who lead; in private everybody's own."""
        if call.place.private or call.community is None:
            return await mine.listed(call, unit)
        return await desk.here(call, unit)

    return Feature(
        name="prompts",
        commands=(Command("community prompts", prompts, aliases=("prompts",)),),
        presses={
            "open": Action(answering.open, Needs.CONSENT),
            "alone": Action(answering.alone, Needs.CONSENT),
            "pass": Action(answering.passed),
            "list": Action(desk.listed),
            "make": Action(desk.make),
            "panel": Action(desk.open),
            "what": Action(desk.what),
            "for": Action(desk.whom),
            "run": Action(desk.run),
            "here": Action(desk.move),
            "pause": Action(desk.pause),
            "drop": Action(desk.drop),
            "when": Action(timing.when),
            "day": Action(timing.day),
            "hour": Action(timing.hour),
            "follow": Action(timing.follow),
            "after": Action(timing.after),
            "mine": Action(mine.listed),
            "join": Action(mine.join, Needs.CONSENT),
            "leave": Action(mine.leave),
            "wish": Action(mine.wish),
            "own": Action(mine.own, Needs.CONSENT),
            "own_what": Action(mine.what),
            "own_when": Action(mine.when),
            "own_day": Action(mine.day),
            "own_hour": Action(mine.hour),
            "own_run": Action(mine.run, Needs.CONSENT),
            "own_pause": Action(mine.pause),
            "again": Action(mine.again, Needs.CONSENT),
        },
        forms={
            "paused": Action(desk.paused),
            "timed": Action(timing.timed),
            "own_timed": Action(mine.timed),
            "own_paused": Action(mine.paused),
        },
        jobs={
            ASK: jobs.ask,
            When.PROMPTS.kind: jobs.after_meeting,
            HAND_OUT: jobs.hand_out,
            TAKE_BACK: jobs.take_back,
            CARD_SENT: jobs.card_sent,
            CARD_MISSED: jobs.card_missed,
            OWN: jobs.own,
            SENT: private.sent,
            MISSED: private.missed,
        },
        happenings={What.ROOM_GONE: jobs.room_gone},
    )


__all__ = ["PromptStore", "answered", "feature"]
