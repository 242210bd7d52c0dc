"""The texts of one language: a Fluent pattern a key. Static texts are parsed once; the others when first said."""

from collections.abc import Mapping

import structlog
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from bot.core.richtext import Node, Nodes, Text, plain
from bot.core.texts import Value
from content.markup import FIRST_VALUE, marked, nodes, without_marks
from content.pattern import BadPattern, fluent_source

log = structlog.get_logger()

LONGEST_SELECTOR = 200  # longer strings are never compared with a branch, and Fluent takes none over 2,500 characters
KEPT_RESULTS = 4096


def fluent_id(key: str) -> str:
    """Return the message's name: `checkin.rating` is `checkin-rating` in Fluent."""
    return key.replace(".", "-")


def is_static(pattern: str) -> bool:
    return "{" not in pattern and "}" not in pattern


def parse(key: str, pattern: str) -> ast.Message:
    """Return the pattern as a Fluent message. Raises BadPattern."""
    try:
        entries = FluentResource(fluent_source(fluent_id(key), marked(pattern))).body
    except BadPattern as error:
        raise BadPattern(f"{key}: {error}") from error
    if len(entries) == 1 and isinstance(entries[0], ast.Message) and entries[0].value is not None:
        return entries[0]
    said = next((note.message for entry in entries if isinstance(entry, ast.Junk) for note in entry.annotations), "no text")
    raise BadPattern(f"{key}: {said}")


class Language:
    """Formats the texts of one language, without fallback."""

    def __init__(self, tag: str, patterns: Mapping[str, str], *, strict: bool) -> None:
        self.tag = tag
        self.patterns = patterns
        self._strict = strict
        self._bundle = FluentBundle([tag], use_isolating=False)
        self._known: dict[str, Nodes] = {}
        self._numbers: dict[tuple[str, tuple[tuple[str, Value], ...]], Nodes] = {}

    def say(self, key: str, values: Mapping[str, Value]) -> Nodes:
        """Return the text's nodes. Raises KeyError for a key this language does not have."""
        known = self._known.get(key)
        if known is not None:
            return known
        pattern = self.patterns[key]
        if is_static(pattern):
            said = self._known[key] = nodes(marked(pattern).strip("\n"))
            return said
        if not all(type(value) is int for value in values.values()):
            return self._format(key, pattern, values)
        cached = (key, tuple(sorted(values.items())))
        said_before = self._numbers.get(cached)
        if said_before is None:
            if len(self._numbers) >= KEPT_RESULTS:
                self._numbers.clear()
            said_before = self._numbers[cached] = self._format(key, pattern, values)
        return said_before

    def label(self, key: str, values: Mapping[str, Value]) -> str:
        return plain(self.say(key, values))

    def _format(self, key: str, pattern: str, values: Mapping[str, Value]) -> Nodes:
        name = fluent_id(key)
        if not self._bundle.has_message(name):
            self._bundle.add_resource(ast.Resource([parse(key, pattern)]))
        put_in: list[Node] = []
        arguments: dict[str, str | int | float] = {}
        for value_name, value in values.items():
            if isinstance(value, str) and len(value) <= LONGEST_SELECTOR:
                arguments[value_name] = without_marks(value)
            elif isinstance(value, int | float):
                arguments[value_name] = value
            else:
                arguments[value_name] = chr(FIRST_VALUE + len(put_in))
                put_in.append(Text(without_marks(value)) if isinstance(value, str) else value)
        message = self._bundle.get_message(name)
        assert message.value is not None
        text, errors = self._bundle.format_pattern(message.value, arguments)
        if errors:
            if self._strict:
                raise BadPattern(f"{key}: {errors[0]}")
            log.warning("texts.broken", name=key, count=len(errors))
        return nodes(str(text), put_in)
