"""Inside an act's transaction: was it done before, who is it, may they, and then the handler. Nothing else is awaited here."""

from collections.abc import Callable, Mapping

import msgspec

from bot.core.calls import Call, Community, Incoming, Kind, Person
from bot.core.clock import Clock
from bot.core.errors import NotAllowed, WrongPlace
from bot.core.features import Needs, Where
from bot.core.platform import Capabilities
from bot.core.ports import Unit
from bot.core.replies import FILE, NOTHING, Reply, To
from bot.runtime.answers import Taken, receipt_key
from bot.runtime.forms import Forms
from bot.runtime.language import Settings
from bot.runtime.problems import Problems
from bot.runtime.registry import Registry, Route
from bot.runtime.shown import ShownForms

LARGEST_KEPT_FILE = 64 * 1024  # bytes; a larger one is made again when the act is told again


class Deciding:
    def __init__(
        self,
        registry: Registry,
        settings: Settings,
        problems: Problems,
        gate: Callable[[Call], Reply],
        forms: Forms,
        shown: ShownForms,
        clock: Clock,
        capabilities: Mapping[str, Capabilities],
    ) -> None:
        self._registry = registry
        self._settings = settings
        self._problems = problems
        self._gate = gate
        self._forms = forms
        self._shown = shown
        self._clock = clock
        self._capabilities = capabilities

    async def rerun(self, call: Call, unit: Unit) -> Reply:
        """Do a call from the start, in the same transaction: after consent was given, or a form was filled in."""
        route, act = self._registry.find(call.incoming)
        return await self._run(route, self.call(act, call.person, call.community), unit)

    async def decide(self, incoming: Incoming, act: Incoming, route: Route | None, unit: Unit) -> Taken:
        """Return the answer. Runs inside the act's transaction. `route` is None for typed words."""
        if route is None and not act.place.private:  # said in a room: not read, and not noted
            language = self._settings.remembered(act.account, act.locale).language
            return Taken(incoming, NOTHING, language)
        needs = Needs.NOBODY if route is None else route.needs
        keeps = route is None or needs > Needs.NOBODY  # what needs nobody changes nothing, and may be done again
        receipt = receipt_key(act)
        person = await unit.people.find(act.account)
        if person is not None and keeps:
            before = await unit.receipts.of(receipt)
            if before is not None:
                language = self._settings.choose(act.account, act.locale, person, None).language
                return Taken(incoming, before, language, True, receipt, person.id, None)
        community = await self._community(act, person, unit, make=needs > Needs.NOBODY)
        call = self.call(act, person, community)
        reply = await (self._hear(call, unit) if route is None else self._run(route, call, unit))
        if person is None and needs > Needs.NOBODY:
            person = await unit.people.find(act.account)  # made on the way, unless the gate stood before it
        elif person is not None and keeps:
            reply = await self._with_notes(call, reply, unit)
        if act.kind is Kind.WORDS and act.place.private and person is not None and person.tidy and reply.blocks:
            reply = msgspec.structs.replace(reply, clears=True)
        is_large = reply.file is not None and len(reply.file.content) > LARGEST_KEPT_FILE
        if person is None or not keeps or reply.fleeting or is_large:
            receipt = ""
        else:
            await unit.receipts.keep(receipt, person.id, reply, call.at)
        who, where = person.id if person else None, community.id if community else None
        return Taken(incoming, reply, call.language, False, receipt, who, where)

    async def _with_notes(self, call: Call, reply: Reply, unit: Unit) -> Reply:
        """Return an answer that only the person sees with what features have to tell them once below it."""
        if not reply.blocks or reply.to is To.ROOM or reply.form is not None:
            return reply
        told = [block for notes in self._registry.notes for block in await notes(call, unit)]
        return msgspec.structs.replace(reply, blocks=(*reply.blocks, *told)) if told else reply

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
        if route.where is Where.ROOM and call.place.private:
            raise WrongPlace(name=route.name)
        if route.facilitators and not call.is_facilitator:
            raise NotAllowed(name=route.name)
        if route.needs is Needs.CONSENT and not has_consent(call.person):
            return self._gate(call)
        if route.needs > Needs.NOBODY:
            call = await self._known(call, unit)
        reply = await route.run(call, unit)
        if route.where is Where.PRIVATE and reply.to is To.ROOM:
            reply = msgspec.structs.replace(reply, to=To.ONLY_YOU)
        if reply.form is None:
            return reply
        return await self._show_form(call, reply, unit)

    async def _show_form(self, call: Call, reply: Reply, unit: Unit) -> Reply:
        """Return the form for a platform that shows one, else its first question. Right and consent come before the first word."""
        assert reply.form is not None
        ahead = self._registry.form_route(reply.form.press)
        if ahead is not None and ahead.facilitators and not call.is_facilitator:
            raise NotAllowed(name=ahead.name)
        if ahead is not None and ahead.needs is Needs.CONSENT and not has_consent(call.person):
            person = await unit.people.find(call.incoming.account)  # they may just have agreed, on the way to this form
            if not has_consent(person):
                return self._gate(call)
        if not call.modals:
            return await self._forms.begin(await self._known(call, unit), reply, unit)
        self._shown.remember(call.incoming.account, reply.form)
        return reply

    async def _hear(self, call: Call, unit: Unit) -> Reply:
        """Offer typed words to a waiting form, then to each feature. In a room nothing is read."""
        if not call.place.private:
            return NOTHING
        if call.person is not None:
            for _, words in self._registry.words:
                reply = await words(call, unit)
                if reply != NOTHING:
                    return await self._show_form(call, reply, unit) if reply.form is not None else reply
                if FILE in call.arguments:
                    break  # only a form waits for a file
        unexpected = "error.file_unexpected" if FILE in call.arguments else "error.words_unexpected"
        return self._problems.said(unexpected, call.language)

    async def _community(self, act: Incoming, person: Person | None, unit: Unit, *, make: bool) -> Community | None:
        place = act.place
        if place.space:
            communities = unit.communities
            return await (communities.find_or_make if make else communities.find)(place.platform, place.space)
        return await unit.communities.get(person.home) if person is not None and person.home is not None else None

    def call(self, act: Incoming, person: Person | None, community: Community | None) -> Call:
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


def has_consent(person: Person | None) -> bool:
    return person is not None and person.consented_at is not None
