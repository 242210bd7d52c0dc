"""Somebody who goes back, stops, taps twice, types what nobody asked for, changes the language; whose house is shut meanwhile."""

from collections.abc import Awaitable, Callable

from bot.core.flow import Choice, Flow, Scale, Timer
from bot.core.flow_state import State
from bot.core.richtext import clean
from tests.tools_walked.screens import FLOWS, LANGUAGES, Someone
from tests.tools_walked.walking import Walk

LONG = {"discord": 4000, "telegram": 4096, "web": 10_000}  # characters of one message of a person's
OWN_NAMES = {"de": "Deutsch", "es": "Español", "fr": "Français", "pt": "Português", "en": "English"}


class Clumsy(Walk):
    """`first`: with which mischief it begins; two on each screen, each at most twice."""

    def __init__(self, person: Someone, flow: Flow, first: int) -> None:
        super().__init__(person, flow)
        mischief: list[Callable[[State], Awaitable[State]]] = [
            self.goes_back,
            self.stops_and_comes_again,
            self.says_too_much,
            self.taps_twice,
            self.changes_the_language,
            self.finds_the_house_shut,
            self.skips,
        ]
        self._turns = (mischief[first % 7 :] + mischief[: first % 7]) * 2
        self._speak = [language for language in (*LANGUAGES[1 + first % 4 :], *LANGUAGES[: 1 + first % 4]) if language != "en"]
        self.did: list[str] = []

    def worded(self, number: int) -> str:
        return clean(f"{self.person.name} {number} @everyone 🙂 \u05d0\u202etfel <b> **x** [a](b) {{ $n }}")

    async def step(self, state: State) -> None:
        if state.flow == self.flow.name:
            for _ in range(2):
                if self._turns:
                    mischief = self._turns.pop(0)
                    self.did.append(mischief.__name__)
                    try:
                        state = await mischief(state)
                    except AssertionError as error:
                        raise AssertionError(f"{self.person.here.name} {state.flow}:{state.at} {self.did[-1]}: {error}") from error
        if state.at:
            await super().step(state)
        self.person.is_hasty = False

    async def goes_back(self, state: State) -> State:
        if not self.person.has("common.back"):
            return state
        await self.tap("common.back")
        now = await self.state()
        assert now.answers.keys() >= state.answers.keys() - {f"{name}_pairs" for name in state.answers}
        assert (now.at, now.item) != (state.at, state.item) or now.answers != state.answers, "Back did nothing"
        self.visits[now.at] = self.visits.get(now.at, 1) - (now.at != state.at)
        return now

    async def stops_and_comes_again(self, state: State) -> State:
        await self.tap("common.save_stop")
        await self.person.types("/continue")
        return await self.unchanged(state)

    async def says_too_much(self, state: State) -> State:
        await self.person.says("x" * LONG[self.person.here.name])
        await self.person.types("/continue")
        return await self.unchanged(state)

    async def taps_twice(self, state: State) -> State:
        """From here to the next screen, each button."""
        self.person.is_hasty = True
        return state

    async def changes_the_language(self, state: State) -> State:
        if self._speak:
            language = self._speak.pop(0)
            await self.person.speaks(language, OWN_NAMES[language])
            await self.person.types("/continue")
        return await self.unchanged(state)

    async def finds_the_house_shut(self, state: State) -> State:
        await self.person.shared.restart()
        await self.person.sit_down()
        return await self.unchanged(state)

    async def skips(self, state: State) -> State:
        flow = FLOWS[state.flow]
        step = flow.places[state.at]
        if not self.told or isinstance(step, Choice | Scale | Timer) or not self.person.has("common.skip"):
            return state  # what the way hangs on is answered
        await self.tap("common.skip")
        return await self.state()

    async def unchanged(self, state: State) -> State:
        """The person stands where they stood, with what they said; their screen shows it."""
        now = await self.state()
        assert (now.flow, now.at, now.item, now.past, now.answers) == (state.flow, state.at, state.item, state.past, state.answers)
        self.stands(now)
        return now
