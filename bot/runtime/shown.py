"""Forms that a platform showed whole: their limits are checked when they come back, and what was refused can be opened again
with the answers still in it. In memory only, one a person: after a restart the handler's own checks are what is left."""

from collections import OrderedDict

import msgspec

from bot.core.calls import Account, Call, Incoming, Kind
from bot.core.errors import BadInput, BotError, StorageUnavailable
from bot.core.ports import Unit
from bot.core.replies import Button, Form, Press, Reply, Style
from bot.core.texts import Texts
from bot.runtime import questions

MOST_KEPT = 1_000
AGAIN = Press("form", "again")


class ShownForms:
    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._forms: OrderedDict[Account, Form] = OrderedDict()

    def remember(self, account: Account, form: Form) -> None:
        self._forms[account] = form
        self._forms.move_to_end(account)
        if len(self._forms) > MOST_KEPT:
            self._forms.popitem(last=False)

    def forget(self, account: Account) -> None:
        self._forms.pop(account, None)

    def check(self, incoming: Incoming) -> None:
        """Raise TooLongHere for an answer over its field's limit."""
        form = self._of(incoming)
        for field in form.fields if form is not None else ():
            length = len(incoming.arguments.get(field.name, ""))
            if length > field.limit:
                raise questions.TooLongHere(length=length, limit=field.limit)

    def offered(self, incoming: Incoming, error: BotError, reply: Reply, language: str) -> Reply:
        """Return the words for a form that was refused, or could not be saved, with a button that opens it as it was filled in."""
        form = self._of(incoming)
        if form is None or not isinstance(error, BadInput | StorageUnavailable):
            return reply
        given = incoming.arguments
        fields = tuple(msgspec.structs.replace(it, value=given.get(it.name, it.value)[: it.limit]) for it in form.fields)
        self.remember(incoming.account, msgspec.structs.replace(form, fields=fields))
        again = Button(self._texts.of(language).label("form.again"), AGAIN, Style.MAIN)
        return msgspec.structs.replace(reply, buttons=((again,), *reply.buttons))

    async def fill_again(self, call: Call, unit: Unit) -> Reply:
        form = self._forms.get(call.incoming.account)
        return Reply(form=form) if form is not None else questions.closed(self._texts.of(call.language), "form.gone")

    def _of(self, incoming: Incoming) -> Form | None:
        form, press = self._forms.get(incoming.account), incoming.press
        if incoming.kind is not Kind.FORM or form is None or press is None:
            return None
        own = form.press
        return form if (own.feature, own.action, own.subject) == (press.feature, press.action, press.subject) else None
