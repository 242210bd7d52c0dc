"""From an act to its answer: who, may they, which handler; effects and receipt in one transaction; errors become words here.

Help now stands before everything else: it needs no database, no budget, no consent and no known person.
"""

import time
from collections.abc import Callable, Mapping, Sequence

import msgspec
import structlog

from bot.core.calls import Call, Community, Incoming, Kind, Person, Place
from bot.core.clock import Clock
from bot.core.errors import BotError, NotAllowed, StorageUnavailable, WrongPlace
from bot.core.features import Feature, MenuEntry, Needs, Where
from bot.core.ids import MessageRef
from bot.core.ports import Answer, Capabilities, OutboxQueue, Store, Unit
from bot.core.replies import NOTHING, Reply, To
from bot.core.texts import Texts
from bot.runtime.answers import Answers, Taken, receipt_key
from bot.runtime.budget import Budget, Verdict
from bot.runtime.forms import AskAgain, Forms
from bot.runtime.helping import Helping
from bot.runtime.hygiene import cleaned
from bot.runtime.language import Settings
from bot.runtime.logs import failure
from bot.runtime.metrics import Metrics
from bot.runtime.problems import Problems
from bot.runtime.registry import Registry, Route, menu
from bot.runtime.shown import ShownForms

log = structlog.get_logger()

LARGEST_KEPT_FILE = 64 * 1024  # bytes; a larger one is made again when the act is told again


class Dispatch:
    """A `bot.core.ports.Receiver`."""

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
        spent: Callable[[Place], None] | None = None,
    ) -> None:
        self._store = store
        self._clock = clock
        self._texts = texts
        self._gate = gate
        self._capabilities = capabilities
        self._forms = forms or Forms(texts)
        self._forms.rerun = self.rerun
        self._features = tuple(features)
        self._shown = ShownForms(texts)
        self._registry = Registry((self._forms.feature(self._shown.fill_again), *features))
        self._settings = Settings(texts, language=language, zone=zone, country=country)
        self._problems = Problems(texts)
        self._helping = Helping(store, self._settings, self._problems, help_now, clock, capabilities)
        self._answers = Answers(store, outbox, clock, capabilities, spent)
        self._budget = Budget()
        self._metrics = metrics or Metrics()

    def menu(self) -> tuple[MenuEntry, ...]:
        """Return the listed commands of every feature, for the platforms' menus."""
        return menu(self._features, self._texts)

    async def take(self, incoming: Incoming) -> Answer:
        if self._registry.is_help(incoming):
            return await self._helping.answer(incoming)  # neither logged nor counted
        began = time.perf_counter()
        name, outcome, why = "unknown", "ok", ""
        language = self._settings.remembered(incoming.account, incoming.locale).language
        answer: Answer
        try:
            match self._budget.spend(incoming.account, self._clock.now()):
                case Verdict.SILENT:
                    answer, outcome = Answer(incoming, NOTHING, language), "too_fast"
                case Verdict.TELL:
                    answer, outcome = Answer(incoming, self._problems.said("error.too_fast", language), language), "too_fast"
                case Verdict.GO:
                    act = cleaned(incoming)
                    route = None
                    if act.kind is Kind.WORDS:
                        name = "words"
                    else:
                        route, act = self._registry.find(act)
                        name = route.name
                        self._shown.check(act)
                    answer = await self._store.transact(lambda unit: self._decide(incoming, act, route, unit))
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

    async def resume(self) -> None:
        """At the start: what was answered before the last end and never sent goes to the courier."""
        await self._answers.resume()

    async def settle(self) -> None:
        """At the end: wait until what is known of sent answers is written."""
        await self._answers.settle()

    async def present(self, call: Call, unit: Unit) -> Reply | None:
        """Return the question of the form that waits for the person, or None."""
        return await self._forms.present(call, unit)

    async def rerun(self, call: Call, unit: Unit) -> Reply:
        """Do a call from the start, in the same transaction: after consent was given, or a form was filled in."""
        route, act = self._registry.find(call.incoming)
        return await self._run(route, self._call(act, call.person, call.community), unit)

    async def _decide(self, incoming: Incoming, act: Incoming, route: Route | None, unit: Unit) -> Taken:
        """Return the answer. Runs inside the act's transaction."""
        needs = Needs.NOBODY if route is None else route.needs
        person = await unit.people.find(act.account)
        keeps = person is not None and (route is None or needs > Needs.NOBODY)
        receipt = receipt_key(act)
        if keeps:
            assert person is not None
            before = await unit.receipts.of(receipt)
            if before is not None:
                language = self._settings.choose(act.account, act.locale, person, None).language
                return Taken(incoming, before, language, True, receipt, person.id, None)
        community = await self._community(act, person, unit, make=needs > Needs.NOBODY)
        call = self._call(act, person, community)
        if route is None:
            reply = await self._hear(call, unit)
        elif needs is Needs.PERSON:
            call = await self._known(call, unit)
            reply = await self._run(route, call, unit)
        else:
            reply = await self._run(route, call, unit)
        keeps = call.person is not None and (keeps or needs is Needs.PERSON)
        if keeps and not (reply.file and len(reply.file.content) > LARGEST_KEPT_FILE):
            await unit.receipts.keep(receipt, call.who, reply, call.at)
        else:
            receipt = ""
        who = call.person.id if call.person else None
        return Taken(incoming, reply, call.language, False, receipt, who, community.id if community else None)

    async def _known(self, call: Call, unit: Unit) -> Call:
        """Return the call with its person, made on first use. The first community they act in is their home."""
        home = call.community.id if call.community else None
        if call.person is None:
            person = await unit.people.make(call.incoming.account, call.at, home)
        elif call.person.home is None and home is not None:
            person = msgspec.structs.replace(call.person, home=home)
            await unit.people.save(person)
        else:
            return call
        return msgspec.structs.replace(call, person=person)

    async def _run(self, route: Route, call: Call, unit: Unit) -> Reply:
        """Ask for the right, the place and the consent; then run the handler, and turn its form into questions where needed."""
        if route.facilitators and not call.is_facilitator:
            raise NotAllowed(name=route.name)
        if route.where is Where.ROOM and call.place.private:
            raise WrongPlace(name=route.name)
        if route.needs is Needs.CONSENT and not has_consent(call.person):
            return self._gate(call)
        if route.needs is Needs.CONSENT:
            call = await self._known(call, unit)
        reply = await route.run(call, unit)
        if route.where is Where.PRIVATE and reply.to is To.ROOM:
            reply = msgspec.structs.replace(reply, to=To.ONLY_YOU)
        if reply.form is None:
            return reply
        return await self._show_form(call, reply, unit)

    async def _show_form(self, call: Call, reply: Reply, unit: Unit) -> Reply:
        """Return the form for a platform that shows one, else its first question. Consent comes before the first word."""
        assert reply.form is not None
        ahead = self._registry.form_route(reply.form.press)
        if ahead is not None and ahead.needs is Needs.CONSENT and not has_consent(call.person):
            return self._gate(call)
        if not call.modals:
            return await self._forms.begin(await self._known_or_made(call, unit), reply, unit)
        self._shown.remember(call.incoming.account, reply.form)
        return reply

    async def _known_or_made(self, call: Call, unit: Unit) -> Call:
        return call if call.person is not None else await self._known(call, unit)

    async def _hear(self, call: Call, unit: Unit) -> Reply:
        """Offer typed words to a waiting form, then to each feature. In a room nothing is read."""
        if not call.place.private:
            return NOTHING
        if call.person is not None:
            for _, words in self._registry.words:
                reply = await words(call, unit)
                if reply != NOTHING:
                    return await self._show_form(call, reply, unit) if reply.form is not None else reply
        return self._problems.said("error.words_unexpected", call.language)

    async def _community(self, act: Incoming, person: Person | None, unit: Unit, *, make: bool) -> Community | None:
        place = act.place
        if place.space:
            communities = unit.communities
            return await (communities.find_or_make if make else communities.find)(place.platform, place.space)
        return await unit.communities.get(person.home) if person is not None and person.home is not None else None

    def _call(self, act: Incoming, person: Person | None, community: Community | None) -> Call:
        setting = self._settings.choose(act.account, act.locale, person, community)
        can = self._capabilities.get(act.place.platform)
        return Call(
            incoming=act,
            language=setting.language,
            zone=setting.zone,
            country=setting.country,
            at=self._clock.now(),
            modals=can.modals if can is not None else False,
            person=person,
            community=community,
        )

    def _language(self, incoming: Incoming) -> str:
        return self._settings.remembered(incoming.account, incoming.locale).language


def has_consent(person: Person | None) -> bool:
    return person is not None and person.consented_at is not None
