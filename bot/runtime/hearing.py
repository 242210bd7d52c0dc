"""What happens without anybody speaking to the bot, and values offered while somebody types. Neither is an act.

A happening that comes twice (a resumed connection) is heard once while it is remembered; features name states, so that a later
repetition is no harm.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

import structlog

from bot.core.calls import Call, Community, Incoming, Person
from bot.core.clock import Clock
from bot.core.errors import BotError
from bot.core.features import Completes, Feature
from bot.core.happenings import Happening, Heard, Hears, What
from bot.core.ports import Store, Unit
from bot.core.replies import Choice
from bot.runtime.hygiene import cleaned
from bot.runtime.logs import failure

log = structlog.get_logger()

REMEMBERED = 4096
MOST_CHOICES = 25  # Discord's limit


class Hearing:
    def __init__(
        self,
        store: Store,
        features: Sequence[Feature],
        clock: Clock,
        call: Callable[[Incoming, Person | None, Community | None], Call],
    ) -> None:
        self._store = store
        self._clock = clock
        self._call = call
        self._ears: dict[What, list[Hears]] = {}
        self._completes: dict[str, Completes] = {}
        self._seen: OrderedDict[str, None] = OrderedDict()
        for feature in features:
            self._completes.update(_apart(feature.completes, self._completes))
            for what, hears in feature.happenings.items():
                self._ears.setdefault(what, []).append(hears)

    async def heard(self, happening: Happening) -> None:
        ears = self._ears.get(happening.what, ())
        receipt = f"{happening.place.platform} {happening.receipt}"
        if not ears or receipt in self._seen:
            return

        async def work(unit: Unit) -> None:
            heard = await self._known(happening, unit)
            for hears in ears:
                await hears(heard, unit)

        try:
            await self._store.transact(work)
        except BotError as error:
            log.warning("happening.unheard", kind=happening.what.value, error=type(error).__name__)
        except Exception as error:
            failure("happening.failed", error, kind=happening.what.value)
        else:
            self._remember(receipt)

    async def complete(self, incoming: Incoming, option: str) -> Sequence[Choice]:
        completes = self._completes.get(f"{incoming.name} {option}")
        if completes is None:
            return ()

        async def work(unit: Unit) -> Sequence[Choice]:
            act = cleaned(incoming)
            person = await unit.people.find(act.account)
            community = await unit.communities.find(act.place.platform, act.place.space) if act.place.space else None
            if community is None and person is not None and person.home is not None:
                community = await unit.communities.get(person.home)
            return await completes(self._call(act, person, community), act.arguments.get(option, ""), unit)

        try:
            return (await self._store.transact(work))[:MOST_CHOICES]
        except BotError as error:
            log.info("completion.refused", error=type(error).__name__)
        except Exception as error:
            failure("completion.failed", error)
        return ()

    async def _known(self, happening: Happening, unit: Unit) -> Heard:
        place = happening.place
        return Heard(
            happening,
            self._clock.now(),
            await unit.people.find(happening.account) if happening.account else None,
            await unit.communities.find(place.platform, place.space) if place.space else None,
            await unit.rooms.find(place),
        )

    def _remember(self, receipt: str) -> None:
        self._seen[receipt] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)


def _apart(new: Mapping[str, Completes], known: Mapping[str, Completes]) -> Mapping[str, Completes]:
    """Return the new ones. Raises ValueError where two features complete the same option."""
    if twice := new.keys() & known.keys():
        raise ValueError(f"two features complete {', '.join(sorted(twice))}")
    return new
