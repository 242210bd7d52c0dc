"""Every sentence comes from content, by key; no sentence is ever in code."""

from datetime import datetime
from typing import Protocol

from bot.core.richtext import Bullets, Heading, Link, Moment, Nodes, Paragraph, Phone, Quote, Words

Value = str | int | float | Words | Moment | Link | Phone


class Say(Protocol):
    """The texts of one language."""

    @property
    def language(self) -> str: ...

    def __call__(self, key: str, /, **values: Value) -> Nodes:
        """Return the text of `key` (`feature.name`), with values put in as nodes; plain strings become our own text.

        `**strong**` and `_emphasis_` in the content become nodes. Raises KeyError for a key that no language has (content
        checks make that impossible for shipped texts).
        """
        ...

    def label(self, key: str, /, **values: Value) -> str:
        """Return the text of `key` as a plain string (button labels, form titles)."""
        ...

    def has(self, key: str, /) -> bool: ...


class Texts(Protocol):
    @property
    def languages(self) -> tuple[str, ...]:
        """The languages shipped, the fallback (English) first."""
        ...

    def of(self, language: str) -> Say:
        """Return the texts of a language tag (`de`, `de-AT`, `pt_BR`), or of the fallback."""
        ...


def say_p(say: Say, key: str, /, **values: Value) -> Paragraph:
    return Paragraph(say(key, **values))


def say_h(say: Say, key: str, /, **values: Value) -> Heading:
    return Heading(say(key, **values))


def say_list(say: Say, *keys: str) -> Bullets:
    return Bullets(tuple(say(key) for key in keys))


def quoted(words: str) -> Quote:
    return Quote((Words(words),))


def moment(at: datetime, text: str) -> Moment:
    return Moment(at, text)
