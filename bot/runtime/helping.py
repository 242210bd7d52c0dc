"""Help now, before everything else. Asking for it is not stored, counted or written to the log.

The person's own language and country are asked of the database for a quarter of a second at most; without it what is remembered,
the platform's locale and the host's country serve.
"""

import asyncio
from collections.abc import Callable, Mapping

import msgspec

from bot.core.calls import Call, Incoming
from bot.core.clock import Clock
from bot.core.platform import Answer, Capabilities
from bot.core.ports import Store, Unit
from bot.core.replies import Reply
from bot.runtime.language import Setting, Settings
from bot.runtime.logs import failure
from bot.runtime.problems import Problems

PATIENCE = 0.25  # seconds
MOST_LOOKING = 32  # look-ups at one time; a flood of presses asks no more of the database than this


class Helping:
    def __init__(
        self,
        store: Store,
        settings: Settings,
        problems: Problems,
        help_now: Callable[[Call], Reply],
        clock: Clock,
        capabilities: Mapping[str, Capabilities],
    ) -> None:
        self._store = store
        self._settings = settings
        self._problems = problems
        self._help_now = help_now
        self._clock = clock
        self._capabilities = capabilities
        self._looking: set[asyncio.Task[Setting]] = set()

    async def answer(self, incoming: Incoming) -> Answer:
        setting = await self._setting(incoming)
        can = self._capabilities.get(incoming.place.platform)
        call = Call(
            incoming=incoming,
            language=setting.language,
            zone=setting.zone,
            country=setting.country,
            at=self._clock.now(),
            modals=can.modals if can is not None else False,
        )
        return Answer(incoming, self._reply(call), setting.language)

    def _reply(self, call: Call) -> Reply:
        """Return the card; in the first language shipped when this one's texts are broken."""
        for language in dict.fromkeys((call.language, self._problems.first_language)):
            try:
                return self._help_now(msgspec.structs.replace(call, language=language))
            except Exception as error:
                failure("help.broken", error, name=language)
        return self._problems.unexpected(call.language)

    async def _setting(self, incoming: Incoming) -> Setting:
        if len(self._looking) < MOST_LOOKING:
            looking = asyncio.get_running_loop().create_task(self._look(incoming), name="language of who asks for help")
            self._looking.add(looking)
            looking.add_done_callback(self._looked)
            await asyncio.wait({looking}, timeout=PATIENCE)
            if looking.done() and not looking.cancelled() and looking.exception() is None:
                return looking.result()
        return self._settings.remembered(incoming.account, incoming.locale)

    async def _look(self, incoming: Incoming) -> Setting:
        async def read(unit: Unit) -> Setting:
            person = await unit.people.find(incoming.account)
            place = incoming.place
            community = None
            if place.space:
                community = await unit.communities.find(place.platform, place.space)
            elif person is not None and person.home is not None:
                community = await unit.communities.get(person.home)
            return self._settings.choose(incoming.account, incoming.locale, person, community)

        return await self._store.transact(read)

    def _looked(self, task: asyncio.Task[Setting]) -> None:
        """Let a look-up end in its own time: a transaction is never cut off. Its failure is no news here."""
        self._looking.discard(task)
        if not task.cancelled():
            task.exception()
