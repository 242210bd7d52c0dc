"""A meeting's agenda: who wants time and for what, in an order that facilitators may change; what was left open goes on."""

from collections.abc import Callable

from bot.core.features import Action, Feature, Needs
from bot.core.meetings import When
from bot.core.ports import Unit
from bot.core.texts import Texts
from bot.core.whose import PeaceOf, no_wishes
from handlers.agenda import rules
from handlers.agenda.commands import Desk, LeadCommands, OwnCommands
from handlers.agenda.jobs import AgendaJobs
from handlers.agenda.records import AgendaStore, Evenings


def feature(
    texts: Texts,
    books: Callable[[Unit], AgendaStore],
    meetings: Callable[[Unit], Evenings],
    peace: PeaceOf = no_wishes,
) -> Feature:
    """A facilitator's presses are checked in the handlers, by role or by a grant that the role left (see `bot.core.rights`)."""
    desk = Desk(texts, books, meetings)
    lead, own, jobs = LeadCommands(desk), OwnCommands(desk), AgendaJobs(desk, peace)
    return Feature(
        name="agenda",
        presses={
            "list": Action(lead.list),
            "one": Action(lead.one),
            "up": Action(lead.up),
            "down": Action(lead.down),
            "now": Action(lead.now),
            "done": Action(lead.done),
            "open": Action(lead.open),
            "drop": Action(lead.drop),
            "add": Action(lead.add),
            "mine": Action(own.mine, Needs.CONSENT),
            "bring": Action(own.bring),
        },
        jobs={When.UNFINISHED.kind: jobs.unfinished, rules.FORGET: jobs.forget, rules.WAIT: jobs.wait},
        leaves=jobs.erased,
    )


__all__ = ["feature"]
