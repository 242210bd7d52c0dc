"""Two people who pair for a week, and tell each other once a day how it went, without knowing each other's account.
/community pair."""

from collections.abc import Callable, Collection

from bot.core.features import Action, Command, Feature, Needs, Option, Where
from bot.core.happenings import What
from bot.core.ids import new_code, new_id
from bot.core.ports import Unit
from bot.core.reporting import Looks, Reported
from bot.core.staff import StaffOf, no_staff
from bot.core.texts import Texts
from bot.core.whose import PeaceOf, no_wishes
from handlers.pairs.commands import PairCommands
from handlers.pairs.jobs import PairJobs
from handlers.pairs.keeping import Keeping
from handlers.pairs.pairing import Pairing
from handlers.pairs.records import PairBook
from handlers.pairs.telling import KIND, Telling


def feature(
    texts: Texts,
    books: Callable[[Unit], PairBook],
    unnamed: Collection[str] = frozenset(),
    peace: PeaceOf = no_wishes,
    ids: Callable[[], str] = new_id,
    codes: Callable[[], str] = new_code,
) -> Feature:
    """`unnamed`: platforms where a line may reach one person without its author's name; elsewhere there are taps alone.
    `peace`: when a person does not want to be written to."""
    keeping = Keeping(books, Telling(texts, peace, ids), ids)
    pairing = Pairing(keeping, unnamed)
    commands = PairCommands(keeping, pairing, codes)
    presses = {
        "home": commands.home,
        "code": commands.code,
        "enter": commands.enter,
        "join": commands.join,
        "look": commands.look,
        "stop": commands.stop,
        "yes": commands.yes,
        "no": commands.no,
        "again": commands.again,
        "write": pairing.write,
        "rate": pairing.rate,
        "line": pairing.line,
        "words": pairing.words,
        "send": pairing.send,
        "show": pairing.show,
        "kind": pairing.kind,
        "all": pairing.all,
        "time": pairing.time,
        "name": pairing.name,
        "end": pairing.end,
    }
    forms = {"entered": commands.entered, "worded": pairing.worded, "named": pairing.named}
    command = Command(
        "community pair",
        commands.pair,
        needs=Needs.CONSENT,
        where=Where.PRIVATE,
        aliases=("pair",),
        options=(Option("code"),),
    )
    return Feature(
        name="pairs",
        commands=(command,),
        presses={name: Action(run, Needs.CONSENT) for name, run in presses.items()},
        forms={name: Action(run, Needs.CONSENT) for name, run in forms.items()},
        jobs={KIND: PairJobs(keeping).come},
        happenings={What.LEFT: commands.left},
        leaves=keeping.leave,
    )


def looks(books: Callable[[Unit], PairBook], staff: StaffOf = no_staff) -> Looks:
    """What a report of a pair is about: its community's facilitators hear of it, and nothing of who the two are. One of the two may
    be a facilitator: neither hears of it."""

    async def look(pair: str, unit: Unit) -> Reported | None:
        community = await books(unit).traced(pair)
        if community is None:
            return None
        roster = [colleague.person for colleague in await staff(unit).of(community)]
        return Reported(community, about=await books(unit).were_in(pair, roster))

    return look


__all__ = ["feature", "looks"]
