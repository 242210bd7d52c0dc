"""What a person reads when something could not be done: one kind sentence, and Help now beside it."""

from bot.core.errors import BotError
from bot.core.help import help_now
from bot.core.replies import Reply, To
from bot.core.texts import Say, Texts, Value, say_p


def problem(say: Say, key: str, **values: Value) -> Reply:
    """Return the sentence of `key`, beside the message whose button was pressed (which stays)."""
    return Reply(
        (say_p(say, key if say.has(key) else "error.unexpected", **values),), To.ONLY_YOU, ((help_now(say),),), replace=False
    )


class Problems:
    """`unexpected` is made at the start, so that it can still be said when the texts themselves are what failed."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self.first_language = texts.languages[0]
        self._unexpected = {language: problem(texts.of(language), "error.unexpected") for language in texts.languages}

    def of(self, error: BotError, language: str) -> Reply:
        """Return the words for one of our errors. Its numbers and short names are given to the text; none is a member's word."""
        values = {name: value for name, value in error.detail.items() if isinstance(value, str | int | float)}
        return problem(self._texts.of(language), error.text_key, **values)

    def said(self, key: str, language: str) -> Reply:
        return problem(self._texts.of(language), key)

    def unexpected(self, language: str) -> Reply:
        return self._unexpected.get(language) or next(iter(self._unexpected.values()))
