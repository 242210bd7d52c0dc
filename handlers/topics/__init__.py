"""Topics between meetings: the prompt of the week below a room, and words without a name where that is allowed. /topic."""

from collections.abc import Callable, Mapping

from bot.core.features import Action, Command, Feature, Needs, Where
from bot.core.happenings import What
from bot.core.meetings import Hosts
from bot.core.ports import Unit
from bot.core.reporting import WHAT, Looks
from bot.core.rights import Doors
from bot.core.staff import StaffOf, no_staff
from bot.core.texts import Texts
from bot.core.whose import PeaceOf, no_wishes
from handlers.topics import rules
from handlers.topics.desk import Desk
from handlers.topics.jobs import TopicJobs
from handlers.topics.keeper import Keeper
from handlers.topics.opening import Opening
from handlers.topics.records import TopicStore
from handlers.topics.reported import Reporting
from handlers.topics.settling import Settling
from handlers.topics.writing import Writing


def feature(
    texts: Texts,
    books: Callable[[Unit], TopicStore],
    hosts: Callable[[Unit], Hosts],
    staff: StaffOf = no_staff,
    peace: PeaceOf = no_wishes,
    unnamed: frozenset[str] = frozenset(),
) -> Feature:
    """`unnamed`: platforms where words may be shown without their writer's name, if the community allows it; elsewhere they never
    are. A facilitator's presses are checked in the handlers, by role or by a grant that the role left (see `bot.core.rights`)."""
    desk = Desk(texts, books, Doors(hosts), staff, peace, unnamed)
    keeper = Keeper(desk)
    opening, settling = Opening(desk, keeper), Settling(desk, keeper)
    writing, jobs = Writing(desk, keeper), TopicJobs(desk, keeper)
    return Feature(
        name=rules.FEATURE,
        commands=(Command("topic", opening.topic, where=Where.ROOM, facilitators=True),),
        presses={
            "panel": Action(opening.panel),
            "browse": Action(opening.browse),
            "preview": Action(opening.preview),
            "own": Action(opening.own, needs=Needs.CONSENT),
            "open": Action(opening.open),
            "listed": Action(opening.listed),
            "topic": Action(opening.one),
            "close": Action(opening.close),
            "away": Action(opening.away),
            "weekly": Action(settling.weekly),
            "closing": Action(settling.closing),
            "unnamed": Action(settling.unnamed),
            "write": Action(writing.write, needs=Needs.CONSENT),
            "post": Action(writing.post, needs=Needs.CONSENT),
            "discard": Action(writing.discard),
            "mine": Action(writing.mine),
            "back": Action(writing.back),
        },
        forms={
            "owned": Action(opening.owned, needs=Needs.CONSENT),
            "written": Action(writing.written, needs=Needs.CONSENT),
        },
        jobs={
            rules.OPENED: jobs.opened,
            rules.NOT_OPENED: jobs.not_opened,
            rules.LOST: jobs.lost,
            rules.TEND: jobs.tend,
            rules.WEEK: jobs.week,
            rules.CLOSING: jobs.closing,
            rules.POSTED: jobs.posted,
            rules.NOT_POSTED: jobs.not_posted,
        },
        happenings={What.ROOM_GONE: jobs.room_gone},
        leaves=writing.leaves,
    )


def looks(texts: Texts, books: Callable[[Unit], TopicStore]) -> Mapping[str, Looks]:
    """What can be reported of this feature, by the letters of `bot.core.reporting.WHAT`."""
    reporting = Reporting(texts, books)
    return {WHAT["topic"]: reporting.topic, WHAT["post"]: reporting.post}


__all__ = ["feature", "looks"]
