"""How the weeks were in a community, from the numbers of those who agreed; and what helped, in lines that somebody shared.
/community together."""

from collections.abc import Callable, Mapping

from bot.core.features import Action, Command, Feature, Needs
from bot.core.happenings import What
from bot.core.ids import CommunityId
from bot.core.meetings import Audience, Hosts
from bot.core.ports import Unit
from bot.core.reporting import WHAT, Looks, Reported
from bot.core.rights import Doors
from bot.core.texts import Texts
from handlers.together import rules
from handlers.together.commands import TogetherCommands
from handlers.together.desk import Desk
from handlers.together.jobs import TogetherJobs
from handlers.together.records import TogetherBook
from handlers.together.seeing import Seeing
from handlers.together.sharing import Sharing


def feature(
    texts: Texts,
    books: Callable[[Unit], TogetherBook],
    hosts: Callable[[Unit], Hosts],
    unnamed: frozenset[str] = frozenset(),
) -> Feature:
    """`unnamed`: the platforms where a line may be shown without a name. A facilitator's presses are checked in the handlers."""
    seeing = Seeing(texts, books, Doors(hosts), unnamed)
    commands, sharing, desk, jobs = TogetherCommands(seeing), Sharing(seeing), Desk(seeing), TogetherJobs(texts, books)
    return Feature(
        name="together",
        commands=(Command("community together", commands.command, aliases=("together",)),),
        presses={
            **of_each("of", Action(commands.show)),
            **of_each("ask", Action(commands.ask)),
            **of_each("agree", Action(commands.agree, needs=Needs.CONSENT)),
            **of_each("stop", Action(commands.stop)),
            **of_each("write", Action(sharing.write)),
            **of_each("mine", Action(sharing.mine)),
            **of_each("desk", Action(desk.show)),
            **of_each("tell", Action(desk.tell)),
            "share": Action(sharing.share, needs=Needs.CONSENT),
            "take": Action(sharing.take_back),
            "hide": Action(desk.hide),
        },
        forms=of_each("line", Action(sharing.written, needs=Needs.CONSENT)),
        jobs={rules.KIND: jobs.close},
        happenings={What.ROOM_GONE: jobs.room_gone},
    )


def looks() -> Mapping[str, Looks]:
    """What can be reported of this feature: a community's shared lines. Whose one of them is, no facilitator is told."""

    async def lines(community: str, unit: Unit) -> Reported | None:
        found = await unit.communities.get(CommunityId(community))
        return None if found is None else Reported(found.id)

    return {WHAT["lines"]: lines}


def of_each(name: str, action: Action) -> dict[str, Action]:
    """Return an action once for each audience."""
    return {rules.named(name, audience): action for audience in Audience}


__all__ = ["TogetherBook", "feature", "looks"]
