"""A form asked question by question, where the platform shows no form at once. Its state is a row; a restart changes nothing.

Answers are kept by field name in the order of the fields; the first field without one is the present question.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import msgspec

from bot.core.calls import Call, Incoming, Kind, Place, Role
from bot.core.errors import BadInput, BotError
from bot.core.features import Action, Feature, Handler, Needs
from bot.core.ports import PendingForm, Unit
from bot.core.replies import FILE, NOTHING, Field, FieldKind, Form, Reply, To
from bot.core.richtext import Block
from bot.core.texts import Texts
from bot.runtime import questions
from bot.runtime.problems import problem

Rerun = Callable[[Call, Unit], Awaitable[Reply]]


class AskAgain(BotError):
    """The answers were not taken: what was written is undone, and the last question stands again with the reason above it."""

    def __init__(self, reply: Reply, **detail: object) -> None:
        super().__init__(**detail)
        self.reply = reply


@dataclass(frozen=True, slots=True)
class At:
    """Where a pending form stands."""

    pending: PendingForm
    index: int

    @property
    def field(self) -> Field:
        return self.pending.form.fields[self.index]

    @property
    def is_done(self) -> bool:
        return self.index >= len(self.pending.form.fields)


class Forms:
    """`rerun` runs a call from the start; dispatch sets it once it stands."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self.rerun: Rerun | None = None

    def feature(self, again: Handler) -> Feature:
        """Return the buttons under a question, and the answers typed to it, as a feature like any other.

        `again` opens a form that the platform showed whole once more, as it was filled in.
        """
        presses: dict[str, Handler] = {
            "show": self._show,
            "choose": self._choose,
            "skip": self._skip,
            "back": self._back,
            "cancel": self._cancel,
        }
        return Feature(
            name="form",
            presses={name: Action(run, needs=Needs.PERSON) for name, run in {**presses, "again": again}.items()},
            words=self._hear,
        )

    async def begin(self, call: Call, reply: Reply, unit: Unit) -> Reply:
        """Keep the reply's form as the person's one pending form, and ask its first question below the reply's blocks."""
        assert reply.form is not None
        roles = frozenset(str(role) for role in call.incoming.roles)
        known = {field.name: field.value for field in reply.form.fields if field.known}
        pending = PendingForm(reply.form, known, call.place.space, roles, call.place)
        await unit.forms.keep(call.who, pending)
        return self._ask(call, where(pending), reply.blocks)

    async def present(self, call: Call, unit: Unit) -> Reply | None:
        """Return the question that waits for the person, or None."""
        pending = await unit.forms.of(call.who)
        return None if pending is None else self._ask(call, where(pending))

    async def _show(self, call: Call, unit: Unit) -> Reply:
        return await self.present(call, unit) or self._gone(call)

    async def _choose(self, call: Call, unit: Unit) -> Reply:
        at = await self._at(call, unit)
        if not isinstance(at, At):
            return at
        number = int(call.press.value) if call.press.value.isdecimal() and len(call.press.value) < 3 else -1
        if at.field.kind is not FieldKind.CHOICE or not 0 <= number < len(at.field.choices):
            return self._ask(call, at)
        return await self._answer(call, at, at.field.choices[number].value, unit)

    async def _skip(self, call: Call, unit: Unit) -> Reply:
        at = await self._at(call, unit)
        if not isinstance(at, At):
            return at
        if at.field.required and not at.field.value:
            return self._ask(call, at, questions.why(self._texts.of(call.language), "form.needed"))
        return await self._answer(call, at, at.field.value, unit)

    async def _back(self, call: Call, unit: Unit) -> Reply:
        """Go to the question before, with the answer it had as its present value."""
        at = await self._at(call, unit)
        if not isinstance(at, At):
            return at
        pending = stepped_back(at)
        await unit.forms.keep(call.who, pending)
        return self._ask(call, where(pending))

    async def _cancel(self, call: Call, unit: Unit) -> Reply:
        await unit.forms.keep(call.who, None)
        return questions.closed(self._texts.of(call.language), "form.cancelled")

    async def _hear(self, call: Call, unit: Unit) -> Reply:
        """Take what was typed as the answer, if a form waits for one."""
        pending = await unit.forms.of(call.who)
        if pending is None:
            return NOTHING
        at = where(pending)
        try:
            is_file = at.field.kind is FieldKind.FILE
            value = questions.read(at.field, (is_file and call.arguments.get(FILE)) or call.incoming.words)
        except BadInput as error:
            return self._ask(call, at, questions.why(self._texts.of(call.language), error.text_key, **questions.numbers(error)))
        return await self._answer(call, at, value, unit)

    async def _at(self, call: Call, unit: Unit) -> At | Reply:
        """Return where the form stands, or the fresh screen for a button of an earlier question."""
        pending = await unit.forms.of(call.who)
        if pending is None:
            return self._gone(call)
        at = where(pending)
        return at if call.press.subject == str(at.index) else self._ask(call, at)

    async def _answer(self, call: Call, at: At, value: str, unit: Unit) -> Reply:
        answers = {**at.pending.answers, at.field.name: value}
        pending = msgspec.structs.replace(at.pending, answers=answers)
        after = where(pending)
        if not after.is_done:
            await unit.forms.keep(call.who, pending)
            return self._ask(call, after)
        await unit.forms.keep(call.who, None)
        return await self._finish(call, pending, at, unit)

    async def _finish(self, call: Call, pending: PendingForm, last: At, unit: Unit) -> Reply:
        """Run the form's handler as if the whole form had been sent from where it was begun."""
        assert self.rerun is not None
        incoming = sent_whole(call.incoming, pending)
        community = await unit.communities.find(incoming.place.platform, pending.space) if pending.space else call.community
        try:
            reply = await self.rerun(msgspec.structs.replace(call, incoming=incoming, community=community), unit)
        except BadInput as error:
            say = self._texts.of(call.language)
            sentence = problem(say, error.text_key, **questions.numbers(error)).blocks
            raise AskAgain(self._ask(call, last, sentence), error=type(error).__name__) from error
        return msgspec.structs.replace(reply, to=To.PRIVATE) if reply.to is To.ROOM else reply

    def _ask(self, call: Call, at: At, above: tuple[Block, ...] = ()) -> Reply:
        return questions.screen(self._texts.of(call.language), at.pending.form, at.index, above)

    def _gone(self, call: Call) -> Reply:
        return questions.closed(self._texts.of(call.language), "form.gone")


def where(pending: PendingForm) -> At:
    """Return the first field without an answer; past the last when all have one."""
    fields = pending.form.fields
    return At(pending, next((n for n, field in enumerate(fields) if field.name not in pending.answers), len(fields)))


def stepped_back(at: At) -> PendingForm:
    """Return the form one question earlier; at the first it stays."""
    if at.index == 0:
        return at.pending
    fields = list(at.pending.form.fields)
    before = fields[at.index - 1]
    answers = dict(at.pending.answers)
    fields[at.index - 1] = msgspec.structs.replace(before, value=answers.pop(before.name))
    form: Form = msgspec.structs.replace(at.pending.form, fields=tuple(fields))
    return msgspec.structs.replace(at.pending, form=form, answers=answers)


def sent_whole(last: Incoming, pending: PendingForm) -> Incoming:
    """Return the act of sending the whole form from its first place. Roles the platform tells now go before those kept."""
    place: Place = pending.place or last.place
    return msgspec.structs.replace(
        last,
        kind=Kind.FORM,
        name=f"{pending.form.press.feature}.{pending.form.press.action}",
        press=pending.form.press,
        arguments=dict(pending.answers),
        words="",
        place=place,
        message=None,
        roles=last.roles or frozenset(Role(role) for role in pending.roles),
    )
