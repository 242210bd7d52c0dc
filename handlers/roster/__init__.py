"""The facilitators' corner (/facilitator roster): roster, who hosts what, swaps, a note for the next host, checklist, words."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.core.calls import Role
from bot.core.features import Action, Command, Feature, Needs, Where
from bot.core.ids import CommunityId, PersonId
from bot.core.meetings import When
from bot.core.ports import Unit
from bot.core.texts import Texts
from bot.core.whose import PeaceOf, no_wishes
from handlers.roster.answering import Answers
from handlers.roster.corner import CornerCommands
from handlers.roster.desk import LEAD, Desk
from handlers.roster.evenings import EveningCommands
from handlers.roster.jobs import RosterJobs
from handlers.roster.letters import Letters
from handlers.roster.notes import KIND, NoteCommands, NoteKeeper
from handlers.roster.own import OwnCommands
from handlers.roster.records import EveningBook, RosterBook, Substitutes
from handlers.roster.swaps import SwapCommands

Notices = Callable[[CommunityId, PersonId, datetime, Unit, Role | None], Awaitable[None]]


def feature(
    texts: Texts,
    books: Callable[[Unit], RosterBook],
    evenings: Callable[[Unit], EveningBook],
    substitutes: Callable[[Unit], Substitutes],
    peace: PeaceOf = no_wishes,
) -> Feature:
    """A facilitator's presses are checked in the handlers, by role, by the grant that it left, or by the roster."""
    desk = Desk(texts, books, evenings, substitutes)
    letters, keeper = Letters(desk, peace), NoteKeeper(desk)
    corner, duties, swaps = CornerCommands(desk), EveningCommands(desk, letters), SwapCommands(desk, letters)
    notes, own, answers = NoteCommands(desk, keeper), OwnCommands(desk), Answers(desk, letters)
    jobs = RosterJobs(desk, letters, keeper)
    return Feature(
        name="roster",
        commands=(
            Command("facilitator roster", corner.command, where=Where.ROOM, aliases=("roster", "dienstplan"), facilitators=True),
        ),
        presses={
            "corner": Action(corner.corner),
            "join": Action(corner.join),
            "leave": Action(corner.leave),
            "ask_me": Action(corner.ask_me),
            "hosts": Action(duties.hosts),
            "evening": Action(duties.evening),
            "take": Action(duties.take),
            "help": Action(duties.help),
            "give": Action(duties.give),
            "every": Action(duties.every),
            "no_more": Action(duties.no_more),
            "there": Action(answers.there),
            "cannot": Action(answers.cannot),
            "stand": Action(answers.stand),
            "swap": Action(swaps.swap),
            "to": Action(swaps.to),
            "fair": Action(swaps.fair),
            "withdraw": Action(swaps.withdraw),
            "yes": Action(swaps.yes),
            "no": Action(swaps.no),
            "notes": Action(notes.notes),
            "note": Action(notes.note),
            "form": Action(notes.form),
            "unwrite": Action(notes.unwrite),
            "read": Action(notes.read),
            "training": Action(own.training),
            "tick": Action(own.tick, Needs.CONSENT),
            "say": Action(own.say),
        },
        forms={"name": Action(corner.name, Needs.CONSENT), "write": Action(notes.write, Needs.CONSENT)},
        jobs={When.DUTY.kind: jobs.duty, LEAD: jobs.lead, KIND: jobs.note},
        leaves=jobs.leave,
    )


def noticed(
    texts: Texts,
    books: Callable[[Unit], RosterBook],
    evenings: Callable[[Unit], EveningBook],
    substitutes: Callable[[Unit], Substitutes],
) -> Notices:
    """What the room tells the roster of somebody's role: it is theirs still, or it ended and they are off."""
    desk = Desk(texts, books, evenings, substitutes)

    async def notice(community: CommunityId, person: PersonId, now: datetime, unit: Unit, role: Role | None) -> None:
        if role is None:
            await desk.ended(community, person, now, unit)
        else:
            await desk.books(unit).seen(community, person, now, owner=role is Role.OWNER)

    return notice
