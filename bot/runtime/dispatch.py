"""From an act to its answer: who, may they, which handler; effects and receipt in one transaction; errors become words here.

Help now stands before everything else: it needs no database, no budget, no consent and no known person.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

import msgspec
import structlog

from bot.core.calls import Call, Incoming, Kind, Place
from bot.core.clock import Clock
from bot.core.errors import BotError, StorageUnavailable
from bot.core.features import Feature, MenuEntry
from bot.core.happenings import Happening
from bot.core.ids import MessageRef
from bot.core.platform import Answer, Capabilities
from bot.core.ports import Store, Unit
from bot.core.posts import OutboxQueue
from bot.core.replies import NOTHING, Choice, Reply
from bot.core.texts import Texts
from bot.runtime.answers import Answers
from bot.runtime.budget import Budget, Verdict
from bot.runtime.deciding import Deciding
from bot.runtime.forms import AskAgain, Forms
from bot.runtime.hearing import Hearing
from bot.runtime.helping import Helping
from bot.runtime.hygiene import cleaned
from bot.runtime.language import Settings
from bot.runtime.logs import failure
from bot.runtime.metrics import Metrics
from bot.runtime.printing.printer import Printer
from bot.runtime.problems import Problems
from bot.runtime.registry import Registry, menu
from bot.runtime.shown import ShownForms

log = structlog.get_logger()


class Dispatch:
    """A `bot.core.platform.Receiver`."""

    def __init__(
        self,
        store: Store,
        outbox: OutboxQueue,
        features: Sequence[Feature],
        texts: Texts,
        clock: Clock,
        *,
        zone: str,
        language: str,
        country: str,
        gate: Callable[[Call], Reply],
        help_now: Callable[[Call], Reply],
        capabilities: Mapping[str, Capabilities],
        forms: Forms | None = None,
        metrics: Metrics | None = None,
        printer: Printer | None = None,
        spent: Callable[[Place], None] | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts
        self._forms = forms or Forms(texts)
        self._forms.rerun = self.rerun
        self._features = tuple(features)
        self._shown = ShownForms(texts)
        self._registry = Registry((self._forms.feature(self._shown.fill_again), *features), texts)
        self._settings = Settings(texts, language=language, zone=zone, country=country)
        self._problems = Problems(texts)
        self._helping = Helping(store, self._settings, self._problems, help_now, clock, capabilities)
        self._deciding = Deciding(
            self._registry, self._settings, self._problems, gate, self._forms, self._shown, clock, capabilities
        )
        self._hearing = Hearing(store, features, clock, self._deciding.call)
        self._answers = Answers(store, outbox, clock, capabilities, spent)
        self._budget = Budget()
        self._metrics = metrics or Metrics()
        self._printer = printer or Printer()

    def menu(self) -> tuple[MenuEntry, ...]:
        """Return the listed commands of every feature, for the platforms' menus."""
        return menu(self._features, self._texts)

    async def take(self, incoming: Incoming) -> Answer:
        if self._registry.is_help(incoming):
            return await self._helping.answer(incoming)  # neither logged nor counted
        began = time.perf_counter()
        name, outcome, why = "unknown", "ok", ""
        answer: Answer
        try:
            match self._budget.spend(incoming.account, self._clock.now()):
                case Verdict.SILENT:
                    self._metrics.act(incoming.place.platform, "too_fast", 0.0)  # a line each would be a flood too
                    return Answer(incoming, NOTHING, self._language(incoming))
                case Verdict.TELL:
                    answer, outcome = self._problem(incoming, "error.too_fast"), "too_fast"
                case Verdict.GO:
                    act = cleaned(incoming)
                    route = None
                    if act.kind is Kind.WORDS:
                        name = "words"
                    else:
                        route, act = self._registry.find(act)
                        name = route.name
                        self._shown.check(act)
                    answer = await self._store.transact(lambda unit: self._deciding.decide(incoming, act, route, unit))
                    answer = await self._with_paper(answer)
                    outcome = "again" if answer.again else "ok"
                    if act.kind is Kind.FORM:
                        self._shown.forget(act.account)
        except AskAgain as again:
            answer, outcome, why = Answer(incoming, again.reply, self._language(incoming)), "refused", str(again.detail["error"])
        except BotError as error:
            outcome, why = "storage" if isinstance(error, StorageUnavailable) else "refused", type(error).__name__
            language = self._language(incoming)
            reply = self._shown.offered(incoming, error, self._problems.of(error, language), language)
            answer = Answer(incoming, reply, language)
        except Exception as error:
            outcome, language = "unexpected", self._language(incoming)
            answer = Answer(incoming, self._problems.unexpected(language), language)
            failure("command.failed", error, name=name)
        seconds = time.perf_counter() - began
        because = {"why": why} if why else {}
        log.info(
            "command.done", name=name, platform=incoming.place.platform, outcome=outcome, ms=round(seconds * 1000, 1), **because
        )
        self._metrics.act(incoming.place.platform, outcome, seconds)
        return answer

    async def sent(self, answer: Answer, ref: MessageRef | None) -> None:
        self._answers.sent(answer, ref)

    async def not_sent(self, answer: Answer, error: BotError) -> None:
        await self._answers.not_sent(answer, error)

    async def heard(self, happening: Happening) -> None:
        await self._hearing.heard(happening)

    async def complete(self, incoming: Incoming, option: str) -> Sequence[Choice]:
        return await self._hearing.complete(incoming, option)

    async def resume(self, settled: timedelta = timedelta()) -> None:
        """At the start: what was answered before the last end and never sent goes to the courier.

        `settled`: how old an answer is that no other process can be sending any more.
        """
        await self._answers.resume(settled)

    async def settle(self) -> None:
        """At the end: wait until what is known of sent answers is written."""
        await self._answers.settle()

    async def present(self, call: Call, unit: Unit) -> Reply | None:
        """Return the question of the form that waits for the person, or None."""
        return await self._forms.present(call, unit)

    async def rerun(self, call: Call, unit: Unit) -> Reply:
        """Do a call from the start, in the same transaction: after consent was given, or a form was filled in."""
        return await self._deciding.rerun(call, unit)

    async def _with_paper(self, answer: Answer) -> Answer:
        """Return the answer with its paper printed: after the act is on disk, and in nobody's way."""
        if answer.reply.paper is None:
            return answer
        reply = await self._printer.printed(answer.reply, answer.language, self._clock.now())
        return msgspec.structs.replace(answer, reply=reply)

    def _problem(self, incoming: Incoming, key: str) -> Answer:
        language = self._language(incoming)
        return Answer(incoming, self._problems.said(key, language), language)

    def _language(self, incoming: Incoming) -> str:
        return self._settings.remembered(incoming.account, incoming.locale).language
